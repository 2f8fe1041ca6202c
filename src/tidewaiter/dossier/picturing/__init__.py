"""The pictures of a transfer, each with its values as a table: what the dossier and the app show alike.

``way`` has what the map is drawn of, ``knowing`` who knows it and who copies whom, ``figures`` the amounts.
"""

from __future__ import annotations

from typing import NamedTuple

from tidewaiter.dossier.picturing.figures import amounts_of
from tidewaiter.dossier.picturing.knowing import origins_of
from tidewaiter.dossier.picturing.values import Cell, Picture
from tidewaiter.dossier.picturing.way import map_of
from tidewaiter.dossier.views import TransferView
from tidewaiter.pictures.canvas import Href
from tidewaiter.places import Atlas

__all__ = ["Cell", "Picture", "Pictures", "pictures_of"]


class Pictures(NamedTuple):
    """Those of a transfer, as far as there is something to show."""

    map: Picture | None
    amounts: Picture | None
    origins: Picture | None

    def shown(self) -> tuple[Picture, ...]:
        return tuple(one for one in self if one is not None)


def pictures_of(
    transfer: TransferView, atlas: Atlas | None, href: Href | None = None, *, small: bool = False
) -> Pictures:
    """The pictures of a transfer.

    ``atlas``: None: without a map; ``href``: where a report's sign leads; None: nowhere; ``small``: also as a
    phone shows them.
    """
    return Pictures(
        None if atlas is None else map_of(transfer, atlas, small=small),
        amounts_of(transfer, small=small),
        origins_of(transfer, href, small=small),
    )
