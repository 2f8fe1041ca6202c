"""Several connections of one process to a store, as the case app has them, and another that writes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tidewaiter.ledger.database import open_database, transaction

MIGRATIONS = (("CREATE TABLE told (word TEXT NOT NULL) STRICT",),)

WRITE = """
import sys
from pathlib import Path
from tidewaiter.ledger.database import open_database, transaction
store = open_database(Path(sys.argv[1]), (("CREATE TABLE told (word TEXT NOT NULL) STRICT",),))
with transaction(store) as db:
    db.execute("INSERT INTO told VALUES ('there')")
store.close()
"""


def test_opening_a_store_once_more_keeps_the_locks_of_the_first(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    with_lock = open_database(path, MIGRATIONS)
    with transaction(with_lock) as db:
        db.execute("INSERT INTO told VALUES ('here')")
    for read_only in (True, False):
        open_database(path, MIGRATIONS, read_only=read_only).close()
    log = path.with_name("store.sqlite-wal").stat()
    subprocess.run([sys.executable, "-c", WRITE, str(path)], check=True)
    after = path.with_name(
        "store.sqlite-wal"
    ).stat()  # the last one to close puts it away: not while it is used
    assert (log.st_ino, log.st_dev) == (after.st_ino, after.st_dev)
    assert [row[0] for row in with_lock.execute("SELECT word FROM told")] == ["here", "there"]
    with_lock.close()
