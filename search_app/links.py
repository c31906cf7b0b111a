"""Links: every address of the service, written in one place.

A link carries the whole state of a search, so that it can be kept, sent and opened again. Nothing here asks Flask:
`root` is the path that the service is mounted at ("" at the top of a host), which only the request knows.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from search_app.params import SearchParams


@dataclass(frozen=True, slots=True)
class Links:
    """Paths of the service below `root`, which is reached at `host` (https://example.org); both without a slash at the end."""

    root: str = ""
    host: str = ""

    def search(self, params: SearchParams) -> str:
        """Path of the result page of a search."""
        return self._path("/", params)

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

    def absolute(self, path: str) -> str:
        """Address of a path that another method gave, for use outside the service."""
        return f"{self.host}{path}"

    def _path(self, path: str, params: SearchParams | None = None) -> str:
        query = params.to_query() if params else ""
        return f"{self.root}{path}?{query}" if query else f"{self.root}{path}"
