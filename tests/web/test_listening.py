"""The socket that the app listens on."""

from __future__ import annotations

import socket

from tidewaiter.web.serving import listen


def test_answers_are_sent_at_once() -> None:
    # asyncio turns Nagle's algorithm off on sockets whose protocol is named TCP, and on no others
    with listen(0) as listening:
        assert listening.proto == socket.IPPROTO_TCP
