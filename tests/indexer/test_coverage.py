"""Coverage: characters counted by part, and text that no entry holds quoted with its place."""

from pathlib import Path

import pytest

from indexer.coverage import measure_coverage
from indexer.records import Document, Draft, Line, SourceFile


def make_document(*lines: str | Line, reader: str = "text") -> Document:
    """Make a document; a text is a line of its own, numbered by its place."""
    source = SourceFile(path=Path("a.txt"), name="a.txt", content=b"", sha256="0")
    numbered = [line if isinstance(line, Line) else Line(place, line) for place, line in enumerate(lines, 1)]
    return Document(source, reader, tuple(numbered))


def make_draft(document: Document, *numbers: int, **values: object) -> Draft:
    """Make a draft of the lines with these numbers, the first its title."""
    lines = tuple(line for line in document.lines if line.number in numbers)
    plain: dict[str, object] = {"kind": "initiative", "title": lines[0].text, "lines": lines}
    return Draft(**(plain | values))  # type: ignore[arg-type]


def test_counts_characters_without_white_space() -> None:
    """Shares are of characters, and what lies in nothing is quoted with its lines and page."""
    document = make_document("病児保育", "ど の 市でも使える。", "", "別の話である。", "まだ続く。")
    coverage = measure_coverage(document, [make_draft(document, 1, 2)])
    assert (coverage.entry, coverage.nothing, coverage.total) == (13, 12, 25)
    assert coverage.share("entry") == pytest.approx(13 / 25)
    assert [(passage.first, passage.last, passage.text) for passage in coverage.passages] == [
        (4, 5, "別の話である。\nまだ続く。")
    ]


def test_an_empty_document_is_covered_by_nothing() -> None:
    """There is nothing to divide by."""
    assert measure_coverage(make_document(""), []).share("entry") == 0


def test_passages_end_at_pages() -> None:
    """What goes on over a page is quoted page by page, so that each part can be found."""
    document = make_document(Line(1, "一つめの文。", page=1), Line(2, "二つめの文。", page=2))
    assert [passage.page for passage in measure_coverage(document, []).passages] == [1, 2]
