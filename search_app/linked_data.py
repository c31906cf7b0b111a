"""Linked data: an entry in the words of schema.org, which search engines and other programs read (JSON-LD)."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.records import Entry, Source
from search_app import wording
from search_app.links import Links, web_address

_SUMMARY = 200  # characters of the text in the description


def describe_entry(entry: Entry, permanent: Links) -> dict[str, object]:
    """Describe an entry as a part of its document; what the source does not say is left out.

    `permanent` makes whole addresses: what is read elsewhere must lead back.
    """
    url = permanent.entry(entry.id)
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
        "isPartOf": _describe_source(entry.source, entry.fiscal_year),
    }
    return {name: value for name, value in described.items() if value}


def _places(entry: Entry) -> Iterator[str]:
    if entry.region:
        yield entry.region
    yield from entry.prefectures
    yield from entry.municipalities


def _describe_source(source: Source, fiscal_year: int | None) -> dict[str, object]:
    described: dict[str, object | None] = {
        "@type": "CreativeWork",
        "name": source.title or source.file,
        "url": web_address(source.url),
        "publisher": {"@type": "Organization", "name": source.publisher} if source.publisher else None,
        "temporalCoverage": f"{fiscal_year}-04-01/{fiscal_year + 1}-03-31" if fiscal_year else None,
        "pagination": str(source.page) if source.page is not None else None,
    }
    return {name: value for name, value in described.items() if value}
