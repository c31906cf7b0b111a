"""Pages: what the templates receive of a search (an entry: `entry_pages`, an error: `error_pages`).

A ResultPage in, a view out in which every text is written, every link is made and every choice of what
is open or hidden is taken, so that a template only prints. Pure functions, no Flask: each state of a page can be built
and looked at by hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from search_app import wording
from search_app.exports import FileLink, link_search_files
from search_app.facets import FacetValue, FacetView
from search_app.links import Links
from search_app.listings import LIMIT
from search_app.params import KINDS, MULTI_NAMES, PER_PAGE, MultiName, SearchParams, Sort
from search_app.search import Hit, ResultPage, Segment

SHOWN_VALUES = 10  # values of a facet before 「もっと見る」
_NEAR_PAGES = 2  # page numbers on either side of the current one
_TITLE_QUERY = 40  # characters of the query in a heading
_SORT_LABELS: dict[Sort, str] = {"relevance": "関連度の高い順", "newest": "新しい順", "oldest": "古い順"}
_KIND_FACET = "種別"


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxView:
    """The search box. `hidden` are name-value pairs that the form sends along (the order, the size of a page)."""

    q: str = ""
    action: str
    hidden: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TagView:
    """A filter that is applied; its link takes it away."""

    facet: str
    label: str
    remove_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceView:
    """A value of a facet with those below it. `shown` are in sight once it is `open`, `more` behind 「もっと見る」."""

    value: str
    label: str
    count: str
    selected: bool
    open: bool = False
    shown: tuple[ChoiceView, ...] = ()
    more: tuple[ChoiceView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupView:
    """A facet: a group of check boxes. `nested` says that some value has others below it."""

    name: MultiName
    label: str
    nested: bool
    shown: tuple[ChoiceView, ...]
    more: tuple[ChoiceView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HitView:
    """One entry in the list. `place` is who, where and when in parts."""

    id: str
    title: tuple[Segment, ...]
    url: str
    kind: str
    place: tuple[str, ...]
    snippet: tuple[Segment, ...]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceLink:
    """One of several links of which one is where the reader is: an order, a page. No `url`: a gap between pages."""

    label: str
    url: str | None
    current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchView:
    """The search page in any state. `status` is what is read out when the result changes."""

    title: str
    heading: str
    box: BoxView
    status: str
    range: str
    interpretation: str
    tags: tuple[TagView, ...]
    clear_url: str
    groups: tuple[GroupView, ...]
    hits: tuple[HitView, ...]
    first: int
    sorts: tuple[ChoiceLink, ...]
    page_links: tuple[ChoiceLink, ...]
    previous_url: str | None
    next_url: str | None
    last_page_url: str | None
    all_url: str
    json_url: str
    files: tuple[FileLink, ...]
    files_remark: str
    feed_url: str
    selection_url: str
    comparison_url: str


def build_search_view(page: ResultPage, links: Links) -> SearchView:
    """Say everything that the search page shows of a result."""
    params = page.params
    first = (params.page - 1) * params.per_page + 1
    beyond = page.total > 0 and not page.hits  # a page number behind the last page
    return SearchView(
        title=_title(page),
        heading=_heading(params),
        box=build_box(links, params),
        status=f"{wording.number(page.total)}件",
        range=_range(page, first),
        interpretation=page.interpretation,
        tags=tuple(_tags(page, links)),
        clear_url=links.search(params.without_filters()),
        groups=(*(_group(facet) for facet in page.facets), _kinds(params)),
        hits=tuple(_hit(hit, params, links) for hit in page.hits),
        first=first,
        sorts=_sorts(params, links),
        page_links=tuple(_page_links(page, links)),
        previous_url=links.search(params.on_page(params.page - 1)) if params.page > 1 and page.hits else None,
        next_url=links.search(params.on_page(params.page + 1)) if params.page < page.pages else None,
        last_page_url=links.search(params.on_page(page.pages)) if beyond else None,
        all_url=links.search(SearchParams()),
        json_url=links.api_search(params),
        files=link_search_files(params, links),
        files_remark=_files_remark(page.total),
        feed_url=links.feed(params),
        selection_url=links.selection(()),
        comparison_url=links.comparison(()),
    )


def build_box(links: Links, params: SearchParams | None = None) -> BoxView:
    """Give the search box as it stands after a search (None: empty, as on a page that shows no search)."""
    params = params or SearchParams()
    hidden = (("sort", params.sort),) if params.sort != "relevance" else ()
    if params.per_page != PER_PAGE:
        hidden = (*hidden, ("per_page", str(params.per_page)))
    return BoxView(q=params.q, action=links.home(), hidden=hidden)


def _is_filtered(params: SearchParams) -> bool:
    return any(params.values(name) for name in MULTI_NAMES)


def _heading(params: SearchParams) -> str:
    if params.q:
        short = params.q if len(params.q) <= _TITLE_QUERY else f"{params.q[:_TITLE_QUERY]}…"
        return f"「{short}」の検索結果"
    return "条件に合う事例" if _is_filtered(params) else "すべての事例"


def _title(page: ResultPage) -> str:
    """Tell pages of a result apart in the tabs and the history of a browser."""
    at = f"、{page.params.page}ページ目" if page.params.page > 1 else ""
    if not page.params.q and not _is_filtered(page.params) and not at:
        return f"{wording.PRODUCT}｜自治体連携の取組の検索"
    return f"{_heading(page.params)}（{wording.number(page.total)}件{at}）｜{wording.PRODUCT}"


def _range(page: ResultPage, first: int) -> str:
    """Say which hits are in sight, unless all are."""
    if not page.hits or len(page.hits) == page.total:
        return ""
    return f"{wording.number(first)}–{wording.number(first + len(page.hits) - 1)}件目を表示"


def _files_remark(total: int) -> str:
    """Say how much a file holds, where that is not everything."""
    if total <= LIMIT:
        return ""
    return f"{wording.number(total)}件のうち、並び順の先頭から{wording.number(LIMIT)}件までをファイルに書き出します。"


def _hit(hit: Hit, params: SearchParams, links: Links) -> HitView:
    return HitView(
        id=hit.entry.id,
        title=hit.title,
        url=links.entry(hit.entry.id, params),
        kind=wording.KIND_LABELS[hit.entry.kind],
        place=wording.where_and_when(hit.entry),
        snippet=hit.snippet,
        source=wording.source_line(hit.entry.source),
    )


def _tags(page: ResultPage, links: Links) -> Iterator[TagView]:
    """Give what is applied, facet by facet in the order it was chosen; a value that no facet lists shows as it is."""
    facets = {"kind": _KIND_FACET} | {facet.name: facet.label for facet in page.facets}
    labels: dict[tuple[str, str], str] = {("kind", kind): wording.KIND_LABELS[kind] for kind in KINDS}
    for facet in page.facets:
        labels |= {(facet.name, value.value): value.label for value in _walk(facet.values)}
    for name in MULTI_NAMES:
        for value in page.params.values(name):
            yield TagView(
                facet=facets.get(name, name),
                label=labels.get((name, value), value),
                remove_url=links.search(page.params.without_value(name, value)),
            )


def _walk(values: Iterable[FacetValue]) -> Iterator[FacetValue]:
    for value in values:
        yield value
        yield from _walk(value.children)


def _group(facet: FacetView) -> GroupView:
    everything_fits = sum(1 for _ in _walk(facet.values)) <= SHOWN_VALUES
    shown, more = _split(facet.values, opened=everything_fits)
    nested = any(value.children for value in facet.values)
    return GroupView(name=facet.name, label=facet.label, nested=nested, shown=shown, more=more)


def _kinds(params: SearchParams) -> GroupView:
    choices = tuple(
        ChoiceView(value=kind, label=wording.KIND_LABELS[kind], count="", selected=kind in params.kind)
        for kind in KINDS
    )
    return GroupView(name="kind", label=_KIND_FACET, nested=False, shown=choices, more=())


def _split(values: tuple[FacetValue, ...], *, opened: bool) -> tuple[tuple[ChoiceView, ...], tuple[ChoiceView, ...]]:
    """Part what is in sight from what is behind 「もっと見る」: a chosen value is always in sight."""
    choices = [_choice(value, opened=opened, alone=len(values) == 1) for value in values]
    in_sight = [index < SHOWN_VALUES or _holds_choice(value) for index, value in enumerate(values)]
    return (
        tuple(choice for choice, seen in zip(choices, in_sight, strict=True) if seen),
        tuple(choice for choice, seen in zip(choices, in_sight, strict=True) if not seen),
    )


def _choice(value: FacetValue, *, opened: bool, alone: bool) -> ChoiceView:
    shown, more = _split(value.children, opened=opened)
    return ChoiceView(
        value=value.value,
        label=value.label,
        count=wording.number(value.count),
        selected=value.selected,
        open=bool(value.children) and (opened or alone or _holds_choice(value)),
        shown=shown,
        more=more,
    )


def _holds_choice(value: FacetValue) -> bool:
    return value.selected or any(map(_holds_choice, value.children))


def _sorts(params: SearchParams, links: Links) -> tuple[ChoiceLink, ...]:
    """Give the orders to choose from; without words there is no relevance, and the newest come first."""
    current = params.sort
    if not params.q and current == "relevance":
        current = "newest"
    return tuple(
        ChoiceLink(label=label, url=links.search(params.sorted_by(sort)), current=sort == current)
        for sort, label in _SORT_LABELS.items()
        if params.q or sort != "relevance"
    )


def _page_links(page: ResultPage, links: Links) -> Iterator[ChoiceLink]:
    """Give the first page, the last one and those around the current one, with gaps between."""
    if page.pages < 2 or not page.hits:
        return
    current = page.params.page
    near = range(current - _NEAR_PAGES, current + _NEAR_PAGES + 1)
    last = 0
    for shown in sorted({1, page.pages, *(n for n in near if 1 <= n <= page.pages)}):
        if shown > last + 1:
            yield ChoiceLink(label="…", url=None)
        last = shown
        yield ChoiceLink(
            label=wording.number(shown), url=links.search(page.params.on_page(shown)), current=shown == current
        )
