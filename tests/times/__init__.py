"""Reading dates, measured on reference data."""
