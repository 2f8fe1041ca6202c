"""How well readings agree with what a careful reader found.

A figure compares, report by report, two sets of keys; what they are is said in ``FIGURES``.  Keys
leave wording, dates and amounts out, so that a figure says whether the thing was found; amounts and
stages are compared among the transfers that both have.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tidewaiter.model import Claim, Reading, ReportedTransfer

Key = tuple[str | None, ...]
Gold = Mapping[str, Any]

SPEAKERS = {"EU", "UN", "NATO"}
"""Speakers with a code that is no state's; others count only where they are a party."""


HOWS = ("declared", "via", "true")
"""Parts of a route that hold places."""


@dataclass(slots=True)
class Tally:
    """Found and right, found and wrong, not found."""

    hit: int = 0
    extra: int = 0
    missed: int = 0

    def add(self, wanted: set[Key], found: set[Key]) -> None:
        self.hit += len(wanted & found)
        self.extra += len(found - wanted)
        self.missed += len(wanted - found)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 0 when there is nothing on either side."""
        total = 2 * self.hit + self.extra + self.missed
        return 2 * self.hit / total if total else 0.0

    def __str__(self) -> str:
        return f"right {self.hit}, wrong {self.extra}, missed {self.missed}"


@dataclass(slots=True)
class Scores:
    """Figures by name, and every difference in a line."""

    tallies: dict[str, Tally] = field(default_factory=dict)
    differences: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        return {name: tally.f1 for name, tally in self.tallies.items()}

    def counted(self) -> dict[str, str]:
        """The counts behind each figure, in words."""
        return {name: str(tally) for name, tally in self.tallies.items()}


# ------------------------------------------------------------------------------------------ keys


def _speaker(actor: str | None, parties: Iterable[str | None]) -> str | None:
    """The state, union or party spoken for; media, firms, researchers and the unnamed are None."""
    is_state = actor is not None and len(actor) == 3 and actor.isupper()
    return actor if is_state or actor in SPEAKERS or actor in parties else None


def _gold_transfers(gold: Gold) -> set[Key]:
    return {(one["supplier"], one["recipient"], one["category"]) for one in gold["transfers"]}


def _transfers(reading: Reading) -> set[Key]:
    return {(one.supplier, one.recipient, one.category.value) for one in reading.transfers}


def _gold_claims(gold: Gold) -> set[Key]:
    return {
        (_speaker(one["speaker_country"], one["about"][:2]), one["stance"], *one["about"][:2])
        for one in gold["claims"]
    }


def _claims(reading: Reading) -> set[Key]:
    transfers = {one.id: one for one in reading.transfers}
    return {_claim(one, transfers[one.transfer]) for one in reading.claims}


def _claim(claim: Claim, about: ReportedTransfer) -> Key:
    parties = (about.supplier, about.recipient)
    return (_speaker(claim.speaker.actor, parties), claim.stance.value, *parties)


def _gold_responses(gold: Gold) -> set[Key]:
    return {(one["kind"], one["by"], one["against"]) for one in gold["responses"]}


def _responses(reading: Reading) -> set[Key]:
    return {(one.kind.value, one.by, one.against) for one in reading.responses}


def _denials(claims: set[Key]) -> set[Key]:
    return {one for one in claims if one[1] == "denies"}


def _pairs(transfers: set[Key]) -> set[Key]:
    return {one[:2] for one in transfers}


def _gold_routes(gold: Gold) -> set[Key]:
    return {
        (one["supplier"], one["recipient"], how, place.lower())
        for one in gold["transfers"]
        for how in HOWS
        for place in (one["route"] or {}).get(how, ())
    }


def _routes(reading: Reading) -> set[Key]:
    return {
        (one.supplier, one.recipient, how, place.lower())
        for one in reading.transfers
        if one.route is not None
        for how in HOWS
        for place in getattr(one.route, how)
    }


def _gold_exchanges(gold: Gold) -> set[Key]:
    return {
        _unordered((one["supplier"], one["recipient"]), tuple(one["in_exchange_for"][:2]))
        for one in gold["transfers"]
        if one["in_exchange_for"]
    }


def _exchanges(reading: Reading) -> set[Key]:
    parties = {one.id: (one.supplier, one.recipient) for one in reading.transfers}
    return {
        _unordered(parties[one.id], parties[one.in_exchange_for])
        for one in reading.transfers
        if one.in_exchange_for in parties
    }


def _unordered(one: Key, other: Key) -> Key:
    """A pair of rows, whichever of them names the other."""
    return tuple(side for row in sorted((one, other), key=str) for side in row)


def _gold_committed(gold: Gold) -> dict[Key, Key]:
    """The stage that each speaker commits to."""
    keys = [
        (_speaker(one["speaker_country"], one["about"][:2]), one["stance"], *one["about"][:2])
        for one in gold["claims"]
    ]
    return _alike(zip(keys, [(one["stage"],) for one in gold["claims"]], strict=True))


def _committed(reading: Reading) -> dict[Key, Key]:
    transfers = {one.id: one for one in reading.transfers}
    return _alike(
        (_claim(one, transfers[one.transfer]), (one.stage.value if one.stage else None,))
        for one in reading.claims
    )


def _alike(rows: Iterable[tuple[Key, Key]]) -> dict[Key, Key]:
    """The value of each key that has one only."""
    found: dict[Key, set[Key]] = {}
    for key, value in rows:
        found.setdefault(key, set()).add(value)
    return {key: next(iter(values)) for key, values in found.items() if len(values) == 1}


def _gold_details(gold: Gold) -> dict[Key, tuple[Key, Key]]:
    """Stage and bounds of the number by transfer; transfers told twice in a report are left out."""
    rows = [
        (
            (one["supplier"], one["recipient"], one["category"]),
            ((one["stage"],), (_number(one["quantity_min"]), _number(one["quantity_max"]))),
        )
        for one in gold["transfers"]
    ]
    return _single(rows)


def _details(reading: Reading) -> dict[Key, tuple[Key, Key]]:
    rows = []
    for one in reading.transfers:
        bounds = (one.quantity.min, one.quantity.max) if one.quantity else (None, None)
        detail = ((one.stage.value,), (_number(bounds[0]), _number(bounds[1])))
        rows.append(((one.supplier, one.recipient, one.category.value), detail))
    return _single(rows)


def _number(value: int | None) -> str | None:
    return None if value is None else str(value)


def _single(rows: Sequence[tuple[Key, tuple[Key, Key]]]) -> dict[Key, tuple[Key, Key]]:
    keys = [key for key, _ in rows]
    return {key: detail for key, detail in rows if keys.count(key) == 1}


FIGURES: Mapping[str, tuple[Callable[[Gold], set[Key]], Callable[[Reading], set[Key]]]] = {
    # supplier, recipient, category
    "transfer": (_gold_transfers, _transfers),
    # supplier, recipient
    "pair": (lambda gold: _pairs(_gold_transfers(gold)), lambda reading: _pairs(_transfers(reading))),
    # speaker's state, stance, supplier, recipient
    "claim": (_gold_claims, _claims),
    "denial": (lambda gold: _denials(_gold_claims(gold)), lambda reading: _denials(_claims(reading))),
    # kind, by, against
    "response": (_gold_responses, _responses),
    # supplier, recipient, part of the route, place
    "route": (_gold_routes, _routes),
    # supplier and recipient of the one, and of the other
    "exchange": (_gold_exchanges, _exchanges),
}
DETAILS = ("stage", "quantity")
"""Compared among the transfers that both have; the figure is the share that is the same.  A quantity counts
where the report gives one."""
COMMITTED = "committed"
"""The stage that a speaker commits to, among the claims that both have."""
SILENT = "silent"
"""Share of the reports without any transfer in which none is found."""


# --------------------------------------------------------------------------------------- scoring


def read_gold(path: Path) -> dict[str, Gold]:
    """The annotations by report, in the order of the file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return {one["id"]: one for one in map(json.loads, lines)}


