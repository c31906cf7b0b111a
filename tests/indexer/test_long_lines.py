"""Lines longer than a document's should be are broken at the ends of sentences, and nothing is lost."""

from pathlib import Path

from indexer.long_lines import LONGEST_LINE, LONGEST_ROW, break_long_lines
from indexer.records import Document, Line, SourceFile


def make_document(*lines: Line) -> Document:
    """Make a document of lines."""
    return Document(SourceFile(path=Path("a.txt"), name="a.txt", content=b"", sha256="0"), "text", lines)


def test_a_document_with_ordinary_lines_stays_as_it_is() -> None:
    """The longest line and the longest row that are allowed are not broken."""
    row = ("長" * (LONGEST_ROW // 2), "い")
    document = make_document(Line(1, "長" * LONGEST_LINE), Line(2, "\t".join(row), cells=row))
    assert break_long_lines(document) == (document, ())


def test_pieces_end_with_sentences_and_keep_their_place() -> None:
    """Pieces of at most 1,000 characters with the number and page of their line, a blank line behind each."""
    line = Line(7, "図書館を互いに使える。" * 500, page=3)
    document, broken = break_long_lines(make_document(Line(6, "題"), line))
    pieces = [piece for piece in document.lines[1:] if not piece.blank]
    assert broken == (line,)
    assert "".join(piece.text for piece in pieces) == line.text
    assert all(piece.text.endswith("。") and len(piece.text) <= 1000 for piece in pieces)
    assert {(piece.number, piece.page) for piece in document.lines[1:]} == {(7, 3)}
    assert [piece.blank for piece in document.lines[1:4]] == [False, True, False]


def test_a_line_without_sentences_and_a_run_of_one_sign() -> None:
    """Where no sentence ends the length decides; dots without end are shortened."""
    document, _ = break_long_lines(make_document(Line(1, "図" * 5000), Line(2, "題" + "." * 5000)))
    assert [len(piece.text) for piece in document.lines if not piece.blank] == [1000] * 5 + [100]
