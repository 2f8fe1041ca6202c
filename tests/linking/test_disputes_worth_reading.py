"""What real reports are full of and no analyst wants to read raises nothing; what rewording garbles does."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from documents import make_document
from linking.disputed import discrepancies
from tidewaiter import knowledge
from tidewaiter.linking import link
from tidewaiter.linking.disputes.discrepancies import find_discrepancies
from tidewaiter.linking.disputes.naming import bare_name, is_person, is_place, is_told
from tidewaiter.linking.disputes.spellings import Named, spelled
from tidewaiter.linking.texts.cues import cues_of
from tidewaiter.model import Discrepancy, Document, Span

CUES = cues_of(knowledge.load())

WIRE = """\
Germany, France and Britain condemned on Tuesday what they called the shipment of anti-ship missiles to \
Syria by way of a small port on the estuary. In March Reuters reported that Iran had sent tens of thousands \
of rockets the same way, in crates that were marked as farm machinery.

Brigadier Rudolf Rassendyll, a senior commander of the Ruritanian Coast Guard Corps, was quoted by the \
Ruritanian Labour News Agency as saying that nobody had seen such a ship, and that the reports were made up \
in an office far from the sea."""


def copies(old: str, new: str) -> tuple[Discrepancy, ...]:
    """What is found between the text and one in which words are changed."""
    assert old in WIRE
    return compared((make_document(WIRE, "2031-05-04"), make_document(WIRE.replace(old, new), "2031-05-05")))


def compared(documents: Sequence[Document]) -> tuple[Discrepancy, ...]:
    links = link(documents, {})
    return find_discrepancies({one.id: one for one in documents}, {}, links.copies, {})


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Germany, France and", "France, Germany and"),
        ("Labour News Agency", "Labor News Agency"),
        ("Coast Guard Corps", "Sea Guards"),
        ("Germany, France", "By Ann Archer and Bob Bowman\n\nGermany, France"),
        ("In March Reuters", "In March the Reuters agency"),
    ],
)
def test_lists_bodies_and_bylines_are_no_discrepancy(old: str, new: str) -> None:
    assert copies(old, new) == ()


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("shipment of anti-ship missiles to Syria", "launch of anti-ship missiles at Syria", "direction"),
        ("tens of thousands", "thousands", "number"),
        ("In March Reuters", "In March British sources", "name"),
        ("missiles to Syria", "missiles to Egypt", "place"),
        ("Rudolf Rassendyll", "Rupert Rassendyll", "name"),
    ],
)
def test_what_rewording_garbles(old: str, new: str, kind: str) -> None:
    assert [one.kind for one in copies(old, new)] == [kind]


def test_words_of_two_sentences_are_not_one_place() -> None:
    first = (
        "Reports are made up, the commander said on Monday, state media wrote.\n\nAny transfer of missiles \
would be an escalation of the war, and a danger to all of the states on that coast."
    )
    second = (
        "The White House said on Friday that any transfer of missiles would be an escalation of the war, and \
a danger to all of the states on that coast."
    )
    assert compared((make_document(first, "2031-05-04"), make_document(second, "2031-05-04"))) == ()


def test_bylines_and_captions_are_not_told() -> None:
    text = (
        "Ann Archer, Bob BowmanTuesday, 10 September 2024, 16:14\nFILE – Ann Archer and Bob Bowman meet in \
the port of Zenda on 3 May\nAnn Archer came to the old town of Zenda on a grey day."
    )
    places = [text.find("Ann Archer"), text.find("Ann Archer and"), text.find("Ann Archer came")]
    assert [is_told(text, Span(place, place + 10), CUES) for place in places] == [False, False, True]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("On Friday Sean Archer came", "Sean Archer"),
        ("February Reuters", "Reuters"),
        ("Secretary of State Ann Archer", "Ann Archer"),
        ("Iranian Foreign Minister Abbas Archer", "Abbas Archer"),
        ("National Security Council", "National Security Council"),
    ],
)
def test_bare_names(text: str, name: str) -> None:
    begin = text.find("State") if "of State" in text else 0
    words = "Friday Sean Archer" if "Friday" in text else text[begin:]
    begin = text.find(words)
    found = bare_name(text, Span(begin, begin + len(words)), CUES)
    assert found is not None
    assert text[slice(*found)] == name


@pytest.mark.parametrize(
    ("text", "name", "is_it"),
    [
        ("said spokesman Ann Archer on Monday", "Ann Archer", True),
        ("Ann Archer, a spokeswoman of the council, came", "Ann Archer", True),
        ("the minister, Ann Archer, told them", "Ann Archer", True),
        ("Secretary of the National Security Council", "National Security Council", False),
        ("the Iranian Mission said", "Iranian Mission", False),
    ],
)
def test_persons(text: str, name: str, *, is_it: bool) -> None:
    begin = text.find(name)
    assert is_person(Span(begin, begin + len(name)), text, CUES) is is_it


@pytest.mark.parametrize(
    ("text", "name", "is_it"),
    [
        ("unloaded at Zenda", "Zenda", True),
        ("addicts in the West claim", "West", False),
        ("for its war in Ukraineaccording to two", "Ukraineaccording", False),
        ("a seat in the Security Council", "Security Council", False),
    ],
)
def test_places(text: str, name: str, *, is_it: bool) -> None:
    begin = text.find(name)
    assert is_place(Span(begin, begin + len(name)), text, CUES) is is_it


def test_a_person_spelled_in_several_ways_is_one_discrepancy() -> None:
    def named(actor: str | None = None) -> Named:
        return Named(actor, (Span(0, 3),))

    persons = {
        "a": {"sean savett": named("USA")},
        "b": {"sean savitt": named()},
        "c": {"sean savett": named()},
        "d": {"kim yong chol": named("PRK"), "ali hassan": named("IRQ"), "ann archer": named("GBR")},
        "e": {"kim yong chun": named("PRK"), "ali hussein": named("IRQ"), "ann archar": named("USA")},
    }
    speaking: dict[str, dict[str, str | None]] = {}
    for document, names in persons.items():
        for name, one in names.items():
            speaking.setdefault(name, {})[document] = one.actor
    group = {name: number for number, name in enumerate(persons)}
    (found,) = spelled(speaking, lambda document, name: persons[document][name], group)
    assert sorted(found.values) == ["sean savett", "sean savitt"]
    assert found.likelier == "sean savett"
    assert "“Sean Savett” in 2 reports" in found.why


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [
        ("more than 200", "about 220", 0),
        ("hundreds of", "220", 0),
        ("200", "400", 1),
        ("about 200", "more than 400", 1),
    ],
)
def test_amounts_of_one_deal_are_compared_as_bounds(first: str, second: str, count: int) -> None:
    documents = [
        make_document(
            f"Iran has delivered {first} ballistic missiles to Russia, a Ukrainian source told the paper.",
            "2024-09-07",
            "a.txt",
        ),
        make_document(
            f"Officials in London believe that Russia took in the spring a gift: Iran delivered {second} "
            "ballistic missiles to Russia.",
            "2024-09-11",
            "b.txt",
        ),
    ]
    found = [one for one in discrepancies(documents) if one.kind == "number"]
    assert len(found) == count
