"""Who said what: single constructions, and a scored gate over invented sentences."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tidewaiter.model import ActorForm, ActorKind, ActorMention, Mode, Span, Statement, TimeMention
from tidewaiter.reading.entities import Entities
from tidewaiter.reading.parse import Parsed
from tidewaiter.reading.said.reporting import kind_of
from tidewaiter.reading.said.statements import find_statements
from tidewaiter.reading.when.times import find_times
from tidewaiter.reading.who.actors import find_actors

GATE = Path(__file__).parent / "data" / "attribution.txt"
FLOOR_PRECISION = 1.0
FLOOR_RECALL = 1.0
"""Share of statements right on the gate's sentences; raise them when the reader gets better, never lower."""

Parse = Callable[..., Parsed]


def span_of(text: str, words: str, start: int = 0) -> Span:
    position = text.index(words, start)
    return Span(position, position + len(words))


def actor(text: str, words: str, kind: ActorKind, **fields: object) -> ActorMention:
    known: dict[str, object] = {"form": ActorForm.NAME, "code": None, "name": words}
    known.update(fields)
    return ActorMention(span_of(text, words), kind, **known)  # type: ignore[arg-type]


def only(statements: tuple[Statement, ...]) -> Statement:
    assert len(statements) == 1, [one.content.text for one in statements]
    return statements[0]


def said(statements: tuple[Statement, ...], words: str) -> Statement:
    """The statement whose content begins with ``words``."""
    return next(one for one in statements if one.content.text.startswith(words))


# ------------------------------------------------------------------------------------- gate


def blocks() -> Iterator[tuple[str, list[tuple[str, str, str]]]]:
    text = GATE.read_text(encoding="utf-8")
    for block in re.split(r"\n\s*\n", text):
        lines = [line for line in block.splitlines() if line and not line.startswith("#")]
        if lines:
            rows = [tuple(cell.strip() for cell in line.split(" | ")) for line in lines[1:]]
            yield lines[0].replace("¶", "\n"), [(row[0], row[1], row[2]) for row in rows]


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


def agrees(expected: tuple[str, str, str], found: Statement) -> bool:
    source, cue, content = expected
    wanted, got = words(content), words(found.content.text)
    if len(wanted & got) < 0.8 * len(wanted | got):
        return False
    named = found.source.text if found.source else "-"
    by = found.cue.text if found.cue else "-"
    return (source == named or bool(words(source) & words(named))) and (
        cue == by or bool(words(cue) & words(by))
    )


def test_gate(parse_text: Parse) -> None:
    right = expected_count = found_count = 0
    wrong = []
    for text, rows in blocks():
        parsed = parse_text(text)
        found = list(find_statements(parsed, Entities(find_actors(parsed), find_times(parsed))))
        expected_count += len(rows)
        found_count += len(found)
        for row in rows:
            match = next((one for one in found if agrees(row, one)), None)
            if match is None:
                wrong.append(("missed", text, row))
            else:
                right += 1
                found.remove(match)
        wrong += [("not expected", text, one.content.text) for one in found]
    assert expected_count >= 45
    assert right / found_count >= FLOOR_PRECISION, wrong
    assert right / expected_count >= FLOOR_RECALL, wrong


# ------------------------------------------------------------------------------- properties


ALPHABET = st.sampled_from(
    [
        *"""abc ."'“”‘’«»—:,\n""",
        "said ",
        "Haddad ",
        "that ",
        "denies ",
        "according to ",
        "citing ",
        "the tanks ",
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ALPHABET, max_size=40).map("".join))
@example("Haddad the tanks citing a")  # the parser makes the speaker a clause with the verb in it
def test_any_text_gives_exact_spans(parse_text: Parse, text: str) -> None:
    statements = find_statements(parse_text(text), Entities())
    assert [one.id for one in statements] == [f"s{number}" for number in range(1, len(statements) + 1)]
    for one in statements:
        for part in (one.source, one.cue, one.content):
            if part is not None:
                assert part.text == " ".join(text[span.start : span.end] for span in part.spans)
                assert all(span.start < span.end for span in part.spans)
                assert list(part.spans) == sorted(part.spans)


