"""Whether a case holds: checks of captures, records, stores, words and ids, values in, findings out."""

from tidewaiter.verification.findings import MEANINGS, Finding, Kind, Level, finding

__all__ = ["MEANINGS", "Finding", "Kind", "Level", "finding"]
