"""Facts: the lines of a description list, as entry, area and municipality pages show them.

What is not stated is shown as not stated, so that nobody takes a gap for a guess.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from indexer.places import PREFECTURES
from search_app.links import Links

NOT_STATED = "資料に記載なし"


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkView:
    """A text with a way on from it (None: there is none), and a note behind it."""

    label: str
    url: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactView:
    """A line of the list: a term, its values. `evidence` are the source's words behind them, each with where it stands."""

    term: str
    values: tuple[LinkView, ...]
    stated: bool = True
    evidence: tuple[LinkView, ...] = ()

    @property
    def text(self) -> str:
        """The values as they are read."""
        return "、".join(value.label for value in self.values)


def state(
    term: str,
    values: Iterable[LinkView] | str | None,
    *,
    evidence: tuple[LinkView, ...] = (),
    missing: str = NOT_STATED,
) -> FactView:
    """Make a line of values, or of one text; without any, `missing` stands in their place."""
    given = (LinkView(label=values),) if isinstance(values, str) and values else tuple(values or ())
    if not given:
        return FactView(term=term, values=(LinkView(label=missing),), stated=False)
    return FactView(term=term, values=given, evidence=evidence)


def prefecture_code(prefecture: str) -> str:
    """Give the two digits of a prefecture (JIS X 0401)."""
    return f"{PREFECTURES.index(prefecture) + 1:02}"


def link_prefectures(names: Iterable[str], links: Links) -> tuple[LinkView, ...]:
    """Give prefectures with the way to their pages."""
    return tuple(LinkView(label=name, url=links.place(prefecture_code(name))) for name in names)
