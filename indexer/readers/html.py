"""Web pages: the main content of an HTML file as lines, each with the line of the file where its text begins.

Built on `html.parser`, the one parser behind BeautifulSoup that tells the source line of every tag; it leaves elements
nested whose end tags are missing, so nothing here relies on a tidy tree or recurses into it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PreformattedString, Tag
from bs4.exceptions import ParserRejectedMarkup

from indexer.readers.errors import UnreadableError
from indexer.readers.html_furniture import find_main, remove_furniture
from indexer.readers.html_tables import is_data_table, read_rows
from indexer.readers.text import break_line, decode_text
from indexer.records import Document, Line, SourceFile

_BLOCKS = {
    *("address", "article", "blockquote", "caption", "center", "dd", "details", "div", "dl", "dt", "fieldset", "form"),
    *("figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre"),
    *("section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
}
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LONGEST_HEADING = 50


def read(source: SourceFile) -> Document:
    """Read a web page: its title as the first heading, then the main content: a `Line` per heading, item, row, line.

    Line numbers are those of the file after CRLF normalisation. Raises `UnreadableError` for what is not text.
    """
    try:
        # The line end keeps BeautifulSoup from taking a page of one bare word for a file's name, and warning.
        soup = BeautifulSoup(decode_text(source.content) + "\n", "html.parser")
    except ParserRejectedMarkup as error:
        raise UnreadableError(f"HTMLとして読めません（{error}）。ブラウザーで開き、保存し直してください。") from error
    numbers = _number_strings(soup)
    title = _read_title(soup, numbers)
    remove_furniture(soup)
    writer = _Writer(numbers)
    writer.write(find_main(soup))
    lines = writer.finish()
    if title and not (lines and lines[0].heading and lines[0].text == title.text):
        lines.insert(0, title)
    return Document(source=source, reader="html", lines=tuple(lines))


def _number_strings(soup: BeautifulSoup) -> dict[int, int]:
    """Give the source line on which the text of each string begins, by the identity of the string."""
    numbers: dict[int, int] = {}
    line = 1
    for element in soup.descendants:
        if isinstance(element, Tag):
            line = element.sourceline or line
        elif isinstance(element, NavigableString):
            leading = element[: len(element) - len(element.lstrip())]
            numbers[id(element)] = line + leading.count("\n")
            line += element.count("\n")
    return numbers


def _read_title(soup: BeautifulSoup, numbers: dict[int, int]) -> Line | None:
    for tag in (soup.title, soup.h1):
        text = " ".join(tag.get_text(" ").split()) if tag else ""
        if tag and text:
            first = next(string for string in tag.strings if string.strip())
            return Line(number=numbers[id(first)], text=text, heading=1)
    return None


def _walk(root: Tag) -> Iterator[tuple[str, Tag | NavigableString]]:
    """Walk below `root` in document order: ("open", tag), ("close", tag), ("text", string); enter no table of data."""
    stack = [(root, iter(list(root.children)))]
    while stack:
        tag, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            if stack:
                yield "close", tag
        elif isinstance(child, Tag):
            yield "open", child
            if child.name == "table" and is_data_table(child):
                yield "close", child
            else:
                stack.append((child, iter(list(child.children))))
        elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
            yield "text", child


@dataclass(slots=True)
class _Writer:
    """Collects strings into lines; a block's border, `<br>` and, in `<pre>`, a line end, finish a line."""

    numbers: dict[int, int]
    lines: list[Line] = field(default_factory=list)
    text: str = ""
    number: int = 0
    heading: int = 0
    item: bool = False  # the next line is the first of a list item
    verbatim: int = 0
    bold: int = 0  # open elements that set text in bold
    plain: bool = False  # the line has text that is not bold
    bold_lines: list[int] = field(default_factory=list)
    level: int = 1  # of the last heading
    outer_levels: list[int] = field(default_factory=list)  # of the headings that open <details> stand under

    def write(self, root: Tag) -> None:
        for event, node in _walk(root):
            if event == "text":
                self._add(node)
            elif isinstance(node, Tag) and event == "open":
                self._open(node)
            elif isinstance(node, Tag):
                self._close(node)
        self._finish()

    def finish(self) -> list[Line]:
        """Give the lines; on a page without headings below its title, lines wholly in bold are these."""
        if not any(line.heading > 1 for line in self.lines) and len(self.bold_lines) * 2 <= len(self.lines):
            for index in self.bold_lines:
                self.lines[index] = replace(self.lines[index], heading=2)
        return self.lines

    def _open(self, tag: Tag) -> None:
        # Blocks inside a heading (<h2><div>…</div></h2>) do not break it.
        if (tag.name in _BLOCKS and not self.heading) or tag.name == "br":
            self._finish()
        if not self.heading:
            self.heading = self._heading_level(tag)
        if tag.name in ("b", "strong"):
            self.bold += 1
        elif tag.name == "details":
            self.outer_levels.append(self.level)
        elif tag.name == "li":
            self.item = True
        elif tag.name == "pre":
            self.verbatim += 1
        elif tag.name == "table" and is_data_table(tag):
            for first, number, cells in read_rows(tag):
                self._write_row(self.numbers.get(id(first), number) if first else number, cells)

    def _close(self, tag: Tag) -> None:
        level = self._heading_level(tag)
        if level or (tag.name in _BLOCKS and not self.heading):
            self._finish()
        if level:
            self.heading, self.level = 0, level
        if tag.name in ("b", "strong"):
            self.bold -= 1
        elif tag.name == "details":
            self.level = self.outer_levels.pop()
        elif tag.name == "li":
            self.item = False
        elif tag.name == "pre":
            self.verbatim -= 1

    def _add(self, string: Tag | NavigableString) -> None:
        text = str(string)
        if not self.verbatim:
            self._append(text, self.numbers.get(id(string), 0))
            return
        leading = len(text) - len(text.lstrip())
        start = self.numbers.get(id(string), 0) - text[:leading].count("\n")
        for offset, part in enumerate(text.split("\n")):
            if offset:
                self._finish()
            self._append(part, start + offset)

    def _append(self, text: str, number: int) -> None:
        if text.strip() and not self.text.strip():
            self.number = number
        self.plain = self.plain or (not self.bold and bool(text.strip()))
        self.text += text

    def _finish(self) -> None:
        text = " ".join(self.text.split())
        if text:
            if not (self.plain or self.item or self.heading) and len(text) <= _LONGEST_HEADING:
                self.bold_lines.append(len(self.lines))
            self.lines += break_line(Line(number=self.number, text=text, heading=self.heading, item=self.item))
            self.item = False
        self.text, self.plain = "", False

    def _write_row(self, number: int, cells: tuple[str, ...]) -> None:
        self.lines.append(Line(number=number, text="\t".join(cells), cells=cells))

    def _heading_level(self, tag: Tag) -> int:
        if len(tag.name) == 2 and tag.name[0] == "h" and tag.name[1] in "123456":
            return int(tag.name[1])
        if tag.get("role") == "heading":
            level = str(tag.get("aria-level", "2"))
            return int(level) if level in set("123456") else 2
        if tag.name == "summary" and self.outer_levels and not tag.find(_HEADINGS):
            return min(self.outer_levels[-1] + 1, 6)
        return 0
