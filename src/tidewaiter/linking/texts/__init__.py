"""Texts that are not parsed: their words and marks, figures, days, names and clauses, and what of two texts
is the same."""
