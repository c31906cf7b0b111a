"""SearchParams: what a URL asks for, read from and written back to a query string.

The whole state of a search is in its URL. A parameter that is unknown or bad is named, with what would be right.
A range of years (`year_from`, `year_to`, `start_from`, `start_to`; one end may stand alone, ends the wrong way round are
exchanged) means OR with single years of the same facet, as all values of a facet do. Values are read in `param_values`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Self, cast
from urllib.parse import urlencode

from search_app.param_values import (
    END_NAMES,
    KINDS,
    MAX_PAGE,
    MAX_PER_PAGE,
    MAX_QUERY,
    MAX_TYPED,
    MAX_VALUES,
    MULTI_NAMES,
    PER_PAGE,
    RANGE_NAMES,
    SORTS,
    VIEWS,
    MultiName,
    ParamError,
    RangeName,
    Sort,
    View,
    clean,
    read_flag,
    read_kinds,
    read_municipalities,
    read_number,
    read_query,
    read_range,
    read_sort,
    read_values,
    read_view,
    read_years,
)

__all__ = [
    "KINDS",
    "MAX_PAGE",
    "MAX_PER_PAGE",
    "MAX_QUERY",
    "MAX_TYPED",
    "MAX_VALUES",
    "MULTI_NAMES",
    "PER_PAGE",
    "RANGE_NAMES",
    "SORTS",
    "VIEWS",
    "MultiName",
    "ParamError",
    "RangeName",
    "SearchParams",
    "Sort",
    "View",
    "parse_typed",
    "read_limit",
]

_SINGLE_NAMES = ("q", *END_NAMES, "open", "view", "sort", "page", "per_page", "explain")


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchParams:
    """One search. Values of a facet mean OR, facets mean AND; an empty `q` browses everything.

    `open` names a value of a facet whose parts the page lists though none of them is chosen; `view` is how it shows hits. `explain`: each hit
    tells why it is there.
    """

    q: str = ""
    region: tuple[str, ...] = ()
    municipality: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    year: tuple[str, ...] = ()
    start: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    year_from: int | None = None
    year_to: int | None = None
    start_from: int | None = None
    start_to: int | None = None
    open: str = ""
    view: View = "list"
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
        year_from, year_to = read_range("year", single)
        start_from, start_to = read_range("start", single)
        return cls(
            q=read_query(single.get("q", "")),
            region=read_values("region", multi["region"]),
            municipality=read_municipalities(multi["municipality"]),
            category=read_values("category", multi["category"]),
            year=read_years("year", multi["year"]),
            start=read_years("start", multi["start"]),
            kind=read_kinds(multi["kind"]),
            year_from=year_from,
            year_to=year_to,
            start_from=start_from,
            start_to=start_to,
            open=clean(single.get("open", "")),
            view=read_view(single.get("view", "list")),
            sort=read_sort(single.get("sort", "relevance")),
            page=read_number("page", single.get("page", "1"), MAX_PAGE),
            per_page=read_number("per_page", single.get("per_page", str(PER_PAGE)), MAX_PER_PAGE),
            explain=read_flag("explain", single.get("explain", "0")),
        )

    def to_query(self) -> str:
        """Write the query string (without "?"): fixed order, what is at its default left out."""
        return _write_query(self)

    def values(self, name: MultiName) -> tuple[str, ...]:
        """Give the values chosen for a facet."""
        return cast("tuple[str, ...]", getattr(self, name))

    def range_of(self, name: RangeName) -> tuple[int | None, int | None]:
        """Give the first and the last year chosen for a facet; None: open at that end, twice None: no range."""
        return getattr(self, f"{name}_from"), getattr(self, f"{name}_to")

    def narrows(self, name: MultiName) -> bool:
        """Whether anything is chosen for a facet, a value or a range."""
        ranged = name in RANGE_NAMES and self.range_of(name) != (None, None)
        return bool(self.values(name)) or ranged

    def without_range(self, name: RangeName) -> Self:
        """Take a range away; back to the first page."""
        return replace(self, page=1, **{f"{name}_from": None, f"{name}_to": None})  # type: ignore[arg-type]

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
        """Keep the words, drop what is chosen of every facet; back to the first page."""
        return replace(self, page=1, **dict.fromkeys(MULTI_NAMES, ()), **dict.fromkeys(END_NAMES))  # type: ignore[arg-type]

    def asking(self, q: str) -> Self:
        """Ask for other words under the same filters; back to the first page."""
        return replace(self, q=q, page=1)

    def on_page(self, page: int) -> Self:
        """Give another page of the same search."""
        return replace(self, page=page)

    def sorted_by(self, sort: Sort) -> Self:
        """Give the same search in another order, from its first page."""
        return replace(self, sort=sort, page=1)

    def viewed_as(self, view: View) -> Self:
        """Give the same page of the same search, shown in another way."""
        return replace(self, view=view)

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
    return read_query(found[0][1]) if found else ""


@lru_cache(maxsize=64)  # a page writes the search that led to it into the address of every hit
def _write_query(params: SearchParams) -> str:
    pairs: list[tuple[str, str]] = [("q", params.q)] if params.q else []
    pairs += [(name, value) for name in MULTI_NAMES for value in params.values(name)]
    pairs += [(name, f"{year:04}") for name in END_NAMES if (year := getattr(params, name)) is not None]
    if params.open:
        pairs.append(("open", params.open))
    if params.view != "list":
        pairs.append(("view", params.view))
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


def read_limit(pairs: Iterable[tuple[str, str]], *, most: int, default: int) -> int:
    """Read how many are wanted, the one thing that may be asked for: 1 to `most`. Raises ParamError for anything else."""
    limit = None
    for name, value in pairs:
        if name != "limit":
            raise ParamError(name, "この名前の項目はありません。使える項目: limit")
        if limit is not None:
            raise ParamError(name, "この項目は1回だけ指定できます。")
        limit = read_number(name, value, most)
    return default if limit is None else limit
