"""Where places lie: what GeoJSON and the maps of the dossier and the app have in common.

``gazetteer`` gives a name its point, or says why there is none; ``ways`` says which places a transfer has
and in what part; ``land`` has the outlines of the land.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from tidewaiter.knowledge import Knowledge, lookup
from tidewaiter.places.gazetteer import Gazetteer
from tidewaiter.places.land import Land


class Atlas(NamedTuple):
    """What a map is drawn from."""

    gazetteer: Gazetteer
    land: Land


@lru_cache(maxsize=4)
def load(knowledge: Knowledge, extra: Path | None = None) -> Atlas:
    """The tables of places, and those of ``extra`` (a case's own folder) over them.

    Raises ``KnowledgeError`` as ``knowledge.lookup`` does.
    """
    return Atlas(Gazetteer(lookup("coordinates", extra), knowledge), Land(lookup("land", extra)))
