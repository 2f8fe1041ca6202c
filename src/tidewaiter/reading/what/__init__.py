"""What and how many: military goods and amounts named in a document."""
