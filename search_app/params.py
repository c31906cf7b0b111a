"""SearchParams: what a URL asks for, read from and written back to a query string.

The whole state of a search is in its URL. A parameter that is unknown or bad is named, with what would be right.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, Self, cast, get_args
from urllib.parse import urlencode

from indexer.records import Kind

Sort = Literal["relevance", "newest", "oldest"]
MultiName = Literal["region", "municipality", "category", "year", "start", "kind"]

SORTS: tuple[Sort, ...] = get_args(Sort)
KINDS: tuple[Kind, ...] = get_args(Kind)
MULTI_NAMES: tuple[MultiName, ...] = get_args(MultiName)
MAX_QUERY = 1_000  # characters
MAX_TYPED = 100  # characters of a query that suggestions are made for
MAX_VALUES = 100  # of one facet: more than a person ticks, little enough to answer at once
PER_PAGE = 20
MAX_PER_PAGE = 100
MAX_PAGE = 100_000
_SINGLE_NAMES = ("q", "sort", "page", "per_page", "explain")


class ParamError(ValueError):
    """A parameter that cannot be used: `name` says which, `message` (Japanese) what is wrong and what to do."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(f"{name}: {message}")
        self.name = name
        self.message = message


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchParams:
    """One search. Values of a facet mean OR, facets mean AND; an empty `q` browses everything.

    `explain`: each hit tells why it is there.
    """

    q: str = ""
    region: tuple[str, ...] = ()
    municipality: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    year: tuple[str, ...] = ()
    start: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    sort: Sort = "relevance"
    page: int = 1
    per_page: int = PER_PAGE
    explain: bool = False

    @classmethod
    def parse(cls, pairs: Iterable[tuple[str, str]], *, strict: bool = True) -> Self:
        """Read the name-value pairs of a query string.

        Facet parameters repeat (repetitions of a value and empty values are dropped); the others may stand once.
        Raises ParamError for a bad value, and for an unknown name when `strict` (pages are lenient there: links that
        come back from mail programs carry additions of their own).
        """
        single: dict[str, str] = {}
        multi: dict[str, list[str]] = {name: [] for name in MULTI_NAMES}
        for name, value in pairs:
            if name in multi:
                if value and value not in multi[name]:
                    multi[name].append(value)
            elif name in _SINGLE_NAMES:
                if name in single and strict:
                    raise ParamError(name, "この項目は1回だけ指定できます。")
                single[name] = value
            elif strict:
                raise ParamError(name, "この名前の項目はありません。" + _KNOWN)
        return cls(
            q=_read_query(single.get("q", "")),
            region=_read_values("region", multi["region"]),
            municipality=_read_municipalities(multi["municipality"]),
            category=_read_values("category", multi["category"]),
            year=_read_years("year", "年度", multi["year"]),
            start=_read_years("start", "開始年", multi["start"]),
            kind=_read_kinds(multi["kind"]),
            sort=_read_sort(single.get("sort", "relevance")),
            page=_read_number("page", single.get("page", "1"), MAX_PAGE),
            per_page=_read_number("per_page", single.get("per_page", str(PER_PAGE)), MAX_PER_PAGE),
            explain=_read_flag("explain", single.get("explain", "0")),
        )

    def to_query(self) -> str:
        """Write the query string (without "?"): fixed order, what is at its default left out."""
        return _write_query(self)

    def values(self, name: MultiName) -> tuple[str, ...]:
        """Give the values chosen for a facet."""
        return cast("tuple[str, ...]", getattr(self, name))

    def with_value(self, name: MultiName, value: str) -> Self:
        """Choose one more value; back to the first page."""
        chosen = self.values(name)
        return self if value in chosen else self._with(name, (*chosen, value))

    def without_value(self, name: MultiName, value: str) -> Self:
        """Take one value away; back to the first page."""
        return self._with(name, tuple(other for other in self.values(name) if other != value))

    def toggled(self, name: MultiName, value: str) -> Self:
        """Choose the value, or take it away where it is chosen."""
        return self.without_value(name, value) if value in self.values(name) else self.with_value(name, value)

    def without_filters(self) -> Self:
        """Keep the words, drop every facet; back to the first page."""
        return replace(self, page=1, **dict.fromkeys(MULTI_NAMES, ()))  # type: ignore[arg-type]

    def asking(self, q: str) -> Self:
        """Ask for other words under the same filters; back to the first page."""
        return replace(self, q=q, page=1)

    def on_page(self, page: int) -> Self:
        """Give another page of the same search."""
        return replace(self, page=page)

    def sorted_by(self, sort: Sort) -> Self:
        """Give the same search in another order, from its first page."""
        return replace(self, sort=sort, page=1)

    def _with(self, name: MultiName, values: tuple[str, ...]) -> Self:
        return replace(self, page=1, **{name: values})  # type: ignore[arg-type]


