"""How a dossier is made and what it does not show, in plain words; the same in every format."""

from __future__ import annotations

METHOD = (
    "The reports were kept byte for byte, each under its SHA-256, with a note of where it came from, when"
    " and by whom it was taken in. A program cleaned their texts of navigation and markup, and read in each"
    " who is made to say what, on which day and in which words.",
    "Reports that tell of the same supplier, recipient and kind of goods, and do not contradict each other"
    " on when and how many, are taken for one transfer; why is told with each pair. Reports that copy one"
    " another are found by the words they share, and count once.",
    "Each number leads to the exact words of a report that a sentence rests on. What has no such words is not"
    " in here.",
)

LIMITS = (
    "A row of the register is what somebody said, not what happened. That many reports say a thing does not"
    " make it likelier: most of them may retell one briefing, and articles are not origins. An accusation"
    " does not become true by being unanswered, nor a denial by being repeated.",
    "An origin counts as independent where the reports tell that somebody knows it first-hand: by evidence"
    " of its own, as a party to the transfer, or as the first here to say it. Whoever may know it from"
    " others is not counted; nor is anyone whose reports are not in this case. The codes beside claims are"
    " the Admiralty Code (NATO STANAG 2511): a letter for the source, A to E, F where it cannot be judged;"
    " a figure for the information, 1 to 5, 6 where it cannot be judged. They are of claims, never of a"
    " transfer.",
    "A program read these reports. It misses claims, and it may give words to the wrong speaker or join two"
    " deals that are two; that is why every field leads to its words. What is not here may still be in the"
    " reports, and what is in no report here may still have been said.",
    "“Open” means that nobody in these reports had confirmed it by the day named. Dates are the reports’ own"
    " unless a ground says otherwise; an uncertain day is shown as a span, never as a guess.",
)


def by_rules(count: int) -> str:
    """That some reports were read without the tagger."""
    return (
        f"In {count} of these reports, who said what was found by rules alone, as the attribution weights"
        " were not installed: more is missed there than need be."
    )
