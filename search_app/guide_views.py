"""Guide views: the routes of the pages that explain: how to search, and how accessible the pages are."""

from __future__ import annotations

from flask import Blueprint, Flask, render_template

from search_app import current_links, current_reader, skip_page_if_known
from search_app.guide_pages import build_accessibility_view, build_help_view

blueprint = Blueprint("guides", __name__)


def init_app(app: Flask) -> None:
    """Add the guides."""
    app.register_blueprint(blueprint)


@blueprint.get("/help")
def show_help() -> str:
    """Explain how to search, with examples that can be tried."""
    skip_page_if_known()
    return render_template("help.html", page=build_help_view(current_reader(), current_links()))


@blueprint.get("/accessibility")
def show_accessibility() -> str:
    """State how accessible the pages are, and what is not."""
    skip_page_if_known()
    return render_template("accessibility.html", page=build_accessibility_view(current_links()))
