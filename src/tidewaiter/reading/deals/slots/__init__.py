"""Who plays which part in what a trigger word tells: supplier, recipient, goods.

``finding`` takes each trigger to the function of its frame. Those stand by families: ``giving``,
``getting``, ``moving``, ``taking`` and ``holding`` for verbs, ``nouns`` for nouns. ``pairing`` makes pairs of
a supplier and a recipient of the candidates found.
"""

from tidewaiter.reading.deals.slots.finding import SlotFinder
from tidewaiter.reading.deals.slots.pairing import pairs
from tidewaiter.reading.deals.slots.parts import Slots

__all__ = ["SlotFinder", "Slots", "pairs"]
