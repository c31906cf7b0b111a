"""Latency over the size of the corpus as an SVG, both axes logarithmic."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

_WIDTH, _HEIGHT = 760, 440
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 130, 30, 50
_COLOURS = ("#0017c1", "#c74700", "#197a4b", "#8b1b8b", "#1a1a1a", "#946200")
_LINES = (("p50_ms", ""), ("p95_ms", "6 4"))  # figure, dashes
_LABEL_HEIGHT = 16

Point = tuple[float, float]


def draw_plot(results: Sequence[Mapping[str, Any]]) -> str:
    """Draw p50 (whole lines) and p95 (dashes) of every engine over the sizes of the results (at least one)."""
    results = sorted(results, key=lambda result: int(result["entries"]))
    names = list(dict.fromkeys(name for result in results for name in result["engines"]))
    curves = {
        (name, key): [(float(r["entries"]), float(r["engines"][name][key])) for r in results if name in r["engines"]]
        for name in names
        for key, _ in _LINES
    }
    axes = _Axes([point for curve in curves.values() for point in curve])
    parts = [*axes.grid(), *_legend(names, {name: axes.place(curves[name, "p50_ms"][-1])[1] for name in names})]
    for colour, name in zip(_cycle(len(names)), names, strict=True):
        for key, dashes in _LINES:
            parts += _curve([axes.place(point) for point in curves[name, key]], colour, dashes)
    style = f'font-family="sans-serif" font-size="13" viewBox="0 0 {_WIDTH} {_HEIGHT}"'
    title = "Faceted query: p50 (whole) and p95 (dashed), milliseconds over entries"
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {style} role="img"><title>{title}</title>'
    ground = f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/><text x="{_LEFT}" y="18">{title}</text>'
    return "\n".join([head, ground, *parts, "</svg>", ""])


class _Axes:
    """Maps entries and milliseconds to places in the picture."""

    def __init__(self, points: Sequence[Point]) -> None:
        self._x = _decades([x for x, _ in points])
        self._y = _decades([y for _, y in points])

    def place(self, point: Point) -> Point:
        """Give the place of a point."""
        across = (math.log10(point[0]) - self._x.start) / (self._x.stop - 1 - self._x.start)
        up = (math.log10(max(point[1], 10.0**self._y.start)) - self._y.start) / (self._y.stop - 1 - self._y.start)
        x = _LEFT + across * (_WIDTH - _LEFT - _RIGHT)
        return round(x, 1), round(_HEIGHT - _BOTTOM - up * (_HEIGHT - _TOP - _BOTTOM), 1)

    def grid(self) -> Iterator[str]:
        """Yield lines and labels at the powers of ten."""
        bottom, left = 10.0**self._y.start, 10.0**self._x.start
        for power in self._x:
            x, y = self.place((10.0**power, bottom))
            yield f'<path d="M{x} {_TOP}V{y}" stroke="#ddd"/>'
            yield f'<text x="{x}" y="{y + 20}" text-anchor="middle">{10**power:,}</text>'
        for power in self._y:
            x, y = self.place((left, 10.0**power))
            yield f'<path d="M{x} {y}H{_WIDTH - _RIGHT}" stroke="#ddd"/>'
            yield f'<text x="{x - 8}" y="{y + 4}" text-anchor="end">{10.0**power:g} ms</text>'


def _decades(values: Sequence[float]) -> range:
    """Give the powers of ten that enclose the values, at least two."""
    first = math.floor(math.log10(max(min(values), 1e-3)))
    return range(first, max(math.ceil(math.log10(max(*values, 1e-3))), first + 1) + 1)


def _curve(places: Sequence[Point], colour: str, dashes: str) -> Iterator[str]:
    points = " ".join(f"{x},{y}" for x, y in places)
    yield f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dashes}"/>'
    for x, y in places:
        yield f'<circle cx="{x}" cy="{y}" r="3" fill="{colour}"/>'


def _legend(names: Sequence[str], heights: Mapping[str, float]) -> Iterator[str]:
    """Yield the names beside the ends of their curves, pushed apart where they would overlap."""
    y = 0.0
    colours = dict(zip(names, _cycle(len(names)), strict=True))
    for name in sorted(names, key=heights.__getitem__):
        y = max(heights[name] + 4, y + _LABEL_HEIGHT)
        yield f'<text x="{_WIDTH - _RIGHT + 10}" y="{y}" fill="{colours[name]}">{escape(name)}</text>'


def _cycle(count: int) -> list[str]:
    return [_COLOURS[at % len(_COLOURS)] for at in range(count)]
