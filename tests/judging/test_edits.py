"""A reading as analysts want it keeps its anchors, and every value has words."""

from __future__ import annotations

import pytest

from ledger.sample import TEXT, a_document, a_reading, span
from tidewaiter.judging.edits import Correction, Edits, apply
from tidewaiter.judging.targets import find, of_document, of_finding, of_words
from tidewaiter.judging.values import FIELDS
from tidewaiter.model import Quantity, Reading, Stage
from tidewaiter.verification.references import check_ids
from tidewaiter.verification.texts import check_reading

DOCUMENT = a_document()
READING = a_reading(DOCUMENT)

VALUES = {
    "supplier": "RUR",
    "recipient": "FRE",
    "category": "missiles",
    "stage": "delivered",
    "quantity": "2..3 trains",
    "when": "2021-05",
}


def edited(edits: Edits, reading: Reading = READING) -> Reading:
    found = apply(DOCUMENT, reading, edits)
    former = {str(one) for one in (*check_ids(DOCUMENT, reading), *check_reading(DOCUMENT, reading))}
    now = {str(one) for one in (*check_ids(DOCUMENT, found), *check_reading(DOCUMENT, found))}
    assert now <= former
    return found


def test_nothing_to_do() -> None:
    assert edited(Edits()) == READING


def test_a_rejected_transfer_takes_its_mentions_and_claims_along() -> None:
    found = edited(Edits(transfers=("r1",)))
    assert (found.transfers, found.mentions, found.claims) == ((), (), ())
    assert [one.transfer for one in found.responses] == [None]
    assert found.statements == READING.statements


def test_a_rejected_claim_leaves_its_transfer() -> None:
    found = edited(Edits(claims=("c1",)))
    assert found.claims == ()
    assert found.transfers == READING.transfers


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("spans", [(), (span("by rail"),)], ids=["no words", "words"])
def test_a_corrected_value_has_words_and_the_id_stays(field: str, spans: tuple[object, ...]) -> None:
    found = edited(Edits(corrections=(Correction("r1", field, VALUES[field], spans),)))  # type: ignore[arg-type]
    (transfer,) = found.transfers
    assert transfer.id == "r1"
    value = getattr(transfer, field)
    words = "by rail" if spans else "2 to 3"
    expected = Quantity(2, 3, "trains", words) if field == "quantity" else VALUES[field]
    assert value == expected
    assert transfer.anchors[field] == (spans or READING.transfers[0].anchors.get(field) or (span("shipped"),))


def test_a_value_that_nobody_can_tell_has_none() -> None:
    (transfer,) = edited(Edits(corrections=(Correction("r1", "supplier", "unknown"),))).transfers
    assert transfer.supplier is None
    assert "supplier" not in transfer.anchors


def test_what_was_misread_in_mention_and_claim_alike_is_corrected_there() -> None:
    found = edited(Edits(corrections=(Correction("r1", "stage", "planned"),)))
    assert found.mentions[0].stage is found.claims[0].stage is Stage.PLANNED
    found = edited(Edits(corrections=(Correction("r1", "when", "2021-05"),)))
    assert found.mentions[0].when is None  # told nothing, and tells nothing now


# ------------------------------------------------------------------------------------ targets


def test_each_finding_is_found_by_its_words() -> None:
    for one in (*READING.transfers, *READING.claims, *READING.statements):
        found = find(of_finding(DOCUMENT, READING, one), DOCUMENT, READING)
        assert not isinstance(found, str)
        assert found.name == f"{DOCUMENT.id}:{one.id}"
    assert not isinstance(find(of_document(DOCUMENT), DOCUMENT, READING), str)


def test_words_that_are_read_otherwise_or_gone_are_told() -> None:
    wanted = of_finding(DOCUMENT, READING, READING.transfers[0])
    assert "no transfer is read from them" in str(find(wanted, DOCUMENT, Reading(DOCUMENT.id, "another")))
    other = a_document("Nothing of the kind was told on Monday by anyone.")
    assert "stand no longer" in str(find(wanted, other, READING))


def test_of_two_that_rest_on_the_same_words_the_one_that_says_the_same_is_meant() -> None:
    from dataclasses import replace

    (transfer,) = READING.transfers
    twin = replace(transfer, id="r2", supplier="RUR")
    both = replace(READING, transfers=(transfer, twin))
    for one in (transfer, twin):
        found = find(of_finding(DOCUMENT, both, one), DOCUMENT, both)
        assert not isinstance(found, str)
        assert found.finding == one.id
    alike = replace(READING, transfers=(transfer, replace(transfer, id="r2")))
    assert "two transfers are read" in str(find(of_finding(DOCUMENT, alike, transfer), DOCUMENT, alike))


def test_any_words_of_a_report() -> None:
    wanted = of_words(DOCUMENT, "by rail")
    assert wanted is not None
    found = find(wanted, DOCUMENT, READING)
    assert not isinstance(found, str)
    assert [TEXT[start:end] for start, end in found.spans] == ["by rail"]
    assert of_words(DOCUMENT, "by sea") is None
