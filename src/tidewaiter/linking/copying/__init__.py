"""Copies: which of two documents has its words, or its order of telling, from the other, and what they have
in common."""
