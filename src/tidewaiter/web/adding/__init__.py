"""Adding reports in the case app.

``limits`` says what is taken and makes bytes of a pasted text.  What was sent is kept in ``arrivals`` before
the answer, so that no end of the app loses it.  ``queue`` has it taken in and the case built by a process of
its own (``working``), one after the other, and knows how far that is.
"""
