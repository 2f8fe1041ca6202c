"""Statements that retell one act of saying: which are joined, whose wording it was, what drifted."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linking.builders import Report, documents_of, readings_of
from linking.retold import measured, retold_gate
from tidewaiter import knowledge
from tidewaiter.linking.sayings.columns import BESIDE, Columns, Shared
from tidewaiter.linking.sayings.concepts import items, stem, tokens, weights_of
from tidewaiter.linking.sayings.one_saying import Comparing, at_best
from tidewaiter.linking.sayings.tellings import Telling, tellings_of
from tidewaiter.linking.sayings.utterances import in_order, utterances_of
from tidewaiter.linking.sayings.voices import folded, same_person, voice_of
from tidewaiter.model import Copy, DriftKind, Mode, Source, Utterance

REGENERATE = os.environ.get("TIDEWAITER_REGENERATE") == "1"

SAID = "We have indications that Norland sold 40 howitzers or mortars to Chad, and no shells."
SPEAKER = "Ana Ruiz"
WORDINGS = (
    SAID,
    SAID.replace("40", "400"),
    "Norland sold howitzers to Chad",
    "Norland supplied 40 guns to Chad without shells",
    "We have no plans to raise taxes on tea, bread or milk this year.",
)


def report(
    name: str,
    content: str,
    *,
    speaker: str | None = SPEAKER,
    actor: str | None = "CHL",
    said_on: str | None = "2031-05-05",
    published: str | None = "2031-05-06",
) -> Report:
    made = Report(name, content, published, outlet=name)
    made.statement(speaker, actor, content, said_on)
    return made


def found(*reports: Report, copies: tuple[Copy, ...] = ()) -> tuple[Utterance, ...]:
    return utterances_of(documents_of(reports), readings_of(reports), copies)


def drifts(original: str, variant: str) -> dict[DriftKind, tuple[str, str]]:
    """The drift of a variant that two reports of the original outvote."""
    (utterance,) = found(report("One", original), report("Two", original), report("Three", variant))
    assert utterance.words == original
    last = next(one for one in utterance.variants if one.citation.quote == variant)
    return {one.kind: (one.original, one.variant) for one in last.drift}


# ------------------------------------------------------------------------------------ joining


def test_the_same_words_of_one_speaker_are_one_utterance() -> None:
    (utterance,) = found(report("One", SAID), report("Two", SAID, speaker=None))
    assert utterance.speaker.name == SPEAKER
    assert utterance.day == "2031-05-05"
    assert utterance.id[0] == "u"
    assert len(utterance.id) == 11
    assert {one.citation.quote for one in utterance.variants} == {SAID}


@pytest.mark.parametrize(
    "other",
    [
        report("Two", SAID, said_on="2031-06-09", published="2031-06-09"),  # another day
        report("Two", SAID, speaker="Jón Helgason"),  # another person
        report("Two", SAID, speaker=None, actor="ISL"),  # another state
        report("Two", "We have no plans to raise taxes on tea, bread or milk this year."),  # another matter
    ],
)
def test_another_day_speaker_or_matter_is_another_saying(other: Report) -> None:
    assert found(report("One", SAID), other) == ()


def test_a_publication_day_does_not_contradict() -> None:
    assert found(report("One", SAID), report("Two", SAID, said_on=None, published="2031-05-07"))


def test_words_in_other_order_with_other_words_are_found() -> None:
    other = "40 guns or mortars were, by our information, supplied to Chad by Norland, without shells."
    assert found(report("One", SAID), report("Two", other, speaker="Anna Ruíz"))


CHARGE = "Norland supplied 40 guns to Chad"


def charges(*days: str | None) -> list[Report]:
    """Reports on one matter by sources that nobody can tell apart, each with something of its own."""
    return [
        report(
            f"Paper {number}",
            f"{CHARGE} for {chr(97 + number // 26)}{chr(97 + number % 26)}rtanum",  # a word of its own
            speaker=None,
            actor=None,
            said_on=None,
            published=day,
        )
        for number, day in enumerate(days)
    ]


def test_what_every_report_of_the_weeks_says_joins_nobody() -> None:
    few, many = 10, 60
    assert len(found(*charges(*["2031-05-06"] * few))[0].variants) == few
    assert found(*charges(*["2031-05-06"] * many)) == ()
    assert found(*charges(*[None] * many)) == ()


def test_what_each_year_has_is_not_common() -> None:
    days = [f"{year}-05-06" for year in range(1990, 2050)]
    spread, crowded = (Columns(in_order(told(charges(*one)))) for one in (days, ["2031-05-06"] * len(days)))
    assert spread.total.tolist() == [one.total for one in in_order(told(charges(*days)))]
    assert crowded.total.max() < spread.total.min()


def told(reports: list[Report]) -> Iterator[Telling]:
    readings = readings_of(reports)
    for document in documents_of(reports):
        yield from tellings_of(document, readings[document.id], knowledge.load())


def test_what_somebody_else_is_made_to_say_inside_is_the_inner_statements() -> None:
    """The state media that pass the words on do not say them themselves."""
    inner = report("Two", SAID)
    statement = inner.reading.statements[0]
    outer = Report("Three", f"State radio says that {SAID}", "2031-05-06", outlet="Three")
    held = outer.statement("State Radio", "CHL", outer.document.text, "2031-05-05")
    nested = outer.statement(SPEAKER, "CHL", SAID, "2031-05-05")
    first, second = outer.reading.statements
    outer.reading = replace(outer.reading, statements=(first, replace(second, within=held)))
    (utterance,) = found(inner, outer)
    assert {one.statement for one in utterance.variants} == {statement.id, nested}


def cut(name: str, text: str, content: str, *more: str) -> Report:
    """A report of whose sentence the reading took only a part for the content."""
    made = Report(name, text, "2031-05-06", outlet=name)
    for words in (content, *more):
        made.statement(SPEAKER, "CHL", words, "2031-05-05")
    return made


def test_the_rest_of_the_sentence_and_of_what_the_speaker_says_speak_for_one_saying() -> None:
    whole = report("One", "Our patrol seized two Norland gunboats with forty mortars near the Gull Bank.")
    sentence = "The gunboats came in by night, Ruiz said, and forty mortars were seized near the Gull Bank."
    other = (
        "Ruiz said that the gunboats came in by night. She said of forty mortars seized near the Gull Bank."
    )
    alone = "The gunboats came in by night, Ruiz said."
    night = "The gunboats came in by night"
    assert found(whole, cut("Two", sentence, night))
    assert found(
        whole, cut("Two", other, "the gunboats came in by night", "forty mortars seized near the Gull")
    )
    assert found(whole, cut("Two", alone, night)) == ()


def test_what_another_speaker_says_in_the_sentence_does_not() -> None:
    whole = report("One", "Our patrol seized two Norland gunboats with forty mortars near the Gull Bank.")
    text = (
        "The gunboats came in by night, Ruiz said, while Helgason spoke of forty mortars near the Gull Bank."
    )
    both = cut("Two", text, "The gunboats came in by night")
    both.statement("Jón Helgason", "ISL", "forty mortars near the Gull Bank", "2031-05-05")
    assert found(whole, both) == ()


DENIED = "Norland has not sold 40 howitzers or shells to Chad"
TOLD = "Norland sold 40 howitzers and shells to Chad"


def by(name: str, source: str, content: str, actor: str | None = "NOR", **fields: object) -> Report:
    """A report in which a source without a person's name says something."""
    made = report(name, content, speaker=source, actor=actor, said_on=None)
    (statement,) = made.reading.statements
    assert statement.source is not None
    told = replace(statement.source, text=source, name=fields.pop("called", source), **fields)
    made.reading = replace(made.reading, statements=(replace(statement, source=told),))
    return made


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (by("Two", "the Norland foreign ministry", DENIED), True),
        (by("Two", "a Norland official", DENIED), True),
        (by("Two", "the treasury", DENIED), False),  # another body
        (by("Two", "Norland's embassy in Chad", DENIED), False),
        (by("Two", "General Ole Vik", DENIED), False),  # of the army
        (by("Two", "We", TOLD, actor=None, called="our team"), False),  # whoever wrote the report
        (by("Two", "opposition media on the coast", TOLD, actor=None), False),
        (by("Two", "an observer", TOLD, actor=None, role="observer"), False),  # says the opposite
        (by("Two", "an observer", DENIED, actor=None, role="observer"), True),
    ],
)
def test_a_denial_is_not_retold_by_another_body_medium_or_author(other: Report, same: bool) -> None:
    denial = by("One", "a spokesman for the foreign ministry", DENIED, role="spokesman")
    assert bool(found(denial, other)) is same


