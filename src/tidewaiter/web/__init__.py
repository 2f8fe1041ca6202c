"""The case app: a case in the browser, to be read.

``serve`` is the whole interface.  ``desk`` holds the case in one thread, ``shown`` is the case as of one
moment with what the pages look up in it, ``pages`` says what each address shows, ``app`` answers requests,
``guard`` refuses those that do not come from the user's own browser and ``serving`` listens.  Nothing here
writes to the case.
"""

from tidewaiter.web.serving import Terms, serve

__all__ = ["Terms", "serve"]
