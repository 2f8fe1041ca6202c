"""Amounts in a document: how many of what, or how much money.

Bounds follow the words: "more than 1,000" is (1000, None), "nearly two dozen" (None, 24), "hundreds of"
(100, None), "some 400" (400, 400) and rough, "100 to 200" (100, 200); "a significant number of" has none,
its words are kept.  The words are in the tables ``number_words`` and ``units``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from tidewaiter.knowledge import Knowledge
from tidewaiter.model import Quantity, QuantityMention, Span, TimeMention, WeaponMention
from tidewaiter.reading.parse import Parsed
from tidewaiter.reading.what.numbers import Number, numbers

if TYPE_CHECKING:
    from tidewaiter.reading.tokens import Doc, Token

LONGEST_PHRASE = 14
"""Tokens between a number and the noun that it counts, at most: room for calibre, maker, model and kind;
our choice, it only keeps a phrase from running on."""

_RANGE_GAP = re.compile(
    r"[ \u00a0]?(?:to|and|or|[-‐‑–—])[ \u00a0]?(?:up to |as many as )?[$€£]?", re.IGNORECASE
)
_AND_GAP = re.compile(r"[ \u00a0]and[ \u00a0][$€£]?", re.IGNORECASE)
_NO_SPACE = re.compile(r"\S")
_IDENTIFIER_BEFORE = re.compile(r"(?:[^\W\d_][-‐‑_]|[\w.]/|[#:@_\\=&]|\d[-‐‑–.,:])$")
_IDENTIFIER_AFTER = re.compile(r"[:/‐‑–-]\d|[-‐‑–]?[^\W\d_]|_|[.]\d|['’]?s\b")
_CAPITALS = re.compile(r"(?<!\w)[A-Z]{1,4}[ \u00a0]$")
_NEXT_NUMBER = re.compile(r"(?:,|,?[ \u00a0](?:and|or|to)|[-–])[ \u00a0]?\d[\d.,]*")
_OF = re.compile(r"[ \u00a0]of[ \u00a0]", re.IGNORECASE)
_WORTH_OF = re.compile(
    r"(?:[ \u00a0-]worth)?[ \u00a0](?:of|in)[ \u00a0]|[ \u00a0-]worth[ \u00a0]", re.IGNORECASE
)
_NUMBER_AFTER = re.compile(r"(?:[ \u00a0]\(|:[ \u00a0]|[ \u00a0][-–—][ \u00a0]|,[ \u00a0])(?P<number>)")
_NOTHING_COUNTED = re.compile(r"[ \u00a0]of them|\Z|[ \u00a0]*[\n;,]|\.(?:\s|\Z)")
_SAME_SENTENCE = re.compile(r"[^.;!?\n]*")
_TOTAL = re.compile(
    r"\b(?:for|to|making|reaching|bringing[^.;]{0,40}to)[ \u00a0](?:a|an overall|the)[ \u00a0]"
    r"(?:grand[ \u00a0])?total[^.;]{0,20}$"
    r"|\bbringing the (?:total|number)[^.;]{0,40}$",
    re.IGNORECASE,
)
_HANDED = re.compile(
    r"(?<![^\W_])(?:hand|turn|sign|giv|tak|took|gave|given)(?:s|ed|ing|en|es|e)?[ \u00a0]$", re.I
)
_ABOUT = frozenset("~≈")
_PLUS = re.compile(r"\+(?!\w)")
_HEAD_SKIPPED = frozenset({"more", "additional", "other", "further", "such", "extra"})
_IN_PHRASE = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "X", "SYM"})
_INSIDE = frozenset("-‑–/\"“”‘’'")
_PARTICIPLES = frozenset({"VBN", "VBG"})


@dataclass(frozen=True, slots=True)
class _Terms:
    """The tables, compiled."""

    before: re.Pattern[str]
    after: re.Pattern[str]
    bound: dict[str, str]  # phrase to least, most, about, beside, range
    unknown: re.Pattern[str]
    symbol: re.Pattern[str]
    money: re.Pattern[str]
    code: dict[str, str]
    not_counted: re.Pattern[str]
    measures: frozenset[str]
    formation: re.Pattern[str]
    label: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Amount:
    """A number or range with its approximation and its currency."""

    span: Span
    least: int | None
    most: int | None
    currency: str | None
    rough: bool = False


def find_quantities(
    parsed: Parsed, times: Sequence[TimeMention], goods: Sequence[WeaponMention]
) -> tuple[QuantityMention, ...]:
    """Every amount, in order of the text, none inside another.

    ``head`` is the noun that is counted, ``quantity.unit`` its words; of money the goods that it is for
    and the currency's ISO 4217 code; of a measure ("rounds of ammunition") what is measured and its words.
    Calibres, designations, dates, ages, distances, percentages, votes and numbers of paragraphs are no
    amounts.
    """
    terms = _terms(parsed.knowledge)
    taken = _Taken([one.span for one in times] + [one.span for one in goods])
    amounts = list(_amounts(parsed, terms, taken))
    counted = [one for amount in amounts if (one := _mention(parsed, amount, terms, goods)) is not None]
    counted = _multiplied(parsed.text, _totalled(parsed.text, counted))
    heads = [one.head for one in counted if one.head is not None]
    used = _Taken(
        [one.span for one in counted] + [one.span for one in goods] + heads
    )  # "multiple rocket launchers" are not many
    unknown = [one for one in _unknown(parsed, terms, goods) if not used.touches(one.span)]
    used = _Taken([one.span for one in counted])
    formed = [one for one in _formations(parsed.text, terms) if not used.touches(one.span)]
    return tuple(sorted(counted + unknown + formed, key=lambda one: one.span))


class _Taken:
    """Places where a number means something else."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self.spans = sorted(spans)
        self.starts = [span.start for span in self.spans]

    def touches(self, span: Span) -> bool:
        at = bisect_left(self.starts, span.end)
        return any(one.end > span.start for one in self.spans[max(0, at - 2) : at])


