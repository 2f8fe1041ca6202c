"""Changes sent by mail."""

from __future__ import annotations

import hashlib
import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate

from tidewaiter.watching.deliveries.batch import TWICE, Batch, DeliveryError, PartlyToldError
from tidewaiter.watching.settings import Mail, Security

PORTS = {Security.STARTTLS: 587, Security.TLS: 465, Security.NONE: 25}
"""RFC 6409 (submission), RFC 8314 (submission over TLS), RFC 5321."""

SUBJECT_LENGTH = 120
"""Characters of a change that stand in the subject: what a list of mails shows of it."""


def send(mail: Mail, batch: Batch, seconds: float) -> None:
    """Send one mail for the batch; ``seconds`` since 1970: its date.  Raises ``DeliveryError``, and
    ``PartlyToldError`` where some of the addressees have it and others are refused.

    Its Message-ID is made of what it tells: a mail that is sent a second time has the same, by which mail
    programs know it again.
    """
    message = message_of(mail, batch, seconds)
    where = f"{mail.host}:{mail.port or PORTS[mail.security]}"
    is_begun = False
    try:
        with _connected(mail) as server:
            if mail.user is not None and mail.password_file is not None:
                server.login(mail.user, mail.password_file.read_text(encoding="utf-8").strip())
            is_begun = True
            refused = server.send_message(message)
    except smtplib.SMTPResponseException as error:  # the server says no, whatever was begun
        raise DeliveryError(f"says {error.smtp_code} {_said(error.smtp_error)}", where=where) from error
    except smtplib.SMTPRecipientsRefused as error:
        raise DeliveryError(f"refuses {', '.join(error.recipients)}", where=where) from error
    except (OSError, smtplib.SMTPException, ValueError) as error:
        raise DeliveryError(str(error) or type(error).__name__, where=where, is_open=is_begun) from error
    if refused:
        raise PartlyToldError(
            f"refuses {', '.join(refused)}; the others have it", where=where, todo="Correct it in case.toml."
        )


def message_of(mail: Mail, batch: Batch, seconds: float) -> EmailMessage:
    """The mail for a batch."""
    message = EmailMessage()
    head = f"{len(batch.notices)} changes" if len(batch.notices) > 1 else batch.notices[0].change.text
    note = f" ({TWICE})" if batch.twice else ""
    subject = " ".join(f"[{batch.case}] {batch.alert}: {head[:SUBJECT_LENGTH]}{note}".split())
    message["Subject"] = subject
    message["From"] = mail.sender
    message["To"] = ", ".join(mail.to)
    message["Date"] = formatdate(seconds)
    message["Message-ID"] = _message_id(batch)
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answers
    told = "\n".join(batch.lines())
    first = f"This {TWICE}: the program ended while it was sent.\n\n" if batch.twice else ""
    message.set_content(f"{first}{told}\n", cte="8bit" if told.isascii() else "base64")
    return message


def _message_id(batch: Batch) -> str:
    keys = "\0".join((batch.alert, *(one.change.key for one in batch.notices)))
    return f"<{hashlib.sha256(keys.encode()).hexdigest()[:32]}@tidewaiter.invalid>"


def _connected(mail: Mail) -> smtplib.SMTP:
    port = mail.port or PORTS[mail.security]
    if mail.security is Security.TLS:
        return smtplib.SMTP_SSL(mail.host, port, timeout=mail.timeout, context=ssl.create_default_context())
    server = smtplib.SMTP(mail.host, port, timeout=mail.timeout)
    if mail.security is Security.STARTTLS:
        try:
            server.starttls(context=ssl.create_default_context())
        except BaseException:
            server.close()
            raise
    return server


def _said(words: bytes | str) -> str:
    return words.decode("utf-8", "replace") if isinstance(words, bytes) else words
