"""Any text as a page, a file or Markdown can hold it."""

from __future__ import annotations

import re

_BIDI_CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")

_UNPRINTABLE = dict.fromkeys(
    (
        *range(0x09),
        *range(0x0B, 0x20),  # all control characters but tab and line feed
        *range(0x7F, 0xA0),
        *range(0xD800, 0xE000),  # halves of a pair: cannot be written as UTF-8
        0xFFFE,
        0xFFFF,
    ),
    "\ufffd",
)
"""Characters that HTML and XML forbid or that cannot be written as UTF-8, each to one replacement
character."""

_ANY_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """``text`` with every character that a page cannot hold replaced, one for one."""
    # Looking for one first is far quicker than translating a page that has none, as nearly all.
    return text.translate(_UNPRINTABLE) if _ANY_UNPRINTABLE.search(text) else text


def without_direction(text: str) -> str:
    """``text`` without characters that turn the writing direction: for attributes and the page title,
    where no element can isolate them."""
    return _BIDI_CONTROLS.sub("", text)


_FROM_RIGHT = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"

_RIGHT_TO_LEFT = re.compile(_FROM_RIGHT)

_RUN_FROM_RIGHT = re.compile(rf"{_FROM_RIGHT}(?:[\W\d_]*{_FROM_RIGHT})*")
"""Words written from right to left, with what stands between them."""

FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"


def one_line(text: str) -> str:
    """``text`` on one line, printable and without characters that turn the writing direction; a space at
    either end stays one."""
    flat = re.sub(r"\s+", " ", printable(without_direction(text)))
    return flat.replace("\u2028", " ").replace("\u2029", " ")


def isolated(text: str) -> str:
    """``text`` with isolates around words written from right to left, so that they do not turn what stands
    beside them: around all of it where its first and last letter are such, as in a sentence of that
    language."""
    letters = [one for one in text if one.isalnum()]
    if letters and all(map(_RIGHT_TO_LEFT.match, (letters[0], letters[-1]))):
        return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}"
    return _RUN_FROM_RIGHT.sub(lambda run: f"{FIRST_STRONG_ISOLATE}{run[0]}{POP_ISOLATE}", text)


_MARKS = {"“": "”", "„": "“”", "«": "»", "»": "«", "‘": "’", '"': '"', "'": "'"}
"""Quotation marks that begin words, each with those that may end them."""


_COMMA_AT_END = re.compile(r"(?<=\w)[,;](?=[’”»]?\s*$)")
"""The comma that ends words which running text goes on from: "We sent none," he said."""


def _bare(words: str) -> str:
    """``words`` without quotation marks around all of them, where those are a pair of their own."""
    told = words.strip()
    if len(told) < 3 or told[-1] not in _MARKS.get(told[0], ""):
        return words
    inner = told[1:-1]
    return words if told[0] in inner or told[-1] in inner else inner


_BEFORE_WORDS = frozenset("([{—–-")
"""What a straight mark that opens words may stand behind, besides a space and nothing."""


def shown_quote(words: str) -> str:
    """``words`` to be shown between quotation marks: without those around all of them, without the comma that
    ends them, and with double marks inside as single ones, so that no two of one kind stand side by side.  A
    sign of inches stays."""
    told = _COMMA_AT_END.sub("", _bare(words))
    if not any(mark in told for mark in '“”„"'):
        return told
    shown, is_open = [], False
    for before, mark in zip(f" {told}", told, strict=False):
        if mark == '"' and not is_open and not (before.isspace() or before in _BEFORE_WORDS):
            shown.append(mark if before.isdigit() else "’")
        elif mark == "„" or (mark in '“"' and not is_open):
            is_open = True
            shown.append("‘")
        elif mark in '“”"':
            is_open = False
            shown.append("’")
        else:
            shown.append(mark)
    return "".join(shown)


def breakable(text: str, longest: int) -> str:
    """``text`` with places to break a line in whatever has no space for more than ``longest`` characters."""
    return re.sub(rf"(\S{{{longest}}})(?=\S)", "\\1\u200b", text)


_MARKUP = re.compile(r"([\\`*_{}\[\]<>|~$&#])")
_AUTOLINK = re.compile(r"(?i)(:)(?=//)|(?<=www)(\.)|(?<=mailto)(:)|(?<=xmpp)(:)")
_MENTION = re.compile(r"(^|\W)(@)(?=\w)")


def unmarked(text: str) -> str:
    """``text`` on one line, with nothing in it that Markdown would take for markup or a link.  The spaces
    around it stay: they part it from its neighbours."""
    inner = _MARKUP.sub(r"\\\1", isolated(one_line(text)))
    inner = _AUTOLINK.sub(lambda found: "\\" + found.group(), inner)
    return _MENTION.sub(r"\1\\\2", inner)
