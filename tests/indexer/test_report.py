"""The report of a document: what it counts, what it doubts, and that it is JSON."""

import json
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from indexer.coverage import Coverage
from indexer.layouts import LAYOUTS, Choice
from indexer.records import Document, Entry, Line, SourceFile
from indexer.report import BuildReport, DocumentReport, report_document
from indexer.sources import Problem

MakeEntry = Callable[..., Entry]
GOOD = Coverage(entry=900, heading=50, furniture=50, nothing=0, passages=())
SURE = Choice(LAYOUTS[0], 0.9, (("generic", 0.05),))


def make_document(text: str = "本文", **about: object) -> Document:
    """Make a document of one line whose title and year are known."""
    known: dict[str, object] = {"title": "資料", "fiscal_year": 2024}
    source = SourceFile(path=Path("a.txt"), name="a.txt", content=b"", sha256="0", **(known | about))  # type: ignore[arg-type]
    return Document(source, "text", (Line(1, text),))


def report_on(
    *entries: Entry,
    document: Document | None = None,
    choice: Choice = SURE,
    coverage: Coverage = GOOD,
    **values: object,
) -> DocumentReport:
    """Report on a document that is good but for what a test is about."""
    return report_document(
        document or make_document(),
        entries,
        choice=choice,
        coverage=coverage,
        inferred=(),
        **values,  # type: ignore[arg-type]
    )


@pytest.fixture
def entry(make_entry: MakeEntry) -> Entry:
    """Make an entry that tells all but its start."""
    return make_entry(
        1, "図書館の相互利用", "互いに使える。", region="北山圏域", prefectures=("岡山県",), municipalities=("倉敷市",),
        category="ウ-A-d", fiscal_year=2024,
    )  # fmt: skip


def test_a_good_document_has_nothing_to_look_at(entry: Entry) -> None:
    """Counts, scores and metadata are there; an unknown start year is no doubt."""
    report = report_on(entry)
    assert report.warnings == ()
    assert (report.entries, report.kinds, report.layout, report.others) == (
        *(1, [("initiative", 1)]),
        *("area_chapters", (("generic", 0.05),)),
    )
    assert [note.title for note in report.gaps("start_year")] == ["図書館の相互利用"]
    assert report.gaps("region") == []


def test_only_initiatives_lack_a_category(entry: Entry) -> None:
    """A profile or agreement has none."""
    report = report_on(replace(entry, category=None), replace(entry, kind="profile", category=None))
    assert [note.kind for note in report.gaps("category")] == ["initiative"]


@pytest.mark.parametrize(
    ("choice", "told"),
    [
        (Choice(LAYOUTS[-1], 0.05, ()), "様式が分からない"),
        (Choice(LAYOUTS[0], 0.4, ()), "一致度が0.40と低い"),
        (Choice(LAYOUTS[0], 0.6, (("city_table", 0.55),)), "ほかの様式とも読める"),
    ],
)
def test_doubts_the_layout(entry: Entry, choice: Choice, told: str) -> None:
    """An unknown, weak or contested layout is told."""
    (warning,) = report_on(entry, choice=choice).warnings
    assert told in warning


def test_two_sure_layouts_are_no_doubt(entry: Entry) -> None:
    """Where the chosen one is sure, it does not matter that another is, too."""
    assert report_on(entry, choice=Choice(LAYOUTS[0], 0.95, (("city_table", 0.9),))).warnings == ()


def test_doubts_text_that_no_entry_holds(entry: Entry) -> None:
    """A share of it, unless it is but a line."""
    left = Coverage(entry=600, heading=0, furniture=0, nothing=400, passages=())
    (warning,) = report_on(entry, coverage=left).warnings
    assert "文字の40%" in warning
    assert report_on(entry, coverage=replace(left, entry=60, nothing=40)).warnings == ()


def test_doubts_unreadable_characters_and_lines_that_were_too_long(entry: Entry) -> None:
    """Replacement characters are counted, lines that were broken named."""
    told = report_on(entry, document=make_document("図〓館の�互利用"), broken=[7]).warnings
    assert ["2個" in told[1], "7行目" in told[0]] == [True, True]


def test_doubts_entries(entry: Entry, make_entry: MakeEntry) -> None:
    """None at all, one far longer than the others, and those whose prefecture is open."""
    assert "取組が見つかりません" in report_on().warnings[0]
    long = replace(entry, title="長い取組", body="文" * 2000)
    assert "「長い取組」が2,004字" in report_on(*[entry] * 5, long).warnings[0]
    assert report_on(entry, long).warnings == ()
    homeless = replace(entry, prefectures=())
    assert "2件" in report_on(entry, homeless, homeless).warnings[0]
    assert report_on(*[entry] * 4, homeless).warnings == ()


def test_doubts_a_source_that_tells_no_title_or_year(entry: Entry) -> None:
    """One sentence says what to write into sources.toml."""
    (warning,) = report_on(entry, document=make_document(title=None, fiscal_year=None)).warnings
    assert warning == "資料名と年度が分かりません。sources.toml に title と fiscal_year を書いてください。"


def test_a_report_becomes_json(entry: Entry) -> None:
    """What is stored with the index is plain JSON, with the documents to look at told apart."""
    doubtful = report_on(entry, choice=Choice(LAYOUTS[-1], 0.05, ()))
    report = BuildReport((report_on(entry), doubtful), (Problem("b.txt", "読めません。"),), 2, 0.5)
    assert report.doubtful == [doubtful]
    values = json.loads(json.dumps(asdict(report), ensure_ascii=False))
    assert values["documents"][1]["warnings"] == list(doubtful.warnings)
    assert values["documents"][0]["coverage"]["entry"] == 900
