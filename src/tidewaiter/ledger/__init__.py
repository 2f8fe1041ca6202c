"""Keeping: what cannot be made again (durable) apart from what can (derived)."""
