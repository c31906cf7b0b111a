"""Lines that are longer than any line of a document should be: broken at the ends of sentences before layouts see them.

A file without line ends (an export, a page saved as one line) can have a line of megabytes. Layouts look at a line as a
heading, title or sentence, with patterns whose time grows with the square of its length; the pieces are paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from indexer.records import Document, Line

LONGEST_LINE = 3_000  # characters; ten times the longest paragraph of the documents that were measured
LONGEST_ROW = 30_000  # of a table: a cell of a workbook holds 32,767 characters at most
_PIECE = 1_000
_RUN = re.compile(r"([^\w])\1{99,}")  # dots or dashes without end
_SENTENCE_END = re.compile(r"[。！？][」』）)]?|[\t\n]")


def break_long_lines(document: Document) -> tuple[Document, tuple[Line, ...]]:
    """Break every line of more than `LONGEST_LINE` characters; give the document and the lines that were broken.

    The pieces have at most 1,000 characters, the number and page of their line, and a blank line behind each. Rows of a
    table have a limit of their own, `LONGEST_ROW`; one that is longer loses its cells. A sign that is repeated more than
    99 times loses the rest of its run. A document without such lines is given back as it is.
    """
    broken = tuple(line for line in document.lines if _is_long(line))
    if not broken:
        return document, ()
    lines = [piece for line in document.lines for piece in (_break(line) if _is_long(line) else (line,))]
    return replace(document, lines=tuple(lines)), broken


def _is_long(line: Line) -> bool:
    return len(line.text) > (LONGEST_ROW if line.cells else LONGEST_LINE)


def _break(line: Line) -> Iterator[Line]:
    text = _RUN.sub(lambda run: run.group()[:99], line.text)
    start = 0
    while start < len(text):
        end = _find_end(text, start)
        yield Line(line.number, text[start:end], page=line.page)
        yield Line(line.number, "", page=line.page)
        start = end


def _find_end(text: str, start: int) -> int:
    """Find the last end of a sentence within the length of a piece, or that length where there is none."""
    limit = min(start + _PIECE, len(text))
    ends = [match.end() for match in _SENTENCE_END.finditer(text, start, limit)]
    return ends[-1] if ends and limit < len(text) else limit
