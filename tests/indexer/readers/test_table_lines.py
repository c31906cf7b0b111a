"""Rows as a sheet has them, and the lines that they give."""

from __future__ import annotations

from indexer.readers.table_lines import Row, clean_cell, write_rows
from indexer.records import Line


def _write(*rows: tuple[str, ...]) -> list[Line]:
    return list(write_rows([Row(number, cells) for number, cells in enumerate(rows, 1)]))


def test_titles_are_text_and_rows_have_cells_of_one_width() -> None:
    """A title above a table is plain text; the rows below have cells, as many each as the widest row."""
    lines = _write(("", "題名"), ("",), ("", "市", "事業"), ("", "南浜市"), ("", "東川町", "図書館", ""))
    assert [line.cells for line in lines] == [(), (), ("市", "事業"), ("南浜市", ""), ("東川町", "図書館")]
    assert [line.text for line in lines] == ["題名", "", "市\t事業", "南浜市\t", "東川町\t図書館"]
    assert [line.number for line in lines] == [1, 2, 3, 4, 5]


def test_blank_rows_become_one_blank_line_between_texts() -> None:
    """A run of blank rows gives one blank line, and none at the beginning or the end."""
    lines = _write((), ("", ""), ("a", "b"), (), (), ("c", "d"), (), ("",))
    assert [(line.number, line.text) for line in lines] == [(3, "a\tb"), (4, ""), (6, "c\td")]


def test_text_behind_a_table_is_text_again_after_a_blank_row() -> None:
    """Notes behind a blank row are plain text, one line for each line of the cell."""
    lines = _write(("a", "b"), ("※ 続き",), (), ("注1 一つ\n注2 二つ",))
    assert [(line.text, line.cells) for line in lines[1:]] == [
        ("※ 続き\t", ("※ 続き", "")),
        ("", ()),
        ("注1 一つ", ()),
        ("注2 二つ", ()),
    ]


def test_cells_are_cleaned_but_keep_their_lines() -> None:
    """White space around and inside lines shrinks, empty lines go, line ends stay."""
    assert clean_cell(" 一行\t目　です \r\n\n 二行目\u2028三行目") == "一行 目 です\n二行目\n三行目"


def test_no_rows_give_no_lines() -> None:
    """A sheet without text gives nothing."""
    assert _write() == _write((), ("", "")) == []
