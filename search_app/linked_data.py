"""Linked data: an entry in the words of schema.org, which search engines and other programs read (JSON-LD)."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.records import Entry, Source
from search_app import wording
from search_app.links import Links

_SUMMARY = 200  # characters of the text in the description


def describe_entry(entry: Entry, links: Links, *, source_url: str | None) -> dict[str, object]:
    """Describe an entry as a part of its document; what the source does not say is left out.

    `source_url` is the document's address where it is one of the web.
    """
    url = links.absolute(links.entry(entry.id))
    about = wording.category(entry.category)
    described: dict[str, object | None] = {
        "@context": "https://schema.org",
        "@type": "CreativeWork",
        "@id": url,
        "url": url,
        "identifier": entry.id,
        "name": entry.title,
        "alternativeHeadline": entry.subtitle,
        "description": " ".join(entry.body.split())[:_SUMMARY],
        "inLanguage": "ja",
        "genre": wording.KIND_LABELS[entry.kind],
        "about": {"@type": "DefinedTerm", "termCode": entry.category, "name": about} if about else None,
        "spatialCoverage": [{"@type": "Place", "name": name} for name in _places(entry)],
        "temporalCoverage": str(entry.start_year) if entry.start_year else None,
        "isPartOf": _describe_source(entry.source, entry.fiscal_year, source_url),
    }
    return {name: value for name, value in described.items() if value}


def _places(entry: Entry) -> Iterator[str]:
    if entry.region:
        yield entry.region
    yield from entry.prefectures
    yield from entry.municipalities


def _describe_source(source: Source, fiscal_year: int | None, url: str | None) -> dict[str, object]:
    described: dict[str, object | None] = {
        "@type": "CreativeWork",
        "name": source.title or source.file,
        "url": url,
        "publisher": {"@type": "Organization", "name": source.publisher} if source.publisher else None,
        "temporalCoverage": f"{fiscal_year}-04-01/{fiscal_year + 1}-03-31" if fiscal_year else None,
        "pagination": str(source.page) if source.page is not None else None,
    }
    return {name: value for name, value in described.items() if value}
