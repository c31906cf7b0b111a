"""The facets of the page: chosen values → filters of the engine, counts of the engine → what the page shows.

A value is the last level of its path (広島県 for 中国地方›広島県), where that means one thing only: areas of one name in
different prefectures are told apart by their paths. Both are taken from a URL; a name alone means all that are called so.

To add a facet: one line in `FACETS`; README tells what else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from indexer.categories import CATEGORIES, PILLARS, SHORT_LABELS
from indexer.fields import LEVEL
from indexer.places import BLOCKS, PREFECTURES, find_area
from indexer.store import Reader
from search_app import wording
from search_app.params import KINDS, RANGE_NAMES, MultiName, RangeName, SearchParams


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value to narrow by, with the count of hits it would give, and the values below it."""

    value: str
    label: str
    count: int
    selected: bool
    children: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class FacetView:
    """A facet as the page shows it: its name in the URL, its label, its values at the top level."""

    name: MultiName
    label: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class Facet:
    """How a facet is shown: `label_of` gives a value's label, `rank_of` its place among its siblings."""

    name: MultiName
    label: str
    label_of: Callable[[str], str]
    rank_of: Callable[[str, int], object]


def _category_label(value: str) -> str:
    return PILLARS.get(value) or SHORT_LABELS.get(value) or CATEGORIES.get(value, value)  # type: ignore[call-overload]


_OFFICIAL_ORDER = {name: place for place, name in enumerate((*BLOCKS, *PREFECTURES, *PILLARS, *CATEGORIES, *KINDS))}


def _official_rank(value: str, count: int) -> object:
    """Official order where there is one (JIS, the classification); areas by count, then by name."""
    return _OFFICIAL_ORDER.get(value, len(_OFFICIAL_ORDER)), -count, value


def _newest_first(value: str, _count: int) -> object:
    return -int(value)


FACETS: tuple[Facet, ...] = (
    Facet("region", "地域", lambda value: value, _official_rank),
    Facet("category", "分野", _category_label, _official_rank),
    Facet("year", "年度", lambda value: f"{value}年度", _newest_first),
    Facet("start", "開始年", lambda value: f"{value}年", _newest_first),
    Facet("kind", "種別", lambda value: wording.KIND_LABELS.get(value, value), _official_rank),  # type: ignore[call-overload]
)
_FACET_OF = {facet.name: facet for facet in FACETS}
_NO_VALUE = LEVEL  # what no entry has


def label_value(name: MultiName, value: str) -> str:
    """Label a value where it stands alone: a path with what tells it from others of its name, 府中市（広島県）."""
    levels = [_FACET_OF[name].label_of(level) for level in value.split(LEVEL)]
    return f"{levels[-1]}（{levels[-2]}）" if len(levels) > 1 else levels[0]


def label_range(name: RangeName, ends: tuple[int | None, int | None]) -> str:
    """Label a range of years, of which one end may be open: 2020年度から2024年度まで."""
    first, last = ("" if year is None else _FACET_OF[name].label_of(str(year)) for year in ends)
    return (f"{first}から" if first else "") + (f"{last}まで" if last else "")


def walk_values(values: Iterable[FacetValue]) -> Iterator[FacetValue]:
    """Go through values and all below them."""
    for value in values:
        yield value
        yield from walk_values(value.children)


def make_filters(params: SearchParams, reader: Reader) -> dict[str, list[str]]:
    """Give the engine's filters: for each facet with a choice, the stored paths that are chosen.

    A value that the index does not have, and a range without a year of it, match nothing.
    """
    filters: dict[str, list[str]] = {}
    for facet in FACETS:
        if params.narrows(facet.name):
            paths = reader.facet_values(facet.name)
            chosen = [*_find_chosen(paths, params.values(facet.name)), *_find_in_range(paths, facet.name, params)]
            filters[facet.name] = chosen or [_NO_VALUE]
    return filters


def _find_chosen(paths: Sequence[str], values: Sequence[str]) -> list[str]:
    chosen = set(values)
    return [path for path in paths if path in chosen or _leaf(path) in chosen] if chosen else []


def _find_in_range(paths: Sequence[str], name: MultiName, params: SearchParams) -> list[str]:
    if name not in RANGE_NAMES:
        return []
    first, last = params.range_of(name)
    if first is None and last is None:
        return []
    return [path for path in paths if (first or 0) <= int(path) and (last is None or int(path) <= last)]


def view_facets(params: SearchParams, counts: Mapping[str, Mapping[str, int]], reader: Reader) -> tuple[FacetView, ...]:
    """Make the facets that the page shows; a chosen value stays listed even where it has no hit."""
    views = []
    for facet in FACETS:
        counted = dict(counts.get(facet.name, {}))
        chosen = params.values(facet.name)
        paths = reader.facet_values(facet.name)
        found = _find_chosen(paths, chosen)
        known = {*found, *map(_leaf, found)}
        for path in (*found, *(value for value in chosen if value not in known)):
            for each in _with_parents(path) if path in known else _alone(path):
                counted.setdefault(each, 0)
        below: dict[str, list[str]] = {}
        for path in counted:
            below.setdefault(path.rpartition(LEVEL)[0], []).append(path)
        level = _Level(facet, counted, below, frozenset(chosen), _find_ambiguous(paths))
        views.append(FacetView(facet.name, facet.label, level.view("")))
    return tuple(views)


def _leaf(path: str) -> str:
    return path.rpartition(LEVEL)[2]


@lru_cache(maxsize=2 * len(FACETS))  # of two generations
def _find_ambiguous(paths: tuple[str, ...]) -> frozenset[str]:
    """Find the names that mean different things below different parents: not the area that lies in two prefectures."""
    parents: dict[str, set[str]] = {}
    for path in paths:
        parent, _, leaf = path.rpartition(LEVEL)
        parents.setdefault(leaf, set()).add(_leaf(parent))
    return frozenset(leaf for leaf, above in parents.items() if len(above) > 1 and not _is_one_area(leaf, above))


def _is_one_area(name: str, prefectures: set[str]) -> bool:
    area = find_area(name)
    return area is not None and prefectures <= set(area.prefectures)


def _with_parents(path: str) -> Iterable[str]:
    parts = path.split(LEVEL)
    return (LEVEL.join(parts[: depth + 1]) for depth in range(len(parts)))


def _alone(value: str) -> Iterable[str]:
    """List a value that the index does not have at the top; one that would read as a path has no place."""
    return () if LEVEL in value else (value,)


@dataclass(frozen=True, slots=True)
class _Level:
    """What is needed to view the values of a facet: counts by path, paths by parent, what is chosen."""

    facet: Facet
    counted: Mapping[str, int]
    below: Mapping[str, Sequence[str]]
    chosen: frozenset[str]
    ambiguous: frozenset[str]

    def view(self, parent: str) -> tuple[FacetValue, ...]:
        """View the values right below `parent` ("" is the top), each with those below it."""
        paths = sorted(self.below.get(parent, ()), key=self._rank)  # type: ignore[arg-type]
        return tuple(self._view_value(path) for path in paths)

    def _rank(self, path: str) -> object:
        return self.facet.rank_of(_leaf(path), self.counted[path])

    def _view_value(self, path: str) -> FacetValue:
        leaf = _leaf(path)
        # A choice is taken back by the value that it was made by.
        by_path = path in self.chosen or (leaf in self.ambiguous and leaf not in self.chosen)
        value = path if by_path else leaf
        children = self.view(path) if path in self.below else ()
        return FacetValue(value, self.facet.label_of(leaf), self.counted[path], value in self.chosen, children)
