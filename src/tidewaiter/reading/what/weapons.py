"""Military goods named in a document, from the tables ``weapons`` and ``weapon_words``.

``weapons`` holds terms, one a row.  In a term ``|`` stands between two spellings of a word, ``#`` for
any number, ``*`` for any word; hyphen, space or nothing between letters and digits are all the same.
Its column ``kind`` says how the term is used:

* ``noun``: a common noun, also in the plural; ``mass``: one that has no plural of its own;
* ``name``: a designation; it may carry the letters of a variant ("F-16C/D", "Su-35s");
* ``class``: a designation that says nothing of the kind of goods ("Type 99"): the noun after it does;
* ``block``: a phrase that only looks like goods ("think tank"); it uses up its words.

A designation that no table holds belongs to the noun after it if it is built like one ("RQ-35 drones"),
and is known where the document names it again alone.  In small letters a name counts where the document
speaks of military matters, unless it is a common word.

Its column ``guard`` says when a word with other meanings counts: ``doc``: the document speaks of
military matters at all; ``near``: other goods are named in the sentence, or the next word is one such
as "batteries"; ``compound``: goods stand before it ("drone parts", "drones and parts") or are what it
is for ("parts for drones"); ``listed``: several of them stand in a list with other goods ("rifles and 20
trucks").

A category ``artillery/small_arms`` is the first one, unless the document names goods of the second and
otherwise none of the first: "guns" among pistols are no howitzers.

The categories follow the kinds of SIPRI's and UNROCA's registers (table ``categories``).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from tidewaiter.errors import KnowledgeError
from tidewaiter.knowledge import Knowledge, Row
from tidewaiter.model import Category, Span, WeaponMention
from tidewaiter.reading.parse import Parsed
from tidewaiter.reading.what.pieces import Lexicon, Piece, document_pieces, spaced, spellings

KINDS = ("noun", "mass", "name", "class", "block")
GUARDS = ("", "doc", "near", "compound", "listed")
CATEGORIES = frozenset(category.value for category in Category)

DECIDING_HEADS = frozenset(
    {
        *(Category.AMMUNITION, Category.COMPONENTS, Category.TECHNOLOGY),
        *(Category.SENSORS, Category.SHIPS, Category.OTHER, Category.AIR_DEFENCE),
    }
)
"""What a phrase is whatever stands before its head noun: Grad *rockets*, F-16 *parts*, missile *boats*."""

PLATFORMS = frozenset(
    {Category.AIRCRAFT, Category.ARMOURED_VEHICLES, Category.ARTILLERY, Category.SMALL_ARMS, Category.UAV}
)
"""Whose nouns say what a name is that many things have: Tornado *jets*, Typhoon *armoured vehicles*."""

ACCOMPANYING = frozenset({Category.COMPONENTS, Category.TECHNOLOGY})
"""What may be joined to goods by "and" or "for" without naming them again: "drones and parts"."""

LONGEST_MODIFIER = 4
"""Pieces in the longest modifier of the table ("state of the art")."""

_SHARED_NOUNS = frozenset({"missile", "missile system", "rocket", "launcher", "system"})
"""Nouns of goods of several categories: "missiles S-400" are air defence."""

SHORTEST_LOWER = (4, 5)
"""Letters that a designation in small letters has at least, with a number ("geran 2") and without."""

_NUMBER = r"(?:\d[\d,.]*|\.\d+)"
_MEASURE = (
    rf"{_NUMBER}[ \u00a0]?[-‐‑–]?[ \u00a0]?"
    r"(?:(?:mm|cm|millimet(?:er|re)s?)(?:[ \u00a0-]calib(?:er|re))?"
    r"|cal\.?|calib(?:er|re)|inch|pound|lb|kg|kilogram(?:me)?|ton(?:ne)?)"
    r"(?:/\d\d(?:[ \u00a0-]cal(?:\.|ib(?:er|re))?)?)?"  # 155mm/52
    r"|\d{1,2}(?:\.\d{1,2})?[ \u00a0]?[x×][ \u00a0]?\d{2,3}(?:mm)?R?"  # 7.62x39
    r"|\.\d{2,3}"  # .50
)
_CALIBRE = re.compile(
    rf"(?<![\w.,])(?:(?:{_MEASURE}|\d{{2,3}})(?:,|,?[ \u00a0](?:and|or)|/)[ \u00a0]?){{0,3}}"
    rf"(?:{_MEASURE})[ \u00a0-]$",
    re.IGNORECASE,
)
"""What says how large: "155mm", "7.62x39", "105 mm and 155 mm"."""

_CALIBRE_BEHIND = re.compile(rf"\s+of\s+(?:{_MEASURE})(?!\w)", re.IGNORECASE)
"""The same behind: "rounds of 14.5x114mm"."""

_CALIBRE_REACH = 48
"""Characters before a noun in which its calibres are looked for: "60mm, 81mm and 120-millimetre "."""

_REACH = 24
"""Characters between two parts of one name: a calibre or modifiers."""

_MARK_WORD = (
    r"(?:[A-Z]{1,5}[a-z]{0,4}[-‐‑]\d{1,5}|[A-Z]{2,5}\d{1,5}|[A-Z]\d{3,5})[A-Za-z]{0,4}(?:[-/][A-Z0-9]{1,4})*"
)
_MARK = re.compile(rf"(?<![\w./-]){_MARK_WORD}(?:[ \u00a0][A-Z][a-z]+)?[ \u00a0-]$")
"""A designation that no table holds, before goods: "RQ-35 ", "RQ-35 Heidrun ", "DSU-38 ", "SM29 "."""

_MARK_IN = re.compile(rf"({_MARK_WORD})[ \u00a0-]")
_VARIANT = re.compile(
    r"(?:[A-Za-z]{1,4}\d{0,2}[A-Za-z]{0,3})?(?:[-/](?:[A-Z]{1,3}\d{0,2}s?|\d{1,2}s?))*(?!\w)"
)
_VARIANT_OF_WORD = re.compile(r"-(?:\d{1,3}[A-Za-z]{0,3}\d?|[A-Z]{1,3}\d{0,2})(?!\w)")
_CLASS_NAME = re.compile(
    r"(?<![\w-])(?:(?<=[a-z,;:] )[A-Z][\w.]+[ \u00a0])?[A-Z][\w.]+[ \u00a0-]class[ \u00a0]$"
)
"""The name of a class of ships: "Jose Rizal class "."""

_NAMES = ((_MARK, 32), (_CLASS_NAME, 40))
"""Names that no table needs to hold, and the characters in which each is looked for."""

_AND = re.compile(r"\s+(?:and|or|and/or|&)\s+|/")
_LISTED = re.compile(
    r"\s*(?:,|,?\s*(?:and|or|as well as|plus|along with))\s+(?:[\w.,\-]+\s+){0,3}", re.IGNORECASE
)
"""What stands between two members of a list: ", ", " and 20 Army "."""

_FOR = re.compile(r"\s+(?:for|of|used in|needed for|to make)\s+", re.IGNORECASE)
_FOR_REACH = 40  # characters from "parts for" to the goods they are for: a determiner, a demonym, a modifier
_SAME_PLURAL = ("artillery", "ordnance")


@dataclass(frozen=True, slots=True)
class Term:
    """A row of the table, in one of its spellings."""

    words: str
    kind: str
    category: Category | None
    designation: str | None
    generic: bool
    guard: str
    second: Category | None = None
    plural: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """The table of words around goods, by role."""

    modifier: frozenset[tuple[str, ...]]
    tail: frozenset[str]
    not_goods: frozenset[str]
    suffix_block: frozenset[str]
    military: frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Match:
    """A term found at a place."""

    start: int
    end: int
    term: Term
    head: Span


@dataclass(frozen=True, slots=True)
class Phrase:
    """Neighbouring matches that make one name: "Shahed-136" + "drone" + "engine"."""

    matches: tuple[Match, ...]
    span: Span
    head: Span

    @property
    def last(self) -> Match:
        return self.matches[-1]


def find_weapons(parsed: Parsed) -> tuple[WeaponMention, ...]:
    """Every place that names military goods, in order of the text, none inside another.

    The span holds the calibre, modifiers and designation with the noun ("152mm artillery shells") but
    no demonym; goods joined by "and" are mentions of their own.  Words in which a weapon only says
    what kind of test, unit, maker or law is meant ("missile test") are no mentions.
    """
    text = parsed.text
    found = document_pieces(text)
    lexicon, words = _lexicon(parsed.knowledge), _words(parsed.knowledge)
    matches = [one for one in _matches(text, found, lexicon) if not _is_verb(parsed, one)]
    matches = _settled(_guarded(parsed, matches, words, found))
    phrases = _extended(text, found, list(_phrases(text, found, matches, words)), words)
    if unlisted := _unlisted(text, phrases):
        matches = sorted([*matches, *unlisted], key=lambda one: one.start)
        phrases = _extended(text, found, list(_phrases(text, found, matches, words)), words)
    phrases = [one for one in phrases if not _says_something_else(text, found, one, words)]
    mentions = [mention for one in phrases if (mention := _mention(text, one))]
    return tuple(_called_short(list(_shared_heads(text, mentions, phrases))))


# ------------------------------------------------------------------------------------- the tables


@lru_cache(maxsize=4)
def _lexicon(knowledge: Knowledge) -> Lexicon[Term]:
    lexicon: Lexicon[Term] = Lexicon()
    for row in knowledge.table("weapons"):
        term = _term(row)
        for keys in spellings(term.words):
            lexicon.add(keys, term)
            if (plural := _plural(keys, term)) is not None:
                lexicon.add(plural, replace(term, plural=True))
    return lexicon


def _term(row: Row) -> Term:
    """Raises ``KnowledgeError`` for a kind, category or guard that does not exist."""
    kind, guard = row["kind"], row["guard"]
    category, _, second = row["category"].partition("/")
    if kind not in KINDS or guard not in GUARDS:
        raise KnowledgeError(
            f"kind {kind!r} with guard {guard!r} is not known",
            where=f"weapons.csv, {row['term']!r}",
            todo=f"Kinds are {', '.join(KINDS)}; guards are {', '.join(filter(None, GUARDS))} or none.",
        )
    if not {category, second} <= CATEGORIES | {""}:
        raise KnowledgeError(
            f"{row['category']!r} is not a category",
            where=f"weapons.csv, {row['term']!r}",
            todo=f"Categories are: {', '.join(sorted(CATEGORIES))}.",
        )
    return Term(
        row["term"],
        kind,
        Category(category) if category else None,
        row["designation"] or None,
        row["generic"] == "yes",
        guard,
        Category(second) if second else None,
    )


def _plural(keys: tuple[str, ...], term: Term) -> tuple[str, ...] | None:
    """The plural of a noun, blocked phrase or name; None where there is none."""
    last = keys[-1]
    if term.kind in ("mass", "class") or not last.isalpha() or last.endswith(_SAME_PLURAL):
        return None
    if term.kind == "name" and len(last) < 3:
        return None
    if last.endswith("y") and last[-2:-1] not in "aeiou":
        return (*keys[:-1], last[:-1] + "ies")
    return (*keys[:-1], last + ("es" if last.endswith(("s", "sh", "ch", "x", "z")) else "s"))


@lru_cache(maxsize=4)
def _words(knowledge: Knowledge) -> Words:
    by_role: dict[str, list[tuple[str, ...]]] = {}
    for row in knowledge.table("weapon_words"):
        by_role.setdefault(row["role"], []).extend(spellings(row["word"]))

    def single(role: str) -> frozenset[str]:
        return frozenset(keys[0] for keys in by_role.get(role, ()) if len(keys) == 1)

    return Words(
        modifier=frozenset(by_role.get("modifier", ())),
        tail=single("tail"),
        not_goods=single("not_goods"),
        suffix_block=single("suffix_block"),
        military=frozenset(by_role.get("military", ())),
    )


# ---------------------------------------------------------------------------------------- matches


def _matches(text: str, found: Sequence[Piece], lexicon: Lexicon[Term]) -> Iterator[Match]:
    """The longest term at each place, left to right; what a blocked phrase uses up is gone."""
    at = 0
    while at < len(found):
        step = at + 1
        if (hit := lexicon.longest(text, found, at)) is not None:
            after, term = hit
            match = _match(text, found[at:after], term)
            if match is not None:
                step = max(step, bisect_left(found, (match.end,)))
                if term.kind != "block":
                    yield match
        at = step


def _match(text: str, taken: Sequence[Piece], term: Term) -> Match | None:
    """The match of a term on the pieces taken; None where its spelling speaks against it."""
    start, end = taken[0].start, taken[-1].end
    if start and text[start - 1].isalnum():
        return None
    if term.kind == "name":
        if not _spelled_like(text, taken, term):
            if not _may_be_lower(taken, term):
                return None
            term = replace(term, guard="doc")
        pattern = _VARIANT if taken[-1].key[0].isdigit() else _VARIANT_OF_WORD
        variant = pattern.match(text, end)
        end = variant.end() if variant else end
    if end < len(text) and text[end].isalnum():
        return None
    whole = term.kind == "class" or (term.kind == "name" and not _ends_in_noun(term))
    return Match(start, end, term, Span(start if whole else taken[-1].start, end))


def _ends_in_noun(term: Term) -> bool:
    """Whether a designation carries its common noun: "Patriot battery"."""
    last = term.words.rpartition(" ")[2]
    return last != term.words and last.isalpha() and last.islower()


def _spelled_like(text: str, taken: Sequence[Piece], term: Term) -> bool:
    """Whether a designation is written as one: "S-300", "s-300" and "S 300" are, "an 18" is not.

    A name without digits, or with space before its digits, must begin with a capital where the
    table's does; and a number that the table leaves open must hang on its letters, if they are few.
    """
    glued = all(
        right.start - left.end <= 1 and text[left.end : right.start] != " " for left, right in pairwise(taken)
    )
    has_digits = any(piece.key[0].isdigit() for piece in taken)
    if "#" in term.words and not glued:
        return len(taken[0].key) > 2 and text[taken[0].start].isupper()
    if has_digits and glued:
        return True
    return not term.words[0].isupper() or text[taken[0].start].isupper()


def _may_be_lower(taken: Sequence[Piece], term: Term) -> bool:
    """Whether a designation may stand in small letters where the document speaks of military matters:
    one that is no common word (those have a guard) and long enough to be none."""
    with_number, without = SHORTEST_LOWER
    least = with_number if any(piece.key[0].isdigit() for piece in taken) else without
    return not term.guard and "#" not in term.words and len(taken[0].key) >= least


def _is_verb(parsed: Parsed, match: Match) -> bool:
    """Whether a single word is a verb here: "Iran arms Hezbollah", "they shell the town"."""
    if match.term.kind == "name" or match.head.start != match.start:
        return False
    tokens = parsed.tokens(Span(match.start, match.end))
    if tokens is None:
        return False
    relations = {child.dep_ for child in tokens[0].children}
    ambiguous = match.term.guard or match.term.generic  # "missiles" are never a verb, whatever its tag
    if ambiguous and tokens[0].tag_.startswith("VB"):
        return not relations.isdisjoint(("dobj", "nsubj", "nsubjpass", "dative"))
    return "dobj" in relations  # tagged a noun, but parsed with an object


# ----------------------------------------------------------------------------------------- guards


def _guarded(parsed: Parsed, matches: Sequence[Match], words: Words, found: Sequence[Piece]) -> list[Match]:
    """The matches whose guard is satisfied."""
    military = (
        any(not one.term.guard for one in matches)
        or _speaks_of_military_matters(found, words)
        or len({one.term.words for one in matches if one.term.guard == "doc" and one.term.plural}) > 1
        or any(_vouch(parsed.text, left, right) for left, right in pairwise(matches))
        or any(
            one.term.guard == "doc" and _calibre_start(parsed.text, one.start) < one.start for one in matches
        )
    )
    starts = [sentence.start_char for sentence in parsed.doc.sents]
    sentence = [bisect_right(starts, one.start) for one in matches]
    certain = {number for number, one in zip(sentence, matches, strict=True) if one.term.guard in ("", "doc")}

    def holds(index: int) -> bool:
        one = matches[index]
        if one.term.guard == "doc":
            return military
        if one.term.guard == "near":
            follower = _piece_after(found, one.end)
            return sentence[index] in certain or (follower is not None and follower.key in words.tail)
        if one.term.guard == "listed":
            several = one.term.plural or one.term.kind == "mass"
            return several and _is_listed(parsed.text, matches, index)
        return not one.term.guard or _completes(parsed.text, matches, index) or _is_short_for(one, matches)

    return [one for index, one in enumerate(matches) if holds(index)]


def _is_listed(text: str, matches: Sequence[Match], index: int) -> bool:
    """Whether a word such as "trucks" stands in a list with goods that need no other beside them."""
    one = matches[index]
    beside = (*matches[max(0, index - 1) : index], *matches[index + 1 : index + 2])
    return any(
        other.term.guard in ("", "doc")
        and _LISTED.fullmatch(text, min(one.end, other.end), max(one.start, other.start)) is not None
        for other in beside
    )


def _is_short_for(one: Match, matches: Sequence[Match]) -> bool:
    """ "80,000 such rounds" in a document that speaks of "mortar rounds"."""
    word = one.term.words.split()[-1]
    return one.term.category is Category.AMMUNITION and any(
        other.term.words.split()[-1] == word and len(other.term.words.split()) > 1 for other in matches
    )


def _speaks_of_military_matters(found: Sequence[Piece], words: Words) -> bool:
    keys = [piece.key for piece in found]
    longest = max(map(len, words.military), default=0)
    return any(
        tuple(keys[at : at + width]) in words.military
        for at in range(len(keys))
        for width in range(1, longest + 1)
    )


def _vouch(text: str, left: Match, right: Match) -> bool:
    """Whether a designation and the noun beside it say by themselves what is meant: "T-72 tanks"."""
    kinds = {left.term.kind, right.term.kind}
    same = left.term.category is not None and left.term.category == right.term.category
    return same and "name" in kinds and len(kinds) == 2 and spaced(text, left.end, right.start)


def _settled(matches: Sequence[Match]) -> list[Match]:
    """With one category each, where the table leaves two open."""
    named = {one.term.category for one in matches if one.term.second is None}

    def settled(one: Match) -> Match:
        term = one.term
        if term.second not in named or term.category in named:
            return one
        return replace(one, term=replace(term, category=term.second))

    return [settled(one) for one in matches]


def _completes(text: str, matches: Sequence[Match], index: int) -> bool:
    """Whether a word such as "parts" stands with the goods that they are parts of."""
    one = matches[index]
    before = matches[index - 1] if index else None
    accompanies = one.term.category in ACCOMPANYING
    serves = accompanies or one.term.category is Category.AMMUNITION  # "rounds for machine guns"
    if before is not None and before.end <= one.start:
        if spaced(text, before.end, one.start) or _CALIBRE.search(text, before.end, one.start):
            return True
        if accompanies and _AND.fullmatch(text, before.end, one.start):
            return True
    if _calibre_start(text, one.start) < one.start or _CALIBRE_BEHIND.match(text, one.end):
        return True
    after = matches[index + 1] if index + 1 < len(matches) else None
    joined = _FOR.match(text, one.end)
    several = one.term.plural or one.term.kind == "mass"  # "part of" is no part
    return bool(serves and several and after and joined and after.start - joined.end() <= _FOR_REACH)


def _piece_after(found: Sequence[Piece], position: int) -> Piece | None:
    index = bisect_left(found, (position,))
    return found[index] if index < len(found) else None


# ---------------------------------------------------------------------------------------- phrases


def _phrases(text: str, found: Sequence[Piece], matches: Sequence[Match], words: Words) -> Iterator[Phrase]:
    """Matches that stand together as one name."""
    group: list[Match] = []
    for match in matches:
        if group and not _belongs(text, found, group[-1], match, words):
            yield _phrase(group)
            group = []
        group.append(match)
    if group:
        yield _phrase(group)


def _belongs(text: str, found: Sequence[Piece], left: Match, right: Match, words: Words) -> bool:
    """Whether ``right`` goes on the name that ``left`` begins."""
    if left.term.plural and left.term.kind == "noun":
        same = left.term.category == right.term.category or left.term.words in _SHARED_NOUNS
        return right.term.kind == "name" and same and spaced(text, left.end, right.start)
    if spaced(text, left.end, right.start):
        return True
    if not _near(left, right):
        return False
    first = bisect_left(found, (left.end,))
    between = first < len(found) and found[first].start < right.start
    if not between or not spaced(text, left.end, found[first].start):
        return False
    return _left_edge(text, found, right.start, words, left.end) <= found[first].start


def _near(left: Match, right: Match) -> bool:
    return right.start - left.end <= _REACH


def _phrase(group: Sequence[Match]) -> Phrase:
    """The head is the last common noun; without one, the last designation."""
    nouns = [one for one in group if one.term.kind not in ("name", "class")]
    head = nouns[-1].head if nouns else group[-1].head
    return Phrase(tuple(group), Span(group[0].start, group[-1].end), head)


def _extended(text: str, found: Sequence[Piece], phrases: Sequence[Phrase], words: Words) -> list[Phrase]:
    """With the modifiers before them and a word such as "system" or "batteries" after them."""
    longer: list[Phrase] = []
    floor = 0
    for phrase in phrases:
        start = _left_edge(text, found, phrase.span.start, words, floor)
        end, head = phrase.span.end, phrase.head
        follower = _piece_after(found, end)
        if follower is not None and _is_tail(text, phrase, follower, words):
            end, head = follower.end, Span(follower.start, follower.end)
        longer.append(Phrase(phrase.matches, Span(start, end), head))
        floor = end
    return longer


def _is_tail(text: str, phrase: Phrase, follower: Piece, words: Words) -> bool:
    """Whether the next word belongs to the name of the goods."""
    if phrase.last.term.plural and phrase.last.term.kind == "noun":
        return False
    return follower.key in words.tail and spaced(text, phrase.span.end, follower.start)


def _left_edge(text: str, found: Sequence[Piece], start: int, words: Words, floor: int) -> int:
    """Where the modifiers and calibres that end at ``start`` begin, not before ``floor``."""
    while True:
        edges = (
            _calibre_start(text, start),
            min(_name_start(text, start, pattern, reach) for pattern, reach in _NAMES),
            _modifier_start(text, found, start, words, floor),
        )
        edge = next((edge for edge in edges if floor <= edge < start), start)
        if edge == start:
            return start
        start = edge


def _calibre_start(text: str, start: int) -> int:
    reach = max(0, start - _CALIBRE_REACH)
    if not any(letter.isdigit() for letter in text[reach:start]):
        return start
    calibre = _CALIBRE.search(text, reach, start)
    return calibre.start() if calibre else start


def _name_start(text: str, start: int, pattern: re.Pattern[str], reach: int) -> int:
    """Start of a designation that no table holds, or of a class's name, before goods."""
    name = pattern.search(text, max(0, start - reach), start)
    return name.start() if name else start