def test_two_whom_one_report_calls_by_different_names_are_two() -> None:
    command = by("One", "the Central Command", TOLD)
    command.statement("Ole Vik", "NOR", TOLD, None)
    again = by("Two", "the Central Command", TOLD)
    again.statement("Ole Vik", "NOR", TOLD, None)
    assert sorted({one.citation.document for one in two.variants} == {command.document.id, again.document.id}
                  for two in found(command, again)) == [True, True]  # fmt: skip


# ------------------------------------------------------------------------------------ likeliest wording


def test_quotations_come_before_accounts_and_the_many_before_the_one() -> None:
    odd = SAID.replace("40", "90").replace("sold", "gave")
    (utterance,) = found(report("A", odd), report("B", SAID), report("C", SAID))
    assert utterance.words == SAID
    assert "quotations" in utterance.why
    assert "%" in utterance.why


def test_copies_do_not_outvote_what_they_were_made_from() -> None:
    odd = SAID.replace("40 howitzers", "90 howitzers")
    one, two = report("A", SAID, published="2031-05-05"), report("B", odd)
    copy = Copy(
        *sorted((one.document.id, two.document.id)),
        "rewrite",
        "a->b" if one.document.id < two.document.id else "b->a",
        0.6,
        "by hand",
    )
    (utterance,) = found(one, two, copies=(copy,))
    assert utterance.words == SAID


