"""The answers of the service as schemas (JSON Schema): plain data, made of the records that they are answered from.

What is asked for is described in `openapi`; here is what comes back.
"""

from __future__ import annotations

from dataclasses import fields
from typing import get_args

from indexer.categories import CATEGORIES, PILLARS
from indexer.records import Entry, Source
from search_app.facets import FACETS
from search_app.params import KINDS, MAX_PER_PAGE
from search_app.payloads import HIT_NAMES, JsonObject
from search_app.place_names import Kind as PlaceKind
from search_app.reasons import HOWS

TEXT: JsonObject = {"type": "string"}
TEXT_OR_NULL: JsonObject = {"type": ["string", "null"]}
COUNT: JsonObject = {"type": "integer", "minimum": 0}
COUNT_OR_NULL: JsonObject = {"type": ["integer", "null"]}
TEXTS: JsonObject = {"type": "array", "items": TEXT}

_ENTRY_FIELDS: JsonObject = {
    "id": TEXT,
    "kind": {"enum": list(KINDS)},
    "title": TEXT,
    "untitled": {"type": "boolean", "description": "資料に題名がなく、本文の語句を題名にしている"},
    "subtitle": TEXT_OR_NULL,
    "body": TEXT,
    "region": {**TEXT_OR_NULL, "description": "資料にある圏域名"},
    "prefectures": TEXTS,
    "municipalities": TEXTS,
    "pillar": {"enum": [*PILLARS, None]},
    "category": {"enum": [*CATEGORIES, None]},
    "category_evidence": {**TEXTS, "description": "分野を決めた語句"},
    "category_label": TEXT_OR_NULL,
    "fiscal_year": {**COUNT_OR_NULL, "description": "資料の年度"},
    "start_year": {**COUNT_OR_NULL, "description": "資料に書かれた開始（締結）の年"},
    "start_evidence": {**TEXT_OR_NULL, "description": "開始（締結）の年を示す語句"},
    "source": {"$ref": "#/components/schemas/Source"},
    "url": {**TEXT, "description": "画面のパス"},
    "score": {"type": "number"},
    "common": {**TEXTS, "description": "両方にある語句。言い換えはかっこの中"},
    "snippet": {**TEXT, "description": "検索語の前後の本文"},
    "previous": {"$ref": "#/components/schemas/Neighbour"},
    "next": {"$ref": "#/components/schemas/Neighbour"},
}


def describe_answers() -> JsonObject:
    """Describe every answer by its name, for `refer_to`."""
    entry = [*(field.name for field in fields(Entry)), "category_label", "url"]
    neighbour = describe_object({"id": TEXT, "title": TEXT, "url": TEXT})
    return {
        "Entry": describe_object({name: _ENTRY_FIELDS[name] for name in (*entry, "previous", "next")}),
        "ListedEntry": describe_object({name: _ENTRY_FIELDS[name] for name in entry}),
        "Hit": _hit(),
        "SimilarEntry": describe_object({name: _ENTRY_FIELDS[name] for name in (*HIT_NAMES, "common")}),
        "Similar": describe_object({"id": TEXT, "similar": {"type": "array", "items": refer_to("SimilarEntry")}}),
        "Neighbour": {"oneOf": [neighbour, {"type": "null"}]},
        "Source": describe_object({field.name: _source_field(field.name) for field in fields(Source)}),
        "ResultPage": _result_page(),
        "Listing": _listing(),
        "FacetValue": describe_object(
            {
                "value": TEXT,
                "label": TEXT,
                "count": COUNT,
                "selected": {"type": "boolean"},
                "children": {"type": "array", "items": refer_to("FacetValue")},
            }
        ),
        "Health": describe_object({"status": {"const": "ok"}, "generation": TEXT, "entries": COUNT}),
        "Error": describe_object({"error": describe_object({"parameter": TEXT_OR_NULL, "message": TEXT})}),
    }


def refer_to(name: str) -> JsonObject:
    """Name one of the answers."""
    return {"$ref": f"#/components/schemas/{name}"}


def describe_object(properties: JsonObject) -> JsonObject:
    """Describe an object that has these properties, all of them, and no other."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _listing() -> JsonObject:
    return describe_object(
        {
            "asked": TEXT,
            "filters": TEXT,
            "total": COUNT,
            "exported": COUNT,
            "unknown_ids": TEXTS,
            "remarks": TEXTS,
            "made_on": TEXT,
            "built_on": TEXT,
            "url": TEXT,
            "entries": {"type": "array", "items": refer_to("ListedEntry")},
        }
    )


def _source_field(name: str) -> JsonObject:
    if name == "lines":
        pair: JsonObject = {"type": "array", "items": COUNT, "minItems": 2, "maxItems": 2}
        return {"type": "array", "items": pair, "description": "行の範囲（1から、両端を含む）"}
    if name == "page":
        return COUNT_OR_NULL
    return TEXT if name in ("file", "sha256") else TEXT_OR_NULL


def _query() -> JsonObject:
    years: JsonObject = {"first": COUNT_OR_NULL, "last": COUNT_OR_NULL}
    flags: JsonObject = {"fiscal": {"type": "boolean"}, "about_start": {"type": "boolean"}}
    candidate = describe_object({"name": TEXT, "kind": {"enum": list(get_args(PlaceKind))}, "code": TEXT_OR_NULL})
    return describe_object(
        {
            "q": TEXT,
            "terms": TEXTS,
            "interpretation": TEXT,
            "expansions": _list(describe_object({"word": TEXT, "alternatives": TEXTS})),
            "times": _list(describe_object({"word": TEXT, **years, **flags})),
            "places": _list(describe_object({"word": TEXT, "candidates": _list(candidate)})),
            "literal_all": {"type": "boolean", "description": "すべての語で言い換えを使っていない"},
        }
    )


def _hit() -> JsonObject:
    """Describe a hit; its reasons are there where they were asked for."""
    told: JsonObject = {name: _ENTRY_FIELDS[name] for name in (*HIT_NAMES, "score", "snippet")}
    reason = describe_object({"word": TEXT, "how": {"enum": list(HOWS)}, "by": TEXT, "fields": TEXTS})
    return describe_object({**told, "reasons": _list(reason)}) | {"required": list(told)}


def _list(items: JsonObject) -> JsonObject:
    return {"type": "array", "items": items}


def _result_page() -> JsonObject:
    return describe_object(
        {
            "query": _query(),
            "total": COUNT,
            "page": {"type": "integer", "minimum": 1},
            "pages": {"type": "integer", "minimum": 1},
            "per_page": {"type": "integer", "minimum": 1, "maximum": MAX_PER_PAGE},
            "hits": {"type": "array", "items": refer_to("Hit")},
            "facets": describe_object(
                {facet.name: {"type": "array", "items": refer_to("FacetValue")} for facet in FACETS}
            ),
            "next_url": TEXT_OR_NULL,
            "previous_url": TEXT_OR_NULL,
        }
    )
