"""Attributions from marked spans, and what two makers found as one list."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tidewaiter.model import Mode, Span, Statement
from tidewaiter.reading.deals.claims import find_claims
from tidewaiter.reading.deals.completion import complete, name_speakers
from tidewaiter.reading.deals.drafts import Drafter
from tidewaiter.reading.deals.transfers import account
from tidewaiter.reading.entities import Entities
from tidewaiter.reading.parse import Parsed
from tidewaiter.reading.said.attribution import Attribution, FoundBy
from tidewaiter.reading.said.joining import joined
from tidewaiter.reading.said.marked import from_spans
from tidewaiter.reading.said.quotes import Quotation, find_quotations
from tidewaiter.reading.said.reporting import kind_of
from tidewaiter.reading.said.rules import by_rules
from tidewaiter.reading.said.statements import find_statements
from tidewaiter.reading.what.quantities import find_quantities
from tidewaiter.reading.what.weapons import find_weapons
from tidewaiter.reading.when.times import find_times
from tidewaiter.reading.who.actors import find_actors

Parse = Callable[..., Parsed]

_MARK = re.compile(r"([{}<>\[\]])")
_OPEN = {"{": "source", "<": "cue", "[": "content"}
_CLOSE = frozenset("}>]")


def unmarked(marked: str) -> tuple[str, dict[str, list[Span]]]:
    """The text without its marks, and the places of {source}, <cue> and [content]."""
    text, roles, opened = "", {role: [] for role in _OPEN.values()}, {}
    for part in _MARK.split(marked):
        if part in _OPEN:
            opened[_OPEN[part]] = len(text)
        elif part in _CLOSE:
            role = {"}": "source", ">": "cue", "]": "content"}[part]
            roles[role].append(Span(opened[role], len(text)))
        else:
            text += part
    return text, roles


def made(parse_text: Parse, marked: str) -> tuple[Parsed, Attribution]:
    text, roles = unmarked(marked)
    parsed = parse_text(text)
    one = from_spans(parsed, find_quotations(text), **roles)
    assert one is not None
    return parsed, one


def stated(parse_text: Parse, marked: str) -> tuple[Parsed, Statement]:
    """The one statement that the marked spans make."""
    parsed, one = made(parse_text, marked)
    (statement,) = find_statements(parsed, Entities(), lambda *_: [one])
    return parsed, statement


# ------------------------------------------------------------------------------- heads and rows


@pytest.mark.parametrize(
    ("marked", "cue_head", "source_head", "kind"),
    [
        ("{The Kenyan envoy} <told> reporters [the boats were unarmed].", "told", "envoy", "tell"),
        ("{The envoy} <scoffed> [that no boat had sailed].", "scoffed", "envoy", None),
        ("{Officials in Lima} <made it plain> [that the deal was off].", "made", "Officials", None),
        ("{The navy} <issued a denial> [that the frigate was sold].", "issued", "navy", "deny"),
        ("{Manila} <refused to confirm> [that the radars were paid for].", "refused", "Manila", "decline"),
        ("<According to> {a harbour pilot}, [two barges left at night].", "According", "pilot", "say"),
        ("[Two barges left at night], {officials} <said in a statement>.", "said", "officials", "say"),
        ("{officials}, {who} <said> [they had counted nine trucks], left.", "said", "officials", "say"),
        (
            "It came with <a warning> <from> {the coast guard} [that fuel was low].",
            "warning",
            "guard",
            "warn",
        ),
        ("{Quito} <:> [two barges left at night].", None, "Quito", None),
        ("[Two barges left at night.]", None, None, None),
    ],
)
def test_heads_and_class(
    parse_text: Parse, marked: str, cue_head: str | None, source_head: str | None, kind: str | None
) -> None:
    parsed, one = made(parse_text, marked)
    assert (parsed.doc[one.cue_head].text if one.cue_head is not None else None) == cue_head
    assert (parsed.doc[one.source.head].text if one.source is not None else None) == source_head
    assert one.kind == kind


@pytest.mark.parametrize(
    ("marked", "negated"),
    [
        ("{The mayor} <said> [the bridge was mined].", False),
        ("{The mayor} did not <say> [whether the bridge was mined].", True),
        ("{The mayor} <did not say> [whether the bridge was mined].", True),
        ("{The mayor} <never once acknowledged> [that the bridge was mined].", True),
        ("{The mayor} <refused to confirm> [that the bridge was mined].", True),
        ("{The mayor} refused to <confirm> [that the bridge was mined].", True),
        ("{The mayor} <failed to mention> [that the bridge was mined].", True),
        ("{The mayor} stopped short of <saying> [that the bridge was mined].", True),
        ("{The mayor} left without <saying> [who had mined the bridge].", True),
        ("{The mayor} <has yet to explain> [why the bridge was mined].", True),
        ("{The mayor} <said nothing about> [the mines].", True),
        ("{The mayor} <neither confirmed nor denied> [that the bridge was mined].", True),
        ("{The mayor} <refused> [to confirm that the bridge was mined].", False),
        ("{Nobody} <said> [the bridge was mined].", True),
        ("No {official} <said> [the bridge was mined].", True),
        ("{Neither the mayor nor the governor} <confirmed> [that the bridge was mined].", True),
        ("{The mayor} <not only said> [the bridge was mined] but showed it.", False),
        ("{The mayor} <denied> [that the bridge was mined].", False),
        ("{The mayor} wanted to <stress> [that the bridge was not mined].", False),
        ("{The mayor}, who did not wish to be named, <said> [the bridge was mined].", False),
    ],
)
def test_negation_around_the_cue(parse_text: Parse, marked: str, negated: bool) -> None:
    assert made(parse_text, marked)[1].negated is negated


@pytest.mark.parametrize(
    ("marked", "kind"),
    [
        ("{The port} <refused to confirm> [that the crates had arrived].", "decline"),
        ("{The port} <dismissed the claim> [that the crates had arrived].", "deny"),
        ("{The port} <voiced doubt> [that the crates had arrived].", "doubt"),
        ("{The port} <said in a report> [the crates had arrived].", "say"),
        ("{The port} <marvelled> [that the crates had arrived].", None),
    ],
)
def test_class_of_a_marked_cue(parse_text: Parse, marked: str, kind: str | None) -> None:
    parsed, statement = stated(parse_text, marked)
    assert kind_of(parsed, statement) == kind


# ---------------------------------------------------------------------------------------- spans


def test_spans_are_put_in_order_and_bared(parse_text: Parse) -> None:
    parsed = parse_text("Ana said the road, she thought, was mined.")
    text = parsed.text
    pieces = [Span(text.index(" was"), len(text) + 9), Span(9, 18), Span(8, 12)]
    one = from_spans(parsed, (), source=[Span(-4, 4)], cue=[Span(3, 9)], content=pieces)
    assert one is not None
    assert [text[a:b] for a, b in one.content] == ["the road,", "was mined."]
    assert one.source is not None
    assert [text[a:b] for a, b in (*one.source.spans, *one.cue)] == ["Ana", "said"]


@pytest.mark.parametrize("content", [[], [Span(3, 4)], [Span(90, 99)]])
def test_without_content_there_is_no_attribution(parse_text: Parse, content: Sequence[Span]) -> None:
    parsed = parse_text("Ana said it.")
    assert from_spans(parsed, (), source=[Span(0, 3)], cue=[Span(4, 8)], content=content) is None


def test_marked_content_takes_the_whole_of_its_quotation(parse_text: Parse) -> None:
    _, statement = stated(parse_text, "“[No boat of ours has sailed,]” {Ana Ruiz} <said>.")
    assert statement.content.text == "“No boat of ours has sailed,”"
    assert statement.mode is Mode.DIRECT


def test_quotation_after_a_marked_cue_of_any_kind_goes_on(parse_text: Parse) -> None:
    marked = "[“No boat has sailed,”] {Ana Ruiz} <scoffed>. “Not one of them could float.”"
    assert stated(parse_text, marked)[1].content.text.endswith("“Not one of them could float.”")


# -------------------------------------------------------------------------------------- joining


def both(parse_text: Parse, *marked: str) -> tuple[Parsed, list[Attribution]]:
    """The marked attributions of one text joined with those of the rules."""
    text = unmarked(marked[0])[0]
    parsed, quotations = parse_text(text), find_quotations(text)
    tagged = [from_spans(parsed, quotations, **unmarked(one)[1]) for one in marked]
    return parsed, joined([one for one in tagged if one is not None], by_rules(parsed, quotations))


def test_rule_knows_the_relay_of_what_both_found(parse_text: Parse) -> None:
    parsed, (one,) = both(
        parse_text, "Reuters <reported, citing> {two officials}, [that Peru had bought the tanks]."
    )
    assert one.relay is not None
    (statement,) = find_statements(parsed, Entities(), lambda *_: [one])
    assert statement.source is not None
    assert statement.source.via == ("Reuters",)


def test_rule_adds_what_the_tagger_lacks(parse_text: Parse) -> None:
    marked = "{Ana Ruiz} <scoffed> [that no boat had sailed]. The mayor said the road was mined."
    _, found = both(parse_text, marked)
    assert [one.found_by for one in found] == [FoundBy.TAGGER, FoundBy.RULES]


def test_rule_adds_nothing_to_words_that_the_tagger_took(parse_text: Parse) -> None:
    marked = "{The mayor} <said> [the road, the army said, was mined]."
    _, found = both(parse_text, marked)
    assert [one.found_by for one in found] == [FoundBy.BOTH]


def test_policy_decides_what_a_rule_adds(parse_text: Parse) -> None:
    text, roles = unmarked("{The mayor} <said> [the road was mined]. The army denied it.")
    parsed, quotations = parse_text(text), find_quotations(text)
    tagged = from_spans(parsed, quotations, **roles)
    assert tagged is not None
    ruled = by_rules(parsed, quotations)
    assert joined([tagged], ruled, lambda *_: False) == joined([tagged], ruled[:1])
    seen: list[tuple[str | None, int]] = []

    def policy(rule: Attribution, around: Sequence[Attribution]) -> bool:
        seen.append((rule.kind, len(around)))
        return True

    assert len(joined([tagged], ruled, policy)) == 2
    assert seen == [("deny", 0)]


def test_silent_cue_of_a_rule_takes_the_quotation_that_the_tagger_left(parse_text: Parse) -> None:
    text, roles = unmarked(
        "{The mayor} <scoffed> [that the road was open]. “All of it is mined,” Ana Ruiz said."
    )
    parsed = parse_text(text)

    def maker(parsed: Parsed, quotations: Sequence[Quotation]) -> list[Attribution]:
        tagged = from_spans(parsed, quotations, **roles)
        assert tagged is not None
        return joined([tagged], by_rules(parsed, quotations))

    _, second = find_statements(parsed, Entities(), maker)
    assert second.content.text == "“All of it is mined,”"
    assert second.source is not None
    assert second.source.name == "Ana Ruiz"


# --------------------------------------------------------------------- claims on any cue's words


def claims(parse_text: Parse, *marked: str) -> list[tuple[str | None, str]]:
    """Who takes which stance by the marked attributions, as (speaker's name, stance)."""
    text = unmarked(marked[0])[0]
    parsed, quotations = parse_text(text, "2024-05-08"), find_quotations(text)
    times, weapons = find_times(parsed), find_weapons(parsed)
    quantities = find_quantities(parsed, times, weapons)
    entities = Entities(find_actors(parsed), times, quantities, weapons)
    made_of = [from_spans(parsed, quotations, **unmarked(one)[1]) for one in marked]
    statements = find_statements(parsed, entities, lambda *_: [one for one in made_of if one is not None])
    drafts = complete(name_speakers(Drafter(parsed, entities).drafts(), statements), parsed.knowledge)
    told = account(parsed.document.id, drafts)
    found = find_claims(parsed, entities, statements, told)
    return [(claim.speaker.name, claim.stance.value) for claim in found]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        # a cue that no table has asserts a clause, or what is quoted
        ("{Peru} <scoffed> [that Chile had delivered rifles to Kenya].", [("Peru", "asserts")]),
        ("[“Chile has delivered rifles to Kenya,”] {Peru} <scoffed>.", [("Peru", "asserts")]),
        # not what it names
        ("{Peru} <pooh-poohed> [the delivery of Chilean rifles to Kenya].", []),
        ("{Peru} <mulled> [delivering rifles to Kenya].", []),
        # a refusal withholds
        ("{Chile} <refused to confirm> [that it had delivered rifles to Kenya].", [("Chile", "declines")]),
        (
            "{Chile} <neither confirmed nor denied> [that it had delivered rifles to Kenya].",
            [("Chile", "declines")],
        ),
        ("{Chile} <issued a denial> [that it had delivered rifles to Kenya].", [("Chile", "denies")]),
    ],
)
def test_claims_of_a_marked_cue(
    parse_text: Parse, marked: str, expected: list[tuple[str | None, str]]
) -> None:
    assert claims(parse_text, marked) == expected


