"""The search service: a Flask application over the index that a folder publishes.

`create_app` takes the index folder; out comes an application that serves result pages, entry pages and the same as
JSON. Everything that its pages need comes from its own origin, and the headers say so.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final, cast

from flask import Flask, Response, current_app, g, request
from flask.json.provider import DefaultJSONProvider

from indexer.store import Reader
from search_app.generations import PublishedIndex
from search_app.links import Links

_INDEX: Final = "search_app.index"
_HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # What an officer searches for is nobody else's business: links to official sources do not carry it along.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class JapaneseJson(DefaultJSONProvider):
    """JSON as people read it: Japanese as it is written, names in the order of the contract."""

    ensure_ascii = False
    sort_keys = False


def create_app(index_dir: Path, *, testing: bool = False) -> Flask:
    """Make the application that serves the index in `index_dir`.

    Raises a StoreError, whose message names the command to run, when there is no index or when another version wrote
    it. A new build in the same folder is served from the next request on. `testing` lets errors through to the test.
    """
    from search_app import api, atlas, discovery, views

    app = Flask(__name__)
    app.config["TESTING"] = testing
    app.config["PROVIDE_AUTOMATIC_OPTIONS"] = False  # it would offer the methods that api.nothing refuses
    app.extensions[_INDEX] = PublishedIndex(index_dir)
    app.json = JapaneseJson(app)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    views.init_app(app)
    atlas.init_app(app)
    discovery.init_app(app)
    api.init_app(app)
    app.after_request(_secure)
    return app


def current_reader() -> Reader:
    """Give the index generation that this request reads from, from its first question to its last."""
    if "reader" not in g:
        g.reader = cast("PublishedIndex", current_app.extensions[_INDEX]).reader()
    return cast("Reader", g.reader)


def current_links() -> Links:
    """Give the addresses of the service as this request reaches it (behind a proxy: below its prefix)."""
    return Links(request.script_root, request.host_url.rstrip("/"))


def _secure(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    return response
