"""Tidewaiter: an evidence ledger of reported arms transfers."""

__version__ = "0.1.0"
