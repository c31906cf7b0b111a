"""Figures as tables: Markdown that reads well on a terminal too."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

_MB = 1_000_000
# Heading, figure, divisor, digits behind the point.
_COLUMNS: tuple[tuple[str, str, float, int], ...] = (
    ("build s", "build_s", 1, 1),
    ("index MB", "bytes", _MB, 1),
    ("p50 ms", "p50_ms", 1, 2),
    ("p95 ms", "p95_ms", 1, 2),
    ("p99 ms", "p99_ms", 1, 2),
    ("rare p50 ms", "rare_p50_ms", 1, 3),
    ("peak MB", "peak_mb", 1, 0),
    ("start ms", "start_ms", 1, 0),
)
_NO_FIGURE = "–"


def engine_table(result: Mapping[str, Any]) -> list[str]:
    """Give the lines of a run's table; behind each figure of another engine stands how many times zenrei's it is."""
    engines = result["engines"]
    reference = engines.get("zenrei")
    rows = [["engine", *(heading for heading, *_ in _COLUMNS)]]
    for name, figures in engines.items():
        partial = reference is not None and figures["queries"] < reference["queries"]
        shown = f"{name} ({figures['queries']} queries)" if partial else name
        rows.append([shown, *(_cell(figures, reference, *column[1:]) for column in _COLUMNS)])
    return _render(rows)


def officer_line(result: Mapping[str, Any]) -> str:
    """Say in a line what queries with every expansion, and suggestions, take."""
    told = result["officer"]
    return (
        f"What an officer types, with every expansion: p50 {told['p50_ms']:.2f} ms, p95 {told['p95_ms']:.2f} ms; "
        f"suggestions: p50 {told['suggest_p50_ms']:.2f} ms, p95 {told['suggest_p95_ms']:.2f} ms."
    )


def http_table(result: Mapping[str, Any]) -> list[str]:
    """Give the lines of the table of an HTTP run."""
    rows = [["what", "connections", "requests/s", "p50 ms", "p95 ms", "p99 ms", "errors"]]
    for run in result["http"]:
        times = [f"{run[name]:.1f}" for name in ("p50_ms", "p95_ms", "p99_ms")]
        rows.append([run["what"], str(run["connections"]), f"{run['requests_per_s']:.0f}", *times, str(run["errors"])])
    return _render(rows)


def _cell(
    figures: Mapping[str, Any], reference: Mapping[str, Any] | None, key: str, divisor: float, digits: int
) -> str:
    value = figures[key]
    if value is None:
        return _NO_FIGURE
    text = f"{value / divisor:,.{digits}f}"
    if reference is None or figures is reference or not reference[key]:
        return text
    # Over the same queries, where an engine answered some only.
    ratio = figures.get("times_zenrei", {}).get(key, value / reference[key])
    return f"{text} ({ratio:.2g}×)" if ratio < 10 else f"{text} ({ratio:.0f}×)"


def _render(rows: Sequence[Sequence[str]]) -> list[str]:
    """Lay out rows, the first of which are headings, as a Markdown table with columns of even width."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    lines = [
        "| " + " | ".join(_pad(cell, width, left=not at) for at, (cell, width) in enumerate(zip(row, widths))) + " |"
        for row in rows
    ]
    rule = "|" + "|".join("-" * (width + 2) if not at else "-" * (width + 1) + ":" for at, width in enumerate(widths))
    return [lines[0], rule + "|", *lines[1:]]


def _pad(cell: str, width: int, *, left: bool) -> str:
    space = " " * (width - _width(cell))
    return cell + space if left else space + cell


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
