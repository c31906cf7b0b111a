"""Place pages: what the template receives of one municipality, or of one prefecture with its municipalities and areas.

Every municipality has a page, also one that no document names: it then says which areas it belongs to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from indexer.places import PREFECTURES, Municipality, block_of, municipalities, municipality_of_code
from indexer.store import Reader
from search_app import wording
from search_app.area_pages import link_entries
from search_app.areas import KnownArea, areas_of, list_areas
from search_app.browse import browse
from search_app.counts import count_by_municipality
from search_app.facts import FactView, LinkView, link_prefectures, prefecture_code, state
from search_app.links import Links
from search_app.pages import BoxView, build_box
from search_app.params import SearchParams

_TITLES = 20  # of the entries that name a municipality, before the search lists all
_CODE_WITHOUT_CHECK_DIGIT = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaLine:
    """An area in a list: its page, the place's role in it, its count with the search for its entries."""

    area: LinkView
    role: str
    count: str
    search_url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MunicipalityView:
    """The page of a municipality. `titles` are the first of the `total` entries that name it."""

    title: str
    heading: str
    box: BoxView
    facts: tuple[FactView, ...]
    areas: tuple[AreaLine, ...]
    total: str
    titles: tuple[LinkView, ...]
    search_url: str
    word_url: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrefectureView:
    """The page of a prefecture. A municipality's note is the number of entries that name it ("" for none)."""

    title: str
    heading: str
    box: BoxView
    facts: tuple[FactView, ...]
    total: str
    search_url: str
    areas: tuple[AreaLine, ...]
    municipalities: tuple[LinkView, ...]
    url: str


def find_prefecture(code: str) -> str | None:
    """Find a prefecture by its two digits."""
    return _prefectures().get(code)


def full_code(code: str) -> str | None:
    """Give the code under which a place has its page, where `code` is another spelling of it; else None.

    A municipality is also known by its first five digits, a prefecture by five or six digits (33000, 330001).
    """
    if code[2:5] == "000" and code[:2] in _prefectures() and len(code) in (5, 6):
        return code[:2]
    if len(code) != _CODE_WITHOUT_CHECK_DIGIT:
        return None
    return next((place.code for place in municipalities() if place.code.startswith(code)), None)


def _prefectures() -> Mapping[str, str]:
    return {prefecture_code(name): name for name in PREFECTURES}


def build_municipality_view(code: str, reader: Reader, links: Links) -> MunicipalityView | None:
    """Say everything that the page of a municipality shows; None where no municipality has this code."""
    place = municipality_of_code(code)
    if place is None:
        return None
    params = SearchParams(municipality=(code,))
    found = browse(params, reader, limit=_TITLES)
    return MunicipalityView(
        title=f"{place.name}（{place.prefecture}）｜{wording.PRODUCT}",
        heading=place.name,
        box=build_box(links),
        facts=tuple(_facts(place, links)),
        areas=tuple(_areas_of(place, reader, links)),
        total=wording.number(found.total),
        titles=link_entries(found.entries, links),
        search_url=links.search(params),
        word_url=links.search(SearchParams(q=place.name, region=(place.prefecture,))),
        url=links.place(code),
    )


def _facts(place: Municipality, links: Links) -> Iterator[FactView]:
    yield state("都道府県", link_prefectures((place.prefecture,), links))
    yield state("読み", place.reading)
    yield state("団体コード", place.code)


def _areas_of(place: Municipality, reader: Reader, links: Links) -> Iterator[AreaLine]:
    for known in areas_of(place, reader):
        role = "中心市" if known.area and place in known.area.central else "構成市町村"
        yield _area_line(known, reader, links, role=role)


def _area_line(known: KnownArea, reader: Reader, links: Links, *, role: str = "") -> AreaLine:
    return AreaLine(
        area=LinkView(label=known.name, url=links.area(known.id), note=known.scheme),
        role=role,
        count=wording.number(browse(known.search, reader).total),
        search_url=links.search(known.search) if known.search else None,
    )


def build_prefecture_view(prefecture: str, reader: Reader, links: Links) -> PrefectureView:
    """Say everything that the page of a prefecture shows."""
    params = SearchParams(region=(prefecture,))
    return PrefectureView(
        title=f"{prefecture}｜{wording.PRODUCT}",
        heading=prefecture,
        box=build_box(links),
        facts=(state("地方", block_of(prefecture)), state("都道府県コード", prefecture_code(prefecture))),
        total=wording.number(browse(params, reader).total),
        search_url=links.search(params),
        areas=tuple(_areas_in(prefecture, reader, links)),
        municipalities=tuple(
            _count_named(place, reader, links) for place in municipalities() if place.prefecture == prefecture
        ),
        url=links.place(prefecture_code(prefecture)),
    )


def _count_named(place: Municipality, reader: Reader, links: Links) -> LinkView:
    count = count_by_municipality(reader).get(place.code, 0)
    note = f"{wording.number(count)}件" if count else ""
    return LinkView(label=place.name, url=links.place(place.code), note=note)


def _areas_in(prefecture: str, reader: Reader, links: Links) -> Iterator[AreaLine]:
    for known in list_areas(reader):
        if prefecture in known.prefectures:
            yield _area_line(known, reader, links)
