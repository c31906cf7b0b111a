"""The cheapest reading of a table that a converter ran together: fragments of its text in, rows of cells out.

A dynamic program over the places where a cell may end. A line that breaks before its column is full ends a cell or a
paragraph, and `cell_costs` knows what the cells of a column look like; the reading with the least sum of both holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from indexer.lines.headings import clean_text
from indexer.lines.wrapped_lines import begins_paragraph, ends_sentence, measure_width, needs_space, room_left
from indexer.tables.cell_costs import NEVER, Role, is_place, share_of_names, text_cost

Gap = Literal["space", "line", "blank", "page"]  # what stands before a fragment


@dataclass(frozen=True, slots=True)
class Fragment:
    """A run of text between white space, which may be a cell or a part of one; `line` is its index in the table."""

    text: str
    line: int
    gap: Gap


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the pieces of its cells by column, one for each line they stand on, and the span of its lines.

    A cell that is empty or merged with the one above is missing; `first` and `last` are inclusive.
    """

    cells: Mapping[int, tuple[str, ...]]
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Step:
    """The cheapest way to a state: its cost, the state before, and the column of the cell read since (None: no cell)."""

    cost: float
    origin: tuple[int, int] | None
    column: int | None


_State = tuple[int, int]  # fragments read, columns read of the row

_GIVE_UP = 15.0  # a reading this much worse than another is not followed further
_CELL_GIVE_UP = 12.0  # nor is a cell this unlikely
_NOT_IN_TABLE = 8.0  # a line that belongs to no row
_BLANK_INSIDE = 1.5
_TORN_START = 2.5  # a description that seems to begin with the end of another cell
_ROW_MISSED = 3.0  # a line inside a description that begins as a row does, with the name of a city
_FULL_END = 0.7  # a cell that ends where its line is full, as one in ten does by chance
_LONGEST: Mapping[Role, int] = {"region": 4, "title": 20, "partners": 90, "body": 250}  # fragments; others: 8
_NARROW = 0.65  # the most of the widest column that another is taken to have before it is measured