# ------------------------------------------------------------------------------------- the tables


@lru_cache(maxsize=4)
def _terms(knowledge: Knowledge) -> _Terms:
    bound = {row["word"]: row["kind"] for row in knowledge.table("number_words") if not row["value"]}
    units: dict[str, dict[str, str]] = {}
    for row in knowledge.table("units"):
        units.setdefault(row["kind"], {})[row["word"]] = row["code"]
    before = [word for word, kind in bound.items() if kind in ("least", "most", "about", "beside", "range")]
    after = [word for word, kind in bound.items() if kind.endswith("_after")]
    unknown = [word for word, kind in bound.items() if kind == "unknown"]
    symbols, codes, currencies = units["symbol"], units["code"], units["currency"]
    money = f"(?:{_either(currencies)})s?|{_either(codes)}"
    return _Terms(
        before=re.compile(
            rf"(?<![^\W_])(?P<bound>{_either(before)})[ \u00a0]{{1,2}}(?:the[ \u00a0])?$", re.I
        ),
        after=re.compile(rf"[ \u00a0,-]{{0,2}}(?P<bound>{_either(after)})(?![^\W_])", re.IGNORECASE),
        bound=bound,
        unknown=re.compile(rf"(?<![^\W_])(?:{_either(unknown)})(?![^\W_])", re.IGNORECASE),
        symbol=re.compile(
            rf"(?:(?P<symbol>{_either(symbols)})|(?<![^\W_])(?P<code>{_either(codes)}))[ \u00a0]?$"
        ),
        money=re.compile(rf"[ \u00a0-]?(?:in[ \u00a0])?(?P<money>{money})(?![^\W_])", re.IGNORECASE),
        code={
            word.casefold(): code for table in (symbols, codes, currencies) for word, code in table.items()
        },
        not_counted=re.compile(
            rf"[ \u00a0]?[-‐‑–]?[ \u00a0]?(?:{_either(units['not_counted'])})s?(?![^\W_])(?![-‐‑ ]hand)",
            re.IGNORECASE,
        ),
        measures=frozenset(word for measure in units["measure"] for word in (measure, f"{measure}s")),
        formation=re.compile(
            rf"(?<![^\W_])(?:an?|one)[ \u00a0](?:(?:full|whole|complete)[ \u00a0])?"
            rf"(?P<unit>{_either(units['formation'])})(?:['’]s[ \u00a0]worth)?(?=[ \u00a0]of[ \u00a0])",
            re.IGNORECASE,
        ),
        label=re.compile(rf"(?<![^\W_])(?:{_either(units['label'])})\.?[ \u00a0]?$", re.IGNORECASE),
    )