def score(gold: Mapping[str, Gold], readings: Mapping[str, Reading]) -> Scores:
    """All figures over the reports of ``gold``; each must have a reading under the same name."""
    scores = Scores({name: Tally() for name in (*FIGURES, *DETAILS, COMMITTED, SILENT)})
    for name, wanted in gold.items():
        reading = readings[name]
        for figure, (of_gold, of_reading) in FIGURES.items():
            _compare(scores, figure, name, of_gold(wanted), of_reading(reading))
        _compare_details(scores, name, _gold_details(wanted), _details(reading))
        _compare_values(scores, COMMITTED, name, _gold_committed(wanted), _committed(reading))
        if not wanted["transfers"]:
            scores.tallies[SILENT].add({("nothing",)}, {("something" if reading.transfers else "nothing",)})
    return scores


def _compare(scores: Scores, figure: str, name: str, wanted: set[Key], found: set[Key]) -> None:
    scores.tallies[figure].add(wanted, found)
    for sign, keys in (("missed", wanted - found), ("wrong", found - wanted)):
        for key in sorted(keys, key=str):
            scores.differences.append(f"{name}: {figure} {sign}: {_shown(key)}")


def _compare_details(
    scores: Scores,
    name: str,
    wanted: Mapping[Key, tuple[Key, Key]],
    found: Mapping[Key, tuple[Key, Key]],
) -> None:
    for place, figure in enumerate(DETAILS):
        want = {key: one[place] for key, one in wanted.items() if figure != "quantity" or any(one[place])}
        _compare_values(scores, figure, name, want, {key: one[place] for key, one in found.items()})


def _compare_values(
    scores: Scores, figure: str, name: str, wanted: Mapping[Key, Key], found: Mapping[Key, Key]
) -> None:
    """Compares the values of the keys that both have."""
    for key in sorted(wanted.keys() & found.keys(), key=str):
        scores.tallies[figure].add({wanted[key]}, {found[key]})
        if wanted[key] != found[key]:
            told = f"{_shown(found[key])}, not {_shown(wanted[key])}"
            scores.differences.append(f"{name}: {figure} of {_shown(key)}: {told}")


def _shown(key: Key) -> str:
    return " ".join(part or "-" for part in key)
