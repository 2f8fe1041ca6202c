"""Who is named in a report: invented sentences, one trait of the task each."""

from __future__ import annotations

import pytest

from tidewaiter.model import ActorForm, ActorMention
from tidewaiter.reading.actors import find_actors


@pytest.fixture(scope="session")
def actors(parse_text):
    """``actors(text) -> {words: mention}``; the last mention of each wording."""

    def found(text: str) -> dict[str, ActorMention]:
        parsed = parse_text(text)
        return {parsed.text[one.span.start : one.span.end]: one for one in find_actors(parsed)}

    return found


@pytest.mark.parametrize(
    ("text", "words", "code", "form"),
    [
        ("Algeria ordered frigates.", "Algeria", "DZA", ActorForm.NAME),
        ("The Peruvian frigates sailed.", "Peruvian", "PER", ActorForm.DEMONYM),
        ("Ankara sold patrol boats to Manila.", "Manila", "PHL", ActorForm.CAPITAL),
        ("The UAE paid for the jets.", "UAE", "ARE", ActorForm.ABBREVIATION),
        ("They say america sends rifles.", "america", "USA", ActorForm.NAME),
        ("The u.s. sends rifles.", "u.s.", "USA", ActorForm.ABBREVIATION),
        ("Downing Street confirmed the sale.", "Downing Street", "GBR", ActorForm.SEAT),
        ("Cote d’Ivoire bought trucks.", "Cote d’Ivoire", "CIV", ActorForm.NAME),
        ("Guinea-Bissau bought trucks.", "Guinea-Bissau", "GNB", ActorForm.NAME),
        ("Equatorial Guinea bought trucks.", "Equatorial Guinea", "GNQ", ActorForm.NAME),
        ("Papua New Guinea bought trucks.", "Papua New Guinea", "PNG", ActorForm.NAME),
        ("Niger bought trucks from Nigeria.", "Niger", "NER", ActorForm.NAME),
        ("Brazilian-made jets arrived.", "Brazilian", "BRA", ActorForm.DEMONYM),
        ("A Panama-flagged ship docked.", "Panama", "PAN", ActorForm.NAME),
        ("A U.S.-led force stopped the dhow.", "U.S.", "USA", ActorForm.ABBREVIATION),
        ("Kosovo asked Taiwan for radios.", "Kosovo", "XKX", ActorForm.NAME),
    ],
)
def test_states(actors, text, words, code, form):
    found = actors(text)
    assert words in found, sorted(found)
    assert (found[words].code, found[words].form) == (code, form)
