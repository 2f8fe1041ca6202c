"""Capture: bytes in, documents out.

``folders`` finds files, ``custody`` reads them and ``files`` makes documents; ``decoding`` turns bytes into
characters; ``html`` (with ``page``, ``align``, ``html_title``, ``html_dates``), ``json_article`` and
``markdown`` find the article in each format; ``cleaning`` takes debris and boilerplate away; ``headings``
finds title and author, ``published`` (with ``datelines``, ``banners``) the date.  Every step is a
function to a ``mapped.Mapped``: text with an exact map back to the text it was made from, so that the
steps compose and each character kept still has its place in the decoded capture.
"""
