"""A mail server on the loopback that takes what comes, or does not (RFC 5321, as far as a sender needs)."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import cast


@dataclass
class Mailbox:
    """What came, and how the server behaves."""

    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    refuses: bool = False  # every addressee
    dead: str = ""  # the addressee that alone is refused
    drops: int = 0  # so many mails are taken, and the connection ends before that is said


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    box = Mailbox()

    class Handler(socketserver.StreamRequestHandler):
        def say(self, line: str) -> None:
            self.wfile.write(f"{line}\r\n".encode())

        def handle(self) -> None:
            self.say("220 loopback")
            while line := self.rfile.readline():
                word = line.split(b" ")[0].strip().upper()
                if word == b"DATA":
                    self.say("354 go on")
                    box.mails.append(self._mail())
                    if box.drops:
                        box.drops -= 1
                        return
                    self.say("250 taken")
                elif word == b"RCPT" and (box.refuses or (box.dead and box.dead.encode() in line)):
                    self.say("550 nobody here")
                elif word == b"QUIT":
                    self.say("221 bye")
                    return
                else:
                    self.say("250 well")

        def _mail(self) -> EmailMessage:
            lines = []
            while (line := self.rfile.readline()) not in (b".\r\n", b""):
                lines.append(line[1:] if line.startswith(b"..") else line)
            return cast(EmailMessage, message_from_bytes(b"".join(lines), policy=policy.default))

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        box.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield box
        finally:
            server.shutdown()
