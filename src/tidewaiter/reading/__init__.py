"""Reading: what one document says. Pure functions from a document to frozen values."""
