"""Documents of no known kind in `generic/`, with the expected entries, and the promise that no text is lost or fails."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.layouts import generic, meeting_report, web_page
from indexer.readers.text import read
from indexer.records import Document, Draft, SourceFile

EXAMPLES = Path(__file__).parent / "generic"
NAMES = ["cases.txt", "numbered.txt", "table.txt", "labelled.txt", "paragraphs.txt", "page.html"]
PIECES = (
    *(
        "①",
        "(1) ",
        "２　",
        "【1】",
        "事業１ ",
        "■",
        "・",
        "- ",
        "※",
        "実績",
        "概要",
        "[H10開始]",
        " | ",
        "：",
        "。",
        "、",
    ),
    *(
        "\n",
        "\n\n",
        "\t",
        "\f",
        "　",
        "とは",
        "主な事業",
        "連携協約の締結",
        "圏域全体の経済成長のけん引",
        "図書館の相互利用",
    ),
    *(
        "前橋・高崎連携会議",
        "..... P3",
        "上記の他に連携している取組",
        "更新日 2025",
        "お問い合わせ",
        "事業名",
        "圏域名",
        "内容",
        "事例1",
    ),
    *("播磨圏域", "平成27年4月に締結しました。", "- 3 -", "**", "J R 両毛線"),
)


@pytest.mark.parametrize("name", NAMES)
def test_example_gives_its_golden_entries(
    name: str, read_content: Callable[..., Document], to_golden: Callable[[Draft], dict[str, object]]
) -> None:
    """Each example is cut into exactly the entries written beside it, in order, with their lines and text."""
    drafts = generic.split(read_content(EXAMPLES / name))
    golden = json.loads((EXAMPLES / name).with_suffix(".json").read_text(encoding="utf-8"))
    assert [to_golden(draft) for draft in drafts] == golden


def test_bare_titles_in_a_list_are_entries(read_content: Callable[..., Document]) -> None:
    """A numbered list without text below its items gives each item as a title."""
    drafts = generic.split(read_content("連携事業\n1. 図書館の相互利用\n2. 水道の共同化\n3. 消防の応援\n"))
    assert [draft.title for draft in drafts] == ["図書館の相互利用", "水道の共同化", "消防の応援"]


def test_match_is_the_last_resort(read_content: Callable[..., Document]) -> None:
    """Any document scores the same small value."""
    assert {generic.match(read_content(text)) for text in ("", "図書館")} == {0.05}


@settings(deadline=None, max_examples=300)
@given(
    st.one_of(
        st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t\f\r"), max_size=80),
        st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
    )
)
def test_any_text_gives_entries_and_none_fails(text: str) -> None:
    """Text of any kind is read and cut without an error; with a word in it, it gives a titled entry at least."""
    document = read(SourceFile(path=Path("any.txt"), name="any.txt", content=text.encode(), sha256=""))
    drafts = generic.split(document)
    assert bool(drafts) == any(not line.blank for line in document.lines)
    for layout in (meeting_report, web_page):
        assert 0 <= layout.match(document) <= 1
        drafts += layout.split(document)
    for draft in drafts:
        assert draft.title.strip()
        assert set(draft.lines) <= set(document.lines)
        assert draft.lines
