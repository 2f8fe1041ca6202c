"""Codes, dates, figures, speakers and routes said in words: the same on screen, in the register and in
the dossier."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import lru_cache

from tidewaiter import knowledge
from tidewaiter.characters import shown_quote
from tidewaiter.model import (
    AsOf,
    Category,
    Clock,
    Document,
    Measure,
    OriginKind,
    Origins,
    Quantity,
    ResponseKind,
    Route,
    Speaker,
    Stage,
    Stance,
)

UNKNOWN = ".."
"""SIPRI's sign for a figure that is not available."""

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

CATEGORY_WORDS: Mapping[Category, str] = {
    Category.AMMUNITION: "ammunition",
    Category.ARTILLERY: "artillery",
    Category.MISSILES: "missiles",
    Category.UAV: "drones",
    Category.AIRCRAFT: "aircraft",
    Category.AIR_DEFENCE: "air defence",
    Category.ARMOURED_VEHICLES: "armoured vehicles",
    Category.SHIPS: "ships",
    Category.SMALL_ARMS: "small arms",
    Category.SENSORS: "sensors",
    Category.TECHNOLOGY: "technology",
    Category.COMPONENTS: "components",
    Category.UNSPECIFIED_ARMS: "arms, kind not told",
    Category.OTHER: "other goods",
}

STANCE_WORDS: Mapping[Stance, str] = {
    Stance.ASSERTS: "asserts",
    Stance.DENIES: "denies",
    Stance.DOUBTS: "doubts",
    Stance.DECLINES: "declines to comment",
}

ORGANISATION_WORDS: Mapping[str, str] = {"EU": "European Union", "UN": "United Nations", "NATO": "NATO"}
"""The codes for what is neither a state nor called by its own name."""

CLOCK_WORDS: Mapping[Clock, str] = {Clock.PUBLIC: "public by then", Clock.HELD: "held by then"}

# ------------------------------------------------------------------------------------ dates

_POINT = re.compile(r"(\d{4}|XXXX)(?:-(\d{2}))?(?:-(\d{2}))?([?~%]?)")
_SET = re.compile(r"\[(?P<first>[^.\[\]]*)\.\.(?P<last>[^.\[\]]*)\]")
_QUALIFIED = {"": "{}", "?": "{} (uncertain)", "~": "about {}", "%": "about {} (uncertain)"}


def spoken(edtf: str | None) -> str:
    """An EDTF date in words: "2 November 2022", "2 November, year not known", "between 2 January 2024
    and 25 February 2024".  A string in no known form is given back unchanged; None is "not known"."""
    if edtf is None:
        return "not known"
    if found := _SET.fullmatch(edtf):
        return _range(found["first"], found["last"], "between {} and {}", "on or after {}", "on or before {}")
    if "/" in edtf:
        first, _, last = edtf.partition("/")
        return _range(first.strip("."), last.strip("."), "{} to {}", "from {}", "until {}")
    return _point(edtf)


def _range(first: str, last: str, both: str, after: str, before: str) -> str:
    if first and last:
        return both.format(_point(first), _point(last))
    return after.format(_point(first)) if first else before.format(_point(last))


def _point(edtf: str) -> str:
    found = _POINT.fullmatch(edtf)
    if found is None:
        return edtf
    year, month, day, qualifier = found.groups()
    if month is None:
        return _QUALIFIED[qualifier].format("year not known" if year == "XXXX" else year)
    if not 1 <= int(month) <= 12:
        return edtf
    name = MONTHS[int(month) - 1] if day is None else f"{int(day)} {MONTHS[int(month) - 1]}"
    return _QUALIFIED[qualifier].format(f"{name}, year not known" if year == "XXXX" else f"{name} {year}")


def dated_words(published: str | None, ground: str | None) -> str:
    """When a report was published, with the ground for it."""
    return "date not known" if published is None else f"{spoken(published)} ({ground or 'no ground given'})"


def as_of_words(as_of: AsOf) -> str:
    """Of which day a view is, by which clock, and how much of the case that is; one sentence without a full
    stop: "as of 5 November 2022, public by then: 12 of 15 documents"."""
    parts = [
        f"as of {spoken(as_of.day)}, {CLOCK_WORDS[as_of.clock]}:"
        f" {as_of.documents:,} of {as_of.of:,} document{'' if as_of.of == 1 else 's'}"
    ]
    if as_of.removed:
        parts.append(f"{as_of.removed:,} of them removed since")
    if as_of.undated:
        told = "does not say when it was" if as_of.undated == 1 else "do not say when they were"
        parts.append(
            f"{as_of.undated:,} of those left out {told} published and counted from the day of capture"
        )
    if as_of.later_judgements:
        plural = "" if as_of.later_judgements == 1 else "s"
        is_in = "let in" if as_of.with_later else "left out"
        parts.append(f"{as_of.later_judgements:,} later judgement{plural} {is_in}")
    return "; ".join(parts)


