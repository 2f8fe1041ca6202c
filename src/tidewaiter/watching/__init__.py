"""Watching: looking again and again for what is new, and telling what it changes, once.

```
folders     what is new in them: by path, size and time of change, then, when it is taken in, by hash
looking     one look: take in what is new, build, notice what changed, deliver
noticing    what changed in the register since the last look, row by row
conditions  which of the changes are wanted, and by whom
deliveries/ how they are told: terminal, a digest a day, JSON Lines, a command, mail
store       what was seen, what stands, what was told and to whom: ``watch.sqlite`` in the case
settings    what ``case.toml`` says of all that
```

An alert is written down in the transaction that also notes what stands, then delivered, then marked: a
crash in between loses nothing (docs/decisions/0020-a-change-is-known-by-its-words-and-told-once.md).
"""

from __future__ import annotations

from tidewaiter.watching.looking import Watch
from tidewaiter.watching.settings import WatchSettings, read_watch_settings
from tidewaiter.watching.store import Looked

__all__ = ["Looked", "Watch", "WatchSettings", "read_watch_settings"]
