"""Utterances: which statements retell one act of saying, and how its wording drifted."""
