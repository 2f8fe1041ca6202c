"""Discrepancies: where copies, retellings or accounts disagree, or one text contradicts itself."""
