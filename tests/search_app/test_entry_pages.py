"""Entry pages: what the template receives of one entry."""

from dataclasses import replace

import pytest

from indexer.records import Entry, Source
from search_app.areas import KnownArea
from search_app.browse import SameArea
from search_app.entry_pages import EntryView, build_entry_view
from search_app.facts import NOT_STATED
from search_app.links import Links
from search_app.params import SearchParams
from search_app.search import EntryPage, Segment
from search_app.similar import Similar

ENTRY = Entry(
    id="a1",
    kind="initiative",
    title="病児保育の広域利用",
    untitled=False,
    subtitle=None,
    body="",
    region="備後圏域",
    prefectures=("広島県",),
    municipalities=("福山市",),
    pillar="ウ",
    category="ウ-A-c",
    category_evidence=("病児保育", "保育"),
    fiscal_year=2025,
    start_year=2016,
    start_evidence="平成28年4月に開始",
    source=Source(
        file="a.txt", title="取組集", publisher=None, url=None, page=None, lines=((12, 18),), sha256="0" * 64
    ),
)


def build_view(entry: Entry = ENTRY, *, params: SearchParams | None = None) -> EntryView:
    """Build the view of an entry that stands alone in its document."""
    return build_entry_view(
        EntryPage(entry, (Segment(entry.title, False),), (), None, None), Links(), Links(), params=params
    )


def read_facts(view: EntryView) -> dict[str, str]:
    """Read the description list as it is printed."""
    return {
        fact.term: " ".join([fact.text, *(f"{words.label}（{words.note}）" for words in fact.evidence)])
        for fact in (*view.facts, *view.source)
    }


def test_category_and_start_year_show_their_evidence_and_where_it_is_written() -> None:
    """Who doubts a category or a year sees the words that decided it, and in which part of the entry they stand."""
    facts = read_facts(build_view(replace(ENTRY, body="保育所のほか、平成28年4月に開始した。")))
    assert facts["分野"].endswith("（ウ-A-c） 病児保育（題名） 保育（題名・本文）")
    assert facts["開始年"] == "2016年 平成28年4月に開始（本文）"


def test_evidence_beside_title_and_text_is_said_to_be_elsewhere() -> None:
    """A field that a column of the document names, or the year of a mark, is not claimed to be in the text."""
    facts = read_facts(build_view(replace(ENTRY, category_evidence=("福祉分野",), start_evidence="H28開始")))
    assert facts["分野"].endswith("福祉分野（資料の分野名）")
    assert facts["開始年"].endswith("H28開始（表の欄や見出し）")


def test_places_lead_to_their_pages() -> None:
    """Prefectures and municipalities are links; 府中市 of two prefectures at hand is none."""
    view = build_view(replace(ENTRY, prefectures=("東京都", "広島県"), municipalities=("福山市", "府中市")))
    links = {value.label: value.url for fact in view.facts for value in fact.values}
    assert links["東京都"] == "/places/13"
    assert links["福山市"] == "/places/342076"
    assert links["府中市"] is None


def test_the_area_leads_to_its_page_and_to_others_of_it() -> None:
    """The area of an entry, where one is known, is a link, and stands below with some of its initiatives."""
    area = KnownArea("342076", "備後圏域", None, ("備後圏域",), ("広島県",))
    other = replace(ENTRY, id="b2", title="図書館の相互利用")
    page = EntryPage(ENTRY, (), (), None, None)
    view = build_entry_view(page, Links(), Links(), same_area=SameArea(area, 7, (other,)))
    assert view.same_area is not None
    assert (view.same_area.area.url, view.same_area.area.note) == ("/areas/342076", "取組7件")
    assert [(title.label, title.url) for title in view.same_area.titles] == [("図書館の相互利用", "/entries/b2")]
    assert view.facts[0].values[0].url == "/areas/342076"
    assert build_view().same_area is None


def test_the_address_to_copy_is_whole() -> None:
    """A path alone would lead nowhere from a document."""
    page = EntryPage(ENTRY, (), (), None, None)
    view = build_entry_view(page, Links("/zenrei"), Links("https://example.org/zenrei"))
    assert view.permanent_url == view.linked_data["url"] == "https://example.org/zenrei/entries/a1"
    assert view.url == "/zenrei/entries/a1"


def test_what_is_not_stated_is_shown_as_not_stated() -> None:
    """A gap in the source is no guess and no empty cell."""
    facts = read_facts(build_view(replace(ENTRY, region=None, start_year=None, start_evidence=None)))
    assert {facts["圏域"], facts["開始年"], facts["発行者"]} == {NOT_STATED}


def test_the_profile_of_an_area_has_no_policy_field() -> None:
    """A profile speaks of every field, so none is shown as missing."""
    assert "分野" not in read_facts(build_view(replace(ENTRY, kind="profile", category=None)))


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "http://[", "https:"])
def test_only_web_addresses_become_links(url: str) -> None:
    """What `sources.toml` says cannot run in the reader's browser."""
    assert build_view(replace(ENTRY, source=replace(ENTRY.source, url=url))).source_url is None


def test_the_official_source_is_linked() -> None:
    """A web address of the source is a way to the original."""
    url = "https://example.org/a.pdf?page=1"
    assert build_view(replace(ENTRY, source=replace(ENTRY.source, url=url))).source_url == url


def test_the_way_back_keeps_the_whole_search() -> None:
    """Words, filters and page of the search that led here are in the link back."""
    params = SearchParams(q="保育", year=("2025",), page=2)
    assert build_view(params=params).back_url == Links().search(params)
    assert build_view().back_url == "/?q="


def test_similar_entries_of_other_areas_tell_where_when_and_what_is_in_common() -> None:
    """The officer sees why each is there; those of the own area stand on its page, not here."""
    other = replace(ENTRY, id="b2", title="病児保育の相互利用", region="播磨圏域", prefectures=("兵庫県",))
    similar = (Similar(other, ("病児保育", "利用"), True), Similar(replace(other, id="b3"), ("利用",), False))
    page = EntryPage(ENTRY, (Segment(ENTRY.title, False),), (), None, None)
    (view,) = build_entry_view(page, Links(), Links(), similar=similar).similar
    assert (view.title, view.url) == ("病児保育の相互利用", "/entries/b2")
    assert view.place == ("播磨圏域", "兵庫県", "2025年度")
    assert view.common == "病児保育、利用"
