"""Attributions by the tagger, with what the rules know besides."""

from __future__ import annotations

from collections.abc import Sequence

from tidewaiter.reading.parse import Parsed
from tidewaiter.reading.said.attribution import Attribution, Maker
from tidewaiter.reading.said.joining import joined, share, where_nothing_is
from tidewaiter.reading.said.marked import from_spans
from tidewaiter.reading.said.mending import all_who_speak, mended, who_acts
from tidewaiter.reading.said.quotes import Quotation
from tidewaiter.reading.said.rules import by_rules
from tidewaiter.reading.said.tagger.model import Relation, Tagger

_ANSWERS = frozenset({"admit", "confirm", "decline", "deny", "doubt"})
"""Classes of cue by which somebody answers what is said around it: "..., which Tehran denies"."""

_RELAYING = "report"
"""The class of cue of those who mostly pass on what others say."""


def by_tagger(tagger: Tagger) -> Maker:
    """A maker whose attributions are the tagger's; the rules give those that they share the cue's class
    and who relays, and add their own where the tagger has nothing, and answers to what it has."""

    def make(parsed: Parsed, quotations: Sequence[Quotation]) -> list[Attribution]:
        found = (_attribution(parsed, quotations, one) for one in tagger.relations(parsed.text))
        tagged = [one for one in found if one is not None]
        return joined(tagged, by_rules(parsed, quotations), _left_out)

    return make


def _attribution(parsed: Parsed, quotations: Sequence[Quotation], one: Relation) -> Attribution | None:
    content = mended(parsed, one.content, (*one.cue, *one.source), quotations)
    acting = who_acts(parsed, one.source, one.cue)
    source = all_who_speak(parsed, acting, (*one.cue, *one.content))
    return from_spans(parsed, quotations, source=source, cue=one.cue, content=content)


def _left_out(ruled: Attribution, around: Sequence[Attribution]) -> bool:
    """Whether what a rule found is added: where the tagger has nothing, and where it has not seen an answer
    or one end of a chain ("the agency reported that officials said ...")."""
    if where_nothing_is(ruled, around):
        return True
    if any(share(ruled.cue, one.cue) for one in around):
        return False
    passed_on = any(one.kind == _RELAYING and share(ruled.cue, one.content) for one in around)
    relays = ruled.kind == _RELAYING and any(share(ruled.content, one.cue) for one in around)
    return ruled.kind in _ANSWERS or ruled.negated or passed_on or relays