def _either(words: Sequence[str] | dict[str, str]) -> str:
    """Alternatives, the longest first so that it wins."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


# ---------------------------------------------------------------------------------------- amounts


def _amounts(parsed: Parsed, terms: _Terms, taken: _Taken) -> Iterator[_Amount]:
    text = parsed.text
    found = [one for one in numbers(text, parsed.knowledge) if not taken.touches(one.span)]
    at = 0
    while at < len(found):
        first = found[at]
        second = found[at + 1] if at + 1 < len(found) else None
        pair = None if second is None else _range(text, first, second, terms)
        amount = _with_words(text, pair or _single(text, first, terms), terms)
        if _is_amount(text, first, amount, terms):
            yield amount
        at += 1 if pair is None else 2


def _single(text: str, number: Number, terms: _Terms) -> _Amount:
    start, currency = _currency_before(text, number.span.start, terms)
    end, currency = _currency_after(text, number.span.end, currency, terms)
    return _Amount(Span(start, end), number.whole, None if number.open else number.whole, currency)


def _range(text: str, first: Number, second: Number, terms: _Terms) -> _Amount | None:
    """ "100 to 200", "between two and three million", "200 or 300"; None when the numbers are apart."""
    start, symbol = _currency_before(text, second.span.start, terms)
    middle, currency = _currency_after(text, first.span.end, None, terms)
    if _RANGE_GAP.fullmatch(text, middle, start) is None or first.open or second.open:
        return None
    begin, opening = _currency_before(text, first.span.start, terms)
    if _AND_GAP.fullmatch(text, middle, start) and not _between(text, begin):
        return None
    least = (
        first.value * second.scale
        if first.scale == 1 and first.value < second.value / second.scale
        else first.value
    )
    if not least < second.value:
        return None
    end, closing = _currency_after(text, second.span.end, currency or opening, terms)
    if len({currency or opening, closing, symbol} - {None}) > 1:
        return None
    return _Amount(Span(begin, end), int(least), second.whole, closing)


def _between(text: str, start: int) -> bool:
    return re.search(r"\bbetween[ \u00a0]$", text[max(0, start - 9) : start], re.IGNORECASE) is not None


def _currency_before(text: str, start: int, terms: _Terms) -> tuple[int, str | None]:
    """Start of the symbol or code before a number, and the currency's code."""
    base = max(0, start - 6)
    found = terms.symbol.search(text[base:start])
    if found is None:
        return start, None
    return base + found.start(), terms.code[(found["symbol"] or found["code"]).casefold()]


def _currency_after(text: str, end: int, known: str | None, terms: _Terms) -> tuple[int, str | None]:
    found = terms.money.match(text, end)
    if found is None:
        return end, known
    word = found["money"].casefold()
    code = terms.code.get(word) or terms.code.get(word.removesuffix("s"))
    return (end, known) if known and known != code else (found.end(), code)


def _with_words(text: str, amount: _Amount, terms: _Terms) -> _Amount:
    """With the words that bound it: "more than", "up to", "or more"."""
    start, end = amount.span
    least, most, rough = amount.least, amount.most, text[max(0, start - 1) : start] in _ABOUT
    start -= rough
    base = max(0, start - 32)
    before = terms.before.search(text[base:start])
    if before is not None and not _is_particle(text, base + before.start(), before["bound"]):
        kind = terms.bound[_flat(before["bound"])]
        least, most = _bounded(kind, least, most)
        rough = rough or kind == "about"
        start = base + before.start()
    after = _PLUS.match(text, end) or terms.after.match(text, end)
    if after is not None:
        kind = "least" if after[0] == "+" else terms.bound[_flat(after["bound"])].removesuffix("_after")
        least, most = _bounded(kind, least, most)
        rough = rough or kind == "about"
        end = after.end()
    return replace(amount, span=Span(start, end), least=least, most=most, rough=rough)


def _is_particle(text: str, start: int, bound: str) -> bool:
    """Whether "over" belongs to the verb before it: "handed over 14 tanks"."""
    return bound.lower() == "over" and _HANDED.search(text[max(0, start - 10) : start]) is not None


def _flat(words: str) -> str:
    return re.sub(r"\s+", " ", words.lower())


def _bounded(kind: str, least: int | None, most: int | None) -> tuple[int | None, int | None]:
    if kind == "least":
        return least, None
    if kind == "most":
        return None, most if most is not None else least
    return least, most


