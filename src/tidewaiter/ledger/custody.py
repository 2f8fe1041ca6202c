"""The custody record: one line for each thing done to the captures.

It is what the durable store is made from: where the two disagree, the record is right.
"""

from __future__ import annotations

from tidewaiter.ledger.chain import FIRST, ChainedLines, Entry

CAPTURED = "captured"  # bytes that were new to the case
SEEN_AGAIN = "seen again"  # bytes it held already, from another source or with another date
WITHDRAWN = "withdrawn"  # no longer part of what is built; the bytes stay
RESTORED = "restored"  # added again after that
PUT_BACK = "put back"  # its bytes were gone or changed, and were added again
RECOVERED = "recovered"  # noted anew from the durable store, after lines of the record were lost
GAP = "gap"  # says how many lines were lost, as far as is known

ACTIONS = (CAPTURED, SEEN_AGAIN, WITHDRAWN, RESTORED, PUT_BACK, RECOVERED, GAP)


class CustodyRecord(ChainedLines):
    """``custody.jsonl``: only ever appended to.

    Keys of a line: ``at`` (UTC), ``by`` (account), ``action`` (see ``ACTIONS``), ``sha256``,
    ``size``, ``source``, ``method``, ``media_type``, ``given_date``; ``reason`` where something was
    withdrawn; and ``previous``: the SHA-256 of the line before, without its line break.
    """


class IdRecord(ChainedLines):
    """``ids.jsonl``: the register ids given out, with the members they were given out for.

    Keys of a line: ``at`` (UTC), ``id``, ``members`` (pairs of document and reported transfer), and
    ``previous`` as in the custody record.
    """


__all__ = ["ACTIONS", "FIRST", "CustodyRecord", "Entry", "IdRecord"]
