"""Plain text in every encoding that offices use, with tabs and form feeds; what is not text says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.readers import READERS, SUFFIXES, UnreadableError, choose_reader
from indexer.readers.text import decode_text, read
from indexer.records import SourceFile

SENTENCE = "①青葉市と若竹町は、図書館の相互利用をはじめました。\n㈱みどりバス\n"


def _source(content: bytes, name: str = "example.txt") -> SourceFile:
    return SourceFile(path=Path(name), name=name, content=content, sha256="")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932", "euc_jis_2004", "iso2022_jp_3"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_each_encoding_is_recognised(encoding: str, line_end: str) -> None:
    """Text in each encoding comes out the same, byte order mark and kind of line end gone."""
    text = SENTENCE.replace("㈱", "") if encoding == "iso2022_jp_3" else SENTENCE
    assert decode_text(text.replace("\n", line_end).encode(encoding)) == text


@pytest.mark.parametrize("text", ["図書館", "水道の共同化", "ﾄｼｮｶﾝ（図書館）を使う"])
@pytest.mark.parametrize("encoding", ["cp932", "euc_jp"])
def test_short_texts_tell_their_encoding(text: str, encoding: str) -> None:
    """A few characters are enough to tell Shift_JIS from EUC-JP."""
    assert decode_text(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"%PDF-1.7\n...", "PDF"),
        (b"PK\x03\x04rest", "ZIP"),
        (b"\x89PNG\r\n", "画像"),
        (b"abc\x00\xff", "値0のバイト"),
        (bytes(range(1, 32)), "文字でないデータ"),
        ("図書館\n".encode() + "相互".encode()[:-1], "2行目"),
        (b"\xfe\xff" + "図書館".encode("utf-16-be") + b"\xd8", "UTF-16-BE"),
    ],
)
def test_what_is_not_text_says_what_it_is_and_what_to_do(content: bytes, expected: str) -> None:
    """Binary files and broken text raise an error that names the fault (and line) and the remedy."""
    with pytest.raises(UnreadableError, match="保存し直してください") as error:
        read(_source(content))
    assert expected in str(error.value)


def test_a_stray_control_character_is_dropped() -> None:
    """One control character that a converter left does not cost the document."""
    assert decode_text("図書館の\x07相互利用を進める".encode()) == "図書館の相互利用を進める"


def test_empty_file_has_no_lines() -> None:
    """An empty file is a document without lines, for the build to report."""
    assert read(_source(b"")).lines == ()


def test_tabs_make_cells() -> None:
    """A line with tabs is a row of stripped cells, empty ones kept; its text is the cells joined by tabs."""
    row, plain, inner = read(_source("圏域 \t 事業\t\n本文\n\t続き".encode())).lines
    assert (row.cells, row.text) == (("圏域", "事業", ""), "圏域\t事業\t")
    assert (plain.cells, inner.cells) == ((), ("", "続き"))


def test_form_feeds_advance_pages() -> None:
    """A line behind a form feed is on the next page, a form feed behind text counts for the lines that follow."""
    lines = read(_source("表紙\n\f本文\n続き\f\n資料\n\f\f奥付".encode())).lines
    assert [(line.number, line.page, line.text) for line in lines] == [
        (1, 1, "表紙"),
        (2, 2, "本文"),
        (3, 2, "続き"),
        (4, 3, "資料"),
        (5, 5, "奥付"),
    ]
    assert {line.page for line in read(_source("表紙\n本文".encode())).lines} == {None}


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\r\t\f"), max_size=60))
def test_line_numbers_are_those_of_the_file(text: str) -> None:
    """Whatever the text, lines are those between its line ends, numbered from 1, and nothing but form feeds is lost."""
    lines = read(_source(text.encode())).lines
    expected = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n") if text else []
    if text in ("", "\ufeff"):
        assert lines == ()
        return
    assert [line.number for line in lines] == list(range(1, len(expected) + 1))
    assert ["".join(line.text.split()) for line in lines] == ["".join(line.split()) for line in expected]


def test_suffix_chooses_the_reader() -> None:
    """The suffix, in any case, chooses the reader; an unknown one is an error that lists those that are read."""
    assert choose_reader(_source(b"", "a/b.TXT")).name == "text"
    assert choose_reader(_source(b"", "page.Htm")).name == "html"
    for name in ("notes", "film.mp4"):
        with pytest.raises(UnreadableError, match=r"\.txt、"):
            choose_reader(_source(b"", name))
    assert set(SUFFIXES) == {suffix for reader in READERS for suffix in reader.suffixes}
