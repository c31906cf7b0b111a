"""The search service: a Flask application over the index that a folder publishes.

`create_app` takes the index folder; out comes an application that serves result pages, entry pages and the same as
JSON. Everything that its pages need comes from its own origin, and the headers say so.
"""

from __future__ import annotations

import mimetypes
from pathlib import Path
from typing import Final, cast

from flask import Flask, Response, abort, current_app, g, request
from flask.json.provider import DefaultJSONProvider
from werkzeug.wrappers import Response as AnyResponse

from indexer.store import Reader
from indexer.tokens import tokenize
from search_app import place_names, wording
from search_app.delivery import code_version, deliver, is_known, make_tag, static_version
from search_app.generations import PublishedIndex
from search_app.links import Links
from search_app.synonyms import find_expansions

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
_FILE_TYPES: Final = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}


class JapaneseJson(DefaultJSONProvider):
    """JSON as people read it: Japanese as it is written, names in the order of the contract."""

    ensure_ascii = False
    sort_keys = False


def create_app(index_dir: Path, *, testing: bool = False) -> Flask:
    """Make the application that serves the index in `index_dir`.

    Raises a StoreError, whose message names the command to run, when there is no index or when another version wrote
    it. A new build in the same folder is served from the next request on. `testing` lets errors through to the test.
    """
    from search_app import api, atlas, discovery, export_views, guide_views, views

    for suffix, kind in _FILE_TYPES.items():
        # Windows takes them from its registry, where a program may have put others; browsers then refuse the script.
        mimetypes.add_type(kind, suffix)
    static = Path(__file__).parent / "static"
    # The version is a folder: what a script or a style names beside itself is of the same version.
    app = Flask(__name__, static_folder=static, static_url_path=f"/static/{static_version(static)}")
    app.config["TESTING"] = testing
    app.config["PROVIDE_AUTOMATIC_OPTIONS"] = False  # it would offer the methods that api.nothing refuses
    app.extensions[_INDEX] = PublishedIndex(index_dir)
    app.json = JapaneseJson(app)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    views.init_app(app)
    atlas.init_app(app)
    discovery.init_app(app)
    guide_views.init_app(app)
    export_views.init_app(app)
    api.init_app(app)
    app.after_request(_finish)
    _prepare(app)
    return app


def _prepare(app: Flask) -> None:
    """Do now what the first search would wait for; what is served is of one version, also when files are replaced.

    Tables are read now, too, because threads that all wait for one would each make it.
    """
    code_version()
    for name in app.jinja_env.list_templates():
        app.jinja_env.get_template(name)
    find_expansions(tokenize("図書館"))  # loads Sudachi's dictionary and the thesaurus
    for names in (place_names.full_names, place_names.short_names, place_names.readings):
        names()


def current_reader() -> Reader:
    """Give the index generation that this request reads from, from its first question to its last."""
    if "reader" not in g:
        g.reader = cast("PublishedIndex", current_app.extensions[_INDEX]).reader()
    return cast("Reader", g.reader)


def current_links() -> Links:
    """Give the addresses of the service as this request reaches it (behind a proxy: below its prefix)."""
    return Links(request.script_root)


def permanent_links() -> Links:
    """Give the addresses of the service with its host, as whoever asks reaches it."""
    return Links(request.url_root.rstrip("/"))


def skip_if_known(*asked: str) -> None:
    """End the request with a 304 where the browser has its answer: call this before anything is evaluated.

    `asked` is what was asked for beside the path, as it was understood: what means the same has one name.
    """
    g.tag = make_tag(current_reader().generation, request.url_root, request.path, *asked)
    if is_known(g.tag, request):
        abort(Response(status=304))


def skip_page_if_known(*asked: str) -> None:
    """End the request for a page with a 304 where the browser has it from today: a page is printed with its day."""
    skip_if_known(wording.today(), *asked)


def _finish(response: AnyResponse) -> AnyResponse:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    return deliver(response, request, tag=g.get("tag"), immutable=request.endpoint == "static")
