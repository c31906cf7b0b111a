"""Years to look at: the counts of a facet of years as bars, and the ends of a range to choose from.

A facet of years in, the outlines of its bars out. Bars are paths of a picture, which needs no style in the page.
"""

from __future__ import annotations

from dataclasses import dataclass

from search_app import wording
from search_app.facets import FacetView, label_value
from search_app.params import RangeName, SearchParams

HEIGHT = 40  # of the tallest bar, in units of the picture; a year is 10 wide
_STEP = 10
_BAR = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class YearsView:
    """Bars from the first year to the last, none left out, and the selects of both ends.

    `plain` and `chosen` are the outlines of the bars (data of an SVG path); `text` says what they show. `years` are what
    both ends are chosen from, `start` and `end` what is chosen (None: open).
    """

    name: RangeName
    width: int
    height: int
    plain: str
    chosen: str
    text: str
    first: str
    last: str
    years: tuple[str, ...]
    start: str | None
    end: str | None


def build_years(name: RangeName, facet: FacetView, params: SearchParams) -> YearsView | None:
    """Build the bars of a facet of years; None where there is nothing to choose between."""
    counts = {int(value.value): value.count for value in facet.values}
    start, end = params.range_of(name)
    if len(counts) < 2 and start is None and end is None:
        return None
    years = sorted({*counts, *(year for year in (start, end) if year is not None)})
    first, last = years[0], years[-1]
    most = max(counts.values(), default=0)
    bars = [(year, _bar(year - first, counts[year], most)) for year in sorted(counts) if counts[year]]
    return YearsView(
        name=name,
        width=(last - first + 1) * _STEP,
        height=HEIGHT,
        plain="".join(bar for year, bar in bars if not _is_chosen(name, year, params)),
        chosen="".join(bar for year, bar in bars if _is_chosen(name, year, params)),
        text=_describe(name, counts, first, last),
        first=label_value(name, str(first)),
        last=label_value(name, str(last)),
        years=tuple(map(_write, years)),
        start=None if start is None else _write(start),
        end=None if end is None else _write(end),
    )


def _bar(place: int, count: int, most: int) -> str:
    """Outline a bar that stands on the ground; the smallest can still be seen."""
    height = max(1, round(count * HEIGHT / most))
    return f"M{place * _STEP} {HEIGHT}v-{height}h{_BAR}v{height}z"


def _is_chosen(name: RangeName, year: int, params: SearchParams) -> bool:
    start, end = params.range_of(name)
    ranged = (start, end) != (None, None) and (start or 0) <= year and (end is None or year <= end)
    return ranged or str(year) in params.values(name)


def _describe(name: RangeName, counts: dict[int, int], first: int, last: int) -> str:
    span = f"{label_value(name, str(first))}から{label_value(name, str(last))}までの件数の棒グラフ。"
    if not any(counts.values()):
        return f"{span}どの年も0件です。"
    most = max(counts, key=lambda year: (counts[year], year))
    return f"{span}最も多いのは{label_value(name, str(most))}の{wording.number(counts[most])}件です。"


def _write(year: int) -> str:
    return f"{year:04}"  # as the URL takes it
