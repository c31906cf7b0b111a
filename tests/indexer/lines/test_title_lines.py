"""Lines that head an entry, taken apart."""

import pytest

from indexer.lines.title_lines import parse_title


@pytest.mark.parametrize(
    ("line", "title", "subtitle", "started"),
    [
        ("図書館の利用 | 貸出券 [H10開始]", "図書館の利用", "貸出券", "H10開始"),
        ("図書館の利用｜貸出券〔平成10年度～〕", "図書館の利用", "貸出券", "平成10年度～"),
        ("図書館の利用 ― 貸出券（令和元年開始）", "図書館の利用", "貸出券", "令和元年開始"),
        ("図書館の利用：貸出券【新規】", "図書館の利用", "貸出券", None),
        ("【図書館の利用】", "図書館の利用", None, None),
        ("図書館の利用 | 貸出券 | 2010年から", "図書館の利用", "貸出券", "2010年から"),
        ("図書館の利用 ～貸出券～", "図書館の利用", "貸出券", None),
        ("図書館（分館）の利用", "図書館（分館）の利用", None, None),
        ("[H10]", "[H10]", None, None),
        ("【事業名】図書館の利用（H10〜）", "図書館の利用", None, "H10〜"),
    ],
)
def test_title_lines_are_taken_apart(line: str, title: str, subtitle: str | None, started: str | None) -> None:
    """Sub-title and start are known by separators and brackets of any kind; a title is never empty."""
    parsed = parse_title(line)
    assert (parsed.title, parsed.subtitle, parsed.started) == (title, subtitle, started)
