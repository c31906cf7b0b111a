"""Serving: an application and a listening socket in, a server out that takes addresses as people write them.

waitress alone refuses an address with Japanese in it that was not quoted (`curl http://…/?q=図書館`), before the
application sees it. The bytes are quoted here as a browser would have quoted them.
"""

from __future__ import annotations

import gc
import re
import socket
from typing import Protocol

from flask import Flask
from waitress.channel import HTTPChannel  # type: ignore[import-untyped]  # waitress ships no type information
from waitress.parser import HTTPRequestParser  # type: ignore[import-untyped]
from waitress.server import create_server  # type: ignore[import-untyped]

# Nothing that is asked here has a body; whoever sends one, or opens connections and waits, must not hold up the others.
_MOST_BODY = 64 * 1024  # bytes
_IDLE_SECONDS = 20
_MOST_CONNECTIONS = 1_000
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")


class Server(Protocol):
    """What serves until it is told to stop."""

    def run(self) -> None:
        """Serve; returns on Ctrl-C."""


class _QuotingParser(HTTPRequestParser):  # type: ignore[misc]  # untyped, see above
    def parse_header(self, header_plus: bytes) -> None:
        first, end, headers = header_plus.partition(b"\r\n")
        quoted = _BEYOND_ASCII.sub(lambda byte: b"%%%02X" % ord(byte.group()), first)
        super().parse_header(quoted + end + headers)


class _QuotingChannel(HTTPChannel):  # type: ignore[misc]  # untyped, see above
    parser_class = _QuotingParser


def make_server(app: Flask, listener: socket.socket) -> Server:
    """Make the server of `app` on a socket that listens already."""
    server: Server = create_server(
        app,
        sockets=[listener],
        max_request_body_size=_MOST_BODY,
        channel_timeout=_IDLE_SECONDS,
        cleanup_interval=_IDLE_SECONDS // 2,
        connection_limit=_MOST_CONNECTIONS,
        ident=None,
    )
    # What was made until now stays as long as the process: the collector need not look through it, the thesaurus above
    # all, while somebody waits for a page.
    gc.collect()
    gc.freeze()
    server.channel_class = _QuotingChannel  # type: ignore[attr-defined]  # waitress's own place for it
    return server
