"""Who: states, bodies, groups, firms, persons and offices named in a document, and what stands for them."""
