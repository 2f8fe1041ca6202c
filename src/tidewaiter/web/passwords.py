"""The password of the app: what is kept of it, and where.

Only an argon2id hash is kept (RFC 9106, its second recommended choice: what ``argon2-cffi`` does by
itself), in a file that belongs to the machine and not to a case, so that copies of a case do not carry it.
"""

from __future__ import annotations

import os
import secrets
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from tidewaiter.errors import CaseError, MachineError, ModelError

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST = 15
"""Characters: NIST SP 800-63B-4, 3.1.1.2, for a password that is the only factor."""

LONGEST = 256
"""Characters that are looked at; NIST asks for 64 at least, and a limit keeps hashing cheap."""

FEWEST_SIGNS = 6
"""Different characters (our own choice): a row of one letter is no password."""

VARIABLE = "TIDEWAITER_PASSWORD"

MAKE_ONE = "Make one with: tidewaiter password"


def own_file(environment: Mapping[str, str] = os.environ) -> Path:
    """Where the hash is kept unless another file is named (XDG Base Directory Specification)."""
    config = environment.get("XDG_CONFIG_HOME")
    return (Path(config) if config else Path.home() / ".config") / "tidewaiter" / "password"


def hashed(password: str) -> str:
    """What is kept of a password.  Raises ``CaseError`` for one that is too easily guessed."""
    told = _same(password)
    if len(told) < SHORTEST:
        raise CaseError(
            f"the password has fewer than {SHORTEST} characters", todo="Take some words in a row."
        )
    if len(told) > LONGEST:
        raise CaseError(f"the password has more than {LONGEST} characters", todo="Take a shorter one.")
    if len(set(told)) < FEWEST_SIGNS:
        raise CaseError("the password repeats a few characters", todo="Take some words in a row.")
    return _hasher().hash(told)


def fits(kept: str, password: str) -> bool:
    """Whether a password is the one of which this hash was kept."""
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return _hasher().verify(kept, _same(password)[: LONGEST + 1])
    except (VerificationError, InvalidHashError):
        return False


def keep(path: Path, kept: str) -> None:
    """Write a hash to a file that nobody else can read.  Raises ``MachineError`` when it cannot be
    written."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(kept + "\n")
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise MachineError(
            f"cannot be written ({error.strerror})", where=str(path), todo="Name another with --file."
        ) from error


def kept_in(path: Path) -> str:
    """The hash in a file.  Raises ``CaseError`` where there is none."""
    from argon2 import extract_parameters
    from argon2.exceptions import InvalidHashError

    try:
        told = path.read_text(encoding="ascii", errors="replace")[:1000].strip()
        extract_parameters(told)
    except OSError as error:
        raise CaseError(
            f"there is no password ({error.strerror})", where=str(path), todo=f"{MAKE_ONE}."
        ) from error
    except InvalidHashError as error:
        raise CaseError("holds no password hash", where=str(path), todo=f"{MAKE_ONE} --file FILE") from error
    return told


def wanted(file: Path | None, environment: Mapping[str, str] = os.environ) -> str:
    """The hash of the password that the app is to ask for: of the named file, of the variable
    ``TIDEWAITER_PASSWORD``, or of the machine's own file.  Raises ``CaseError`` where there is none."""
    _hasher()
    if file is None and environment.get(VARIABLE):
        return hashed(environment[VARIABLE])
    return kept_in(file or own_file(environment))


def _same(password: str) -> str:
    """However a keyboard writes an accent (NIST SP 800-63B-4, 3.1.1.2: NFC)."""
    return unicodedata.normalize("NFC", password)


def _hasher() -> PasswordHasher:
    try:
        from argon2 import PasswordHasher
    except ImportError as error:
        raise ModelError(
            "a password needs a package that is not installed (argon2-cffi)",
            todo="Install it: pip install 'tidewaiter[web]'",
        ) from error
    return PasswordHasher()
