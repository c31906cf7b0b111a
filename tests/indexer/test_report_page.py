"""The report as a page: complete in itself, escaped, and in words that administrators read."""

import re
import shutil
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from indexer.build import extract_entries
from indexer.report_page import render_report, split_problem, write_percent, write_summary_line
from indexer.sources import Problem

AREAS = Path(__file__).parents[1] / "search_app" / "corpus" / "areas-2025.txt"
MOMENT = datetime(2025, 3, 1, 9, 5, tzinfo=UTC)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Make a folder with a good, a doubtful and two bad documents."""
    shutil.copy(AREAS, tmp_path / "good.txt")
    about = '[[source]]\nfile = "good.txt"\ntitle = "広域連携の取組集"\nfiscal_year = 2025\n'
    (tmp_path / "sources.toml").write_text(about, encoding="utf-8")
    (tmp_path / "メモ <1>.txt").write_text("庁内の記録\n\n公用車を<b>共同</b>で使う相談をした。\n", encoding="utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n")
    return tmp_path


@pytest.fixture
def page(corpus: Path) -> str:
    """Render the report of the folder."""
    return render_report(extract_entries([corpus]).report, made_at=MOMENT, corpus=["資料/令和6年度"])


def test_the_page_is_one_file_in_japanese(page: str) -> None:
    """Nothing is loaded from elsewhere, and the page names its language, moment and folder."""
    assert '<html lang="ja">' in page
    assert "2025年3月1日 9:05 作成" in page
    assert "資料/令和6年度" in page
    assert not re.search(r'(?:src|href)="(?!#)|url\(|@import|<script', page)


def test_the_page_tells_first_what_needs_a_look(page: str) -> None:
    """Documents that could not be read, then the doubtful ones, then the others."""
    places = [
        page.index(text) for text in ("2件の資料を読めませんでした", "empty.txt", "メモ &lt;1&gt;.txt", "good.txt")
    ]
    assert places == sorted(places)
    assert page.count('class="state look"') == 2  # in the overview and at its own result
    assert "資料を保存し直してください。" in page
    assert "様式不明（見出しと段落）" in page


def test_what_documents_say_is_escaped(page: str) -> None:
    """Neither names of files nor text become markup."""
    assert "<b>共同" not in page
    assert "<1>" not in page


def test_tables_have_captions_and_headers_with_scope(page: str) -> None:
    """Each table is named, each header tells what it heads; headings follow their order."""
    assert page.count("<table") == page.count("<caption>")
    assert set(re.findall(r"<th(?: [^>]*)?>", page)) == set(re.findall(r'<th [^>]*scope="(?:col|row)"[^>]*>', page))
    levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
    assert all(level <= before + 1 for before, level in pairwise(levels))
    identifiers = re.findall(r' id="([^"]+)"', page)
    assert len(identifiers) == len(set(identifiers))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(identifiers)


def test_a_report_without_problems_says_so(corpus: Path) -> None:
    """A single good document leaves nothing to look at."""
    report = extract_entries([corpus / "good.txt"]).report
    page = render_report(report, made_at=MOMENT, corpus=["x"])
    assert "気になる点はありません" in page
    assert "読めなかった資料</h2>" not in page


def test_a_report_of_bad_files_alone(corpus: Path) -> None:
    """Where nothing could be read there is still a page."""
    page = render_report(extract_entries([corpus / "empty.txt"]).report, made_at=MOMENT, corpus=["x"])
    assert "1件の資料を読めませんでした" in page
    assert "読めた資料の一覧" not in page


def test_summary_line(corpus: Path) -> None:
    """One line per document: entries, layout with its score, shares, the number of things to look at."""
    report = extract_entries([corpus]).report
    lines = {document.file: write_summary_line(document) for document in report.documents}
    assert re.fullmatch(
        r"good\.txt: 23 件（area_chapters 0\.\d\d、取組に入った文字 \d+%、どれにも入らない文字 0%）", lines["good.txt"]
    )
    assert lines["メモ <1>.txt"].endswith("件）")


@pytest.mark.parametrize(("share", "text"), [(0, "0%"), (0.004, "1%未満"), (0.5, "50%"), (0.994, "99%超"), (1, "100%")])
def test_something_never_looks_like_nothing(share: float, text: str) -> None:
    """A little is not rounded to none, nor almost all to all."""
    assert write_percent(share) == text


@pytest.mark.parametrize(
    ("message", "reason", "remedy"),
    [
        ("空のファイルです。保存し直してください。", "空のファイルです。", "保存し直してください。"),
        ("読めません（2行目。UTF-8ではない）。直してください。", "読めません（2行目。UTF-8ではない）。", "直してください。"),
        ("この形式は読めません。読める形式: .txt、.pdf", "この形式は読めません。", "読める形式: .txt、.pdf"),
        ("壊れています。途中で切れています。送り直してください。", "壊れています。途中で切れています。", "送り直してください。"),
        ("宣言があるので読みませんでした。", "宣言があるので読みませんでした。", ""),
    ],
)  # fmt: skip
def test_splits_reason_and_remedy(message: str, reason: str, remedy: str) -> None:
    """The sentences that ask for something are the remedy."""
    assert split_problem(Problem("a.txt", message)) == (reason, remedy)
