"""Why a finding is what it is: for each of its fields the words, the rule, and the rows of the tables that
know those words.

The rows are looked up in the words of a finding after it was read, by the same spellings: what a table
does not know was found by grammar alone, and the rule says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tidewaiter.knowledge import Knowledge
from tidewaiter.model import (
    Anchors,
    Claim,
    Document,
    Event,
    Ground,
    Mention,
    Reading,
    ReportedTransfer,
    Response,
    Span,
    Spans,
    Statement,
    TableRow,
)
from tidewaiter.reading.parse import Parsed, parse
from tidewaiter.reading.what.pieces import ANY_NUMBER, ANY_WORD, pieces, spellings

Finding = Statement | Mention | ReportedTransfer | Claim | Response | Event

KEY_COLUMNS: Mapping[str, str] = {
    "actors_states": "text",
    "actors_names": "text",
    "actors_persons": "name",
    "actors_contextual": "text",
    "actors_roles": "text",
    "actors_descriptions": "noun",
    "actors_areas": "text",
    "actors_regions": "text",
    "weapons": "term",
    "weapon_words": "word",
    "units": "word",
    "number_words": "word",
    "transfer_cues": "lemma",
    "stage_governors": "lemma",
    "reporting_cues": "cue",
    "answer_cues": "word",
    "response_cues": "cue",
    "event_cues": "cue",
    "route_cues": "cue",
}
"""Tables whose rows are known by words of the text, and the column that holds them."""

_ACTORS = tuple(table for table in KEY_COLUMNS if table.startswith("actors_"))
_WEAPONS = ("weapons", "weapon_words")
_AMOUNTS = ("number_words", "units")

TABLES_OF: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "mention": {
        "trigger": ("transfer_cues",),
        "stage": ("stage_governors", "transfer_cues"),
        "outcome": ("transfer_cues",),
        "supplier": _ACTORS,
        "recipient": _ACTORS,
        "category": _WEAPONS,
        "item": _WEAPONS,
        "quantity": _AMOUNTS,
        "route": ("route_cues", *_ACTORS),
    },
    "claim": {
        "stance": ("reporting_cues", "answer_cues"),
        "speaker": _ACTORS,
        "stage": ("stage_governors", "transfer_cues"),
        "quantity": _AMOUNTS,
        "transfer": ("transfer_cues",),
    },
    "response": {
        "kind": ("response_cues",),
        "status": ("response_cues", "stage_governors"),
        "by": _ACTORS,
        "against": _ACTORS,
        "target": _ACTORS,
    },
    "event": {"type": ("event_cues",), "actor": _ACTORS, "target": _ACTORS},
    "statement": {"cue": ("reporting_cues",), "source": _ACTORS},
}
"""Which tables know the words of a field."""

FRAME_RULES: Mapping[str, str] = {
    "supply": "who does it gives the object to whom it goes (to, for, indirect object)",
    "receive": "who does it gets the object from whom it comes (from, by)",
    "ask": "who asks wants the goods from whom is asked",
    "rely": "who relies on somebody for goods gets them there",
    "take": "who takes delivery gets the goods",
    "arm": "who does it gives arms to the object",
    "back": "who backs the object with goods gives it them",
    "carry": "what carries goods brings them from where it comes to where it goes",
    "include": "what a package or deal holds are its goods",
    "load": "goods are loaded onto what brings them",
    "use": "who uses goods made or given by another has got them",
    "arrive": "the goods go from where they come to where they arrive",
    "seize": "the goods were taken on the way",
    "find": "goods of another's make were found with whoever has them",
    "make": "who builds goods for somebody supplies them",
    "leave": "the goods leave where they come from for where they go",
    "end_up": "the goods ended up with whoever is named",
    "giver": "who is called the supplier of goods supplies them",
    "way": "goods on their way from one party to another",
    "sign": "who signs for goods gets them from whom they come",
    "belong": "the goods belong to a lot told of elsewhere",
    "exist": "there are goods from one party with another",
    "nominal": "a noun of transfer with its goods, owner, origin and destination",
    "nominal_use": "a noun of use: the owner has got the goods",
    "deal": "a deal between parties over goods",
}
"""What each frame of the table ``transfer_cues`` says of who plays which part."""

_CARRIED = "named elsewhere in the report and carried over to this place"
_RULES: Mapping[tuple[str, str], str] = {
    ("mention", "supplier"): "the part that the trigger's frame gives to these words",
    ("mention", "recipient"): "the part that the trigger's frame gives to these words",
    ("mention", "item"): "the goods that the trigger's frame speaks of",
    ("mention", "category"): "the category of the goods' row",
    ("mention", "quantity"): "the number that counts these goods",
    ("mention", "stage"): "tense, mood and what governs the trigger",
    ("mention", "when"): "a time that hangs on the trigger's clause",
    ("mention", "outcome"): "the trigger tells that the goods were taken on the way",
    ("transfer", "route"): "how, or by what way, the goods are said to go",
    ("transfer", "in_exchange_for"): "words that tell of something in return",
    ("claim", "stance"): "the class of the word of saying, and whether what is said is negated",
    ("claim", "speaker"): "the source of the innermost statement about the transfer",
    ("claim", "transfer"): "the mention in what is said, or the transfer that it answers",
    ("claim", "stage"): "the furthest stage in what this speaker says",
    ("claim", "quantity"): "the figure in what this speaker says",
    ("claim", "said_on"): "the day that goes with the act of saying",
    ("response", "kind"): "a word for what is done about a transfer",
    ("response", "by"): "who does it",
    ("response", "against"): "whom it hits",
    ("response", "status"): "tense, mood and what governs the word",
    ("event", "type"): "a word for an event",
    ("statement", "cue"): "a word of saying",
    ("statement", "source"): "who says it",
    ("statement", "content"): "what is said",
}


def grounds(document: Document, reading: Reading, knowledge: Knowledge) -> dict[str, tuple[Ground, ...]]:
    """The grounds of every finding of a reading, by the finding's id.

    ``reading`` must be that of ``document``.  Parses the document once more.
    Raises ``ModelError`` when the language model is missing.
    """
    looker = _Looker(parse(document, knowledge))
    found: dict[str, tuple[Ground, ...]] = {}
    for kind, findings in _kinds(reading):
        for one in findings:
            found[one.id] = tuple(looker.grounds_of(kind, one))
    return found


def _kinds(reading: Reading) -> tuple[tuple[str, Sequence[Finding]], ...]:
    return (
        ("transfer", reading.transfers),
        ("mention", reading.mentions),
        ("claim", reading.claims),
        ("response", reading.responses),
        ("event", reading.events),
        ("statement", reading.statements),
    )


class _Looker:
    """Looks up the words of one document's findings."""

    def __init__(self, parsed: Parsed) -> None:
        self.parsed = parsed
        self.index = _index(parsed.knowledge)

    def grounds_of(self, kind: str, finding: Finding) -> Iterator[Ground]:
        for field, spans in _anchors(finding).items():
            if not spans:
                continue
            tables = self._tables(kind, field)
            rows = self._rows(spans, tables)
            yield Ground(field, spans, self._rule(kind, field, finding, spans, rows), rows)

    @staticmethod
    def _tables(kind: str, field: str) -> tuple[str, ...]:
        own = TABLES_OF["mention" if kind == "transfer" else kind]
        return own.get(field, ())

    def _rule(self, kind: str, field: str, finding: Finding, spans: Spans, rows: Sequence[TableRow]) -> str:
        if field == "trigger" and isinstance(finding, ReportedTransfer):
            return f"taken together from its mentions: {', '.join(finding.mentions)}"
        if field == "trigger" and rows:
            return FRAME_RULES.get(rows[0].row["frame"], "a word that tells of a transfer")
        if isinstance(finding, Mention) and field in ("supplier", "recipient", "item"):
            inside = any(finding.sentence.start <= start < finding.sentence.end for start, _ in spans)
            if not inside:
                return _CARRIED
        own = kind if (kind, field) in _RULES else "mention"
        return _RULES.get((own, field), "read from these words")

    def _rows(self, spans: Spans, tables: Sequence[str]) -> tuple[TableRow, ...]:
        """The rows that know these words, the longest first at each place, each once."""
        found: dict[tuple[str, str], TableRow] = {}
        for span in spans:
            for table in tables:
                for row in self._in_words(self._keys(span), table):
                    if table != "transfer_cues" or self._is_of_its_kind(span, row):
                        found.setdefault((table, row.key + "".join(row.row.values())), row)
        return tuple(found.values())

    def _is_of_its_kind(self, span: Span, row: TableRow) -> bool:
        """A verb and a noun may be spelled alike."""
        tokens = self.parsed.tokens(span)
        return tokens is None or (tokens.root.pos_ in ("NOUN", "PROPN")) == (row.row["pos"] == "noun")

    def _keys(self, span: Span) -> list[tuple[str, ...]]:
        """The pieces of the words, and of their lemmas where those differ."""
        plain = tuple(piece.key for piece in pieces(self.parsed.text[span.start : span.end]))
        tokens = self.parsed.tokens(span) or ()
        lemmas = tuple(piece.key for token in tokens for piece in pieces(token.lemma_))
        return [plain] if lemmas == plain else [plain, lemmas]

    def _in_words(self, keys: Iterable[tuple[str, ...]], table: str) -> Iterator[TableRow]:
        index = self.index[table]
        for words in keys:
            at = 0
            while at < len(words):
                width = next(
                    (
                        width
                        for width in range(min(index.longest, len(words) - at), 0, -1)
                        if index.rows(words[at : at + width])
                    ),
                    0,
                )
                yield from index.rows(words[at : at + width]) if width else ()
                at += width or 1


