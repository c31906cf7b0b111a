"""Tables that a converter ran together: lines in, rows of cells out.

Such a text holds the cells of a table one after another, each wrapped at the width of its column; blank lines stand
between most cells, short cells of a row may share a line. No single sign is reliable, so the rows are the cheapest
reading of the whole table (`cheapest_rows`). The widths are read from the text: read once without, measure the columns,
read again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.lines.wrapped_lines import measure_width
from indexer.tables.cell_costs import ABSENT, Role
from indexer.tables.cheapest_rows import Fragment, Gap, Reading, Row

_SAMPLE = 4000  # fragments from which the columns of a longer table are measured
_READINGS = 4  # rounds of reading and measuring; widths are stable after two or three


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a table and the widths of its columns, in full-width characters (a column never filled has none)."""

    rows: tuple[Row, ...]
    widths: Mapping[int, float]


def read_table(pages: Sequence[Sequence[str]], *, roles: Sequence[Role]) -> Table:
    """Read the rows of a table whose columns have `roles`, left to right; one sequence of lines for each page.

    Lines count through all pages from 0. Furniture (header rows, page numbers) has been taken out; a line that fits
    no row is left out. A row may go on over a page.
    """
    fragments = list(_fragments(pages))
    widest = _quantile([measure_width(line) for page in pages for line in page])
    sample = fragments[:_SAMPLE]
    reading = Reading(sample, roles, widest, widths={}, absent=ABSENT)
    rows = reading.rows()
    for number in range(1, _READINGS):
        widths = _measure(rows)
        if widths == reading.widths and len(sample) == len(fragments):
            break
        if widths == reading.widths or number == _READINGS - 1:
            sample = fragments
        reading = Reading(sample, roles, widest, widths=widths, absent=_weigh_absence(rows, roles))
        rows = reading.rows()
    return Table(tuple(rows), reading.widths)


def _fragments(pages: Sequence[Sequence[str]]) -> Iterator[Fragment]:
    number = 0
    for page in pages:
        gap: Gap = "page"
        for line in page:
            for text in line.split():
                yield Fragment(text, number, gap)
                gap = "space"
            if line.strip():
                gap = "line"
            elif gap != "page":
                gap = "blank"
            number += 1


def _quantile(widths: Sequence[float]) -> float:
    """Give what nine in ten widths do not exceed; 0 where there are none."""
    ordered = sorted(width for width in widths if width)
    return ordered[min(len(ordered) - 1, int(0.9 * len(ordered)))] if ordered else 0.0


def _measure(rows: Sequence[Row]) -> dict[int, float]:
    """Measure each column: most lines that another line of the cell follows are full, no last line is much wider."""
    wrapped: dict[int, list[float]] = {}
    last: dict[int, list[float]] = {}
    for row in rows:
        for column, pieces in row.cells.items():
            widths = [measure_width(piece) for piece in pieces]
            wrapped.setdefault(column, []).extend(widths[:-1])
            last.setdefault(column, []).append(widths[-1])
    return {
        column: max(_quantile(wrapped[column]), _quantile(last[column])) if wrapped[column] else max(last[column])
        for column in wrapped
    }


def _weigh_absence(rows: Sequence[Row], roles: Sequence[Role]) -> Mapping[Role, float]:
    """Weigh empty cells anew: where each row repeats its city none is merged, where some lack it more may."""
    if "region" not in roles:
        return ABSENT
    regions = [row.cells.get(roles.index("region")) for row in rows]
    repeated = any(above == below for above, below in pairwise(regions) if above)
    merged = None in regions
    if repeated == merged:
        return ABSENT
    return {**ABSENT, "region": 9.0 if repeated else 3.0}
