"""Highlights and snippets: what is marked, and that nothing of the text is lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search_app.highlight import SNIPPET_CHARACTERS, highlight, make_snippet
from search_app.query import parse_query


def marked(text: str, q: str) -> list[str]:
    """Give the marked pieces."""
    return [segment.text for segment in highlight(text, parse_query(q)) if segment.marked]


@pytest.mark.parametrize(
    ("text", "q", "expected"),
    [
        ("つくば市と土浦市の図書館", "つくば市", ["つくば市"]),
        ("図書館の相互利用", "図書館相互利用", ["図書館", "相互利用"]),
        ("美術館と図書館", "図書館", ["図書館"]),
        ("圖書館で借りる", "図書館", ["圖書館"]),
        ("ＤＸを推進", "dx", ["ＤＸ"]),
        ("引越しの支援", "引っ越し", ["引越し"]),
        ("観光", "", []),
    ],
)
def test_marks_the_words_and_no_lone_suffix(text: str, q: str, expected: list[str]) -> None:
    """Words are marked in whatever spelling they stand; 市 and 館 only beside the word they belong to."""
    assert marked(text, q) == expected


words = st.sampled_from(["図書館", "ＤＸ", "ﾊﾞｽ", "髙﨑市", "の", "。", "\n", "①", "abc ", "👪"])


@settings(deadline=None)
@given(
    st.lists(words, max_size=20).map("".join) | st.text(max_size=60), st.sampled_from(["図書館", "DX バス", "高崎市"])
)
def test_segments_joined_are_the_text(text: str, q: str) -> None:
    """Taking the marks away gives the source text, character for character."""
    assert "".join(segment.text for segment in highlight(text, parse_query(q))) == text


def test_a_snippet_shows_the_place_with_most_of_the_words() -> None:
    """From a long text the window with both words is shown, cut marks at both ends, within its length."""
    text = "図書館を建てた。" + "あ。" * 100 + "ここで図書館の相互利用を始めた。" + "い。" * 100
    snippet = make_snippet(text, parse_query("図書館 相互利用"))
    assert [segment.text for segment in snippet if segment.marked] == ["図書館", "相互利用"]
    assert snippet[0].text == snippet[-1].text == "…"
    assert sum(len(segment.text) for segment in snippet) <= SNIPPET_CHARACTERS + 2


def test_a_snippet_of_a_short_text_is_the_text() -> None:
    """A text that fits is shown whole, without cut marks; an empty one gives nothing."""
    assert "".join(segment.text for segment in make_snippet("短い文。", parse_query("文"))) == "短い文。"
    assert make_snippet("", parse_query("文")) == ()
