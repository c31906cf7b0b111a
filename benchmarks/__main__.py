"""The command line of the benchmarks; see the Makefile for the usual calls."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from benchmarks.engines import ENGINES
from benchmarks.http import WrkMissingError, run_http
from benchmarks.plot import draw_plot
from benchmarks.report import write_report
from benchmarks.run import ROUNDS, run
from benchmarks.tables import engine_table, http_table, officer_line

_PATH = click.Path(path_type=Path)
_work = click.option("--work", type=_PATH, default=Path("var/bench"), show_default=True, help="where indexes are built")
_results = click.option("--results", type=_PATH, default=Path("var"), show_default=True, help="where bench*.json lie")


def _read_sizes(_context: click.Context, _option: click.Parameter, value: str) -> list[int]:
    """Read numbers of entries, parted by spaces; each must be at least 1."""
    words = value.replace(",", "").split()
    if not words or not all(word.isascii() and word.isdigit() and int(word) for word in words):
        raise click.BadParameter(f"{value!r}: numbers of entries are needed, such as 100000 or '1000 10000'")
    return [int(word) for word in words]


_entries = click.option(
    "--entries", required=True, callback=_read_sizes, help="number of entries; several are parted by spaces"
)


@click.group(help="Benchmarks beside other engines.")
def main() -> None:
    """Group the commands."""


@main.command("run")
@_entries
@click.option("--out", type=_PATH, default=Path("var/bench.json"), show_default=True)
@click.option("--engines", default=",".join(ENGINES), show_default=True, help="names, parted by commas")
@click.option("--rounds", type=click.IntRange(1), default=ROUNDS, show_default=True, help="times that each is timed")
@_work
def run_command(entries: list[int], out: Path, engines: str, rounds: int, work: Path) -> None:
    """Measure all engines; with several sizes the results are named after them."""
    names = engines.split(",")
    if unknown := set(names) - set(ENGINES):
        raise click.UsageError(f"no such engine: {', '.join(sorted(unknown))}")
    results = []
    for size in entries:
        result = run(size, work / str(size), names, _say, rounds)
        _write_json(out if len(entries) == 1 else out.with_stem(f"{out.stem}-{size}"), result)
        click.echo("\n".join(["", f"{size:,} entries", *engine_table(result), ""]))
        if "officer" in result:
            click.echo(officer_line(result))
        results.append(result)
    if len(results) > 1:
        out.with_suffix(".svg").write_text(draw_plot(results), encoding="utf-8")
    wrong = [each for result in results for each in result["agreement"].values() if each["other_totals"]]
    sys.exit(1 if wrong else 0)


@main.command("http")
@_entries
@click.option("--out", type=_PATH, default=Path("var/bench-http.json"), show_default=True)
@click.option("--seconds", type=click.IntRange(1), default=10, show_default=True, help="of each measurement")
@_work
def http_command(entries: list[int], out: Path, seconds: int, work: Path) -> None:
    """Measure the service under load."""
    for size in entries:
        try:
            result = run_http(size, work / str(size), seconds, _say)
        except WrkMissingError as error:
            raise click.ClickException(str(error)) from error
        _write_json(out if len(entries) == 1 else out.with_stem(f"{out.stem}-{size}"), result)
        click.echo("\n".join(["", f"{size:,} entries", *http_table(result), ""]))


@main.command("plot")
@_results
@click.option("--out", type=_PATH, default=Path("docs/benchmarks.svg"), show_default=True)
def plot_command(results: Path, out: Path) -> None:
    """Draw latency over size."""
    out.write_text(draw_plot(_read_results(results)[0]), encoding="utf-8")


@main.command("report")
@_results
@click.option("--out", type=_PATH, default=Path("docs/benchmarks.md"), show_default=True)
def report_command(results: Path, out: Path) -> None:
    """Write the page of the documentation and its picture."""
    runs, https = _read_results(results)
    out.write_text(write_report(runs, https), encoding="utf-8")
    out.with_suffix(".svg").write_text(draw_plot(runs), encoding="utf-8")


def _read_results(folder: Path) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Read runs and HTTP runs; of several of one size the newest counts."""
    runs: dict[int, dict[str, Any]] = {}
    https: dict[int, dict[str, Any]] = {}
    found = [json.loads(path.read_text(encoding="utf-8")) for path in folder.glob("bench*.json")]
    for result in sorted(found, key=lambda result: str(result["date"])):
        (https if "http" in result else runs)[result["entries"]] = result
    if not runs:
        raise click.ClickException(f"{folder}: no results. Run make bench first.")
    return list(runs.values()), list(https.values())


def _write_json(path: Path, result: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _say(message: str) -> None:
    click.echo(message, err=True)


if __name__ == "__main__":
    main()
