"""Preserved bytes, to be looked at without harm, or to be had as they are.

A policy alone does not do: for a frame inside a page Chromium opens a connection before it asks the policy,
and browsers may do so for a link that the pointer rests on; nothing is sent, but whoever is there learns that
somebody is looking.  So what leads out of a page is made something that browsers do not know.
"""

from __future__ import annotations

import re

from tidewaiter.model import Capture, Document

OUTWARD = (
    *("a", "area", "base", "link"),
    *("iframe", "frame", "object", "embed", "applet", "portal", "fencedframe"),
)
"""Elements that lead elsewhere, or have browsers connect there (``<link rel=preconnect>``)."""

SHOWN_AS_TEXT = ("text/", "application/json", "application/xml")

_TAG = re.compile(rf"<(/?)({'|'.join(OUTWARD)})(?=[\s/>])", re.IGNORECASE)


def inert(data: bytes, document: Document, capture: Capture) -> tuple[str, str] | None:
    """The capture as it is shown, and its media type; None for what is neither page nor text."""
    if not capture.media_type.startswith(SHOWN_AS_TEXT):
        return None
    text = _decoded(data, document.encoding)
    if capture.media_type != "text/html":
        return text, "text/plain"
    return _TAG.sub(r"<\1x-\2", text), "text/html"


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding, "replace")
    except LookupError:
        return data.decode("utf-8", "replace")
