"""The case app: a case in the browser, to be read, and with ``--edit`` to be worked on.

``serve`` is the whole interface.  ``desk`` holds the case in one thread, ``shown`` is the case as of one
moment with what the pages look up in it, ``pages`` says what each address shows, ``app`` answers requests,
``guard`` refuses those that do not come from the user's own browser and ``serving`` listens.  What writes
to the case is a form: ``forms`` reads it, ``deeds`` says what forms do, ``sessions`` who sends them;
``entering``, ``passwords`` and ``attempts`` are the door where the app is shown to other machines.
"""

from tidewaiter.web.serving import Terms, serve

__all__ = ["Terms", "serve"]