def parse_typed(pairs: Iterable[tuple[str, str]]) -> str:
    """Read what was typed so far from the name-value pairs of a query string: `q`, once; "" where it is missing.

    Raises ParamError for any other name, and for more than is typed before it is sent.
    """
    found = list(pairs)
    for place, (name, value) in enumerate(found):
        if name != "q":
            raise ParamError(name, "この名前の項目はありません。使える項目: q")
        if place:
            raise ParamError("q", "この項目は1回だけ指定できます。")
        if len(value) > MAX_TYPED:
            raise ParamError("q", f"候補を出せるのは{MAX_TYPED}文字までです（{len(value):,}文字ありました）。")
    return _read_query(found[0][1]) if found else ""


@lru_cache(maxsize=64)  # a page writes the search that led to it into the address of every hit
def _write_query(params: SearchParams) -> str:
    pairs: list[tuple[str, str]] = [("q", params.q)] if params.q else []
    pairs += [(name, value) for name in MULTI_NAMES for value in params.values(name)]
    if params.sort != "relevance":
        pairs.append(("sort", params.sort))
    if params.per_page != PER_PAGE:
        pairs.append(("per_page", str(params.per_page)))
    if params.page != 1:
        pairs.append(("page", str(params.page)))
    if params.explain:
        pairs.append(("explain", "1"))
    return urlencode(pairs)


_KNOWN = "使える項目: " + "、".join((*_SINGLE_NAMES[:1], *MULTI_NAMES, *_SINGLE_NAMES[1:]))


def _read_query(value: str) -> str:
    if len(value) > MAX_QUERY:
        raise ParamError("q", f"検索語は{MAX_QUERY:,}文字までです（{len(value):,}文字ありました）。短くしてください。")
    # A lone surrogate cannot be written back to a URL.
    return value.encode("utf-8", "replace").decode("utf-8").replace("\x00", " ").strip()


def _read_values(name: str, values: list[str]) -> tuple[str, ...]:
    if len(values) > MAX_VALUES:
        raise ParamError(name, f"一度に選べるのは{MAX_VALUES}個までです。")
    return tuple(value.encode("utf-8", "replace").decode("utf-8") for value in values)


def _read_municipalities(values: list[str]) -> tuple[str, ...]:
    for value in values:
        if not (value.isascii() and value.isdigit() and len(value) == 6):
            raise ParamError(
                "municipality", f"「{value[:20]}」は使えません。市区町村の6桁のコード（例: 342076）で指定してください。"
            )
    return _read_values("municipality", values)


def _read_years(name: str, label: str, values: list[str]) -> tuple[str, ...]:
    for value in values:
        if not (value.isascii() and value.isdigit() and len(value) == 4):
            raise ParamError(name, f"「{value[:20]}」は{label}ではありません。西暦4桁（例: 2025）で指定してください。")
    return _read_values(name, values)


def _read_kinds(values: list[str]) -> tuple[str, ...]:
    for value in values:
        if value not in KINDS:
            raise ParamError("kind", f"「{value[:20]}」は使えません。使える値: {'、'.join(KINDS)}")
    return tuple(values)


def _read_sort(value: str) -> Sort:
    if value not in SORTS:
        raise ParamError("sort", f"「{value[:20]}」は使えません。使える値: {'、'.join(SORTS)}")
    return value


def _read_flag(name: str, value: str) -> bool:
    if value not in ("0", "1"):
        raise ParamError(name, f"「{value[:20]}」は使えません。1（付ける）か0（付けない）で指定してください。")
    return value == "1"


def _read_number(name: str, value: str, largest: int) -> int:
    if not (value.isascii() and value.isdigit() and len(value) <= 7 and 1 <= int(value) <= largest):
        raise ParamError(name, f"「{value[:20]}」は使えません。1から{largest:,}までの数字で指定してください。")
    return int(value)


def read_limit(pairs: Iterable[tuple[str, str]], *, most: int, default: int) -> int:
    """Read how many are wanted, the one thing that may be asked for: 1 to `most`. Raises ParamError for anything else."""
    limit = None
    for name, value in pairs:
        if name != "limit":
            raise ParamError(name, "この名前の項目はありません。使える項目: limit")
        if limit is not None:
            raise ParamError(name, "この項目は1回だけ指定できます。")
        limit = _read_number(name, value, most)
    return default if limit is None else limit
