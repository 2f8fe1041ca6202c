"""The flow: capture -> reading -> linking -> register, each step only where something changed.

``taking`` keeps bytes and notes them; ``making`` makes a document and its reading of one capture;
``reading`` does so for all that are new or changed; ``building`` then links them and has ``registering``
make the register, over the index in ``store_index``; ``judging`` works out what analysts decided, and
``naming`` what they mean by the ids that they are shown; ``viewing`` gives the case as shown; ``narrowing``
finds what of it counts as of a past day, and ``looking_back`` builds that by itself; ``steps`` is what all of
them tell of their work.
"""

from __future__ import annotations

from tidewaiter.pipeline.building import build
from tidewaiter.pipeline.comparing import compare, hold, keep
from tidewaiter.pipeline.judging import judged, waiting
from tidewaiter.pipeline.looking_back import is_at_hand, view_as_of
from tidewaiter.pipeline.making import (
    capture_of,
    grounds,
    lacks_tagger,
    linker_version,
    make_document,
    read_document,
    read_file,
)
from tidewaiter.pipeline.narrowing import Asked, report_days
from tidewaiter.pipeline.steps import (
    Added,
    Built,
    Failure,
    Handed,
    Progress,
    Step,
    Taken,
    Taking,
    View,
    no_progress,
)
from tidewaiter.pipeline.taking import add, files_of, label_of, source_name, take_in
from tidewaiter.pipeline.viewing import view

__all__ = [
    "Added",
    "Asked",
    "Built",
    "Failure",
    "Handed",
    "Progress",
    "Step",
    "Taken",
    "Taking",
    "View",
    "add",
    "build",
    "capture_of",
    "compare",
    "files_of",
    "grounds",
    "hold",
    "is_at_hand",
    "judged",
    "keep",
    "label_of",
    "lacks_tagger",
    "linker_version",
    "make_document",
    "no_progress",
    "read_document",
    "read_file",
    "report_days",
    "source_name",
    "take_in",
    "view",
    "view_as_of",
    "waiting",
]
