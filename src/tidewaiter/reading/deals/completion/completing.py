"""The order in which the gaps of a document's drafts are filled."""

from __future__ import annotations

from collections.abc import Sequence

from tidewaiter.knowledge import Knowledge
from tidewaiter.reading.deals.completion.groups import name_groups
from tidewaiter.reading.deals.completion.neighbours import from_neighbours, oriented, with_siblings
from tidewaiter.reading.deals.completion.only import with_only_partners, with_the_two_halves
from tidewaiter.reading.deals.completion.travels import only_travels
from tidewaiter.reading.deals.drafts import Draft


def complete(drafts: Sequence[Draft], knowledge: Knowledge) -> tuple[Draft, ...]:
    """The drafts, each gap filled where one other draft of the document fits; order kept."""
    handed = [draft for draft in drafts if not only_travels(draft, drafts)]
    filled = with_the_two_halves(with_siblings(from_neighbours(handed)))
    return oriented(name_groups(with_only_partners(filled), knowledge))
