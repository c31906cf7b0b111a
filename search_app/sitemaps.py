"""Sitemaps: every address that may be found from elsewhere, in parts within the limits of the sitemap protocol."""

from __future__ import annotations

from indexer.places import PREFECTURES, municipalities
from indexer.store import Reader
from search_app.areas import list_areas
from search_app.facts import prefecture_code
from search_app.links import Links

# The protocol allows 50,000 addresses and 50 MB in a file.
MOST_ADDRESSES = 50_000


def count_parts(reader: Reader) -> int:
    """Count the parts: the first holds the pages about places, the others the entries."""
    return 1 + -(-reader.entry_count // MOST_ADDRESSES)


def list_addresses(part: int, reader: Reader, links: Links) -> list[str]:
    """List the addresses of a part (1 to `count_parts`); `links` makes whole ones."""
    if part == 1:
        return _pages(reader, links)
    first = (part - 2) * MOST_ADDRESSES
    return [links.entry(entry_id) for entry_id in reader.entry_ids(first, first + MOST_ADDRESSES)]


def _pages(reader: Reader, links: Links) -> list[str]:
    return [
        links.home(),
        links.overview(),
        *(links.area(known.id) for known in list_areas(reader)),
        *(links.place(prefecture_code(name)) for name in PREFECTURES),
        *(links.place(place.code) for place in municipalities()),
    ]
