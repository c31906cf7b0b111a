"""Readers: one module per file format, a `SourceFile` in, a `Document` out.

`READERS` is the whole list; the suffix of the file's name decides. To add a format: one module, one line here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath

from indexer.readers import csv_table, docx, html, pdf, text, xlsx
from indexer.readers.errors import UnreadableError
from indexer.records import Document, SourceFile

__all__ = ["READERS", "SUFFIXES", "Reader", "UnreadableError", "choose_reader"]


@dataclass(frozen=True, slots=True)
class Reader:
    """A file format: its name (`Document.reader`), the suffixes of its files in lower case, the function that reads."""

    name: str
    suffixes: tuple[str, ...]
    read: Callable[[SourceFile], Document]


READERS: tuple[Reader, ...] = (
    Reader("text", (".txt", ".tsv"), text.read),
    Reader("html", (".html", ".htm", ".xhtml"), html.read),
    Reader("pdf", (".pdf",), pdf.read),
    Reader("docx", (".docx",), docx.read),
    Reader("xlsx", (".xlsx", ".xlsm"), xlsx.read),
    Reader("csv", (".csv",), csv_table.read),
)
SUFFIXES: tuple[str, ...] = tuple(suffix for reader in READERS for suffix in reader.suffixes)


def choose_reader(source: SourceFile) -> Reader:
    """Choose the reader for a source by the suffix of its name, in whatever case.

    Raises `UnreadableError` for a suffix that no reader knows.
    """
    suffix = PurePosixPath(source.name).suffix.lower()
    for reader in READERS:
        if suffix in reader.suffixes:
            return reader
    raise UnreadableError(f"拡張子「{suffix}」のファイルは読めません。読める形式: {'、'.join(SUFFIXES)}")
