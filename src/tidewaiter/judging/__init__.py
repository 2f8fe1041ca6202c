"""What analysts decided, and what follows from it.

A judgement points at a capture and at words in it.  ``targets`` says what findings rest on such words,
``anchoring`` finds the words in a text, ``settling`` works out what all judgements of a case come to, the
later ones before the earlier, and ``edits`` applies to a reading what they say of it.  All of it is a
function of the judgements and of the documents and readings as the program made them.
"""

from __future__ import annotations

from tidewaiter.judging.edits import Edits, apply
from tidewaiter.judging.settling import Settled, settle

__all__ = ["Edits", "Settled", "apply", "settle"]
