"""A text told again in other words is known by the order of its names and numbers, and the passages of two
copies are laid side by side."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from linking.builders import Report
from tidewaiter.linking import link
from tidewaiter.linking.copying.passages import passages_of
from tidewaiter.linking.copying.retold import agreement, in_order, landmarks_of, longest_increasing
from tidewaiter.linking.texts.words import written_words

FIRST = """\
Ruritania flew 40 crates of rifles to Grand Fenwick in March, the Florin Courier reported on Tuesday,
citing Colonel Anton Berger of the Ostmark border guard. The Antonov took off from Strelsau at night and
landed in Hentzau, where 12 lorries of the Zenda Transport company waited. Minister Rassendyll said on 9
May that 312 rifles were missing from the depot in Tarlenheim. Duke Michael of Streslau told the Council
of the Seven Towns that the Elphberg family had sold 75 mortars before, in 2019, through a broker called
Detchard in Krona. Florin asked the League of Small States to meet on 14 June in Wenceslas, and Captain
Sapt offered 1,150 photographs."""

RETOLD = """\
In the month of March some 40 boxes of guns went by plane from Ruritania to Grand Fenwick: so the Florin
Courier wrote on Tuesday, and it had this from Colonel Anton Berger, who serves with Ostmark's frontier
troops. By night an Antonov departed Strelsau; at Hentzau its load was met by twelve trucks belonging to
Zenda Transport. That 312 guns could no longer be found at Tarlenheim's arsenal was stated by Minister
Rassendyll on 9 May. Already in 2019, Duke Michael of Streslau informed the Council of the Seven Towns,
had the Elphberg clan disposed of 75 mortars with the help of Detchard, an agent in Krona. A session of
the League of Small States in Wenceslas on 14 June was requested by Florin; 1,150 pictures were put
forward by Captain Sapt."""

OTHER = """\
Captain Sapt is a tired man. Since the photographs came to light he has been asked about nothing but the
night of the Antonov. "I counted 12 lorries," he says in his office in Wenceslas. In Grand Fenwick nobody
wants to talk about rifles. A clerk of the Zenda Transport company, who showed this paper 3 way bills
dated 2 and 4 March, speaks of 640 crates and of a second flight from Modenstein. Ruritania denies all of
it; Minister Rassendyll called the Florin Courier a rag. Diplomats of the League of Small States expect
Black Elphberg, the financier, to be called as a witness on 14 June."""


def _linked(a: str, b: str) -> list[tuple[str, str]]:
    documents = [Report("a.txt", a).document, Report("b.txt", b).document]
    return [(copy.relation, copy.ground) for copy in link(documents, {}).copies]


def test_a_text_in_other_words_is_a_rewrite() -> None:
    ((relation, ground),) = _linked(FIRST, RETOLD)
    assert relation == "rewrite"
    assert ground.startswith("told again in other words: ")
    assert "stand in the same order in both" in ground


def test_an_account_of_ones_own_is_none() -> None:
    assert _linked(FIRST, OTHER) == []


def test_the_same_names_in_another_order_are_none() -> None:
    sentences = FIRST.replace("\n", " ").split(". ")
    assert _linked(". ".join(sentences[::-1]), RETOLD) == []


def test_numbers_in_words_and_figures_are_one() -> None:
    words = landmarks_of(["twelve", "Lorries", "in", "Hentzau"])
    figures = landmarks_of(["12", "Lorries", "in", "Hentzau’s"])
    assert words.names.tolist() == figures.names.tolist()


def test_a_capital_that_begins_a_sentence_makes_no_name() -> None:
    told = landmarks_of(["Officials", "in", "Krona", "said", "officials"])
    assert len(told.names) == 1


def test_passages_are_the_same_words_in_both() -> None:
    shared = "The grey coaster unloaded forty crates at dawn on Monday and left again before the harbour " + (
        "master and his two clerks had had their coffee"
    )
    a, b = f"Nobody knew. {shared}, a docker said.", f"At noon it rained. {shared}. Nobody knew."
    (one,) = passages_of(a, b)
    assert a[slice(*one.a)] == b[slice(*one.b)] == shared


def test_passages_of_a_retold_text_are_names_and_numbers_in_order() -> None:
    found = passages_of(FIRST, RETOLD)
    assert ("12", "twelve") in {(FIRST[slice(*one.a)], RETOLD[slice(*one.b)]) for one in found}
    assert [one.b for one in found] == sorted(one.b for one in found)


WORDS = st.lists(
    st.sampled_from(["Berger", "Krona", "12", "nine", "rifles", "the", "landed", "Zenda"]), max_size=30
)


@given(WORDS, WORDS)
def test_agreement_does_not_depend_on_which_is_first(a: list[str], b: list[str]) -> None:
    first, second = (
        (told.names.tolist(), told.words.tolist()) for told in (landmarks_of(a), landmarks_of(b))
    )
    assert agreement(first, second) == agreement(second, first)


@given(st.lists(st.integers(0, 50), unique=True), st.lists(st.integers(0, 50), unique=True))
def test_what_stands_in_order_is_no_more_than_what_is_shared(a: list[int], b: list[int]) -> None:
    assert in_order(a, b) == in_order(b, a) <= len(set(a) & set(b))
    assert in_order(a, a) == len(a)


@given(st.lists(st.integers(0, 20)))
def test_longest_increasing_is_strict(places: list[int]) -> None:
    assert longest_increasing(places) <= len(set(places))
    assert longest_increasing(sorted(places)) == len(set(places))


@given(st.text(alphabet="ab 1A.\n", max_size=200), st.text(alphabet="ab 1A.\n", max_size=200))
def test_passages_lie_in_the_texts_and_do_not_overlap_in_the_first(a: str, b: str) -> None:
    found = passages_of(a, b)
    assert all(
        0 <= one.a.start < one.a.end <= len(a) and 0 <= one.b.start < one.b.end <= len(b) for one in found
    )
    assert len(written_words(a)) >= len(found)