# ----------------------------------------------------------------------------------- sources


def test_source_is_resolved_to_its_actor(parse_text: Parse) -> None:
    text = "Defence ministry spokesman Amir Haddad said the frigate never sailed."
    person = actor(
        text,
        "Defence ministry spokesman Amir Haddad",
        ActorKind.PERSON,
        name="Amir Haddad",
        code="TUN",
        role="Defence ministry spokesman",
    )
    source = only(find_statements(parse_text(text), Entities(actors=(person,)))).source
    assert source is not None
    assert (source.name, source.role, source.actor) == ("Amir Haddad", "Defence ministry spokesman", "TUN")


def test_pronoun_takes_what_the_reference_resolves_to(parse_text: Parse) -> None:
    text = "It denied the sale."
    it = actor(text, "It", ActorKind.STATE, form=ActorForm.REFERENCE, name="Tunisia", code="TUN")
    source = only(find_statements(parse_text(text), Entities(actors=(it,)))).source
    assert source is not None
    assert (source.text, source.name, source.actor) == ("It", "Tunisia", "TUN")


def test_unresolved_pronoun_has_no_name(parse_text: Parse) -> None:
    source = only(find_statements(parse_text("She denied the sale."), Entities())).source
    assert source is not None
    assert source.name is None


def test_several_speakers_have_a_code_only_in_common(parse_text: Parse) -> None:
    text = "Oslo and its allies said the mines were old."
    oslo = actor(text, "Oslo", ActorKind.STATE, form=ActorForm.CAPITAL, name="Norway", code="NOR")
    source = only(find_statements(parse_text(text), Entities(actors=(oslo,)))).source
    assert source is not None
    assert (source.name, source.actor) == ("Oslo and its allies", None)


def test_envoy_without_a_mention_speaks_for_the_state_before_it(parse_text: Parse) -> None:
    text = "The Norwegian envoy said the mines were old."
    state = actor(text, "Norwegian", ActorKind.STATE, form=ActorForm.DEMONYM, name="Norway", code="NOR")
    source = only(find_statements(parse_text(text), Entities(actors=(state,)))).source
    assert source is not None
    assert (source.name, source.actor) == ("Norwegian envoy", "NOR")


def test_medium_relays_those_whom_it_cites(parse_text: Parse) -> None:
    text = "Reuters reported, citing two diplomats, that Peru bought the tanks."
    source = only(find_statements(parse_text(text), Entities())).source
    assert source is not None
    assert (source.text, source.via) == ("two diplomats", ("Reuters",))


def test_inner_source_comes_via_the_outer_one(parse_text: Parse) -> None:
    text = "The agency reported that the general said the drones were a gift."
    outer, inner = find_statements(parse_text(text), Entities())
    assert inner.within == outer.id
    assert inner.source is not None
    assert inner.source.via == ("agency",)


def test_speaker_told_to_a_medium_comes_via_it(parse_text: Parse) -> None:
    text = "Haddad told Le Quotidien that the crates were empty."
    medium = actor(text, "Le Quotidien", ActorKind.MEDIA)
    source = only(find_statements(parse_text(text), Entities(actors=(medium,)))).source
    assert source is not None
    assert source.via == ("Le Quotidien",)


def test_we_in_a_quotation_is_the_speaker(parse_text: Parse) -> None:
    text = "“We deny the sale of any rifles to the rebels,” Amir Haddad said."
    person = actor(text, "Amir Haddad", ActorKind.PERSON, code="TUN")
    statements = find_statements(parse_text(text), Entities(actors=(person,)))
    denial = said(statements, "the sale")
    assert denial.within is not None
    assert denial.source is not None
    assert (denial.source.text, denial.source.name, denial.source.actor) == ("We", "Amir Haddad", "TUN")


