"""The case as JSON, beside the pages: the records of the output contract, each at an address of its own.

``endpoints`` is the table of addresses; ``parameters`` says what each may be asked, ``lists`` and ``single``
gather what it answers, ``records`` says in which shape, ``openapi`` makes the description of all that, and
``answering`` answers requests.
"""
