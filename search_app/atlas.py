"""Atlas: the routes of the pages that show what there is: the overview, areas, municipalities and prefectures."""

from __future__ import annotations

from flask import Blueprint, Flask, abort, redirect, render_template
from werkzeug.wrappers import Response

from search_app import current_links, current_reader, skip_page_if_known
from search_app.area_pages import build_area_view
from search_app.areas import area_of_region, find_area
from search_app.overview_pages import build_overview
from search_app.place_pages import build_municipality_view, build_prefecture_view, find_prefecture, full_code

blueprint = Blueprint("atlas", __name__)


def init_app(app: Flask) -> None:
    """Add the pages."""
    app.register_blueprint(blueprint)


@blueprint.get("/overview")
def overview() -> str:
    """Show areas against categories, and which documents the counts come from."""
    skip_page_if_known()
    return render_template("overview.html", page=build_overview(current_reader(), current_links()))


@blueprint.get("/areas/<area_id>")
def area(area_id: str) -> str | Response:
    """Show an area; its name in the place of its id leads to it."""
    skip_page_if_known()
    reader, links = current_reader(), current_links()
    known = find_area(area_id, reader)
    if known:
        return render_template("area.html", page=build_area_view(known, reader, links))
    named = area_of_region(area_id, reader)
    if named is None:
        abort(404)
    return redirect(links.area(named.id))


@blueprint.get("/places/<code>")
def place(code: str) -> str | Response:
    """Show a municipality or a prefecture; another spelling of its code leads to it."""
    skip_page_if_known()
    reader, links = current_reader(), current_links()
    prefecture = find_prefecture(code)
    if prefecture:
        return render_template("prefecture.html", page=build_prefecture_view(prefecture, reader, links))
    page = build_municipality_view(code, reader, links)
    if page:
        return render_template("municipality.html", page=page)
    whole = full_code(code)
    if whole is None:
        abort(404)
    return redirect(links.place(whole))