def _anchors(finding: Finding) -> Anchors:
    if not isinstance(finding, Statement):
        return finding.anchors
    parts = {"source": finding.source, "cue": finding.cue, "content": finding.content}
    return {name: part.spans for name, part in parts.items() if part is not None} | dict(finding.anchors)


@dataclass(frozen=True, slots=True)
class _Index:
    """The rows of a table by the pieces of their words."""

    table: str
    by_keys: Mapping[tuple[str, ...], tuple[TableRow, ...]]
    longest: int

    def rows(self, words: tuple[str, ...]) -> tuple[TableRow, ...]:
        return self.by_keys.get(words) or self.by_keys.get(_with_wildcards(words), ())


def _with_wildcards(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(ANY_NUMBER if word.isdigit() else word for word in words)


@lru_cache(maxsize=2)
def _index(knowledge: Knowledge) -> Mapping[str, _Index]:
    found = {}
    for table, column in KEY_COLUMNS.items():
        by_keys: dict[tuple[str, ...], list[TableRow]] = {}
        for row in knowledge.table(table):
            for keys in set(spellings(row[column])):
                if keys and ANY_WORD not in keys:
                    by_keys.setdefault(keys, []).append(TableRow(table, row[column], row))
        longest = max(map(len, by_keys), default=0)
        found[table] = _Index(table, {keys: tuple(rows) for keys, rows in by_keys.items()}, longest)
    return found
