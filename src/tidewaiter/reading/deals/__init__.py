"""Which transfers a document tells of, how far they went, by what way, for what in return, and who
asserts or denies them."""
