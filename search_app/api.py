"""API: the routes of the JSON contract. Parse strictly, run, answer with JSON, errors included."""

from __future__ import annotations

from flask import Blueprint, Flask, Response, abort, jsonify, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from search_app import current_links, current_reader, skip_if_known
from search_app.error_pages import describe_error
from search_app.openapi import describe_api
from search_app.params import ParamError, SearchParams, parse_typed, read_limit
from search_app.payloads import entry_payload, error_payload, search_payload, similar_payload, suggest_payload
from search_app.search import run_entry, run_search
from search_app.similar import MOST_SHOWN, SHOWN, find_similar
from search_app.suggest import suggest

_READING = ("GET", "HEAD")
_METHODS = (*_READING, "OPTIONS", "POST", "PUT", "PATCH", "DELETE")

blueprint = Blueprint("api", __name__)


def init_app(app: Flask) -> None:
    """Add the JSON routes."""
    app.register_blueprint(blueprint)


@blueprint.get("/api/search")
def search() -> Response:
    """Answer a search. An unknown parameter or a bad value is a 400 that names it."""
    params = SearchParams.parse(request.args.items(multi=True))
    skip_if_known(params.to_query())
    return jsonify(search_payload(run_search(params, current_reader()), current_links()))


@blueprint.get("/api/suggest")
def suggestions() -> Response:
    """Suggest what completes a query that is being typed."""
    typed = parse_typed(request.args.items(multi=True))
    skip_if_known(typed)
    return jsonify(suggest_payload(suggest(typed, current_reader()), current_links()))


@blueprint.get("/api/entries/<entry_id>")
def entry(entry_id: str) -> Response | tuple[Response, int]:
    """Answer with one entry, whole; 404 for an id that the index does not have."""
    for name in request.args:
        raise ParamError(name, "この名前の項目はありません。項目は付けられません。")
    skip_if_known()
    page = run_entry(entry_id, current_reader())
    return _no_entry() if page is None else jsonify(entry_payload(page, current_links()))


@blueprint.get("/api/entries/<entry_id>/similar")
def similar(entry_id: str) -> Response | tuple[Response, int]:
    """Answer with entries like this one, those of other areas first; 404 for an id that the index does not have."""
    limit = read_limit(request.args.items(multi=True), most=MOST_SHOWN, default=SHOWN)
    skip_if_known(str(limit))
    reader = current_reader()
    found = reader.entry(entry_id)
    if found is None:
        return _no_entry()
    return jsonify(similar_payload(found, find_similar(found, reader, limit=limit), current_links()))


@blueprint.get("/api/openapi.json")
def openapi() -> Response:
    """Describe this contract to programs."""
    skip_if_known()
    return jsonify(describe_api(current_links()))


@blueprint.get("/healthz")
def health() -> Response:
    """Say that the service answers, and from which index."""
    reader = current_reader()
    return jsonify({"status": "ok", "generation": reader.generation, "entries": reader.entry_count})


@blueprint.route("/api/", defaults={"_path": ""}, methods=_METHODS)
@blueprint.route("/api/<path:_path>", methods=_METHODS)
def nothing(_path: str) -> Response:
    """Refuse what no route above answers, so that a program gets JSON for its mistakes too."""
    if request.method in _READING:
        abort(404)
    raise MethodNotAllowed(valid_methods=_READING)


def _no_entry() -> tuple[Response, int]:
    return jsonify(error_payload("この番号の事例はありません。", parameter="id")), 404


@blueprint.errorhandler(ParamError)
def refuse_parameter(error: ParamError) -> tuple[Response, int]:
    """Name the parameter that is wrong and say what would be right."""
    return jsonify(error_payload(error.message, parameter=error.name)), 400


@blueprint.errorhandler(HTTPException)
def refuse(error: HTTPException) -> tuple[Response, int, dict[str, str]]:
    """Answer an error as JSON; what is refused for its method learns which ones are taken."""
    code = error.code or 500
    headers = {name: value for name, value in error.get_headers() if name == "Allow"}
    return jsonify(error_payload(describe_error(code))), code, headers
