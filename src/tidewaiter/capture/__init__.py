"""Capture: bytes in, documents out.

``files`` finds and reads files and makes documents; ``decoding`` turns bytes into characters;
``html``, ``json_article`` and ``markdown`` find the article in each format; ``cleaning`` takes debris
and boilerplate away; ``headings`` and ``published`` find title, author and date.  Every step is a
function to a ``mapped.Mapped``: text with an exact map back to the text it was made from, so that the
steps compose and each character kept still has its place in the decoded capture.
"""
