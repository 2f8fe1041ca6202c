"""Tags, entities and invisible characters out of a text that should have held none."""

from __future__ import annotations

import html
import re

from tidewaiter.capture.mapped import Builder, Mapped

_BLOCK_NAMES = (
    "address|article|aside|blockquote|body|caption|center|dd|details|div|dl|dt|fieldset|figcaption|figure|footer"
    "|form|h[1-6]|head|header|hr|html|li|main|nav|ol|option|p|pre|section|select|summary|table|tbody|td|tfoot|th"
    "|thead|title|tr|ul|br"
)
_INLINE_NAMES = (
    "a|abbr|acronym|amp-[a-z-]+|audio|b|bdi|bdo|big|button|canvas|cite|code|data|del|dfn|em|embed|font|i|iframe|img"
    "|input|ins|kbd|label|link|mark|meta|meter|noscript|object|param|picture|progress|q|s|samp|script|small|source"
    "|span|strike|strong|style|sub|sup|svg|path|template|textarea|time|track|tt|u|var|video|wbr"
)

HIDDEN = r"\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
"""Characters of no width that mean nothing for the words (soft hyphen, zero-width space, directions of
writing), for a class of a pattern.  Joiners stay: emoji and Persian words are spelled with them."""

# Only names of HTML's elements, so that "a < b" and "<see below>" stay.  Every alternative stops at the
# next "<", which keeps the search linear in the length of the text.
_DEBRIS = re.compile(
    rf"""
    (?P<code>   <\s{{0,3}}(?P<kind>script|style)(?=[\s>])[^<>]*>[^<]*<\s{{0,3}}/\s{{0,3}}(?P=kind)\s{{0,3}}> )
  | (?P<block>  <\s{{0,3}}/?\s{{0,3}}(?:{_BLOCK_NAMES})(?=[\s/>])[^<>]*> )
  | (?P<inline> <\s{{0,3}}/?\s{{0,3}}(?:{_INLINE_NAMES})(?=[\s/>])[^<>]*> )
  | (?P<comment> <!--[^<>]*--> | <!\[?CDATA\[ | \]\]> | <!doctype[^<>]*> )
  | (?P<entity> &(?:\#\d{{1,7}}|\#[xX][0-9a-fA-F]{{1,6}}|[A-Za-z][A-Za-z0-9]{{1,31}}); )
  | (?P<unseen> [\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ud800-\udfff{HIDDEN}]+ )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_UNSEEN = re.compile(rf"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff{HIDDEN}]")


def strip_markup(text: str, start: int = 0) -> Mapped:
    """``text[start:]`` without markup, mapped to ``text``.

    A tag that ends a block becomes a paragraph break, ``<br>`` and other block tags too; an inline tag
    vanishes; an entity becomes its character, which has no place in ``text``; invisible characters
    (controls, soft hyphens, zero-width spaces) vanish.
    """
    builder = Builder(text)
    position = start
    for found in _DEBRIS.finditer(text, start):
        builder.keep(position, found.start())
        position = found.end()
        if found.lastgroup == "block":
            builder.insert("\n\n")
        elif found.lastgroup == "entity":
            _insert_entity(builder, found)
    builder.keep(position, len(text))
    return builder.done()


def character(entity: str) -> str:
    """What an entity like ``&amp;`` stands for: space for a control or a line break, itself when unknown."""
    meant = html.unescape(entity)
    if meant == entity:
        return entity
    return _UNSEEN.sub(" " if meant in "\t\n\r" else "", meant)


def visible(text: str) -> str:
    """``text`` with a space for each break of a line, and without controls and characters of no width."""
    return _UNSEEN.sub(lambda found: " " if found[0].isspace() else "", text)


def _insert_entity(builder: Builder, found: re.Match[str]) -> None:
    meant = character(found[0])
    if meant == found[0]:
        builder.keep(found.start(), found.end())
    else:
        builder.insert(meant)
