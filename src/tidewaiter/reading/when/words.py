"""The words that times are made of: tables, and pieces of patterns.

In patterns a blank stands for one or two blanks of any kind, but no line break (``compiled``), so none may
stand in a character class.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
FULL_YEAR = r"(?:1[5-9]|20)\d\d"
AMBIGUOUS_MONTHS = ("march", "may", "august")
"""Month names that are words of their own too: they need a capital, and a preposition, day or year."""
COUNTS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50,
}  # fmt: skip
LOOSE_COUNTS = ("few", "several", "couple of", "many")
ORDINALS = {
    "first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4,
}  # fmt: skip
SPELLED = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
DECADES = {"fifties": 5, "sixties": 6, "seventies": 7, "eighties": 8, "nineties": 9}
"""Decades of the 1900s in words; earlier ones are said of people's age as well."""
HOLIDAYS = {
    "new year's day": (1, 1),
    "may day": (5, 1),
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "boxing day": (12, 26),
    "new year's eve": (12, 31),
}
"""Days with a name that fall on the same day everywhere, as month and day."""
UNITS = {
    "day": (1, "day"), "week": (1, "week"), "fortnight": (2, "week"), "month": (1, "month"),
    "year": (1, "year"), "decade": (10, "year"),
}  # fmt: skip

NEAR_DAYS = {
    "yesterday": 1, "last night": 1, "last evening": 1, "the day before yesterday": 2, "tomorrow": -1,
    "the day after tomorrow": -2,
}  # fmt: skip
"""Days back; the other words for a day near publication mean its own."""
BESIDE = {
    "previous": -1, "preceding": -1, "prior": -1, "before": -1, "same": 0, "that": 0, "following": 1,
    "next": 1, "after": 1,
}  # fmt: skip

LABELS = (
    *("resolutions?", "no", "nos", "number", "act", "article", "section", "decree", "directive", "order"),
    *("law", "flight", "route", "room", "building", "unit", "project", "vision", "agenda", "type", "mirage"),
)
"""Words before four digits that are the number of something."""
ABOUT_A_NUMBER = (
    *("more than", "over", "about", "around", "some", "nearly", "almost", "least", "approximately"),
    *("another", "roughly", "than"),
)
"""Words before four digits that say an amount."""
AFTER_A_NUMBER = (
    *("gmt", "utc", "hours?", "hrs?", "local time", "o'clock", "km", "kg", "mm", "cm", "kilomet\\w+"),
    *("metric", "tons?", "tonnes?", "miles?", "nautical", "met(?:re|er)s?", "feet", "rounds?", "troops"),
    *("people", "percent", "per cent", "dollars?", "euros?", "rubles?", "roubles?", "yuan", "won"),
)
"""Words behind four digits that are a clock's or an amount."""
NAMED_BY_DAY = ("attacks?", "massacre", "assault", "revolution", "uprising", "movement", "riots?", "coup")
"""Words behind a day without a year that may have become a name: "the October 7 attack"."""
NAMED_AFTER_DAY = ("prayers?", "times", "telegraph", "mirror", "express", "world", "guardian")
NAMED_BEFORE_DAY = ("black", "good", "bloody", "cyber", "palm", "super", "ash", "holy", "easter")
"""Words beside a weekday that make a name of it."""
NOWADAYS = (
    *("world", "societ\\w+", "age", "era", "generation", "youth", "young", "standards?", "technolog\\w+"),
    *("computers?", "markets?", "economy", "warfare", "armies", "personal"),
)
"""What "today's" goes with when it means nowadays."""


def any_of(words: Iterable[str]) -> str:
    """A pattern for one of the words."""
    return f"(?:{'|'.join(words)})"


def compiled(pattern: str, *, ignore_case: bool = False) -> re.Pattern[str]:
    """The pattern, its blanks being blanks of any kind."""
    return re.compile(pattern.replace(" ", BLANK), re.IGNORECASE if ignore_case else 0)


