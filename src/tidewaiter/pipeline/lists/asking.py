"""What all lists ask from: the tables of one derived store, in the state that it is looked at in."""

from __future__ import annotations

from functools import cached_property

from tidewaiter.ledger.derived import DerivedStore


class Asking:
    """A store, asked."""

    def __init__(self, store: DerivedStore) -> None:
        self.store = store
        self._tables = store.lists
        self._ask = store.lists.ask
        self._number = store.lists.number

    @cached_property
    def as_of(self) -> str:
        """ISO day of the register."""
        return self.store.register.as_of() or "9999-12-31"

    @cached_property
    def state(self) -> str | None:
        """Another one whenever documents, what was read in them, links or rulings are other ones."""
        return self.store.register.state()

    @cached_property
    def last_read(self) -> int:
        """Another one whenever something was read anew."""
        return self._number("SELECT max(number) FROM content")
