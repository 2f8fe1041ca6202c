"""Documents that the tests make by hand."""

from __future__ import annotations

import hashlib

from tidewaiter.model import Document


def make_document(
    text: str, published: str | None = None, source: str = "test.txt", **fields: object
) -> Document:
    """A document with the given cleaned text, as capture would make it."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    known: dict[str, object] = {
        "title": None,
        "outlet": None,
        "author": None,
        "published_ground": "given" if published else None,
        "language": "en",
    }
    known.update(fields)
    return Document(
        id=f"d{digest[:12]}",
        source=source,
        captures=(digest,),
        text=text,
        text_sha256=digest,
        published=published,
        **known,  # type: ignore[arg-type]
    )
