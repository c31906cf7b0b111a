"""The description of what programs ask (OpenAPI 3.1): plain data, made of the tables that the service itself works by.

What is asked for is here, the answers are in `openapi_schemas`. A test holds every answer of the running service against it.
"""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import get_args

from indexer.categories import CATEGORIES, PILLARS
from search_app import feed, wording
from search_app.exports import FORMATS
from search_app.links import Links
from search_app.listings import LIMIT
from search_app.openapi_schemas import COUNT, TEXT, describe_answers, describe_object, refer_to
from search_app.params import (
    KINDS,
    MAX_PAGE,
    MAX_PER_PAGE,
    MAX_QUERY,
    MAX_TYPED,
    MAX_VALUES,
    MULTI_NAMES,
    PER_PAGE,
    SORTS,
    MultiName,
)
from search_app.payloads import JsonObject
from search_app.selection import MAX_SELECTED
from search_app.similar import MOST_SHOWN, SHOWN
from search_app.suggest import Kind

_JSON = "application/json"
_PAGE = "text/html; charset=utf-8"
_MISTAKE = "項目の名前または値の誤り"
_NO_ENTRY = "この番号の事例はない"

# What may be asked for in a facet parameter: description, schema of a value (an empty value is left out).
_VALUES: dict[MultiName, tuple[str, JsonObject]] = {
    "region": ("地方、都道府県または圏域の名前", TEXT),
    "municipality": ("市区町村の6桁のコード（全国地方公共団体コード）", {"type": "string", "pattern": "^([0-9]{6})?$"}),
    "category": (f"柱（{'、'.join(PILLARS)}）または分野のコード（例: {next(iter(CATEGORIES))}）", TEXT),
    "year": ("資料の年度（西暦4桁）", {"type": "string", "pattern": "^([0-9]{4})?$"}),
    "start": ("取組を始めた年、協約を結んだ年（西暦4桁）", {"type": "string", "pattern": "^([0-9]{4})?$"}),
    "kind": (f"種別（{'、'.join(wording.KIND_LABELS[kind] for kind in KINDS)}）", {"enum": [*KINDS, ""]}),
}


