"""What a line break means: whether the line was full, and what is a paragraph."""

import pytest

from indexer.lines.wrapped_lines import measure_width, room_left, split_paragraphs


@pytest.mark.parametrize(("text", "width"), [("連携", 2.0), ("ＡＢ", 2.0), ("AB1", 1.5), ("｢京｣", 2.0), ("　", 0.0)])
def test_width_is_counted_in_full_width_characters(text: str, width: float) -> None:
    """Half-width signs count half, outer white space nothing."""
    assert measure_width(text) == width


@pytest.mark.parametrize(
    ("before", "after", "full"),
    [
        ("一二三四五六七八", "九", True),
        ("一二三四五六七", "八、九", True),  # 、 may not begin a line, so 八 went with it
        ("一二三四五六七", "「八」", True),  # 「 may not end one
        ("一二三四五六七", "2025年", True),
        ("一二三四五六七", "八九", False),
        ("一二", "八、", False),
    ],
)
def test_line_is_full_where_the_next_signs_had_no_room(before: str, after: str, full: bool) -> None:
    """Signs that may not be parted want to stand on one line together."""
    assert (room_left(before, after, width=8) == 0) == full


def test_bullets_and_short_lines_end_paragraphs() -> None:
    """Wrapped lines are joined; a short line, a sentence's end before the border and a list mark part paragraphs."""
    pieces = [
        "五つの市で、川の",
        "水位を見張る。",
        "さらに知らせも出",
        "す。",
        "・電子メール",
        "・防災無線と有線",
        "放送",
    ]
    assert split_paragraphs(pieces, width=8.0) == [
        "五つの市で、川の水位を見張る。",
        "さらに知らせも出す。",
        "・電子メール",
        "・防災無線と有線放送",
    ]
