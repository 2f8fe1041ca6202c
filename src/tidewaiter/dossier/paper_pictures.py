"""A picture of a transfer as blocks: the picture where a format has pictures, and its table in each."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tidewaiter.dossier.answers import CITED
from tidewaiter.dossier.blocks import Block, Heading, Line, Paragraph, Table, Words
from tidewaiter.dossier.blocks import Picture as PictureBlock
from tidewaiter.dossier.picturing import Picture


def picture_blocks(picture: Picture | None, about: str, cite: Callable[..., Line]) -> Iterator[Block]:
    """Nothing for None.  ``about``: the transfer; ``cite`` numbers citations."""
    if picture is None:
        return
    yield Heading(3, picture.title, picture.id)
    if picture.svg is None:
        yield Paragraph((Words(picture.note),), "quiet")
    else:
        yield PictureBlock(str(picture.svg), f"{about}. {picture.title}", picture.note, is_small=True)
    rows = tuple(
        tuple((Words(cell.text), *cite(cell.citations, CITED)) for cell in row) for row in picture.rows
    )
    yield Table(picture.head, rows, picture.widths)
    if picture.credit:
        yield Paragraph((Words(picture.credit),), "quiet")
