"""The command line of the indexer: `python -m indexer build | extract | check | stats`. Arguments, progress, exit codes only."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from rich.box import SIMPLE
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from indexer import build as builder
from indexer.records import Entry, entry_to_json
from indexer.report import BuildReport
from indexer.report_page import label_layout, render_report, write_percent, write_summary_line
from indexer.sources import CorpusError, Problem
from indexer.store import StoreError, check_index, open_index, read_report

_folders = click.argument("corpus", nargs=-1, required=True, type=click.Path(path_type=Path))
_index = click.option("--index", "index", required=True, type=click.Path(path_type=Path), help="索引のフォルダー")


@click.group(help="資料を読み、取組ごとに切り分けて索引を作ります。")
def main() -> None:
    """Run one of the commands below."""
    # A console of another code page (Windows) must not stop a build over one character.
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]


@main.command(
    help="CORPUS の資料から索引を作ります。読むのは変わった資料だけです。できあがるまで今の索引はそのまま使えます。"
)
@_folders
@_index
@click.option("--if-changed", is_flag=True, help="資料が変わっていなければ何もしません。")
@click.option("--full", is_flag=True, help="変わっていない資料も、すべて読み直します。")
def build(corpus: tuple[Path, ...], index: Path, if_changed: bool, full: bool) -> None:
    """Build the index; exit status 1 when a document had to be left out."""
    build_it = builder.build_if_changed if if_changed else builder.build_index
    with _explained(), _progress() as progress:
        report = build_it(corpus, index, from_nothing=full, progress=progress)
    if report is None:
        click.echo(f"{index}: 資料に変更がないため、今の索引を使います。")
        # What was left out then is left out still: it is told each time, until it is repaired.
        problems = [Problem(**problem) for problem in read_report(index).get("problems", [])]
        _tell_problems(problems)
        sys.exit(1 if problems else 0)
    _summarise(report)
    click.echo(f"索引: {index}（{report.generation}）")
    sys.exit(1 if report.problems else 0)


@main.command(help="CORPUS の資料を取組ごとに切り分け、JSON Lines で書き出します。")
@_folders
@click.option("--report", "page", type=click.Path(path_type=Path), help="読み取り結果の報告（HTML）を書くファイル")
def extract(corpus: tuple[Path, ...], page: Path | None) -> None:
    """Print the entries, and write the report if asked; exit status 1 when a document had to be left out."""
    # JSON Lines are UTF-8 wherever they go, also on a console of another code page.
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    with _explained(), _progress() as progress:
        extraction = builder.extract_entries(corpus, progress=progress)
    for entry in extraction.entries:
        click.echo(json.dumps(entry_to_json(entry), ensure_ascii=False))
    if page:
        _write_page(page, extraction.report, corpus)
    _summarise(extraction.report)
    sys.exit(1 if extraction.report.problems else 0)


@main.command(help="索引の検索用の表を、Whoosh の索引から作り直して比べます。")
@_index
def check(index: Path) -> None:
    """Check that the read view is what the Whoosh index gives; exit status 1 where it is not."""
    with _explained():
        wrong = check_index(index)
    for name in wrong:
        click.echo(f"誤り: {index / name}: Whoosh の索引と合いません。", err=True)
    if wrong:
        click.echo(f"python -m indexer build CORPUS --index {index} --full で作り直してください。", err=True)
        sys.exit(1)
    click.echo(f"{index}: 誤りはありません。")


@main.command(help="索引に何が入っているかを表示します。")
@_index
def stats(index: Path) -> None:
    """Print counts of the index by kind, category and year."""
    with _explained(), closing(open_index(index)) as reader:
        click.echo(f"索引: {index}（{reader.generation}、作成 {reader.built_at}）")
        click.echo(f"資料 {reader.document_count} 件、取組 {reader.entry_count} 件")
        _print_report(reader.report())
        _print_counts(list(reader.entries()))


def _print_report(report: Mapping[str, Any]) -> None:
    doubtful = [document["file"] for document in report["documents"] if document["warnings"]]
    left_out = [problem["file"] for problem in report["problems"]]
    for label, files in (("要確認の資料", doubtful), ("読めなかった資料", left_out)):
        click.echo(f"{label} {len(files)} 件" + (f"（{'、'.join(files)}）" if files else ""))


def _print_counts(entries: Sequence[Entry]) -> None:
    for label, values in (
        ("種類", (entry.kind for entry in entries)),
        ("分野", (entry.category or "分類なし" for entry in entries)),
        ("年度", (str(entry.fiscal_year or "不明") for entry in entries)),
        ("都道府県", (prefecture for entry in entries for prefecture in entry.prefectures)),
    ):
        counted = Counter(values).most_common()
        click.echo(f"{label}: " + "、".join(f"{value} {count}" for value, count in counted))


@contextmanager
def _explained() -> Iterator[None]:
    """Turn what the user can repair into one message and exit status 1."""
    try:
        yield
    except (CorpusError, StoreError) as error:
        click.echo(f"エラー: {error}", err=True)
        sys.exit(1)


@contextmanager
def _progress() -> Iterator[builder.Progress]:
    """Show progress on a terminal; be quiet in a pipe."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _name, _number, _total: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("読み取り中", total=None)
        yield lambda name, number, total: bar.update(task, description=name, completed=number, total=total)


def _write_page(page: Path, report: BuildReport, corpus: Sequence[Path]) -> None:
    html = render_report(report, made_at=datetime.now().astimezone(), corpus=[str(folder) for folder in corpus])
    try:
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(html, encoding="utf-8")
    except OSError as error:
        click.echo(f"エラー: {page}: 報告を書き込めません（{error.strerror}）。別の場所を指定してください。", err=True)
        sys.exit(1)
    click.echo(f"報告: {page}", err=True)


def _summarise(report: BuildReport) -> None:
    """Say on stderr what was read, what was left out and why: a table on a terminal, plain lines in a pipe."""
    console = Console(stderr=True)
    if console.is_terminal:
        console.print(_make_table(report))
    for document in report.documents:
        if not console.is_terminal:
            click.echo(write_summary_line(document), err=True)
        elif document.warnings:
            click.echo(f"{document.file}:", err=True)
        for warning in document.warnings:
            click.echo(f"  注意: {warning}", err=True)
    _tell_problems(report.problems)
    click.echo(
        f"資料 {len(report.documents)} 件（要確認 {len(report.doubtful)} 件）、取組 {report.entries} 件、"
        f"除外 {len(report.problems)} 件、{report.seconds:.1f} 秒",
        err=True,
    )


def _make_table(report: BuildReport) -> Table:
    table = Table("状態", box=SIMPLE)
    table.add_column("資料", overflow="fold")
    table.add_column("様式")
    for name in ("一致度", "取組", "取組の文", "残りの文"):
        table.add_column(name, justify="right", no_wrap=True)
    for document in report.documents:
        coverage = document.coverage
        shares = [write_percent(coverage.share("entry")), write_percent(coverage.share("nothing"))]
        state = "要確認" if document.warnings else "良好"
        table.add_row(
            Text(state, style="bold yellow" if document.warnings else "green"),
            Text(document.file),
            label_layout(document.layout),
            f"{document.score:.2f}",
            str(document.entries),
            *shares,
        )
    return table


def _tell_problems(problems: Sequence[Problem]) -> None:
    for problem in problems:
        click.echo(f"読めなかった資料: {problem}", err=True)


if __name__ == "__main__":
    main(prog_name="python -m indexer")
