"""Fixtures: documents from text or files as the readers make them, drafts as golden files hold them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.readers import choose_reader
from indexer.records import Document, Draft, SourceFile

ReadContent = Callable[..., Document]
ToGolden = Callable[[Draft], dict[str, object]]


@pytest.fixture
def read_content() -> ReadContent:
    """Give a function that reads text, or the content of a file by its name, as a document."""

    def read(content: str | Path, *, name: str = "example.txt", title: str | None = None) -> Document:
        data = content.read_bytes() if isinstance(content, Path) else content.encode("utf-8")
        name = content.name if isinstance(content, Path) else name
        source = SourceFile(path=Path(name), name=name, content=data, sha256="", title=title)
        return choose_reader(source).read(source)

    return read


@pytest.fixture
def to_golden() -> ToGolden:
    """Give a function that writes a draft as the golden files hold it: what is not stated is left out."""

    def write(draft: Draft) -> dict[str, object]:
        ranges: list[list[int]] = []
        for number in sorted({line.number for line in draft.lines}):
            if ranges and number == ranges[-1][1] + 1:
                ranges[-1][1] = number
            else:
                ranges.append([number, number])
        names = ("kind", "title", "untitled", "subtitle", "started", "region", "pillar", "policy_field", "partners")
        stated = {name: value for name in names if (value := getattr(draft, name))}
        return {**stated, "lines": ranges, "body": draft.body.split("\n") if draft.body else []}

    return write
