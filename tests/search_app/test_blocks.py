"""Blocks: a text with the structure of its lines."""

from hypothesis import given
from hypothesis import strategies as st

from search_app.blocks import split_blocks
from search_app.highlight import Segment


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
