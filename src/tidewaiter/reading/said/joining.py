"""What two makers of attributions found, as one list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from tidewaiter.model import Span, Spans
from tidewaiter.reading.places import Places
from tidewaiter.reading.said.attribution import Attribution, FoundBy

SAME = 0.5
"""Share of the words of two contents that both have, from which they are one attribution's; the same as in
scores on PARC 3 and PolNeAR that let contents differ in extent."""

Policy = Callable[[Attribution, Sequence[Attribution]], bool]
"""Whether a rule's attribution is added; the second argument: the tagger's that share a character with its
cue or content, but are not the same attribution."""


def where_nothing_is(ruled: Attribution, around: Sequence[Attribution]) -> bool:
    """Adds what the rules find where the tagger has nothing, and cues whose content may be a quotation
    that the tagger left."""
    return not any(share(ruled.content or ruled.cue, (*one.content, *one.cue)) for one in around)


def joined(
    tagged: Sequence[Attribution], ruled: Sequence[Attribution], policy: Policy = where_nothing_is
) -> list[Attribution]:
    """The tagger's attributions, then those of the rules that ``policy`` adds.

    Where both found the same one, its places are the tagger's; the row of the cue where the tagger's has
    none, and the noun that its source stands for, are the rule's.  What somebody relays is the rule's whole:
    "the daily quoted an official as saying" is one attribution with two cues.
    """
    relayed = [rule for rule in ruled if rule.relay is not None and rule.content]
    out, places = [one for one in tagged if not any(_passes_on(rule, one) for rule in relayed)], Places()
    places.add_all((*one.content, *one.cue) for one in out)
    added: list[Attribution] = []
    for rule in ruled:
        around = [number for number in _near(places, (*rule.content, *rule.cue)) if _meet(out[number], rule)]
        same = next((number for number in around if _is_same(out[number], rule)), None)
        if same is not None:
            out[same] = _both(out[same], rule)
        elif rule in relayed:
            seen = any(_passes_on(rule, one) for one in tagged)
            added.append(replace(rule, found_by=FoundBy.BOTH) if seen else rule)
        elif policy(rule, [out[number] for number in around]):
            added.append(rule)
    return out + added


def _passes_on(rule: Attribution, tagged: Attribution) -> bool:
    """Whether an attribution is part of what a rule tells whole: "the daily quoted an official as saying"."""
    return share(rule.cue, tagged.cue)


def _near(places: Places, spans: Spans) -> list[int]:
    return sorted({number for span in spans for number in places.near(span)})


def _meet(tagged: Attribution, ruled: Attribution) -> bool:
    return share((*tagged.content, *tagged.cue), (*ruled.content, *ruled.cue))


def _is_same(tagged: Attribution, ruled: Attribution) -> bool:
    """Whether both have the same cue, and half of their content in common (or the rule has none yet)."""
    if tagged.cue_head != ruled.cue_head and not share(tagged.cue, ruled.cue):
        return False
    if not ruled.content:
        return True
    both = _length(_common(tagged.content, ruled.content))
    either = _length(tagged.content) + _length(ruled.content) - both
    return both >= SAME * either


def _both(tagged: Attribution, ruled: Attribution) -> Attribution:
    source = tagged.source
    if source is not None and ruled.source is not None and _holds(source.spans, ruled.source.spans):
        source = replace(source, head=ruled.source.head)
    return replace(
        tagged,
        source=source,
        cue_head=tagged.cue_head if tagged.cue_head is not None else ruled.cue_head,
        entry=tagged.entry or ruled.entry,
        negated=tagged.negated or ruled.negated,
        relay=tagged.relay or ruled.relay,
        found_by=FoundBy.BOTH,
    )


def _holds(outer: Spans, inner: Spans) -> bool:
    """Whether all of ``inner`` stands in ``outer``: what a rule takes for more may hang on another noun."""
    return all(any(one.start <= span.start and span.end <= one.end for one in outer) for span in inner)


def share(some: Spans, others: Spans) -> bool:
    return bool(_common(some, others))


def _common(some: Spans, others: Spans) -> Spans:
    cuts = (Span(max(a.start, b.start), min(a.end, b.end)) for a in some for b in others)
    return tuple(cut for cut in cuts if cut.start < cut.end)


def _length(spans: Spans) -> int:
    return sum(span.end - span.start for span in spans)