# ------------------------------------------------------------------------------------ drift


def test_a_number_that_changed() -> None:
    changed = drifts(SAID, SAID.replace("40", "400"))
    assert changed == {DriftKind.NUMBER_CHANGED: ("40", "400")}


def test_numbers_in_words_are_the_same_numbers() -> None:
    assert DriftKind.NUMBER_CHANGED not in drifts(SAID, SAID.replace("40", "forty"))


def test_or_that_became_and() -> None:
    changed = drifts(SAID, SAID.replace("howitzers or mortars", "howitzers and mortars"))
    assert changed == {DriftKind.AND_OR: ("howitzers or mortars", "howitzers and mortars")}


def test_a_reservation_that_went() -> None:
    changed = drifts(SAID, SAID.removeprefix("We have indications that "))
    assert changed[DriftKind.HEDGE_DROPPED] == ("indications", "")


def test_a_reservation_that_got_weaker() -> None:
    said = "It is possible that Norland sold 40 howitzers or mortars to Chad."
    changed = drifts(said, said.replace("It is possible", "We are convinced"))
    assert changed[DriftKind.HEDGE_WEAKENED] == ("possible", "convinced")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("We do have a sense of where the shells went.", "We have a doubt where the shells went."),
        ("Norland did not sell 40 howitzers to Chad.", "Norland did sell 40 howitzers to Chad."),
        ("Norland gave Chad neither howitzers nor shells.", "Norland gave Chad howitzers and shells."),
    ],
)
def test_a_negation_that_flipped(said: str, told: str) -> None:
    assert DriftKind.NEGATION_FLIPPED in drifts(said, told)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            "I am not going to refute the reports that Norland sold 40 howitzers to Chad.",
            "I would not contradict the accounts that Norland sold 40 howitzers to Chad.",
        ),
        ("Norland did not sell 40 howitzers to Chad.", "We deny that Norland sold 40 howitzers to Chad."),
        (
            "Norland built the 40 howitzers itself. Chad gave us neither crews nor shells.",
            "Norland itself built the 40 howitzers and that Chad had supplied neither crews nor shells",
        ),
    ],
)
def test_two_denials_or_one_in_other_words_flip_nothing(said: str, told: str) -> None:
    assert DriftKind.NEGATION_FLIPPED not in drifts(said, told)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            "We have reports that Norland sold 40 howitzers to Chad.",
            "We have messages on it: Norland sold 40 howitzers to Chad.",
        ),
        (
            "Perhaps as many as 40 howitzers went to Chad, we believe.",
            "We suspect that 40 howitzers possibly went to Chad.",
        ),
        ("Up to forty howitzers went to Chad.", "As many as forty howitzers went to Chad."),
    ],
)
def test_a_reservation_in_other_words_is_kept(said: str, told: str) -> None:
    assert DriftKind.HEDGE_DROPPED not in drifts(said, told)