# -------------------------------------------------------------------------- negation, classes


@pytest.mark.parametrize(
    ("text", "kind", "negated"),
    [
        ("He would not say how the radars had reached the coast.", "decline", True),
        ("The envoy declined to comment.", "decline", False),
        ("Ghana rejected the allegation.", "deny", False),
        ("Analysts have seen no evidence that Peru bought the tanks.", "doubt", False),
        ("Chad accused Sudan of arming the rebels.", "accuse", False),
        ("The port did not confirm the arrival.", "decline", True),
        ("The ministry had no comment on the report.", "decline", False),
        ("The embassy did not respond.", "decline", True),
        ("There was no immediate response from the navy.", "decline", False),
        ("Norway denies it.", "deny", False),
        ("Neither responded to a request for comment.", "decline", True),
    ],
)
def test_class_of_the_cue(parse_text: Parse, text: str, kind: str, negated: bool) -> None:
    parsed = parse_text(text)
    statement = only(find_statements(parsed, Entities()))
    assert (kind_of(parsed, statement), statement.negated) == (kind, negated)


# ------------------------------------------------------------------------------------- marks


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("“No ship of ours was there,” Haddad said.", Mode.DIRECT),
        ("Haddad said no ship of theirs was there.", Mode.INDIRECT),
        ("Haddad said the report was “an old fairy tale” from abroad.", Mode.MIXED),
        ("‘No ship of ours was there,’ Haddad said.", Mode.DIRECT),
    ],
)
def test_mode(parse_text: Parse, text: str, mode: Mode) -> None:
    found = only(find_statements(parse_text(text), Entities()))
    assert found.mode is mode


def test_quotation_of_several_sentences_is_one_content(parse_text: Parse) -> None:
    text = "Haddad said: “The crates were opened. They were empty. That is all.”"
    assert only(find_statements(parse_text(text), Entities())).content.text.endswith("That is all.”")


def test_speech_over_paragraphs_goes_to_the_cue_at_its_end(parse_text: Parse) -> None:
    text = "“The crates were opened at noon.\n\n“They were empty, all of them,” Haddad said."
    statement = only(find_statements(parse_text(text), Entities()))
    assert statement.content.text.startswith("“The crates")
    assert statement.mode is Mode.DIRECT


def test_missing_closing_mark_spoils_only_its_paragraph(parse_text: Parse) -> None:
    text = "“The crates were empty, Haddad said.\n\nThe mayor said the road was closed."
    statements = find_statements(parse_text(text), Entities())
    assert said(statements, "the road").source is not None


# -------------------------------------------------------------------------------------- days


def test_day_of_saying_hangs_on_the_cue(parse_text: Parse) -> None:
    text = "On Nov. 2, Haddad said the tanks had sailed in March. He added that they were old."
    times = (
        TimeMention(span_of(text, "Nov. 2"), "2022-11-02"),
        TimeMention(span_of(text, "March"), "2022-03"),
    )
    he = actor(text, "He", ActorKind.PERSON, name="Haddad", form=ActorForm.REFERENCE)
    person = actor(text, "Haddad", ActorKind.PERSON)
    entities = Entities(actors=(person, he), times=times)
    first, second = find_statements(parse_text(text), entities)
    assert first.said_on == "2022-11-02"
    assert [text[span.start : span.end] for span in first.anchors["said_on"]] == ["Nov. 2"]
    assert second.said_on == "2022-11-02", "the same speaker goes on in the same paragraph"


def test_day_in_the_content_is_not_the_day_of_saying(parse_text: Parse) -> None:
    text = "Haddad said the tanks had sailed on Monday."
    times = (TimeMention(span_of(text, "Monday"), "2022-10-31"),)
    assert only(find_statements(parse_text(text), Entities(times=times))).said_on is None
