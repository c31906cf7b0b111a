"""Export views: the routes of what is taken away: files, the feed, the pages of chosen entries."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import quote

from flask import Blueprint, Flask, abort, jsonify, render_template, request
from werkzeug.wrappers import Response

from search_app import current_links, current_reader, feed, listings, permanent_links, skip_if_known, wording
from search_app.exports import FORMATS
from search_app.listings import Listing, list_search, list_selection
from search_app.params import MULTI_NAMES, ParamError, SearchParams
from search_app.payloads import error_payload
from search_app.search import run_export
from search_app.selection import MAX_COMPARED, MIN_COMPARED, parse_ids, run_selection
from search_app.selection_pages import SelectionView, build_comparison_view, build_selection_view
from search_app.views import show_param_error

blueprint = Blueprint("exports", __name__)


def init_app(app: Flask) -> None:
    """Add the files, the feed and the pages of chosen entries."""
    app.register_blueprint(blueprint)
    app.context_processor(_describe_print)


@blueprint.get("/selection")
def selection() -> tuple[str, int]:
    """List chosen entries: the address is a permalink of the selection."""
    chosen = run_selection(parse_ids(request.args.items(multi=True)), current_reader())
    return _show("selection.html", build_selection_view(chosen, current_links(), permanent_links()))


@blueprint.get("/compare")
def compare() -> tuple[str, int]:
    """Set two to six chosen entries side by side."""
    ids = parse_ids(request.args.items(multi=True), least=MIN_COMPARED, most=MAX_COMPARED)
    chosen = run_selection(ids, current_reader())
    return _show("compare.html", build_comparison_view(chosen, current_links(), permanent_links()))


@blueprint.get("/export.<extension>")
def export(extension: str) -> Response:
    """Give a whole search, or the entries of `ids`, as a file."""
    kind = FORMATS.get(extension)
    if kind is None:
        abort(404)
    listing = _list_selection() if "ids" in request.args else _list_search(_search_params(), limit=listings.LIMIT)
    response = Response(kind.write(listing), content_type=kind.media_type)
    response.headers["Content-Disposition"] = _attachment(extension)
    return response


@blueprint.get("/feed.atom")
def search_feed() -> Response:
    """Give the newest entries of a search as a feed; unchanged as long as the index is."""
    if "ids" in request.args:
        raise ParamError("ids", "新着（Atom）は検索の条件に対するものです。選んだ事例には使えません。")
    params = _search_params().sorted_by("newest")
    skip_if_known(params.to_query())
    content = feed.write_feed(
        _list_search(params, limit=feed.LIMIT),
        feed_url=permanent_links().feed(params),
        built_at=current_reader().built_at,
    )
    return Response(content, content_type=feed.MEDIA_TYPE)


@blueprint.errorhandler(ParamError)
def refuse_parameter(error: ParamError) -> Response | tuple[Response | str, int]:
    """Name the parameter that is wrong: as JSON where JSON was asked for, else on a page."""
    if request.path.endswith(".json"):
        return jsonify(error_payload(error.message, parameter=error.name)), 400
    return show_param_error(error)


def _search_params() -> SearchParams:
    return SearchParams.parse(request.args.items(multi=True), strict=False)


def _list_search(params: SearchParams, *, limit: int) -> Listing:
    reader = current_reader()
    return list_search(
        run_export(params, reader, limit=limit),
        permanent_links(),
        made_on=wording.today(),
        built_on=wording.date_in_japan(reader.built_at),
    )


def _list_selection() -> Listing:
    for name in ("q", *MULTI_NAMES):
        if name in request.args:
            raise ParamError(name, "事例の番号（ids）と検索の条件は、一緒に指定できません。どちらかを外してください。")
    reader = current_reader()
    chosen = run_selection(parse_ids(request.args.items(multi=True)), reader)
    if not chosen.entries:
        raise ParamError("ids", f"この番号の事例はありません: {'、'.join(chosen.unknown)}")
    return list_selection(
        chosen, permanent_links(), made_on=wording.today(), built_on=wording.date_in_japan(reader.built_at)
    )


def _show(template: str, page: SelectionView) -> tuple[str, int]:
    return render_template(template, page=page), 200 if page.hits else 404


def _attachment(extension: str) -> str:
    """Name the file, in Japanese and for programs that know only ASCII."""
    day = f"{datetime.now(wording.JAPAN):%Y%m%d}"
    name = quote(f"{listings.TITLE}_{day}.{extension}")
    return f"attachment; filename=zenrei_{day}.{extension}; filename*=UTF-8''{name}"


def _describe_print() -> dict[str, object]:
    return {"printed_on": wording.today(), "printed_url": request.url}
