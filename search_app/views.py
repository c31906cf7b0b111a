"""Views: the routes of the pages. Parse what the URL asks, run it, render it."""

from __future__ import annotations

from flask import Blueprint, Flask, abort, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from search_app import current_links, current_reader, permanent_links, skip_page_if_known, wording
from search_app.browse import browse_same_area
from search_app.entry_pages import build_entry_view
from search_app.error_pages import build_error_view
from search_app.home_pages import build_home_view
from search_app.pages import build_search_view
from search_app.params import ParamError, SearchParams
from search_app.search import run_entry, run_search
from search_app.similar import find_similar

blueprint = Blueprint("views", __name__)


def init_app(app: Flask) -> None:
    """Add the pages, and error pages for whatever no other part of the service answers for itself."""
    app.register_blueprint(blueprint)
    app.register_error_handler(ParamError, show_param_error)
    app.register_error_handler(HTTPException, show_error)
    app.context_processor(_describe_index)


@blueprint.get("/")
def search() -> str:
    """Show the search page: the box, the facets and the hits of what the URL asks for; the home page if for nothing."""
    if not request.args:
        return _show_home()
    params = SearchParams.parse(request.args.items(multi=True), strict=False)
    skip_page_if_known(params.to_query())
    page = run_search(params, current_reader(), helped=True)
    return render_template("search.html", page=build_search_view(page, current_links()))


@blueprint.get("/entries/<entry_id>")
def entry(entry_id: str) -> str:
    """Show an entry; the query string is the search that led here and has no say in whether the entry is shown."""
    params = _params_that_led_here()
    skip_page_if_known(params.to_query() if params else "")
    page = run_entry(entry_id, current_reader(), q=params.q if params else "")
    if page is None:
        abort(404)
    view = build_entry_view(
        page,
        current_links(),
        permanent_links(),
        params=params,
        same_area=browse_same_area(page.entry, current_reader()),
        similar=find_similar(page.entry, current_reader()),
    )
    return render_template("entry.html", page=view)


def show_param_error(error: ParamError) -> tuple[str, int]:
    """Name the parameter that is wrong and say what would be right."""
    page = build_error_view(400, current_links(), message=error.message, parameter=error.name)
    return render_template("error.html", page=page), 400


def show_error(error: HTTPException) -> Response:
    """Say in Japanese what cannot be shown and what to do, without a word of how the service is built."""
    response = error.get_response()
    response.content_type = "text/html; charset=utf-8"
    response.set_data(render_template("error.html", page=build_error_view(response.status_code, current_links())))
    return response


def _describe_index() -> dict[str, object]:
    reader = current_reader()
    return {
        "entries": wording.number(reader.entry_count),
        "documents": wording.number(reader.document_count),
        "built_on": wording.date_in_japan(reader.built_at),
    }


def _show_home() -> str:
    skip_page_if_known("home")
    return render_template("home.html", page=build_home_view(current_reader(), current_links()))


def _params_that_led_here() -> SearchParams | None:
    try:
        params = SearchParams.parse(request.args.items(multi=True), strict=False)
    except ParamError:
        return None
    return None if params == SearchParams() else params
