"""Area pages: what the template receives of one area: its profile, its members, its initiatives by category."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.categories import CATEGORIES, PILLARS
from indexer.places import Municipality, municipality_called
from indexer.records import Entry
from indexer.store import Reader
from search_app import wording
from search_app.areas import KnownArea, areas_of
from search_app.blocks import BlockView, split_blocks
from search_app.browse import Browsed, browse
from search_app.facts import FactView, LinkView, link_prefectures, state
from search_app.highlight import Segment
from search_app.links import Links
from search_app.pages import BoxView, build_box
from search_app.params import SearchParams

_MOST_ENTRIES = 300  # read for a page; counts are those of the index
_TITLES = 8  # of a category, before the search lists all


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileView:
    """What a document says of the area as a whole: blocks of text, and where they stand."""

    link: LinkView
    blocks: tuple[BlockView, ...]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberView:
    """A member: its page, whether it is a central city, the other areas it belongs to."""

    place: LinkView
    role: str
    others: tuple[LinkView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TitlesView:
    """A category: its first titles, its count, and the search that lists all (None: no filter names it)."""

    label: str
    count: str
    url: str | None
    titles: tuple[LinkView, ...]
    more: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PillarView:
    """A pillar with its categories that have entries."""

    label: str
    count: str
    url: str
    categories: tuple[TitlesView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaView:
    """The page of an area. `members_note` says where the list of members comes from."""

    title: str
    heading: str
    scheme: str
    box: BoxView
    facts: tuple[FactView, ...]
    total: str
    search_url: str | None
    years: tuple[LinkView, ...]
    profiles: tuple[ProfileView, ...]
    agreements: tuple[LinkView, ...]
    pillars: tuple[PillarView, ...]
    unsorted: TitlesView | None
    members: tuple[MemberView, ...]
    members_note: str
    url: str
    empty_url: str


def build_area_view(known: KnownArea, reader: Reader, links: Links) -> AreaView:
    """Say everything that the page of an area shows."""
    found = browse(known.search, reader, limit=_MOST_ENTRIES)
    params = known.search or SearchParams()
    by_kind = {kind: [entry for entry in found.entries if entry.kind == kind] for kind in wording.KIND_LABELS}
    return AreaView(
        title=f"{known.name}｜{wording.PRODUCT}",
        heading=known.name,
        scheme=known.scheme,
        box=build_box(links),
        facts=tuple(_facts(known, links)),
        total=wording.number(found.total),
        search_url=links.search(params) if known.search else None,
        years=tuple(_years(found, params, links)),
        profiles=tuple(_profile(entry, links) for entry in by_kind["profile"]),
        agreements=link_entries(by_kind["agreement"], links),
        pillars=tuple(_pillars(by_kind["initiative"], found, params, links)),
        unsorted=_unsorted(by_kind["initiative"], links),
        members=tuple(_members(known, found, reader, links)),
        members_note="" if known.area else "構成市町村の一覧がないため、資料に名前のある市町村を示しています。",
        url=links.area(known.id),
        empty_url=links.search(SearchParams(q=known.name)),
    )


def link_entries(entries: Iterable[Entry], links: Links) -> tuple[LinkView, ...]:
    """Give entries by title, each with its 年度."""
    return tuple(
        LinkView(
            label=entry.title,
            url=links.entry(entry.id),
            note=wording.fiscal_year(entry.fiscal_year) if entry.fiscal_year else "",
        )
        for entry in entries
    )


def _facts(known: KnownArea, links: Links) -> Iterator[FactView]:
    area = known.area
    if area:
        yield state("圏域の種類", area.scheme)
        yield state("中心市", link_places(area.central, links))
    yield state("都道府県", link_prefectures(known.prefectures, links))
    others = [name for name in dict.fromkeys((*(area.aliases if area else ()), *known.regions)) if name != known.name]
    if others:
        yield state("別の呼び方", "、".join(others))


def link_places(places: Iterable[Municipality], links: Links) -> tuple[LinkView, ...]:
    """Give municipalities with the way to their pages."""
    return tuple(LinkView(label=place.name, url=links.place(place.code)) for place in places)


def _years(found: Browsed, params: SearchParams, links: Links) -> Iterator[LinkView]:
    for year, count in sorted(found.counts["year"].items(), reverse=True):
        url = links.search(params.with_value("year", year))
        yield LinkView(label=wording.fiscal_year_with_era(int(year)), url=url, note=f"{wording.number(count)}件")


def _profile(entry: Entry, links: Links) -> ProfileView:
    return ProfileView(
        link=LinkView(label=entry.title, url=links.entry(entry.id)),
        blocks=tuple(split_blocks((Segment(entry.body, False),))),
        source=wording.source_line(entry.source),
    )


def _pillars(entries: Sequence[Entry], found: Browsed, params: SearchParams, links: Links) -> Iterator[PillarView]:
    counts = found.counts["category"]
    for pillar, label in PILLARS.items():
        if pillar in counts:
            codes = [code for code in CATEGORIES if code.startswith(pillar) and code in counts]
            yield PillarView(
                label=label,
                count=wording.number(counts[pillar]),
                url=links.search(params.with_value("category", pillar)),
                categories=tuple(_category(code, entries, counts[code], params, links) for code in codes),
            )


def _category(code: str, entries: Sequence[Entry], count: int, params: SearchParams, links: Links) -> TitlesView:
    titles = [entry for entry in entries if entry.category == code][:_TITLES]
    return TitlesView(
        label=wording.category_in_short(code),
        count=wording.number(count),
        url=links.search(params.with_value("category", code)),
        titles=link_entries(titles, links),
        more=f"ほか{wording.number(count - len(titles))}件" if count > len(titles) else "",
    )


def _unsorted(entries: Sequence[Entry], links: Links) -> TitlesView | None:
    titles = [entry for entry in entries if entry.category is None]
    if not titles:
        return None
    return TitlesView(label="分類なし", count=wording.number(len(titles)), url=None, titles=link_entries(titles, links))


def _named_members(entries: Iterable[Entry]) -> list[Municipality]:
    """List the municipalities that entries name, the most often named first."""
    called = (municipality_called(name, entry.prefectures) for entry in entries for name in entry.municipalities)
    counts = Counter(place for place in called if place)
    return sorted(counts, key=lambda place: (-counts[place], place.code))


def _members(known: KnownArea, found: Browsed, reader: Reader, links: Links) -> Iterator[MemberView]:
    if known.area:
        members: Iterable[Municipality] = known.area.members
    else:
        members = _named_members(found.entries)
    several = len(known.prefectures) > 1
    for place, link in zip(members, link_places(members, links), strict=True):
        others = [other for other in areas_of(place, reader) if other.id != known.id]
        yield MemberView(
            place=replace(link, note=place.prefecture) if several else link,
            role="中心市" if known.area and place in known.area.central else "",
            others=tuple(LinkView(label=other.name, url=links.area(other.id)) for other in others),
        )
