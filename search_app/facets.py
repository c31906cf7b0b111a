"""The facets of the page: chosen values → filters of the engine, counts of the engine → what the page shows.

To add a facet: one line in `indexer.fields.FACET_FIELDS`, one in `FACETS` (and its name in `params.MULTI_NAMES`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from indexer.categories import CATEGORIES, PILLARS, SHORT_LABELS
from indexer.fields import LEVEL
from indexer.places import BLOCKS, PREFECTURES
from indexer.store import Reader
from search_app.params import MultiName, SearchParams


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


_OFFICIAL_ORDER = {name: place for place, name in enumerate((*BLOCKS, *PREFECTURES, *PILLARS, *CATEGORIES))}


def _official_rank(value: str, count: int) -> object:
    """Official order where there is one (JIS, the classification); areas by count, then by name."""
    return _OFFICIAL_ORDER.get(value, len(_OFFICIAL_ORDER)), -count, value


FACETS: tuple[Facet, ...] = (
    Facet("region", "地域", lambda value: value, _official_rank),
    Facet("category", "分野", _category_label, _official_rank),
    Facet("year", "年度", lambda value: f"{value}年度", lambda value, _count: -int(value)),
    Facet("start", "開始年", lambda value: f"{value}年", lambda value, _count: -int(value)),
)
_KIND_FIELD: MultiName = "kind"


def make_filters(params: SearchParams, reader: Reader) -> dict[str, list[str]]:
    """Give the engine's filters: for each facet with a choice, the stored paths that end in a chosen value.

    A value that the index does not have stays as it is and matches nothing.
    """
    filters: dict[str, list[str]] = {}
    for name in (*(facet.name for facet in FACETS), _KIND_FIELD):
        chosen = params.values(name)
        if chosen:
            paths = [path for path in reader.facet_values(name) if path.rsplit(LEVEL, 1)[-1] in chosen]
            filters[name] = paths or list(chosen)
    return filters


def view_facets(params: SearchParams, counts: Mapping[str, Mapping[str, int]], reader: Reader) -> tuple[FacetView, ...]:
    """Make the facets that the page shows; a chosen value stays listed even where it has no hit."""
    views = []
    for facet in FACETS:
        counted = dict(counts.get(facet.name, {}))
        chosen = params.values(facet.name)
        if chosen:
            known = {path.rsplit(LEVEL, 1)[-1]: path for path in reader.facet_values(facet.name)}
            for value in chosen:
                for path in _with_parents(known[value]) if value in known else _alone(value):
                    counted.setdefault(path, 0)
        below: dict[str, list[str]] = {}
        for path in counted:
            below.setdefault(path.rpartition(LEVEL)[0], []).append(path)
        views.append(FacetView(facet.name, facet.label, _view_level(facet, counted, below, "", set(chosen))))
    return tuple(views)


def _with_parents(path: str) -> Iterable[str]:
    parts = path.split(LEVEL)
    return (LEVEL.join(parts[: depth + 1]) for depth in range(len(parts)))


def _alone(value: str) -> Iterable[str]:
    """List a value that the index does not have at the top; one that would read as a path has no place."""
    return () if LEVEL in value else (value,)


def _view_level(
    facet: Facet, counted: Mapping[str, int], below: Mapping[str, Sequence[str]], parent: str, chosen: set[str]
) -> tuple[FacetValue, ...]:
    """View the values right below `parent` ("" is the top), each with those below it."""
    values = []
    for path in below.get(parent, ()):
        value = path.rpartition(LEVEL)[2]
        children = _view_level(facet, counted, below, path, chosen) if path in below else ()
        values.append(FacetValue(value, facet.label_of(value), counted[path], value in chosen, children))
    return tuple(sorted(values, key=lambda each: facet.rank_of(each.value, each.count)))  # type: ignore[arg-type,return-value]
