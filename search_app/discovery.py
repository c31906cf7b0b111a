"""Discovery: the routes by which browsers and search engines find their way: OpenSearch, sitemap, robots.

Entries, areas and places are there to be found from elsewhere. Results are not: they are the same entries again under
endless addresses.
"""

from __future__ import annotations

from flask import Blueprint, Flask, Response, abort, render_template, request

from search_app import current_links, current_reader, permanent_links, skip_if_known
from search_app.sitemaps import count_parts, list_addresses

_XML = "application/xml; charset=utf-8"
# Pages that may be listed; of the search page only the one without a question.
_LISTED = frozenset({"views.search", "views.entry", "atlas.overview", "atlas.area", "atlas.place"})

blueprint = Blueprint("discovery", __name__)


def init_app(app: Flask) -> None:
    """Add the routes, and the word to search engines on every answer that they should not list."""
    app.register_blueprint(blueprint)
    app.after_request(_keep_out)


@blueprint.get("/opensearch.xml")
def opensearch() -> Response:
    """Describe the search to browsers, so that the address bar can ask it."""
    skip_if_known()
    return Response(
        render_template("opensearch.xml", links=permanent_links()),
        content_type="application/opensearchdescription+xml; charset=utf-8",
    )


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Say what to leave alone, and where the sitemap is."""
    skip_if_known()
    page = render_template("robots.txt", root=current_links().root, sitemap=permanent_links().sitemap())
    return Response(page, content_type="text/plain; charset=utf-8")


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    """List the parts of the sitemap."""
    skip_if_known()
    reader = current_reader()
    page = render_template(
        "sitemap_index.xml", links=permanent_links(), parts=count_parts(reader), built_at=reader.built_at
    )
    return Response(page, content_type=_XML)


@blueprint.get("/sitemaps/<int:part>.xml")
def sitemap_part(part: int) -> Response:
    """List the addresses of one part."""
    skip_if_known()
    reader = current_reader()
    if not 1 <= part <= count_parts(reader):
        abort(404)
    addresses = list_addresses(part, reader, permanent_links())
    return Response(render_template("sitemap.xml", addresses=addresses, built_at=reader.built_at), content_type=_XML)


def _keep_out(response: Response) -> Response:
    asked = request.endpoint == "views.search" and request.query_string
    # A 304 stands for the page that was sent before: its headers become those of that page.
    if request.endpoint not in _LISTED or asked or response.status_code not in (200, 304):
        response.headers["X-Robots-Tag"] = "noindex"
    return response
