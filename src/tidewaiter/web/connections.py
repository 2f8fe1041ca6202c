"""Connections that ask for nothing are not kept: uvicorn waits for the head of a request for ever."""

from __future__ import annotations

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_SECONDS = 20.0
"""From a connection or an answer to the end of the head of the next request that has begun: as Apache's
mod_reqtimeout has it by default."""

MOST_HEAD_BYTES = 32 * 1024
"""Of the first line and the headers; addresses of the app have some hundreds."""

MOST_CONNECTIONS = 400
"""At once; with more the next are told to come again (503)."""


class Patience(H11Protocol):
    """HTTP/1.1 that closes a connection whose request does not come."""

    _late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._late = self.loop.call_later(HEAD_SECONDS, transport.close)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._stop()
        elif self._late is None:
            self._late = self.loop.call_later(HEAD_SECONDS, self.transport.close)

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop()
        super().connection_lost(exc)

    def _stop(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None
