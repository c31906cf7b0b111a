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
from search_app.params import SearchParams
from search_app.search import EntryPage, Hit, ResultPage, Segment
from search_app.similar import Similar
from search_app.suggest import Suggestion
from search_app.understanding import Understanding
from search_app.whereabouts import Place

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

TIME_NAMES = ("first", "last", "fiscal", "about_start")  # of a time that a query asks for


def search_payload(page: ResultPage, links: Links) -> JsonObject:
    """Give a result page; `next_url` and `previous_url` are null at the ends."""
    params = page.params
    last = min(params.page - 1, page.pages)  # one step back from behind the end is the last page
    return {
        "query": _query(page),
        "total": page.total,
        "page": params.page,
        "pages": page.pages,
        "per_page": params.per_page,
        "hits": [_hit(hit, links) for hit in page.hits],
        "facets": {facet.name: [_value(value) for value in facet.values] for facet in page.facets},
        "next_url": links.api_search(params.on_page(params.page + 1)) if params.page < page.pages else None,
        "previous_url": links.api_search(params.on_page(last)) if last >= 1 else None,
    }


def _query(page: ResultPage) -> JsonObject:
    """Give what was asked and how it was understood."""
    understood = page.understanding
    return {
        "q": page.params.q,
        "terms": list(page.terms),
        "interpretation": page.interpretation,
        "expansions": [{"word": word, "alternatives": others} for word, others in _expansions(understood).items()],
        "times": [
            {"word": time.text} | {name: getattr(time, name) for name in TIME_NAMES} for time in understood.times
        ],
        "places": [{"word": word, "candidates": [_place(place) for place in same]} for word, same in understood.places],
        "literal_all": understood.literal,
    }


def _expansions(understood: Understanding) -> dict[str, list[str]]:
    """Give by word what else is looked for: what means the same, then what is related or read so."""
    found: dict[str, list[str]] = {}
    for widened in understood.widened:
        for others in widened.others:
            known = found.setdefault(others.text, [])
            known += [other for other in others.alternatives if other not in known]
    return found


def _place(place: Place) -> JsonObject:
    code = place.codes[0] if place.kind == "municipality" else None
    return {"name": place.name, "kind": place.kind, "code": code}


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


def suggest_payload(suggestions: Sequence[Suggestion], links: Links) -> JsonObject:
    """Give suggestions in their order; `url` leads to the search for what is suggested."""
    return {"suggestions": [_suggestion(each, links) for each in suggestions]}


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
    told = {name: entry[name] for name in HIT_NAMES} | {"score": hit.score, "snippet": _plain(hit.snippet)}
    if hit.explanation:
        told["reasons"] = [
            {"word": reason.word, "how": reason.how, "by": reason.by, "fields": list(reason.fields)}
            for reason in hit.explanation.reasons
        ]
    return told


def _plain(segments: tuple[Segment, ...]) -> str:
    return "".join(segment.text for segment in segments)


def _suggestion(suggestion: Suggestion, links: Links) -> JsonObject:
    """Give a suggestion. An area is searched for by its facet, everything else by its words.

    The name of an initiative is looked for as it stands: its words would find many others.
    """
    area = suggestion.region
    quoted = '"' + suggestion.text.replace('"', " ") + '"'
    query = quoted if suggestion.kind == "title" else suggestion.text
    return {
        "text": suggestion.text,
        "query": query,
        "kind": suggestion.kind,
        "label": suggestion.label,
        "count": suggestion.entries,
        "url": links.search(SearchParams(region=(area,)) if area else SearchParams(q=query)),
    }


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
