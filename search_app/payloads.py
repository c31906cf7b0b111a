"""Payloads: what the JSON API answers.

A ResultPage or an EntryPage in, plain objects for `json` out. The names are a contract that others rely on: they are
those of the data model, and change only with a note in the changelog.
"""

from __future__ import annotations

from collections.abc import Sequence

from indexer.records import Entry, entry_to_json
from search_app import wording
from search_app.facets import FacetValue
from search_app.links import Links
from search_app.listings import Listing
from search_app.search import EntryPage, Hit, ResultPage, Segment
from search_app.similar import Similar

JsonObject = dict[str, object]

HIT_NAMES = (  # of an entry; its body is in /api/entries/ID
    "id",
    "title",
    "kind",
    "region",
    "prefectures",
    "municipalities",
    "pillar",
    "category",
    "category_label",
    "fiscal_year",
    "start_year",
    "url",
    "source",
)


def search_payload(page: ResultPage, links: Links) -> JsonObject:
    """Give a result page; `next_url` and `previous_url` are null at the ends."""
    params = page.params
    last = min(params.page - 1, page.pages)  # one step back from behind the end is the last page
    return {
        "query": {"q": params.q, "terms": list(page.terms), "interpretation": page.interpretation},
        "total": page.total,
        "page": params.page,
        "pages": page.pages,
        "per_page": params.per_page,
        "hits": [_hit(hit, links) for hit in page.hits],
        "facets": {facet.name: [_value(value) for value in facet.values] for facet in page.facets},
        "next_url": links.api_search(params.on_page(params.page + 1)) if params.page < page.pages else None,
        "previous_url": links.api_search(params.on_page(last)) if last >= 1 else None,
    }


def entry_payload(page: EntryPage, links: Links) -> JsonObject:
    """Give an entry with all that is known of it, and its neighbours in the document (null at its ends)."""
    return {
        **_entry(page.entry, links),
        "previous": _neighbour(page.previous, links),
        "next": _neighbour(page.next, links),
    }


def similar_payload(entry: Entry, similar: Sequence[Similar], links: Links) -> JsonObject:
    """Give entries like `entry`, the most alike first, each with the words in common."""
    found = []
    for each in similar:
        values = _entry(each.entry, links)
        found.append({name: values[name] for name in HIT_NAMES} | {"common": list(each.words)})
    return {"id": entry.id, "similar": found}


def listing_payload(listing: Listing) -> JsonObject:
    """Give entries that are taken away, whole; `remarks` say what is missing, `total` counts that too."""
    return {
        "asked": listing.asked,
        "filters": listing.filters,
        "total": listing.total,
        "exported": len(listing.entries),
        "unknown_ids": list(listing.unknown),
        "remarks": list(listing.remarks),
        "made_on": listing.made_on,
        "built_on": listing.built_on,
        "url": listing.url,
        "entries": [_entry(entry, listing.links) for entry in listing.entries],
    }


def error_payload(message: str, *, parameter: str | None = None) -> JsonObject:
    """Give an error; `parameter` names what is wrong in the request, null where no single thing is."""
    return {"error": {"parameter": parameter, "message": message}}


def _entry(entry: Entry, links: Links) -> JsonObject:
    return {
        **entry_to_json(entry),
        "category_label": wording.category(entry.category),
        "url": links.entry(entry.id),
    }


def _hit(hit: Hit, links: Links) -> JsonObject:
    entry = _entry(hit.entry, links)
    return {name: entry[name] for name in HIT_NAMES} | {"score": hit.score, "snippet": _plain(hit.snippet)}


def _plain(segments: tuple[Segment, ...]) -> str:
    return "".join(segment.text for segment in segments)


def _value(value: FacetValue) -> JsonObject:
    return {
        "value": value.value,
        "label": value.label,
        "count": value.count,
        "selected": value.selected,
        "children": [_value(child) for child in value.children],
    }


def _neighbour(entry: Entry | None, links: Links) -> JsonObject | None:
    return None if entry is None else {"id": entry.id, "title": entry.title, "url": links.entry(entry.id)}