# ------------------------------------------------------------------- what only looks like an amount


def _is_amount(text: str, first: Number, amount: _Amount, terms: _Terms) -> bool:
    if amount.currency is not None:
        return True
    start, end = first.span
    if first.digits and _is_identifier(text, first, amount):
        return False
    if any(terms.not_counted.match(text, at) for at in _ends(text, amount.span.end, end)):
        return False
    if first.digits and amount.span.start == start and terms.label.search(text[max(0, start - 16) : start]):
        return False
    return not _alone_on_line(text, amount.span)


def _ends(text: str, *ends: int) -> Iterator[int]:
    """Where a unit may follow: after the number, or after one that shares it ("186 and 435 miles")."""
    for end in ends:
        yield end
        if (following := _NEXT_NUMBER.match(text, end)) is not None:
            yield following.end()


def _is_identifier(text: str, number: Number, amount: _Amount) -> bool:
    """Whether the digits are part of a name, a date, a score, a year or a web address."""
    start, end = number.span
    if start == amount.span.start and _IDENTIFIER_BEFORE.search(text[max(0, start - 2) : start]):
        return True
    if end == amount.span.end and number.scale == 1 and _IDENTIFIER_AFTER.match(text, end):
        return True
    return text[start:end].startswith("0") and number.value >= 1


def _alone_on_line(text: str, span: Span) -> bool:
    """Whether the line holds nothing but this number, or begins with it as a list's number."""
    begin = text.rfind("\n", 0, span.start) + 1
    first, last = _letters(text, begin)
    if not (first < span.start or last >= span.end):
        return True
    opens_line = _NO_SPACE.search(text, begin, span.start) is None
    return opens_line and re.match(r"[.)]\s", text[span.end : span.end + 2]) is not None


@lru_cache(maxsize=1)
def _letters(text: str, begin: int) -> tuple[int, int]:
    """Positions of the first and the last letter of the line that begins there; kept for the next
    number of the line."""
    end = text.find("\n", begin)
    places = [at for at in range(begin, end if end >= 0 else len(text)) if text[at].isalpha()]
    return (places[0], places[-1]) if places else (len(text), -1)


# ------------------------------------------------------------------------------- the counted noun


def _mention(
    parsed: Parsed, amount: _Amount, terms: _Terms, goods: Sequence[WeaponMention]
) -> QuantityMention | None:
    text = parsed.text
    if amount.currency is not None:
        head = _worth(parsed, amount.span.end, goods)
        return QuantityMention(
            amount.span,
            Quantity(amount.least, amount.most, amount.currency, text[slice(*amount.span)], amount.rough),
            head,
        )
    head = _before(text, amount.span, goods)
    if head is None:
        head = _head(parsed.doc, amount.span.end, amount.least == 1 and amount.most in (1, None), goods)
    unit = None
    if head is not None:
        if _is_designation(text, amount.span.start, head, goods):
            return None
        unit = text[head.start : head.end]
        if terms.not_counted.fullmatch(" " + unit):
            return None
        unit = _money_noun(unit, terms) or unit
        if unit in terms.code.values():
            head = None
        elif unit.lower() in terms.measures:
            head = _measured(parsed, head, goods) or head
    elif _is_word(amount, text):
        return None
    least, most = amount.least, amount.most
    words = text[slice(*amount.span)]
    return QuantityMention(amount.span, Quantity(least, most, unit, words, amount.rough), head)


def _measured(parsed: Parsed, measure: Span, goods: Sequence[WeaponMention]) -> Span | None:
    """The goods that a measure is of: "28 million rounds of small arms *ammunition*"."""
    found = _OF.match(parsed.text, measure.end)
    first = None if found is None else _first_token(parsed.doc, found.end())
    return None if first is None else _named_goods(parsed.doc, first, _run(parsed.doc, first), goods)


def _worth(parsed: Parsed, end: int, goods: Sequence[WeaponMention]) -> Span | None:
    """The goods that money stands for: "$825 million in weapons", "$2bn worth of tanks"."""
    found = _WORTH_OF.match(parsed.text, end)
    first = None if found is None else _first_token(parsed.doc, found.end())
    return None if first is None else _named_goods(parsed.doc, first, _run(parsed.doc, first), goods)


