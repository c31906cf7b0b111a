"""Pages: what the templates receive of a search (an entry: `entry_pages`, an error: `error_pages`).

Facets are built in `facet_groups`, hits in `hits`.
A ResultPage in, a view out in which every text is written, every link is made and every choice of what
is open or hidden is taken, so that a template only prints. Pure functions, no Flask: each state of a page can be built
and looked at by hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from search_app import wording
from search_app.exports import FileLink, link_search_files
from search_app.facet_groups import GroupView, TagView, build_groups, build_tags
from search_app.hits import HitView, build_hit
from search_app.links import Links
from search_app.listings import LIMIT
from search_app.params import MAX_QUERY, MAX_TYPED, MULTI_NAMES, PER_PAGE, SearchParams, Sort, View
from search_app.search import ResultPage
from search_app.selection import MAX_COMPARED, MAX_SELECTED, MIN_COMPARED
from search_app.understood_pages import HelpView, UnderstoodView, build_help, build_understood

_NEAR_PAGES = 2  # page numbers on either side of the current one
_TITLE_QUERY = 40  # characters of the query in a heading
_SORT_LABELS: dict[Sort, str] = {
    "relevance": "関連度の高い順",
    "newest": "新しい順",
    "oldest": "古い順",
    "code": "自治体コード順",
}
_VIEW_LABELS: dict[View, str] = {"list": "一覧", "table": "表", "kwic": "文脈"}


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxView:
    """The search box. `hidden` are name-value pairs that the form sends along (order, view, size of a page).

    `most` characters may be sent; suggestions are made for `most_typed`.
    """

    q: str = ""
    action: str
    hidden: tuple[tuple[str, str], ...] = ()
    most: int = MAX_QUERY
    most_typed: int = MAX_TYPED


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectionBarView:
    """What is done with the hits that are chosen: where the list and the comparison are, and how many they take."""

    list_url: str
    comparison_url: str
    most: int = MAX_SELECTED
    least_compared: int = MIN_COMPARED
    most_compared: int = MAX_COMPARED


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
    complete: str
    interpretation: str
    understood: UnderstoodView
    help: HelpView
    explained: bool
    tags: tuple[TagView, ...]
    clear_url: str
    groups: tuple[GroupView, ...]
    view: View
    views: tuple[ChoiceLink, ...]
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
    selection_bar: SelectionBarView


def build_search_view(page: ResultPage, links: Links) -> SearchView:
    """Say everything that the search page shows of a result."""
    params = page.params
    first = (params.page - 1) * params.per_page + 1
    beyond = page.total > 0 and not page.hits  # a page number behind the last page
    return SearchView(
        title=_title(page),
        heading=_heading(params),
        box=_box_of_search(links, params),
        status=f"{wording.number(page.total)}件",
        range=_range(page, first),
        complete=_complete(page),
        interpretation=page.interpretation,
        understood=build_understood(page.understanding, links),
        help=build_help(page.help, links),
        explained=params.explain,
        tags=tuple(build_tags(params, links)),
        clear_url=links.search(params.without_filters()),
        groups=build_groups(page, links),
        view=_shown_view(params),
        views=tuple(_views(params, links)),
        hits=tuple(build_hit(hit, params, links) for hit in page.hits),
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
        selection_bar=build_selection_bar(links),
    )


def build_box(links: Links, params: SearchParams | None = None) -> BoxView:
    """Give the search box as it stands after a search (None: empty, as on a page that shows no search)."""
    params = params or SearchParams()
    hidden = (("sort", params.sort),) if params.sort != "relevance" else ()
    if params.view != "list":
        hidden = (*hidden, ("view", params.view))
    if params.per_page != PER_PAGE:
        hidden = (*hidden, ("per_page", str(params.per_page)))
    return BoxView(q=params.q, action=links.home(), hidden=hidden)


def build_selection_bar(links: Links) -> SelectionBarView:
    """Give the bar for what is chosen, before anything is."""
    return SelectionBarView(list_url=links.selection(()), comparison_url=links.comparison(()))


def _box_of_search(links: Links, params: SearchParams) -> BoxView:
    """Give the box of the search page, whose form keeps the municipality: no check box does."""
    box = build_box(links, params)
    return replace(box, hidden=(*box.hidden, *(("municipality", code) for code in params.municipality)))


def _is_filtered(params: SearchParams) -> bool:
    return any(map(params.narrows, MULTI_NAMES))


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


def _complete(page: ResultPage) -> str:
    """Say how many hits have every word, where some have not."""
    if page.complete is None or page.complete >= page.total:
        return ""
    partly = wording.number(page.total - page.complete)
    return f"すべての語を含む: {wording.number(page.complete)}件／一部を含む: {partly}件"


def _files_remark(total: int) -> str:
    """Say how much a file holds, where that is not everything."""
    if total <= LIMIT:
        return ""
    return f"{wording.number(total)}件のうち、並び順の先頭から{wording.number(LIMIT)}件までをファイルに書き出します。"


def _shown_view(params: SearchParams) -> View:
    """Give the view; without words there is no context of them, and the list is shown."""
    return "list" if params.view == "kwic" and not params.q else params.view


def _views(params: SearchParams, links: Links) -> Iterator[ChoiceLink]:
    """Give the views to choose from."""
    for view, label in _VIEW_LABELS.items():
        if params.q or view != "kwic":
            url = links.search(params.viewed_as(view))
            yield ChoiceLink(label=label, url=url, current=view == _shown_view(params))


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
