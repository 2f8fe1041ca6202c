"""FollowTheMoney entities: the mapping, and what the library says of it where it is installed."""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import asdict, replace

import pytest

from dossier.sample import DOCUMENTS, READINGS, REGISTER, SHELLS
from tidewaiter.errors import ModelError
from tidewaiter.exports.ftm import PREFIX, Entity, document_id, entities_of
from tidewaiter.exports.ftm_library import ftm_lines
from tidewaiter.model import Speaker

from .golden import assert_golden

REFERENCES = ("subject", "object", "entity", "document", "involved", "proof", "agent", "client")


def made() -> list[Entity]:
    return list(entities_of(REGISTER, DOCUMENTS, READINGS))


def test_the_sample_is_the_golden_one() -> None:
    assert_golden("ftm.json", [asdict(one) for one in made()])


def test_every_entity_comes_once_and_every_reference_leads_to_one() -> None:
    names = [one.id for one in made()]
    assert len(set(names)) == len(names)
    for one in made():
        assert one.id.startswith(PREFIX)
        for key in REFERENCES:
            assert set(one.values.get(key, ())) <= set(names), one


def test_a_claim_is_an_edge_from_whoever_speaks_with_words_and_report() -> None:
    events = {f"{PREFIX}-{row.id}" for row in REGISTER.rows}
    stances = ("asserts", "denies", "doubts", "declines")
    edges = [one for one in made() if one.values.get("role", ("",))[0] in stances]
    claims = [claim for row in REGISTER.rows for one in row.positions for claim in one.claims]
    assert len(edges) == len(claims)
    for one in edges:
        assert one.schema == "UnknownLink"
        assert one.values["object"][0] in events
        assert one.values["proof"]
        assert one.values["description"]


def test_nothing_says_that_a_transfer_took_place() -> None:
    by_id = {one.id: one for one in made()}
    event = by_id[f"{PREFIX}-{SHELLS.id}"]
    assert event.values["name"][0].startswith("Alleged transfer")
    link = by_id[f"{PREFIX}-{SHELLS.id}-parties"]
    assert "alleged" in link.values["role"][0]
    assert "denied by Iceland" in link.values["role"][0]
    assert {"Sanction", "Payment", "Trip", "Person"}.isdisjoint(one.schema for one in made())


def test_reports_are_articles_with_the_hashes_of_their_captures() -> None:
    articles = {one.id: one for one in made() if one.schema == "Article"}
    assert set(articles) == {document_id(one.id) for one in DOCUMENTS}
    for one in DOCUMENTS:
        notes = " ".join(articles[document_id(one.id)].values["notes"])
        assert all(capture in notes for capture in one.captures)


def test_without_the_library_the_command_to_install_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "followthemoney", None)
    with pytest.raises(ModelError) as raised:
        next(ftm_lines(made()))
    assert "make ftm" in str(raised.value)
    assert "pip install" in str(raised.value)
    assert "libicu-dev" in str(raised.value)


def test_the_library_takes_every_entity_and_every_value() -> None:
    followthemoney = pytest.importorskip("followthemoney")
    lines = [json.loads(line) for line in ftm_lines(made())]
    assert [one["id"] for one in lines] == [one.id for one in made()]
    for line, one in zip(lines, made(), strict=True):
        proxy = followthemoney.model.get_proxy(line)
        proxy.schema.validate(proxy.to_dict())
        for name, values in one.values.items():
            kept = Counter(proxy.get(name))
            assert sum(kept.values()) == len(set(values)), (one.id, name, values, kept)
            kind = proxy.schema.get(name).type
            assert all(kind.validate(value) for value in kept), (one.id, name)
        for name in proxy.schema.required:
            assert proxy.get(name), (one.id, name)


def test_a_medium_that_speaks_in_its_own_voice_is_named() -> None:
    place, claim = next(
        (one, claim)
        for one in SHELLS.positions
        for claim in one.claims
        if next(each for each in DOCUMENTS if each.id == claim.document).outlet
    )
    outlet = next(one for one in DOCUMENTS if one.id == claim.document).outlet
    own = replace(claim, claim="none", speaker=Speaker(outlet, None, None))
    other = replace(own, speaker=Speaker("A source", None, None))
    for said, notes in ((own, None), (other, ("Not named in the report.",))):
        row = replace(SHELLS, positions=(replace(place, claims=(said,)),))
        found = entities_of(replace(REGISTER, rows=(row,)), DOCUMENTS, READINGS)
        speaker = next(one for one in found if one.schema == "LegalEntity")
        assert speaker.values["name"] == (said.speaker.name,)
        assert speaker.values.get("notes") == notes
