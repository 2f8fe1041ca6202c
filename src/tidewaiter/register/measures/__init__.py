"""The rules in force that a transfer would breach if the claim is true.

``rules`` reads the tables, ``days`` holds their terms against the days told, ``judging`` the rest;
``findings`` makes what a row of the register shows.
"""

from tidewaiter.register.measures.rows import measures_of
from tidewaiter.register.measures.rules import Rule, Rules, rules_of

__all__ = ["Rule", "Rules", "measures_of", "rules_of"]