def _modifier_start(text: str, found: Sequence[Piece], start: int, words: Words, floor: int) -> int:
    """Start of the longest modifier between ``floor`` and ``start``; ``start`` when there is none."""
    last = bisect_left(found, (start,))
    if not last or not spaced(text, found[last - 1].end, start):
        return start
    for size in range(min(LONGEST_MODIFIER, last), 0, -1):
        taken = found[last - size : last]
        keys = tuple(piece.key for piece in taken)
        loose = ("*", *keys[1:]) if size > 1 else keys
        if taken[0].start < floor:
            continue
        if keys in words.modifier or (loose in words.modifier and _hyphened(text, taken)):
            return taken[0].start
    return start


def _hyphened(text: str, taken: Sequence[Piece]) -> bool:
    return all(text[left.end : right.start] in ("-", "‐", "‑", "–") for left, right in pairwise(taken))


def _says_something_else(text: str, found: Sequence[Piece], phrase: Phrase, words: Words) -> bool:
    """Whether the goods only say what sort of test, unit, maker ... the next word means."""
    follower = _piece_after(found, phrase.span.end)
    if follower is None:
        return False
    gap = text[phrase.span.end : follower.start]
    if gap in ("-", "‐", "‑", "–") and follower.key in words.suffix_block:
        return True
    plural = phrase.last.term.plural and phrase.last.term.kind == "noun"
    return not plural and spaced(text, phrase.span.end, follower.start) and follower.key in words.not_goods