def test_an_attitude_inside_does_not_hide_who_says_so(parse_text: Parse) -> None:
    outer = "{Peru} <said> [that Chile wanted to deliver rifles to Kenya]."
    inner = "Peru said that {Chile} <wanted> [to deliver rifles to Kenya]."
    assert claims(parse_text, outer, inner) == [("Peru", "asserts")]


# ----------------------------------------------------------------------------------- properties


TEXT = (
    "On Monday “the boats,” Ana Ruiz scoffed, “have left.” Nobody in Quito said so, she added.\n\n"
    "'We paid' — and the navy's crew didn't — said the mayor: \"we will not."
)
PLACES = st.tuples(st.integers(-3, len(TEXT) + 3), st.integers(-3, len(TEXT) + 3)).map(
    lambda ends: Span(*ends)
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(*[st.lists(PLACES, max_size=3)] * 3), max_size=4))
def test_any_places_give_statements_of_their_words(
    parse_text: Parse, marked: list[tuple[list[Span], list[Span], list[Span]]]
) -> None:
    parsed, quotations = parse_text(TEXT, "2024-05-08"), find_quotations(TEXT)
    found = [
        one
        for source, cue, content in marked
        if (one := from_spans(parsed, quotations, source=source, cue=cue, content=content)) is not None
    ]
    entities = Entities(find_actors(parsed), find_times(parsed))
    for statement in find_statements(
        parsed, entities, lambda *_: joined(found, by_rules(parsed, quotations))
    ):
        for part in (statement.source, statement.cue, statement.content):
            spans = part.spans if part is not None else ()
            assert all(0 <= span.start < span.end <= len(TEXT) for span in spans)
            assert all(a.end <= b.start for a, b in pairwise(spans))
        assert (statement.said_on is None) == ("said_on" not in statement.anchors)
