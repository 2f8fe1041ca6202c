"""Claims: one speaker's stance on one reported transfer in one document.

Ways that lead to a claim: a statement whose content holds a mention commits its source to that mention,
or against it (``stances``); a statement that answers a report without repeating it ("Tehran rejects the
allegations"), or tells it again without naming the goods ("Rwanda gave us nothing"), is a stance on the
transfer spoken of before (``answers``); so is silence when asked (``silences``).  ``voices`` says who speaks
in a statement, ``merging`` makes one claim of all that one speaker says.
"""

from tidewaiter.reading.deals.claims.finding import find_claims

__all__ = ["find_claims"]