def _mark(text: str, phrase: Phrase) -> str | None:
    """The designation with which the phrase begins though no table holds it."""
    mark = _MARK_IN.match(text, phrase.span.start, phrase.matches[0].start)
    return mark[1] if mark else None


def _unlisted(text: str, phrases: Sequence[Phrase]) -> list[Match]:
    """Where the document names again, alone, what it has named with a noun and no table holds:
    "RQ-35 drones ... the first RQ-35s"."""
    taken = [one.span for one in phrases]
    terms: dict[str, Term] = {}
    for phrase in phrases:
        mark, category = _mark(text, phrase), _category(phrase.matches)
        if mark is not None and category not in (None, *ACCOMPANYING):
            terms.setdefault(mark, Term(mark, "name", category, mark, False, ""))
    return [
        Match(*place.span(), term, Span(*place.span()))
        for mark, term in terms.items()
        for place in re.finditer(rf"(?<![\w/-]){re.escape(mark)}s?(?![\w/-])", text)
        if not any(span.start < place.end() and place.start() < span.end for span in taken)
    ]


# ---------------------------------------------------------------------------------------- mentions


def _mention(text: str, phrase: Phrase) -> WeaponMention | None:
    """The mention that a phrase makes; None when nothing in it says what goods are meant."""
    category = _category(phrase.matches)
    if category is None:
        return None
    names = [_designation(text, one) for one in phrase.matches if one.term.designation]
    names += [mark] if (mark := _mark(text, phrase)) is not None else []
    return WeaponMention(
        span=phrase.span,
        head=phrase.head,
        category=category,
        item=text[slice(*phrase.span)],
        designation=names[0] if names else None,
        generic=all(one.term.generic for one in phrase.matches),
    )


