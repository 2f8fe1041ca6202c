"""When: days, months and years named in a document, as EDTF."""
