"""Values of parameters: one value of a URL in, what it means out; a bad one is refused with what would be right.

Which parameters there are, and what they are together, is in `params`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from indexer.records import Kind

Sort = Literal["relevance", "newest", "oldest", "code"]
View = Literal["list", "table", "kwic"]
MultiName = Literal["region", "municipality", "category", "year", "start", "kind"]
RangeName = Literal["year", "start"]
EndName = Literal["year_from", "year_to", "start_from", "start_to"]

SORTS: tuple[Sort, ...] = get_args(Sort)
VIEWS: tuple[View, ...] = get_args(View)
KINDS: tuple[Kind, ...] = get_args(Kind)
MULTI_NAMES: tuple[MultiName, ...] = get_args(MultiName)
RANGE_NAMES: tuple[RangeName, ...] = get_args(RangeName)
END_NAMES: tuple[EndName, ...] = get_args(EndName)
MAX_QUERY = 1_000  # characters
MAX_TYPED = 100  # characters of a query that suggestions are made for
MAX_VALUES = 100  # of one facet: more than a person ticks, little enough to answer at once
PER_PAGE = 20
MAX_PER_PAGE = 100
MAX_PAGE = 100_000
_YEAR_LABELS: dict[RangeName, str] = {"year": "年度", "start": "開始年"}


class ParamError(ValueError):
    """A parameter that cannot be used: `name` says which, `message` (Japanese) what is wrong and what to do."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(f"{name}: {message}")
        self.name = name
        self.message = message


def read_query(value: str) -> str:
    """Read what was typed; too much of it is refused."""
    if len(value) > MAX_QUERY:
        raise ParamError("q", f"検索語は{MAX_QUERY:,}文字までです（{len(value):,}文字ありました）。短くしてください。")
    return clean(value).replace("\x00", " ").strip()


def read_values(name: str, values: list[str]) -> tuple[str, ...]:
    """Read the values chosen for a facet; too many of them are refused."""
    if len(values) > MAX_VALUES:
        raise ParamError(name, f"一度に選べるのは{MAX_VALUES}個までです。")
    return tuple(map(clean, values))


def read_municipalities(values: list[str]) -> tuple[str, ...]:
    """Read codes of municipalities."""
    for value in values:
        if not (value.isascii() and value.isdigit() and len(value) == 6):
            raise ParamError(
                "municipality", f"「{value[:20]}」は使えません。市区町村の6桁のコード（例: 342076）で指定してください。"
            )
    return read_values("municipality", values)


def clean(value: str) -> str:
    """Replace what cannot be written back to a URL: lone surrogates."""
    return value.encode("utf-8", "replace").decode("utf-8")


def read_years(name: RangeName, values: list[str]) -> tuple[str, ...]:
    """Read years chosen one by one."""
    for value in values:
        _check_year(name, _YEAR_LABELS[name], value)
    return read_values(name, values)


def read_range(name: RangeName, single: Mapping[str, str]) -> tuple[int | None, int | None]:
    """Read both ends of a range; one that is empty, as a form sends it, is open."""
    ends = []
    for end in ("from", "to"):
        value = single.get(f"{name}_{end}", "")
        if value:
            _check_year(f"{name}_{end}", _YEAR_LABELS[name], value)
        ends.append(int(value) if value else None)
    first, last = ends
    return (last, first) if first is not None and last is not None and first > last else (first, last)


def _check_year(name: str, label: str, value: str) -> None:
    if not (value.isascii() and value.isdigit() and len(value) == 4):
        raise ParamError(name, f"「{value[:20]}」は{label}ではありません。西暦4桁（例: 2025）で指定してください。")


def read_kinds(values: list[str]) -> tuple[str, ...]:
    """Read kinds of entries."""
    for value in values:
        if value not in KINDS:
            raise ParamError("kind", f"「{value[:20]}」は使えません。使える値: {'、'.join(KINDS)}")
    return tuple(values)


def read_sort(value: str) -> Sort:
    """Read an order of the hits."""
    if value not in SORTS:
        raise ParamError("sort", f"「{value[:20]}」は使えません。使える値: {'、'.join(SORTS)}")
    return value


def read_flag(name: str, value: str) -> bool:
    """Read whether something is wanted: 1 or 0."""
    if value not in ("0", "1"):
        raise ParamError(name, f"「{value[:20]}」は使えません。1（付ける）か0（付けない）で指定してください。")
    return value == "1"


def read_view(value: str) -> View:
    """Read a way to show hits."""
    if value not in VIEWS:
        raise ParamError("view", f"「{value[:20]}」は使えません。使える値: {'、'.join(VIEWS)}")
    return value


def read_number(name: str, value: str, largest: int) -> int:
    """Read a number from 1 to the largest that there may be."""
    if not (value.isascii() and value.isdigit() and len(value) <= 7 and 1 <= int(value) <= largest):
        raise ParamError(name, f"「{value[:20]}」は使えません。1から{largest:,}までの数字で指定してください。")
    return int(value)