def describe_api(links: Links) -> JsonObject:
    """Describe the contract as it is served below the root of `links`."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{wording.PRODUCT} API",
            "version": _version(),
            "description": "自治体どうしの連携の取組を、収録した資料の中からさがします。読み取り専用です。",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": links.root or "/"}],
        "paths": {
            "/api/search": {"get": _search()},
            "/api/suggest": {"get": _suggest()},
            "/api/entries/{id}": {"get": _entry()},
            "/api/entries/{id}/similar": {"get": _similar()},
            "/api/openapi.json": {"get": _operation("describeApi", "この説明（OpenAPI）", {"type": "object"})},
            "/healthz": {"get": _operation("checkHealth", "動作の確認", refer_to("Health"))},
            **{f"/export.{extension}": {"get": _export(extension)} for extension in FORMATS},
            "/feed.atom": {"get": _feed()},
        },
        "components": {"schemas": describe_answers()},
    }


def _version() -> str:
    try:
        return version("zenrei")
    except PackageNotFoundError:  # run from a folder that was not installed
        return "0"


def _answer(description: str, schema: JsonObject, media_type: str = _JSON) -> JsonObject:
    return {"description": description, "content": {media_type: {"schema": schema}}}


def _operation(
    name: str, summary: str, schema: JsonObject, *, parameters: list[JsonObject] | None = None, **refusals: str
) -> JsonObject:
    """Describe a route that reads; `refusals` give the meaning of error codes (`_404`)."""
    refused = {code.strip("_"): _answer(meaning, refer_to("Error")) for code, meaning in refusals.items()}
    return {
        "operationId": name,
        "summary": summary,
        "parameters": parameters or [],
        "responses": {"200": _answer(summary, schema), **refused},
    }


def _export(extension: str) -> JsonObject:
    """Describe a file; what is wrong in the question is told in JSON to who asks for JSON, else on a page."""
    kind = FORMATS[extension]
    in_json = kind.media_type == _JSON
    mistake = (refer_to("Error"), _JSON) if in_json else (TEXT, _PAGE)
    return {
        "operationId": f"export{extension.capitalize()}",
        "summary": f"検索結果のファイル（{kind.label}）",
        "description": (
            f"並び順の先頭から{LIMIT:,}件まで。検索の条件の代わりに ids=番号,番号 と指定すると、選んだ事例（{MAX_SELECTED}件まで）。"
        ),
        "parameters": [*_question(), _order()],
        "responses": {
            "200": _answer("ファイル", refer_to("Listing") if in_json else {}, kind.media_type),
            "400": _answer(_MISTAKE, *mistake),
        },
    }


def _feed() -> JsonObject:
    return {
        "operationId": "feed",
        "summary": "検索の新着（Atom）",
        "description": f"新しい順に{feed.LIMIT}件まで。",
        "parameters": _question(),
        "responses": {"200": _answer("Atom", {}, feed.MEDIA_TYPE), "400": _answer(_MISTAKE, TEXT, _PAGE)},
    }


def _search() -> JsonObject:
    return _operation(
        "search",
        "検索結果",
        refer_to("ResultPage"),
        parameters=[
            *_question(),
            _order(),
            _parameter("page", "ページ番号", _number(MAX_PAGE, 1)),
            _parameter("per_page", "1ページの件数", _number(MAX_PER_PAGE, PER_PAGE)),
            _parameter(
                "explain", "1で、各事例が見つかった理由（reasons）を付ける", {"enum": ["0", "1"], "default": "0"}
            ),
        ],
        _400=_MISTAKE,
    )


def _suggest() -> JsonObject:
    suggestion = describe_object(
        {
            "text": TEXT,
            "query": {**TEXT, "description": "選んだときに検索する文字列"},
            "kind": {"enum": list(get_args(Kind))},
            "label": TEXT,
            "count": COUNT,
            "url": TEXT,
        }
    )
    return _operation(
        "suggest",
        "入力中の言葉の候補",
        describe_object({"suggestions": {"type": "array", "items": suggestion}}),
        parameters=[_parameter("q", "入力中の言葉（漢字、かな、ローマ字）", {**TEXT, "maxLength": MAX_TYPED})],
        _400=_MISTAKE,
    )


def _question() -> list[JsonObject]:
    """Describe what is asked: the words and the filters."""
    words = "検索語。空白で区切った語の多くを含むもの。二重引用符は並びのまま、-は除外、ORはどちらか、~は言い換えなし"
    return [_parameter("q", words, {**TEXT, "maxLength": MAX_QUERY}), *map(_several, MULTI_NAMES)]


def _order() -> JsonObject:
    return _parameter("sort", "並び順", {"enum": list(SORTS), "default": SORTS[0]})


def _several(name: MultiName) -> JsonObject:
    description, schema = _VALUES[name]
    # No `maxItems`: empty and repeated values do not count, which a schema cannot say.
    text = f"{description}。繰り返すと、いずれかに当たるもの（異なる値で{MAX_VALUES}個まで）"
    values: JsonObject = {"type": "array", "items": schema}
    return {**_parameter(name, text, values), "style": "form", "explode": True}


def _number(largest: int, default: int) -> JsonObject:
    return {"type": "integer", "minimum": 1, "maximum": largest, "default": default}


def _parameter(name: str, description: str, schema: JsonObject) -> JsonObject:
    return {"name": name, "in": "query", "description": description, "schema": schema}


def _entry_id() -> JsonObject:
    return {"name": "id", "in": "path", "required": True, "schema": {**TEXT, "minLength": 1}}


def _similar() -> JsonObject:
    return _operation(
        "findSimilar",
        "似た事例（ほかの圏域のものが先）",
        refer_to("Similar"),
        parameters=[
            _entry_id(),
            _parameter("limit", "件数。似たものが少なければそれより少ない", _number(MOST_SHOWN, SHOWN)),
        ],
        _400=_MISTAKE,
        _404=_NO_ENTRY,
    )


def _entry() -> JsonObject:
    return _operation(
        "getEntry",
        "事例の全文と情報",
        refer_to("Entry"),
        parameters=[_entry_id()],
        _400="項目の名前の誤り",
        _404=_NO_ENTRY,
    )