def _before(text: str, span: Span, goods: Sequence[WeaponMention]) -> Span | None:
    """The goods whose number comes after them: "T-72 tanks (31)", "drones, 40 of them", "Tanks: 40",
    "rockets and shells by the million"."""
    at = bisect_left(goods, span.start, key=lambda one: one.span.start) - 1
    if at < 0:
        return None
    end = goods[at].span.end
    by_the = text.startswith("by the ", span.start) and _SAME_SENTENCE.fullmatch(text, end, span.start)
    follows = _NUMBER_AFTER.match(text, end)
    if by_the or (follows is not None and follows.start("number") == span.start):
        after = text[span.end : span.end + 9]
        opened = "(" in text[end : span.start]
        if by_the or (after[:1] == ")" if opened else _NOTHING_COUNTED.match(after)):
            return goods[at].head
    return None


def _is_designation(text: str, start: int, head: Span, goods: Sequence[WeaponMention]) -> bool:
    """Whether the number belongs to capitals before it and counts no plural: "CM 11 Tiger"."""
    if _CAPITALS.search(text[max(0, start - 6) : start]) is None:
        return False
    known = any(one.head == head for one in goods)
    return not known and not text[slice(*head)].endswith("s")


def _totalled(text: str, counted: Sequence[QuantityMention]) -> list[QuantityMention]:
    """With a total in the place of what it adds to: "a further 70 guns, for a total of 100"."""
    found: list[QuantityMention] = []
    for one in counted:
        last = found[-1] if found else None
        if (
            last is not None
            and last.head is not None
            and one.head is None
            and _TOTAL.search(text, last.head.end, one.span.end)
            and one.quantity.unit is None
        ):
            found[-1] = replace(one, head=last.head, quantity=replace(one.quantity, unit=last.quantity.unit))
        else:
            found.append(one)
    return found


def _multiplied(text: str, counted: Sequence[QuantityMention]) -> list[QuantityMention]:
    """With "two batches of 12 drones" as 24 drones."""
    found: list[QuantityMention] = []
    for one in counted:
        last = found[-1] if found else None
        if (
            last is not None
            and last.head is not None
            and one.head is not None
            and text[last.head.end : one.span.start] == " of "
        ):
            span = Span(last.span.start, one.span.end)
            quantity = Quantity(
                _times(last.quantity.min, one.quantity.min),
                _times(last.quantity.max, one.quantity.max),
                one.quantity.unit,
                text[slice(*span)],
                last.quantity.rough or one.quantity.rough,
            )
            found[-1] = QuantityMention(span, quantity, one.head)
        else:
            found.append(one)
    return found


def _times(left: int | None, right: int | None) -> int | None:
    return None if left is None or right is None else left * right


def _is_word(amount: _Amount, text: str) -> bool:
    """ "one", "two" with nothing counted are pronouns."""
    if any(letter.isdigit() for letter in text[slice(*amount.span)]):
        return False
    return amount.most is not None and amount.most < 10


def _money_noun(unit: str, terms: _Terms) -> str | None:
    """The code of a currency that is counted: "millions of dollars"."""
    found = terms.money.fullmatch(unit)
    if found is None:
        return None
    word = found["money"].casefold()
    return terms.code.get(word) or terms.code.get(word.removesuffix("s"))


def _head(doc: Doc, after: int, singular: bool, goods: Sequence[WeaponMention]) -> Span | None:
    """The noun counted by a number that ends at ``after``: the last one of the phrase that follows."""
    first = _first_token(doc, after)
    if first is None:
        return None
    run = _run(doc, first)
    named = _named_goods(doc, first, run, goods)
    if named is not None:
        return named
    noun = _last_noun(run)
    if noun is None:
        return None
    shared = None if singular else _shared_noun(doc, noun)
    noun = shared or noun
    return Span(noun.idx, noun.idx + len(noun.text))


def _named_goods(doc: Doc, first: int, run: Sequence[Token], goods: Sequence[WeaponMention]) -> Span | None:
    """The head of goods named in the phrase, unless they only say what sort of noun comes right after
    ("three arms shipments") or share a later head ("500 artillery and mortar shells")."""
    begin = doc[first].idx
    until = run[-1].idx + len(run[-1].text) if run else begin + 1
    at = bisect_left(goods, begin, key=lambda one: one.span.start)
    if at == len(goods) or goods[at].span.start >= until:
        return None
    one = goods[at]
    following = doc.touched(one.span.end, one.span.end + 2)
    after = following[-1] if following is not None else None
    if after is not None and after.idx == one.span.end + 1 and after.pos_ in ("NOUN", "PROPN"):
        return None
    if at + 1 == len(goods) or not _are_joined(doc, one.head.end, goods[at + 1].span.start):
        return one.head
    head = doc.touched(*one.head)
    return one.head if head is not None and head.text.endswith("s") else None