def test_every_strong_reservation_that_goes_is_named() -> None:
    said = "To the best of our knowledge Norland sold perhaps 40 howitzers or mortars to Chad."
    changed = drifts(said, "Norland sold 40 howitzers or mortars to Chad.")
    assert changed[DriftKind.HEDGE_DROPPED] == ("To the best of our knowledge", "")  # behind "perhaps"
    weaker = drifts(said, "Perhaps Norland sold 40 howitzers or mortars to Chad.")
    assert weaker[DriftKind.HEDGE_DROPPED] == ("To the best of our knowledge", "")


def test_would_in_an_account_is_the_speakers_will() -> None:
    said = "Norland may deliver 40 howitzers to Chad."
    account = report("Three", "Norland would deliver 40 howitzers to Chad.")
    (statement,) = account.reading.statements
    account.reading = replace(account.reading, statements=(replace(statement, mode=Mode.INDIRECT),))
    (utterance,) = found(report("One", said), report("Two", said), account)
    last = next(one for one in utterance.variants if one.citation.document == account.document.id)
    assert DriftKind.HEDGE_DROPPED in {one.kind for one in last.drift}


def test_no_fewer_than_is_no_negation() -> None:
    said = "Norland sold no fewer than 40 howitzers to Chad."
    assert DriftKind.NEGATION_FLIPPED not in drifts(said, said.replace("no fewer than", "at least"))


def test_what_was_left_out_added_and_put_in_other_words() -> None:
    said = "Norland sold 40 howitzers to Chad. They came by ship through Malta in August."
    told = "Norland supplied 40 howitzers to Chad, which is a disgrace for every decent democracy."
    changed = drifts(said, told)
    assert changed[DriftKind.SYNONYM] == ("sold", "supplied")
    assert changed[DriftKind.OMISSION][0].endswith("August")
    assert changed[DriftKind.ADDITION][1].startswith("disgrace")


def test_the_same_words_did_not_drift() -> None:
    assert drifts(SAID, SAID) == {}


# ------------------------------------------------------------------------------------ words and names


def test_words_of_one_meaning_have_one_key() -> None:
    tables = knowledge.load()

    def keys(text: str) -> set[str]:
        return {one.key for one in items(tokens(text), tables) if one.weight > 0}

    assert keys("Pyongyang handed over two dozen drones") == keys(
        "North Korea supplied 24 unmanned aerial vehicles"
    )
    assert keys("4.8 million shells") == keys("4,800,000 rounds")
    assert keys("grenade launchers") == keys("grenade launcher")
    assert keys("soldiers and carriers") == keys("a soldier, a carrier")


@given(st.text(max_size=60))
def test_what_a_text_counts_is_what_its_items_count(text: str) -> None:
    tables = knowledge.load()
    assert weights_of(text.lower(), tables) == {
        one.key: one.weight for one in items(tokens(text.lower()), tables) if one.weight
    }


def in_common(a: Telling, b: Telling) -> Shared:
    """What two tellings have in common, told one by one."""
    both, mine, others = a.keys & b.keys, a.keys & b.around, b.keys & a.around
    weight = sum(a.weights[key] for key in both)
    ours = weight + BESIDE * sum(a.weights[key] for key in mine)
    theirs = weight + BESIDE * sum(b.weights[key] for key in others)
    share = min(1.0, max(ours / a.total, theirs / b.total))
    return Shared(len(both), max(len(mine), len(others)), max(ours, theirs), share)


SAID_ON = st.sampled_from([None, "2031-05-05", "2031-05", "XXXX-05-05", "2031-06-20"])


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(WORDINGS), SAID_ON, SAID_ON), min_size=2, max_size=4))
def test_many_pairs_are_compared_as_each_by_itself(
    contents: list[tuple[str, str | None, str | None]],
) -> None:
    tables = knowledge.load()
    reports = []
    for place, (one, said_on, published) in enumerate(contents):
        made = Report(f"Outlet {place}", f"{one} And so on.", published, outlet=f"Outlet {place}")
        made.statement(SPEAKER, "CHL", one, said_on)
        made.statement(SPEAKER, "CHL", "And so on", "2031-05-05")
        reports.append(made)
    told = in_order(next(tellings_of(one.document, one.reading, tables)) for one in reports)
    columns = Columns(told)
    pairs = [(a, b) for a in range(len(told)) for b in range(len(told))]
    firsts, seconds = np.array(pairs).T
    shared, most = columns.shared(firsts, seconds), columns.at_most(firsts, seconds)
    by_most = at_best(columns, firsts, seconds, most)
    by_share = at_best(columns, firsts, seconds, shared.share, shared.weight)
    comparing = Comparing(columns.heads, {})
    for place, (a, b) in enumerate(pairs):
        found = shared.at(place)
        assert found == in_common(told[a], told[b])
        assert found.share <= most[place] + 1e-9
        if comparing.evidence(a, b, found) is not None:  # left out is nothing that may be one saying
            assert by_most[place]
            assert by_share[place]