def moment(made_at: str) -> str:
    """A day or UTC time of ISO 8601 in words; any other string unchanged."""
    try:
        parsed = datetime.fromisoformat(made_at)
    except ValueError:
        return made_at
    day = f"{parsed.day} {MONTHS[parsed.month - 1]} {parsed.year}"
    if len(made_at) <= len("2026-01-31"):
        return day
    zone = parsed.tzname() or ""
    return f"{day}, {parsed:%H:%M} {zone}".strip()


# ------------------------------------------------------------------------------------ codes, names


def plain(code: str) -> str:
    """A controlled word for reading: ``un_referral`` is "UN referral"."""
    words = code.replace("_", " ").strip()
    return "UN" + words[2:] if words.startswith("un ") else words


FIELD_WORDS: Mapping[str, str] = {
    "supplier": "supplier",
    "recipient": "recipient",
    "category": "category",
    "stage": "furthest stage",
    "quantity": "quantity",
    "when": "date",
}
"""Fields of a reported transfer, as they are called in a sentence."""

NOT_TOLD = "not told"
"""Of a party or another value that no report gives."""


def value_words(field: str, value: str | None) -> str:
    """A value of a field of a reported transfer in words: ``PRK`` is "North Korea", ``air_defence`` "air
    defence", ``2022-11`` "November 2022"; nothing, and ``unknown``, "not told"."""
    if not value or value == "unknown":
        return NOT_TOLD
    if field in ("supplier", "recipient"):
        return name_of(value)
    if field == "category":
        return category_words(value)
    if field == "when":
        return spoken(value)
    return plain(value) if field == "stage" else value


def category_words(value: str) -> str:
    """A category in words; what is none, as it is."""
    known = {str(one): words for one, words in CATEGORY_WORDS.items()}
    return known.get(value, plain(value))


def goods_and_parties(category: str, supplier: str | None, recipient: str | None) -> str:
    """What a report tells of, in few words: "ammunition, North Korea to Russia"."""
    parties = (name_of(one) if one else "unknown" for one in (supplier, recipient))
    return f"{category_words(category)}, {' to '.join(parties)}"


def capital(text: str) -> str:
    """``text`` as the beginning of a sentence; the rest as it is."""
    return text[:1].upper() + text[1:]


def quoted(text: str) -> str:
    """Words between quotation marks, once: those that stand around all of them already are left out, those
    inside become single ones."""
    return f"“{shown_quote(text)}”"


def remark_words(about: str) -> str:
    """What a remark of an analyst is about: "furthest stage", "claim", "note"."""
    return FIELD_WORDS.get(about) or about.partition(" ")[0]


@lru_cache(maxsize=1)
def usual_names() -> Mapping[str, str]:
    """The usual English names of states by code, from the knowledge tables."""
    return {row["code"]: row["name"] for row in knowledge.load().table("actors_states")}


def name_of(code: str, names: Mapping[str, str] | None = None) -> str:
    """The name of a party: from ``names`` (the usual English ones), else of ISO 3166-1, else the code
    itself, which is what groups and speakers without a code are called."""
    known = usual_names() if names is None else names
    return known.get(code) or ORGANISATION_WORDS.get(code) or _state_name(code) or code


@lru_cache(maxsize=1)
def _with_the() -> tuple[frozenset[str], tuple[str, ...]]:
    """Names that take an article, and words that give one to any name that they end."""
    rows = knowledge.lookup("names_with_the")
    whole = frozenset(row["words"] for row in rows if row["where"] == "whole")
    return whole, tuple(f" {row['words']}" for row in rows if row["where"] == "last")


def in_text(name: str) -> str:
    """The name of a party as running text has it: "the United States", "Chad"."""
    whole, last = _with_the()
    return f"the {name}" if name in whole or name.endswith(last) else name


