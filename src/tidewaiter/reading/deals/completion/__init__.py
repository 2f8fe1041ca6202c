"""Filling the gaps of a draft from what the same document says elsewhere.

"The shipments may have arrived" names neither goods nor parties; the document did, a sentence or two
before.  Only what agrees with everything the draft does say is carried over, and it keeps the words
it was first read from as its ground.

``completing`` is the order: what only travels is left out (``travels``), gaps are filled from what stands
near (``neighbours``, by what is ``fitting``), then from what the report names ``only`` once, and ``groups``
are put in for states. ``speakers`` says who "we" are, before that.
"""

from tidewaiter.reading.deals.completion.completing import complete
from tidewaiter.reading.deals.completion.speakers import name_speakers

__all__ = ["complete", "name_speakers"]
