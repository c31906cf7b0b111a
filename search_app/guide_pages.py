"""Guide pages: what the templates of the help page and of the accessibility statement receive.

What they explain is written in the templates; here are the examples, which are searches like any other, with their
counts in this index.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from indexer.categories import SHORT_LABELS
from indexer.store import Reader
from search_app import wording
from search_app.counts import count_hits
from search_app.links import Links
from search_app.pages import BoxView, build_box
from search_app.params import SearchParams
from search_app.selection import MAX_COMPARED, MAX_SELECTED, MIN_COMPARED


@dataclass(frozen=True, slots=True)
class Example:
    """A search to try, and what it finds; `chosen` names the choices beside the words."""

    params: SearchParams
    finds: str
    chosen: tuple[str, ...] = ()


# The examples by the section of the help page that they stand in.
EXAMPLES: dict[str, tuple[Example, ...]] = {
    "words": (
        Example(SearchParams(q="図書館"), "「図書館」を含む事例"),
        Example(SearchParams(q="図書館 相互利用"), "両方を含む事例のほか、片方だけを含む事例も"),
        Example(SearchParams(q='"図書館の相互利用"'), "この並びのままの語句を含む事例だけ"),
        Example(SearchParams(q="公共交通 -バス"), "「公共交通」を含み、「バス」を含まない事例"),
        Example(SearchParams(q="バス OR 鉄道"), "どちらかを含む事例（OR は半角の大文字で、前後に空白を入れます）"),
    ),
    "synonyms": (
        Example(SearchParams(q="ごみ"), "「ごみ」のほか、「廃棄物」など同じ意味の言葉も"),
        Example(SearchParams(q="ごみ~"), "「ごみ」だけ（同義語を使わない）"),
    ),
    "readings": (
        Example(SearchParams(q="としょかん"), "「図書館」の事例（ひらがな）"),
        Example(SearchParams(q="toshokan"), "「図書館」の事例（ローマ字）"),
    ),
    "years": (
        Example(SearchParams(q="令和6年"), "2024年のことが書かれた事例"),
        Example(SearchParams(q="R6"), "同じ年を略して書いたとき"),
        Example(SearchParams(q="2024年度"), "令和6年度のことが書かれた事例"),
        Example(SearchParams(q="平成28年 開始"), "2016年に始まった事例を上のほうに"),
    ),
    "places": (
        Example(SearchParams(q="倉敷市 子育て"), "倉敷市と、倉敷市が入る圏域の「子育て」の事例を上のほうに"),
        Example(SearchParams(q="岡山県 病児保育"), "岡山県の「病児保育」の事例を上のほうに"),
        Example(SearchParams(q="中国地方 図書館"), "中国地方の「図書館」の事例を上のほうに"),
    ),
    "facets": (
        Example(
            SearchParams(q="図書館", region=("中国地方",)), "「図書館」の事例のうち、中国地方のものだけ", ("中国地方",)
        ),
        Example(
            SearchParams(q="共同", category=("ウ-A-g",)),
            "「共同」の事例のうち、災害対策・消防のものだけ",
            (SHORT_LABELS["ウ-A-g"],),
        ),
        Example(
            SearchParams(region=("岡山県", "広島県"), kind=("initiative",)),
            "岡山県か広島県の取組（検索語なし）",
            ("岡山県", "広島県", wording.KIND_LABELS["initiative"]),
        ),
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleView:
    """An example as it is printed: what is typed and chosen, what it finds, how many, and the link to try it."""

    typed: str
    chosen: tuple[str, ...]
    finds: str
    count: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpView:
    """The help page. `examples` are named by their section; the numbers are the limits of a selection."""

    title: str
    box: BoxView
    examples: Mapping[str, tuple[ExampleView, ...]]
    most_selected: int
    least_compared: int
    most_compared: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessibilityView:
    """The accessibility statement."""

    title: str
    box: BoxView
    help_url: str


def build_help_view(reader: Reader, links: Links) -> HelpView:
    """Say what the help page shows beside its text."""
    return HelpView(
        title=f"検索のしかた｜{wording.PRODUCT}",
        box=build_box(links),
        examples={
            section: tuple(_view(example, reader, links) for example in examples)
            for section, examples in EXAMPLES.items()
        },
        most_selected=MAX_SELECTED,
        least_compared=MIN_COMPARED,
        most_compared=MAX_COMPARED,
    )


def build_accessibility_view(links: Links) -> AccessibilityView:
    """Say what the accessibility statement shows beside its text."""
    return AccessibilityView(
        title=f"アクセシビリティ方針｜{wording.PRODUCT}", box=build_box(links), help_url=links.help()
    )


def _view(example: Example, reader: Reader, links: Links) -> ExampleView:
    return ExampleView(
        typed=example.params.q,
        chosen=example.chosen,
        finds=example.finds,
        count=wording.number(count_hits(example.params, reader)),
        url=links.search(example.params),
    )
