"""The feed: a listing in, an Atom feed (RFC 4287) out, so that a feed reader tells of entries that are new to a search.

An entry's id is the address of its page, which stays the same as long as its source says the same.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, tostring

from indexer.records import Entry
from search_app import wording
from search_app.links import Links, web_address
from search_app.listings import Listing, printable, summarize

MEDIA_TYPE = "application/atom+xml; charset=utf-8"
LIMIT = 500  # entries, the newest: a feed reader asks often
_ATOM = "http://www.w3.org/2005/Atom"


def write_feed(listing: Listing, *, feed_url: str, built_at: str) -> bytes:
    """Write the feed of a search. `built_at` is the moment the index was built (ISO 8601): nothing is newer than that."""
    feed = Element("feed", {"xmlns": _ATOM, "xml:lang": "ja"})
    _add(feed, "id", feed_url)
    _add(feed, "title", f"{wording.PRODUCT}: {listing.asked}")
    _add(feed, "subtitle", "　".join(part for part in (listing.filters, f"新しい順、{listing.count}") if part))
    _add(feed, "updated", built_at)
    _link(feed, "self", feed_url, "application/atom+xml")
    _link(feed, "alternate", listing.url, "text/html")
    _add(SubElement(feed, "author"), "name", wording.PRODUCT)
    for entry in listing.entries:
        _add_entry(feed, entry, listing.links, built_at)
    content: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return content


def _add_entry(feed: Element, entry: Entry, links: Links, built_at: str) -> None:
    element = SubElement(feed, "entry")
    url = links.entry(entry.id)
    _add(element, "id", url)
    _add(element, "title", entry.title)
    _add(element, "updated", built_at)
    _link(element, "alternate", url, "text/html")
    if official := web_address(entry.source.url):
        _link(element, "via", official)
    if entry.category:
        label = wording.category(entry.category) or entry.category
        SubElement(element, "category", {"term": entry.category, "label": label})
    lines = (" · ".join(wording.where_and_when(entry)), summarize(entry.body), wording.source_line(entry.source))
    _add(element, "summary", "\n".join(line for line in lines if line))


def _add(parent: Element, tag: str, text: str) -> None:
    SubElement(parent, tag).text = printable(text)


def _link(parent: Element, rel: str, url: str, media_type: str | None = None) -> None:
    kind = {"type": media_type} if media_type else {}
    SubElement(parent, "link", {"rel": rel, "href": printable(url), **kind})