class Reading:
    """One reading of the table with given widths of its columns; `widest` stands in for the widths not yet known."""

    def __init__(
        self,
        fragments: Sequence[Fragment],
        roles: Sequence[Role],
        widest: float,
        *,
        widths: Mapping[int, float],
        absent: Mapping[Role, float],
    ) -> None:
        self.widths = widths
        self._fragments = fragments
        self._clean = [clean_text(fragment.text) for fragment in fragments]
        self._roles = roles
        self._widest = widest
        self._absent = absent
        self._row_starts = set(self._find_row_starts())

    def rows(self) -> list[Row]:
        """Find the cheapest way through the table and give its rows."""
        done = len(self._roles)
        best: dict[_State, _Step] = {(0, done): _Step(0.0, None, None)}
        for place in range(len(self._fragments) + 1):
            cheapest = min((best[place, n].cost for n in range(1, done + 1) if (place, n) in best), default=0.0)
            for columns in range(1, done + 1):
                step = best.get((place, columns))
                if step is None or step.cost > cheapest + _GIVE_UP:
                    continue
                for state, cost, column in self._steps(place, columns):
                    if state not in best or step.cost + cost < best[state].cost:
                        best[state] = _Step(step.cost + cost, (place, columns), column)
        return self._trace(best)

    def _steps(self, place: int, columns: int) -> Iterator[tuple[_State, float, int | None]]:
        """Give what may follow: one more cell (columns before it may be empty), a row that ends early, a stray line."""
        done = len(self._roles)
        new_row = columns == done
        if place < len(self._fragments):
            cost = self._boundary_cost(place, new_row=new_row)
            for column in range(0 if new_row else columns, done if cost < NEVER else 0):
                for end, cell_cost in self._cells(place, column):
                    yield (end, column + 1), cost + cell_cost, column
                cost += self._absent[self._roles[column]]
            if new_row:
                yield (self._line_end(place), done), _NOT_IN_TABLE, None
        if not new_row:
            yield (place, done), sum(self._absent[role] for role in self._roles[columns:]), None

    def _find_row_starts(self) -> Iterator[int]:
        """Give the places where a line begins with what the first column holds, or has names alone in its midst."""
        role = self._roles[0]
        for place, fragment in enumerate(self._fragments):
            if fragment.gap == "space":
                continue
            words = [word.text for word in self._fragments[place : min(place + 4, self._line_end(place))]]
            firsts = ("".join(words[:n]) for n in range(1, len(words) + 1))
            named = role in ("region", "area", "number") and any(text_cost(first, role) == 0 for first in firsts)
            # Where the city is merged with the one above a row begins with its title, and its partners follow.
            if named or (
                "partners" in self._roles and any(len(word) > 2 and share_of_names(word) == 1 for word in words[1:3])
            ):
                yield place

    def _line_end(self, place: int) -> int:
        end = place + 1
        while end < len(self._fragments) and self._fragments[end].gap == "space":
            end += 1
        return end

    def _trace(self, best: Mapping[_State, _Step]) -> list[Row]:
        state = (len(self._fragments), len(self._roles))
        rows: list[Row] = []
        cells: dict[int, tuple[str, ...]] = {}
        last = 0
        while (step := best[state]).origin is not None:
            start, columns = step.origin
            if step.column is not None:
                last = last if cells else self._fragments[state[0] - 1].line
                cells[step.column] = self._pieces(start, state[0])
                if columns == len(self._roles):
                    rows.append(Row(cells, self._fragments[start].line, last))
                    cells = {}
            state = step.origin
        return rows[::-1]

    def _pieces(self, start: int, end: int) -> tuple[str, ...]:
        pieces: list[str] = []
        for fragment in self._fragments[start:end]:
            if pieces and fragment.gap == "space":
                pieces[-1] += " " + fragment.text
            else:
                pieces.append(fragment.text)
        return tuple(pieces)

    def _boundary_cost(self, place: int, *, new_row: bool) -> float:
        match self._fragments[place].gap:
            case "space":
                return NEVER if new_row else 0.5
            case "line":
                return 0.7
            case "page":
                return 0.0 if new_row else 1.0
            case _:
                return 0.0

    def _cells(self, start: int, column: int) -> Iterator[tuple[int, float]]:
        """Give each place where a cell of this column that starts here may end, with its cost."""
        role = self._roles[column]
        text, piece, inner = "", "", 0.0
        for end in range(start, min(len(self._fragments), start + _LONGEST.get(role, 8))):
            fragment = self._fragments[end]
            if piece and fragment.gap == "space":
                inner += 0.5 if role == "body" else 0.8
                piece += " " + fragment.text
            else:
                inner += self._line_cost(piece, end, column, first=piece == text) if piece else 0.0
                piece = fragment.text
            excess = self._excess_cost(piece, column)
            if inner + excess > _CELL_GIVE_UP:
                return
            text += " " * needs_space(text, self._clean[end]) + self._clean[end]
            yield end + 1, inner + excess + self._end_cost(piece, end + 1, column) + text_cost(text, role)

    def _line_cost(self, piece: str, following: int, column: int, *, first: bool) -> float:
        """Judge a line of a cell, the `first` or another, with the line break behind it."""
        cost = self._excess_cost(piece, column) + self._break_cost(piece, following, column)
        if first and self._roles[column] == "body" and self._is_foreign(piece):
            cost += _TORN_START
        return cost

    def _is_foreign(self, piece: str) -> bool:
        """Whether the first line of a description rather belongs to the cell before it: the end of a name, or names."""
        if ends_sentence(piece) or begins_paragraph(piece):
            return False
        return measure_width(piece) < 0.4 * self._widest or share_of_names(piece) > 0.8

    def _end_cost(self, piece: str, end: int, column: int) -> float:
        following = self._fragments[end] if end < len(self._fragments) else None
        if not following or following.gap == "space" or self._roles[column] == "body" or column not in self.widths:
            return 0.0
        return 0.0 if room_left(piece, following.text, width=self.widths[column]) else _FULL_END

    def _excess_cost(self, piece: str, column: int) -> float:
        """Judge a line that is wider than its column (one character may hang over)."""
        if column not in self.widths:
            if self._roles[column] == "body":
                return 0.0
            return min(2.0, 0.3 * max(0.0, measure_width(piece) - _NARROW * self._widest))
        excess = max(0.0, measure_width(piece) - 1 - self.widths[column])
        return min(3.0, 0.1 * excess) if self._roles[column] == "body" else min(5.0, 0.6 * excess)

    def _break_cost(self, before: str, place: int, column: int) -> float:
        """Judge a line break inside a cell: where the next character had room, somebody meant it."""
        role = self._roles[column]
        following = self._fragments[place]
        apart = following.gap == "blank" or (following.gap == "page" and role != "body")
        cost = _BLANK_INSIDE if apart else 0.0
        cost += _ROW_MISSED if role == "body" and place in self._row_starts else 0.0
        width = self.widths.get(column, self._widest if role == "body" else None)
        room = 0.5 if width is None else room_left(before, following.text, width=width)
        if room == 0.0:
            return cost
        listed = begins_paragraph(following.text)
        if role == "body":
            return cost + (0.4 if listed or ends_sentence(before) else min(3.0, 1.0 + 0.15 * room))
        if role == "partners" and (listed or before[-1] in "、，・" or is_place(before)):
            return cost + 0.4
        return cost + min(4.0, 0.6 + 0.35 * room)
