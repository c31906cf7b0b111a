"""Coverage of the sources, from the report of a build."""

from dataclasses import asdict
from pathlib import Path

from indexer.build import extract_entries
from search_app.source_coverage import list_documents, list_omissions

TABLE = """
[[source]]
file = "a.txt"
title = "取組集"
fiscal_year = 2024
"""


def build_report(folder: Path) -> dict[str, object]:
    """Read a corpus of one document that can be read and one that cannot."""
    text = "".join(f"【取組{n}】\n\n- ・ 両市が共同で事業{n}を進める。\n\n" for n in range(30))
    (folder / "sources.toml").write_text(TABLE, encoding="utf-8")
    (folder / "a.txt").write_text(text, encoding="utf-8")
    (folder / "b.pdf").write_bytes(b"no pdf")
    return asdict(extract_entries([folder]).report)


def test_a_document_tells_what_was_made_of_it(tmp_path: Path) -> None:
    """Title, 年度 with its era, number of entries; what the table leaves open is said to be open."""
    report = build_report(tmp_path)
    (document,) = list_documents(report)
    assert (document.title, document.publisher, document.fiscal_year) == ("取組集", "記載なし", "2024年度（令和6年度）")
    assert int(document.entries) == report["entries"] > 0
    assert document.covered.endswith("%")


def test_what_could_not_be_read_is_listed_with_its_reason(tmp_path: Path) -> None:
    """A damaged file is not passed over in silence."""
    (omission,) = list_omissions(build_report(tmp_path))
    assert omission.file == "b.pdf"
    assert omission.reason


def test_only_nothing_is_none_and_only_all_is_all() -> None:
    """One character left of a thousand is not 0 %, one character too few is not 100 %; long lists are cut and counted."""
    passage = {"page": 3, "first": 4, "last": 5, "text": "残り"}
    coverage = {"entry": 999, "heading": 0, "furniture": 0, "nothing": 1, "passages": [passage] * 23}
    plain = {"file": "a", "title": None, "publisher": None, "fiscal_year": None, "notes": [], "warnings": ["注意"]}
    (document,) = list_documents({"documents": [{**plain, "coverage": coverage}]})
    assert (document.covered, document.left) == ("99%", "1字（1%）")
    assert (document.passages[0].place, document.passages[0].text) == ("p.3 行 4–5", "残り")
    assert (len(document.passages), document.more) == (20, "ほか3か所")
    assert list_documents({}) == list_omissions({}) == ()
