"""How often a password may be tried: each wrong one makes its address wait, and all together are limited."""

from __future__ import annotations

import ipaddress
import time
from collections import deque
from collections.abc import Callable

AT_ONCE = 5
"""Wrong passwords of one address before it has to wait; people mistype (our own choice)."""

FIRST_WAIT = 1.0
LONGEST_WAIT = 900.0
"""Seconds: the wait doubles up to a quarter of an hour, four tries an hour (our own choice)."""

MOST_AN_HOUR = 100
"""Wrong passwords of all addresses: OWASP ASVS 4.0.3, 2.2.1.  Who came in before is held to its own wait
alone, so that nobody can lock out those who work here."""

HOUR = 3600.0
FORGOTTEN = 24 * HOUR


class Attempts:
    """What was tried since the start."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._wrong: dict[str, tuple[int, float]] = {}  # how many in a row, and when the last
        self._all: deque[float] = deque()
        self._came_in: set[str] = set()

    def wait(self, address: str) -> float:
        """Seconds until a password from this address is looked at; 0: now."""
        now, place = self._clock(), _place(address)
        count, last = self._wrong.get(place, (0, now))
        over = count - AT_ONCE
        own = 0.0 if over < 0 else last + min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** min(over, 20)) - now
        while self._all and self._all[0] <= now - HOUR:
            self._all.popleft()
        full = len(self._all) >= MOST_AN_HOUR and place not in self._came_in
        return max(0.0, own, self._all[0] + HOUR - now if full else 0.0)

    def tried(self, address: str) -> None:
        """A password is looked at: it counts as wrong until ``passed``, so that many at once count as
        many."""
        now, place = self._clock(), _place(address)
        self._wrong = {one: told for one, told in self._wrong.items() if told[1] > now - FORGOTTEN}
        self._wrong[place] = (self._wrong.get(place, (0, now))[0] + 1, now)
        self._all.append(now)

    def passed(self, address: str) -> None:
        """The password was right."""
        place = _place(address)
        self._wrong.pop(place, None)
        self._came_in.add(place)
        if self._all:
            self._all.pop()


def _place(address: str) -> str:
    """An address; of IPv6 the network of 64 bits, of which one machine has all."""
    try:
        told = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address[:64]
    if isinstance(told, ipaddress.IPv6Address):
        if told.ipv4_mapped is not None:
            return str(told.ipv4_mapped)
        return str(ipaddress.ip_network((told, 64), strict=False))
    return str(told)