def _are_joined(doc: Doc, end: int, start: int) -> bool:
    """Whether nothing but "and" or "or" stands between."""
    return doc.text[end + 1 : start - 1] in ("and", "or")


def _first_token(doc: Doc, after: int) -> int | None:
    """Index of the token where the counted phrase begins: after "more", "of", "of the"."""
    at = bisect_left(doc.starts, after)
    while at < len(doc) and (doc[at].lower_ in _HEAD_SKIPPED or doc[at].text in ("-", "‑")):
        at += 1
    if at < len(doc) and doc[at].lower_ == "of":
        at += 1
        if at < len(doc) and doc[at].pos_ in ("DET", "PRON"):
            at += 1
    return at if at < len(doc) else None


def _run(doc: Doc, first: int) -> list[Token]:
    """The tokens of the phrase: nouns, adjectives, participles and hyphens, up to a plural noun that no
    further noun follows."""
    run: list[Token] = []
    for index in range(first, min(len(doc), first + LONGEST_PHRASE)):
        token = doc[index]
        if "\n" in token.text or not _continues(token, run, doc):
            break
        if run and run[-1].tag_ in ("NNS", "NNPS") and token.pos_ != "NOUN":
            break
        run.append(token)
    return run


def _continues(token: Token, run: Sequence[Token], doc: Doc) -> bool:
    if token.pos_ in _IN_PHRASE and token.ent_type_ not in ("DATE", "TIME"):
        return not (token.tag_ == "CD" and token.ent_type_ in ("CARDINAL", "MONEY") and bool(run))
    if token.tag_ in _PARTICIPLES or token.text in _INSIDE or token.tag_ == "POS":
        return True
    if token.text in (",", "and") and run and run[-1].pos_ == "ADJ" and token.i + 1 < len(doc):
        return bool(doc[token.i + 1].pos_ == "ADJ")
    return token.pos_ == "ADV" and token.i + 1 < len(doc) and doc[token.i + 1].pos_ == "ADJ"


def _last_noun(run: Sequence[Token]) -> Token | None:
    """The last noun that is a word; else the last designation ("50 T-72s")."""
    nouns = [token for token in run if token.pos_ in ("NOUN", "PROPN") and token.text[0].isalnum()]
    return next((token for token in reversed(nouns) if token.is_alpha), nouns[-1] if nouns else None)


def _shared_noun(doc: Doc, noun: Token) -> Token | None:
    """The plural that a singular modifier shares: "500 artillery and mortar shells"."""
    at = noun.i + 1
    if noun.tag_ != "NN" or at >= len(doc) or doc[at].lower_ not in ("and", "or"):
        return None
    last = _last_noun(_run(doc, at + 1))
    return last if last is not None and last.tag_ == "NNS" else None


def _formations(text: str, terms: _Terms) -> Iterator[QuantityMention]:
    """ "a battery of guns", "a battalion's worth of tanks": one of them."""
    for found in terms.formation.finditer(text):
        head = Span(*found.span("unit"))
        yield QuantityMention(Span(*found.span()), Quantity(1, 1, found["unit"], found[0]), head)


# --------------------------------------------------------------------------------- unknown amounts


def _unknown(parsed: Parsed, terms: _Terms, goods: Sequence[WeaponMention]) -> Iterator[QuantityMention]:
    """ "a significant number of", "several": amounts that say no number."""
    for found in terms.unknown.finditer(parsed.text):
        head = _head(parsed.doc, found.end(), False, goods)
        if terms.not_counted.match(parsed.text, found.end()):
            continue
        if head is not None and terms.not_counted.fullmatch(" " + parsed.text[slice(*head)]):
            continue
        unit = None if head is None else parsed.text[slice(*head)]
        words = found[0].removesuffix(" of")
        span = Span(found.start(), found.start() + len(words))
        yield QuantityMention(span, Quantity(None, None, unit, words), head)