@given(st.text(max_size=60))
def test_any_text_has_items_without_gaps(text: str) -> None:
    words = tokens(text)
    found_items = items(words, knowledge.load())
    assert [one.first for one in found_items] == [0, *(one.last for one in found_items)][: len(found_items)]
    assert all(text[one.start : one.end].lower().replace("’", "'") == one.text for one in words)
    assert all(stem(one.text) == stem(one.text) for one in words)
    assert folded(text) == folded(folded(text)) or text


@pytest.mark.parametrize(
    "text", ["9" * 5000 + " million", "٣٤ shells", "1.2.3.4", "0 of 0", "million million"]
)
def test_odd_figures_do_no_harm(text: str) -> None:
    assert items(tokens(text), knowledge.load())


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Behrouz Sadeghian", "Behruz Sadegian", True),
        ("Ostap Lysenchuk", "Ostaps Lisenčuks", True),
        ("Tsai Ming-hsun", "Cai Mingxun", True),
        ("John Kirby", "Kirby", True),
        ("Ana Ruiz", "Aroha Tane", False),
        ("Danylo Prytula", "Ostap Lysenchuk", False),
    ],
)
def test_transcriptions_of_one_name(one: str, other: str, same: bool) -> None:
    tables = knowledge.load()
    a, b = (voice_of(Source(name, (), name=name), tables) for name in (one, other))
    assert same_person(a, b) is same


@pytest.mark.parametrize(
    "words", ["a senior official", "the Pentagon", "Seoul", "the foreign ministry in Bern"]
)
def test_offices_and_places_are_no_persons(words: str) -> None:
    assert voice_of(Source(words, (), name=words), knowledge.load()).person == ()


# ------------------------------------------------------------------------------------ order


@st.composite
def cases(draw: st.DrawFn) -> list[Report]:
    count = draw(st.integers(2, 7))
    return [
        report(
            f"Outlet {number}",
            draw(st.sampled_from(WORDINGS)),
            speaker=draw(st.sampled_from((SPEAKER, "Anna Ruíz", "Jón Helgason", None))),
            actor=draw(st.sampled_from(("CHL", "ISL", None))),
            said_on=draw(st.sampled_from(("2031-05-05", "2031-05-06", "XXXX-05-05", None))),
            published=draw(st.sampled_from(("2031-05-05", "2031-05-07", None))),
        )
        for number in range(count)
    ]


@settings(max_examples=60, deadline=None)
@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_documents_does_not_matter(reports: list[Report], chance: random.Random) -> None:
    shuffled = list(reports)
    chance.shuffle(shuffled)
    assert found(*reports) == found(*shuffled)


@settings(max_examples=40, deadline=None)
@given(cases())
def test_every_variant_cites_its_words_and_stands_once(reports: list[Report]) -> None:
    texts = {one.document.id: one.document.text for one in reports}
    utterances = found(*reports)
    for utterance in utterances:
        for variant in utterance.variants:
            text = texts[variant.citation.document]
            words = " ... ".join(text[start:end] for start, end in variant.citation.spans)
            assert words == variant.citation.quote
            assert all(change.variant in variant.citation.quote for change in variant.drift)
            assert all(change.original in utterance.words for change in variant.drift)
    told = [(one.citation.document, one.statement) for each in utterances for one in each.variants]
    assert len(told) == len(set(told))


# ------------------------------------------------------------------------------------ quality


def test_figures_on_retold_quotes_do_not_fall() -> None:
    """Prints the figures (``-s`` shows them)."""
    gate = retold_gate()
    if REGENERATE:
        gate.raise_floors()
    print(f"\n{gate.table()}")  # noqa: T201
    faults = gate.faults()
    assert not faults, "\n".join((*faults, *measured().differences))
