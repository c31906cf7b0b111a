"""Coverage: how much of a document's text lies in its entries, and the text that lies in nothing, quoted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.lines.headings import clean_text
from indexer.parts import Part, classify_lines
from indexer.records import Document, Draft, Line


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines that follow each other and lie in no entry, heading or furniture; `first` and `last` are line numbers."""

    page: int | None
    first: int
    last: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How many characters (white space left out) of a document lie in each part, and the text that lies in none."""

    entry: int
    heading: int
    furniture: int
    nothing: int
    passages: tuple[Passage, ...]

    @property
    def total(self) -> int:
        """All characters of the document."""
        return self.entry + self.heading + self.furniture + self.nothing

    def share(self, part: Part) -> float:
        """Give the share of a part (0-1); an empty document lies in nothing."""
        counted: int = getattr(self, part)
        return counted / self.total if self.total else 0.0


def measure_coverage(document: Document, drafts: Sequence[Draft]) -> Coverage:
    """Count the characters of each part and quote what lies in none."""
    parts = classify_lines(document, drafts)
    counts: Counter[str] = Counter()
    for line, part in zip(document.lines, parts, strict=True):
        if part:
            counts[part] += count_characters(line.text)
    return Coverage(
        entry=counts["entry"],
        heading=counts["heading"],
        furniture=counts["furniture"],
        nothing=counts["nothing"],
        passages=tuple(_quote(document.lines, parts)),
    )


def count_characters(text: str) -> int:
    """Count the characters of a text, white space left out."""
    return len("".join(text.split()))


def _quote(lines: Sequence[Line], parts: Sequence[Part | None]) -> Iterator[Passage]:
    """Quote the lines of no part, those together that follow each other on one page."""
    run: list[Line] = []
    for line, part in zip(lines, parts, strict=True):
        if run and part and (part != "nothing" or line.page != run[-1].page):
            yield _write_passage(run)
            run = []
        if part == "nothing":
            run.append(line)
    if run:
        yield _write_passage(run)


def _write_passage(run: Sequence[Line]) -> Passage:
    text = "\n".join(clean_text(line.text) for line in run)
    return Passage(run[0].page, run[0].number, run[-1].number, text)