def possessive(name: str) -> str:
    """ "Iran's", "the United States'"."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"


_AIMS: Mapping[ResponseKind, str] = {
    ResponseKind.VETO: "of a draft by",
    ResponseKind.INVESTIGATION: "of",
    ResponseKind.MONITORING: "of",
    ResponseKind.UN_REFERRAL: "of",
}
"""What stands between a response and whom it is about; else "against"."""


def aimed_words(kind: ResponseKind, by: str | None, against: str | None, called: Callable[[str], str]) -> str:
    """Whom a response is about, with a space before: " against Iran", " of a draft by Norway"; nothing where
    that is not told.  ``called``: the name of a party by its code."""
    if not against:
        return ""
    return f" {_AIMS.get(kind, 'against')} {'itself' if against == by else in_text(called(against))}"


def since_words(edtf: str | None) -> str:
    """Since when, in words: "since 2 November 2022", "since 2 November 2022 or before"."""
    if edtf is None:
        return "since a day that is not known"
    told = spoken(edtf)
    if told.startswith("on or before "):
        return f"since {told.removeprefix('on or before ')} or before"
    return f"since a day {told}" if told.startswith(("between ", "on or after ")) else f"since {told}"


@lru_cache(maxsize=512)
def _state_name(code: str) -> str | None:
    if len(code) != 3 or not code.isupper():
        return None
    import pycountry

    country = pycountry.countries.get(alpha_3=code)
    if country is None:
        return None
    name = str(getattr(country, "common_name", country.name))
    last, comma, first = name.partition(", ")
    return f"{first} {last}" if comma else name


NO_SPEAKER = "speaker not named"


def speaker_words(speaker: Speaker, label: str | None = None) -> str:
    """Who speaks, with office and state: "Ana Ruiz, defence minister (Chile)".

    ``label``: the name of whom they speak for; what name or office already say is not said twice.
    """
    name, role = _line(speaker.name), _line(speaker.role)
    if name in (speaker.actor, label):
        name = ""
    if name and role and role.casefold() in name.casefold():
        role = ""
    who = ", ".join(part for part in (name, role) if part)
    if label is None or label == who:
        return who or NO_SPEAKER
    if who.casefold() in label.casefold():
        return label
    return who if label in who else f"{who} ({label})"


def _line(text: str | None) -> str:
    """``text`` on one line."""
    return " ".join((text or "").split())


# ------------------------------------------------------------------------------------ reports

FIRST_WORDS = 60
"""Characters of a report without a title that stand in its place.  A choice: about a headline."""


def title_of(document: Document) -> str:
    """What a report is called: its title, else its first words, else (without text) its file."""
    return document.title or _first_words(document.text) or file_name(document)


def document_name(document: Document) -> str:
    """The shortest name a reader knows a report by: its outlet, else what it is called."""
    return document.outlet or title_of(document)


def called_in_text(document: Document) -> str:
    """A report within a sentence: by its outlet, else by what it is called, between quotation marks."""
    return document.outlet or quoted(title_of(document))


def file_name(document: Document) -> str:
    """The last part of the path or address that a report came from."""
    return document.source.replace("\\", "/").rstrip("/").rpartition("/")[2] or document.source


def _first_words(text: str) -> str:
    """The first words of a text on one line, and that more follow; "" where there are none."""
    begun = " ".join(text[: 4 * FIRST_WORDS].split())
    if len(begun) <= FIRST_WORDS:
        return begun
    cut = begun[: FIRST_WORDS + 1].rpartition(" ")[0] or begun[:FIRST_WORDS]
    return cut.rstrip(" ,;:.–—-") + " …"


# ------------------------------------------------------------------------------------ figures


def has_figure(quantity: Quantity | None) -> bool:
    """Whether the quantity has a number."""
    return quantity is not None and (quantity.min is not None or quantity.max is not None)


_VAGUE = re.compile(r"(?i)\b(?:dozen|score|hundred|thousand|million|billion)s\b")


def is_count(quantity: Quantity | None) -> bool:
    """Whether the quantity is a number of goods: no money, and not "thousands" of something."""
    if quantity is None or not has_figure(quantity) or is_money(quantity):
        return False
    return quantity.min == quantity.max or _VAGUE.search(quantity.text) is None


def is_money(quantity: Quantity) -> bool:
    """Whether the unit is a currency (ISO 4217: three capitals)."""
    unit = quantity.unit or ""
    return len(unit) == 3 and unit.isalpha() and unit.isupper()


def figure_words(quantity: Quantity) -> str:
    """A figure as shown: "40 drones", "between 100 and 200 shells".

    An amount open at one end, not meant exactly, or none at all, is given in the report's own words between
    quotation marks ("“thousands and thousands” of" is no number, "“more than a million”" and "“about 3
    million” shells" no exact ones).
    """
    low, high = quantity.min, quantity.max
    if low is None or high is None or quantity.rough:
        words = shown_quote(_line(quantity.text))
        unit = quantity.unit if quantity.unit and quantity.unit.casefold() not in words.casefold() else None
        of = " of" if _NEEDS_OF.search(words) else ""
        return f"“{words}”{of} {unit}" if unit else f"“{words}”"
    number = f"{low:,}" if low == high else f"between {low:,} and {high:,}"
    if not quantity.unit:
        return number
    is_one = low == high == 1 and not is_money(quantity)
    return f"{number} {singular(quantity.unit) if is_one else quantity.unit}"


_NEEDS_OF = re.compile(
    r"(?i)\b(?:(?:dozen|score|hundred|thousand|million|billion|number|load|batch|shipment)s|numbers?|lots?"
    r"|amounts?|quantit(?:y|ies)|batch|couple|handful|pair|load|majority)$"
)
"""An amount that is a noun: "hundreds" of shells, "a large number" of them."""

_SAME_IN_BOTH = re.compile(r"(?i)(?:craft|series|species|chassis|corps|ordnance|ss)$")
_SINGULARS = (
    (re.compile(r"(?<=[^aeiou])ies$"), "y"),
    (re.compile(r"(?<=[Cc]ach)es$"), "e"),
    (re.compile(r"(?<=ss|ch|sh|.x|zz|do|ro)es$"), ""),
    (re.compile(r"(?<=.)s$"), ""),
)


def singular(noun: str) -> str:
    """One of what a noun in the plural names, by the endings of English: "drones" is "drone", "batteries"
    "battery", "tonnes of shells" "tonne of shells"; what is the same in both, and what is none, as it is."""
    counted, of, rest = noun.partition(" of ")
    if not _SAME_IN_BOTH.search(counted):
        ending, other = next((pair for pair in _SINGULARS if pair[0].search(counted)), (None, ""))
        counted = ending.sub(other, counted) if ending else counted
    return f"{counted}{of}{rest}"


def goods_words(item: str | None, category: Category) -> str:
    """The goods as worded, else their category."""
    return without_half_quotes(item) if item and item != UNKNOWN else CATEGORY_WORDS[category]


def without_half_quotes(words: str) -> str:
    """``words`` without double quotation marks whose other one stands outside them: "suicide” drones"."""
    pairs = (("“", "”"), ("«", "»"))
    for opening, closing in pairs:
        if words.count(opening) != words.count(closing):
            words = words.replace(opening, "").replace(closing, "")
    return words if words.count('"') % 2 == 0 else words.replace('"', "")


# ------------------------------------------------------------------------------------ origins


def origins_words(origins: Origins) -> str:
    """How many independent origins: "2", "between 1 and 3", "at most 1"."""
    low, high = origins.independent, origins.at_most
    if low is None or (low == 0 and high):
        return f"none for certain, at most {high}" if low == 0 else f"not worked out, at most {high}"
    return str(low) if low == high else f"between {low} and {high}"


ORIGIN_WORDS: Mapping[OriginKind, str] = {
    OriginKind.ACTOR: "on its own word",
    OriginKind.PHYSICAL: "examined the goods",
    OriginKind.RECORDS: "records",
    OriginKind.IMAGERY: "pictures",
    OriginKind.WITNESS: "eyewitness",
    OriginKind.UNNAMED: "does not say how it is known",
}

STANDING_WORDS: Mapping[str, str] = {
    "independent": "independent",
    "unknown": "not known whether independent",
    "dependent": "not counted",
}

# ------------------------------------------------------------------------------------ measures


NO_MEASURES = "none of the measures known would be breached"

VERDICT_WORDS: Mapping[str, str] = {"would_breach": "would breach if true", "cannot_tell": "cannot tell"}


def measure_name(measure: Measure) -> str:
    """Document and paragraph: "S/RES/1718 (2006), paragraph 8(b)"."""
    word = "" if measure.paragraph[:1].isalpha() else "paragraph "
    return f"{measure.instrument}, {word}{measure.paragraph}"


AUTHORITY_WORDS: Mapping[str, str] = {"UNSC": "UN Security Council"}
"""Whose rules they are, where that is no party that reports name."""


def measure_note(measure: Measure) -> str | None:
    """What the rule says, in our own words, what is noted of it, and whether its text was looked up."""
    if measure.measure is None:
        return None
    looked = "text not looked up"
    if measure.verified is not None:
        looked = f"text looked up {spoken(measure.verified)}"
    return "; ".join(part for part in (measure.rule.rstrip("."), measure.note, looked) if part)


# ------------------------------------------------------------------------------------ routes


MEANS = "Means"


def route_parts(route: Route, called: Callable[[str], str], recipient: str | None) -> list[tuple[str, str]]:
    """What is known of a route, as labelled words; that goods for the recipient go to the recipient is
    said only beside another destination."""
    true = () if route.true == (recipient,) and not route.declared else route.true
    parts = (
        ("Declared destination", _places(route.declared, called)),
        ("By way of", _places(route.via, called)),
        ("Alleged destination", _places(true, called)),
        (MEANS, route.mode or ""),
        ("Vessel", route.vessel or ""),
    )
    return [(label, words) for label, words in parts if words]


def _places(places: tuple[str, ...], called: Callable[[str], str]) -> str:
    """States by name; other places as reported, with capitals."""
    return ", ".join(called(place) if place != place.lower() else place.title() for place in places)


# ------------------------------------------------------------------------------------ stages

STAGE_STEPS = (Stage.SOUGHT, Stage.PLANNED, Stage.AGREED, Stage.SHIPPED, Stage.DELIVERED, Stage.USED)
"""The stages that stand in an order, from least to furthest."""
