"""Links: every address of the service, written in one place.

A link carries the whole state of a search, so that it can be kept, sent and opened again. Nothing here asks Flask:
`root` is the path that the service is mounted at ("" at the top of a host), which only the request knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import quote, urlsplit

from search_app.params import PER_PAGE, SearchParams

_ENCODED = re.compile("(?:%[89A-F][0-9A-F])+")  # of a character that is not ASCII


@dataclass(frozen=True, slots=True)
class Links:
    """Paths of the service below `root` (without a slash at its end).

    With a root that names a host, as what leaves the service needs it, they are whole addresses.
    """

    root: str = ""

    def home(self) -> str:
        """Path of the home page, which is what the search form is sent to."""
        return self._path("/")

    def search(self, params: SearchParams) -> str:
        """Path of the result page of a search; of everything where nothing is asked for (`/` alone is the home page)."""
        return f"{self.root}/?{params.to_query() or 'q='}"

    def help(self) -> str:
        """Path of the page that explains how to search."""
        return self._path("/help")

    def accessibility(self) -> str:
        """Path of the accessibility statement."""
        return self._path("/accessibility")

    def entry(self, entry_id: str, params: SearchParams | None = None) -> str:
        """Path of an entry page; with `params` it remembers the search that it was found by."""
        return self._path(f"/entries/{quote(entry_id, safe='')}", params)

    def api_search(self, params: SearchParams) -> str:
        """Path of the same search as JSON."""
        return self._path("/api/search", params)

    def api_entry(self, entry_id: str) -> str:
        """Path of an entry as JSON."""
        return self._path(f"/api/entries/{quote(entry_id, safe='')}")

    def area(self, area_id: str) -> str:
        """Path of the page of an area."""
        return self._path(f"/areas/{quote(area_id, safe='')}")

    def place(self, code: str) -> str:
        """Path of the page of a municipality (6 digits) or a prefecture (2 digits)."""
        return self._path(f"/places/{quote(code, safe='')}")

    def overview(self) -> str:
        """Path of the overview."""
        return self._path("/overview")

    def opensearch(self) -> str:
        """Path of the description of the search for browsers."""
        return self._path("/opensearch.xml")

    def sitemap(self, part: int | None = None) -> str:
        """Path of the sitemap, or of one part of it."""
        return self._path(f"/sitemaps/{part}.xml" if part else "/sitemap.xml")

    def selection(self, ids: Iterable[str]) -> str:
        """Path of the page that lists chosen entries, in this order; without ids what a form is sent to."""
        return f"{self.root}/selection{_ids(ids)}"

    def comparison(self, ids: Iterable[str]) -> str:
        """Path of the page that sets chosen entries side by side; without ids what a form is sent to."""
        return f"{self.root}/compare{_ids(ids)}"

    def search_export(self, extension: str, params: SearchParams) -> str:
        """Path of a whole search as a file."""
        return self._path(f"/export.{extension}", params.on_page(1))

    def selection_export(self, extension: str, ids: Iterable[str]) -> str:
        """Path of chosen entries as a file."""
        return f"{self.root}/export.{extension}{_ids(ids)}"

    def feed(self, params: SearchParams) -> str:
        """Path of the feed of a search: the same for every page, order and view of it."""
        plain = replace(params, open="", view="list", sort="relevance", page=1, per_page=PER_PAGE, explain=False)
        return self._path("/feed.atom", plain)

    def _path(self, path: str, params: SearchParams | None = None) -> str:
        query = params.to_query() if params else ""
        return f"{self.root}{path}?{query}" if query else f"{self.root}{path}"


def shorten_link(url: str) -> str:
    """Write Japanese in an address as it is read: a third as long, and sent by a browser as it was before."""
    return _ENCODED.sub(_decode, url)


def _decode(match: re.Match[str]) -> str:
    """Do what `unquote` does, for what is all encoded: a page has some two hundred addresses."""
    return bytes.fromhex(match[0].replace("%", "")).decode("utf-8", "replace")


def web_address(url: str | None) -> str | None:
    """Let only web addresses become links: what `sources.toml` says is text until then."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:  # a bracket without its partner
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def _ids(ids: Iterable[str]) -> str:
    named = ",".join(quote(entry_id, safe="") for entry_id in ids)
    return f"?ids={named}" if named else ""