def _designation(text: str, match: Match) -> str | None:
    """The family's name; as worded where the table leaves its number open."""
    if match.term.designation is not None and "#" in match.term.designation:
        return text[match.start : match.end]
    return match.term.designation


def _category(matches: Sequence[Match]) -> Category | None:
    """The head noun's, where it decides, or the name is one that many things have; else the
    designation's; else the most special noun's."""
    nouns = [one.term for one in matches if one.term.kind in ("noun", "mass") and one.term.category]
    if nouns and nouns[-1].category in DECIDING_HEADS:
        return nouns[-1].category
    names = [one.term for one in matches if one.term.kind == "name" and one.term.category]
    if names:
        shared = names[0].guard == "near" and nouns and nouns[-1].category in PLATFORMS
        return nouns[-1].category if shared else names[0].category
    special = [term.category for term in nouns if not term.generic]
    return special[-1] if special else (nouns[-1].category if nouns else None)


_SHORT = {"missiles": "missile", "launchers": "launcher"}
"""Bare words that stand for what a document names in full elsewhere."""


def _called_short(mentions: Sequence[WeaponMention]) -> Iterator[WeaponMention]:
    """ "The missiles" in a document that speaks of "S-300 missiles" and no others: air defence as these."""
    in_full: dict[str, set[Category]] = {}
    for one in mentions:
        words = one.item.lower().split()
        for noun in _SHORT.values():
            if len(words) > 1 and (noun in words or f"{noun}s" in words):
                in_full.setdefault(noun, set()).add(one.category)
    for one in mentions:
        named = in_full.get(_SHORT.get(one.item.lower(), ""), set())
        yield replace(one, category=next(iter(named))) if len(named) == 1 else one


