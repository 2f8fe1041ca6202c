"""textacy's direct quotations over texts, in a process of its own: textacy need not be installed beside
Tidewaiter.

Reads ``[[text, ...], ...]`` from standard input: documents as lists of pieces, each piece read by itself.
Writes, for each document, ``{"refused": pieces that textacy refused, "found": [[piece, source, cue, content],
...]}``; source, cue and content are lists of ``[start, end]`` in characters of the piece.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import Any

MODEL = sys.argv[1]


def spans(tokens: Iterable[Any]) -> list[list[int]]:
    """Runs of tokens that follow each other, as characters."""
    found: list[list[int]] = []
    last = None
    for token in tokens:
        if last is not None and token.i == last + 1:
            found[-1][1] = token.idx + len(token)
        else:
            found.append([token.idx, token.idx + len(token)])
        last = token.i
    return found


def main() -> None:
    """Read, extract, write."""
    import spacy
    from textacy.extract import direct_quotations

    nlp = spacy.load(MODEL)
    results = []
    for pieces in json.load(sys.stdin):
        refused, found = 0, []
        for number, doc in enumerate(nlp.pipe(pieces)):
            try:
                quotations = list(direct_quotations(doc))
            except ValueError:  # an odd number of quotation marks: it does not guess which is unclosed
                refused += 1
                continue
            found += [[number, spans(one.speaker), spans(one.cue), spans(one.content)] for one in quotations]
        results.append({"refused": refused, "found": found})
    json.dump(results, sys.stdout)


if __name__ == "__main__":
    try:
        main()
    except ModuleNotFoundError as error:
        sys.exit(f"{error.name} is not installed for {sys.executable}")