BLANK = r"(?:[^\S\n\r]{1,2})"
MONTH = (
    r"(?P<month>(?:Jan(?:uary|\.)?|Feb(?:ruary|r?\.)?|March|Mar\.?|Apr(?:il|\.)?|May(?:\.(?=[^\S\n]?\d))?|June|Jun\.?|July|Jul\.?|"
    r"Aug(?:ust|\.)?|Sept(?:ember|\.)?|Sep\.?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?|"
    r"JAN(?:UARY|\.)?|FEB(?:RUARY|\.)?|MARCH|MAR\.?|APR(?:IL|\.)?|MAY|JUNE?|JULY?|AUG(?:UST|\.)?|"
    r"SEPT?(?:EMBER|\.)?|OCT(?:OBER|\.)?|NOV(?:EMBER|\.)?|DEC(?:EMBER|\.)?|"
    r"january|february|april|june|july|september|october|november|december))(?![^\W\d_])"
)
DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?!\w|\.\d|,(?!(?:19|20)\d\d(?!\d))\d)"
_DASH = r"[^\S\n]?[-‐‑–—/][^\S\n]?"
_LAST_NUMBER = r"(?P<last>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?!\w|[.,/:]\d)"
_DATE_ENDS = (
    r"(?=[^\S\n]?(?:$|[,.;:()!?\n\"”—–-])"
    r"| (?:of|in|at|on|by|from|when|with|during|and|or|but|as|that|this|last|19|20))"
)
LAST_BEHIND = rf"(?:(?:{_DASH}|,? (?:to|and|or|through|until) (?:the )?){_LAST_NUMBER}{_DATE_ENDS})?"
"""The last day of several behind the month: "Nov. 2-4", "Nov. 2 and 3, 2022"."""
LAST_BEFORE = rf"(?:(?:{_DASH}|,? (?:to|and|or|through|until) (?:the )?){_LAST_NUMBER})?"
"""The same before the month: "2 to 4 November"."""
YEAR = r"(?P<year>(?:19|20)\d\d|['’](?P<short>\d\d))(?![\w]|[.,]\d)"
WHICH_YEAR = (
    rf"(?:{YEAR}|(?:of )?(?P<which>this|last|next|the same|that|the previous|the following|the next) year)"
)
OF_YEAR = rf"(?:,? ?(?:of |in )?{WHICH_YEAR})?"
LEAD = r"(?:(?<!\w)(?P<lead>Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?:s|nes|rs?|ur)?(?:day)?\.?,? (?:the )?)?"
WEEKDAY = r"(?P<weekday>(?i:mon|tues|wednes|thurs|fri|satur|sun)day)"
PART = (
    r"(?i:(?:early|mid|late|earlier|later)(?:-to-mid|-to-late)?"
    r"|(?:beginning|start|middle|end|half) of)(?: |-)"
)
PART_OF = (
    r"(?:(?:earlier|later|early|late|mid|so far)(?: in| on)?"
    r"|(?:the )?(?:very )?(?:end|beginning|start|middle|rest|remainder|course|months|weeks) of)(?: |-)"
)
COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(sorted(COUNTS, key=len, reverse=True))})"
UNIT = rf"(?P<unit>{'|'.join(UNITS)})"


def count_of(word: str) -> int:
    """The number that a word or digits say."""
    return COUNTS.get(word.lower()) or int(word)


def month_number(name: str) -> int:
    """1 for "Jan.", 12 for "december"."""
    key = name.lower()[:3]
    return next(number for number, full in enumerate(MONTHS, 1) if full.startswith(key))


def spelled_year(words: str) -> int | None:
    """1979 for "nineteen seventy-nine", 2003 for "two thousand and three"."""
    numbers = [SPELLED.get(word) for word in re.split(r"[\s-]+", words.lower()) if word != "and"]
    if numbers[1:2] == [None]:  # "two thousand"
        numbers = [20, *(numbers[2:] or [0])]
    century, *rest = (number for number in numbers if number is not None)
    return century * 100 + sum(rest) if sum(rest) < 100 else None