_WHOLE = ("ammunition", "munitions", "ammo")
"""Words that name goods of their own, whatever noun follows the next."""

_OF_NO_MUNITION = frozenset({Category.TECHNOLOGY, Category.OTHER, Category.SENSORS, Category.SHIPS})
"""Kinds of which there are none for ammunition: "ammunition and anti-riot equipment"."""


def _shared_heads(
    text: str, mentions: Sequence[WeaponMention], phrases: Sequence[Phrase]
) -> Iterator[WeaponMention]:
    """In "artillery and mortar shells" the artillery is shells too."""
    by_span = {one.span: one for one in phrases}
    for index, one in enumerate(mentions):
        after = mentions[index + 1] if index + 1 < len(mentions) else None
        if after is not None and _shares_head(text, one, after, by_span[one.span]):
            yield replace(one, category=after.category)
        else:
            yield one


def _shares_head(text: str, one: WeaponMention, after: WeaponMention, phrase: Phrase) -> bool:
    """Whether the head noun of ``after`` is meant for ``one`` as well."""
    if after.category not in DECIDING_HEADS or after.span.start == after.head.start or one.generic:
        return False
    if one.item.lower().endswith(_WHOLE) and after.category in _OF_NO_MUNITION:
        return False  # "ammunition and technical support"
    if phrase.last.term.plural or _AND.fullmatch(text, one.span.end, after.span.start) is None:
        return False
    return not re.search(
        r"\b(?:a|an|one)\s+$", text[max(0, one.span.start - 5) : one.span.start], re.IGNORECASE
    )
