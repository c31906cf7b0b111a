"""Entry pages: what the template receives of one entry."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.records import Entry, Source
from search_app.entry_pages import NOT_STATED, EntryView, build_entry_view, split_blocks
from search_app.links import Links
from search_app.params import SearchParams
from search_app.search import EntryPage, Segment

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
    return build_entry_view(EntryPage(entry, (Segment(entry.title, False),), (), None, None), Links(), params=params)


def read_facts(view: EntryView) -> dict[str, str]:
    """Read the description list as it is printed."""
    return {fact.term: f"{fact.value} {fact.evidence}".strip() for fact in (*view.facts, *view.source)}


def test_category_and_start_year_show_their_evidence() -> None:
    """Who doubts a category or a year sees the words that decided it."""
    facts = read_facts(build_view())
    assert facts["分野"].endswith("（ウ-A-c） 病児保育、保育")
    assert facts["開始年"] == "2016年 平成28年4月に開始"


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


def test_lines_become_paragraphs_lists_and_names_of_lists() -> None:
    """The text keeps the structure of its lines; a short line above a list names it."""
    body = (
        Segment("両市で進めた。\n実績\n・駅伝を", False),
        Segment("共催", True),
        Segment("した。\n・研修を開いた。", False),
    )
    blocks = list(split_blocks(body))
    assert [block.kind for block in blocks] == ["paragraph", "name", "list"]
    assert blocks[2].lines[0] == (Segment("・駅伝を", False), Segment("共催", True), Segment("した。", False))


@given(st.lists(st.tuples(st.text("あ・。\n- ", max_size=8), st.booleans()), max_size=8))
def test_no_character_of_the_text_is_lost(pieces: list[tuple[str, bool]]) -> None:
    """Blocks joined give every line of the text that holds something, in order."""
    segments = [Segment(text, marked) for text, marked in pieces]
    lines = ["".join(part.text for part in line) for block in split_blocks(segments) for line in block.lines]
    assert lines == [line for line in "".join(text for text, _ in pieces).split("\n") if line.strip()]
