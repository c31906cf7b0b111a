"""A whole run, small: what is promised stands in the results, and the page and the picture can be made of them."""

import json
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from benchmarks.__main__ import main
from benchmarks.engines import ENGINES, is_installed
from benchmarks.plot import draw_plot
from benchmarks.run import percentile
from benchmarks.worker import read_memory

ROOT = Path(__file__).parents[2]
PROMISED = {"build_s", "bytes", "p50_ms", "p95_ms", "p99_ms", "peak_mb", "start_ms", "rare_p50_ms"}
HTTP_RUN = {"what": "page", "connections": 1, "requests_per_s": 88.0, "p50_ms": 8.0, "p95_ms": 29.0, "p99_ms": 34.0}


@pytest.fixture(scope="session")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Run the benchmark as the Makefile does, over 200 entries; give the folder of its results."""
    folder = tmp_path_factory.mktemp("results")
    paths = ["--out", str(folder / "bench.json"), "--work", str(folder / "work")]
    command = [sys.executable, "-m", "benchmarks", "run", "--entries", "200", "--rounds", "1", *paths]
    subprocess.run(command, cwd=ROOT, check=True)
    return folder


@pytest.fixture(scope="session")
def result(results: Path) -> dict[str, Any]:
    """Read the results."""
    read: dict[str, Any] = json.loads((results / "bench.json").read_text(encoding="utf-8"))
    return read


def test_the_results_hold_what_is_promised(result: dict[str, Any]) -> None:
    """Entries, machine, and for every installed engine its figures, all of them measured."""
    assert result["entries"] == 200
    assert {"processor", "cores", "python"} <= set(result["machine"])
    assert set(result["engines"]) == {name for name in ENGINES if is_installed(name)} >= {"zenrei", "whoosh", "fts5"}
    for name, figures in result["engines"].items():
        assert set(figures) >= PROMISED
        assert figures["queries"] == result["engines"]["zenrei"]["queries"]
        assert 0 < figures["p50_ms"] <= figures["p95_ms"] <= figures["p99_ms"]
        assert figures["bytes"] > 100_000
        assert figures["start_ms"] > 10
        # Whoosh reads the index of zenrei's build.
        assert (figures["build_s"] is None) == (name == "whoosh")


def test_the_engines_agreed_in_the_run(result: dict[str, Any]) -> None:
    """Every other engine was compared with zenrei, over all queries, and gave the same."""
    agreement = result["agreement"]
    assert set(agreement) == set(result["engines"]) - {"zenrei"}
    asked = result["engines"]["zenrei"]["queries"]
    assert all(each == {"queries": asked, "other_totals": 0, "other_counts": 0} for each in agreement.values())


def test_says_what_is_not_compared(result: dict[str, Any]) -> None:
    """What cannot do the work, and what is not installed, is named with its reason."""
    missing = {name for name in ENGINES if not is_installed(name)}
    assert set(result["not_compared"]) == {"bm25s", *missing}
    assert all(result["not_compared"].values())


@pytest.mark.skipif(sys.platform != "linux", reason="the system does not tell")
def test_memory_leaves_out_what_files_back(result: dict[str, Any]) -> None:
    """The peak without files is smaller than the whole; memory that is taken is seen."""
    for figures in result["engines"].values():
        assert 0 < figures["peak_mb"] < figures["resident_peak_mb"]
    before = read_memory()["anonymous_mb"]
    taken = bytearray(b"x" * 50_000_000)
    assert read_memory()["anonymous_mb"] - before > len(taken) / 1e6 * 0.9


def test_the_report_tells_every_figure_and_its_ratio(results: Path, result: dict[str, Any], tmp_path: Path) -> None:
    """The page has a row per engine with the ratio to zenrei, the HTTP table, and what is left out; and a picture."""
    http = {"entries": 200, "date": "2025-01-01", "addresses": 3, "http": [{**HTTP_RUN, "errors": 0}]}
    (results / "bench-http.json").write_text(json.dumps(http), encoding="utf-8")
    page = tmp_path / "benchmarks.md"
    done = CliRunner().invoke(main, ["report", "--results", str(results), "--out", str(page)])
    assert done.exit_code == 0, done.output
    text = page.read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in text.splitlines() if line.startswith("| fts5")]
    fts5, zenrei = (result["engines"][name] for name in ("fts5", "zenrei"))
    assert rows[0][3].startswith(f"{fts5['p50_ms']:.2f} (")
    assert float(rows[0][3].split("(")[1].rstrip("×)")) == pytest.approx(fts5["p50_ms"] / zenrei["p50_ms"], rel=0.06)
    assert "## HTTP, 200 entries" in text
    assert "bm25s" in text.split("## What is not compared")[1]
    assert ET.parse(tmp_path / "benchmarks.svg").getroot().tag.endswith("svg")


def test_the_plot_has_a_curve_per_engine_and_figure_over_all_sizes(result: dict[str, Any]) -> None:
    """Two sizes give two points on each curve, the larger to the right, the slower higher."""
    slower = {name: {**figures, "p50_ms": figures["p50_ms"] * 10} for name, figures in result["engines"].items()}
    picture = ET.fromstring(draw_plot([{**result, "entries": 20_000, "engines": slower}, result]))
    curves = [curve.attrib["points"].split() for curve in picture.iter("{http://www.w3.org/2000/svg}polyline")]
    assert len(curves) == 2 * len(result["engines"])
    for p50 in curves[::2]:
        (x, y), (other_x, other_y) = ([float(number) for number in point.split(",")] for point in p50)
        assert x < other_x
        assert y > other_y


def test_percentiles_are_by_nearest_rank() -> None:
    """Of a hundred times the 95th; of one time that one; of two the lower is the median."""
    times = [float(number) for number in range(100, 0, -1)]
    assert [percentile(times, share) for share in (50, 95, 99)] == [50.0, 95.0, 99.0]
    assert percentile([7.0], 99) == 7.0
    assert percentile([2.0, 1.0], 50) == 1.0


def test_a_bad_size_is_refused_with_what_would_be_right() -> None:
    """A word, zero or nothing as the number of entries is named, with an example."""
    for bad in ("many", "0", " "):
        done = CliRunner().invoke(main, ["run", "--entries", bad])
        assert done.exit_code == 2
        assert "100000" in done.output


def test_without_wrk_the_message_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where wrk is missing nothing is built, and the message names the package."""
    monkeypatch.setenv("PATH", str(tmp_path))
    done = CliRunner().invoke(main, ["http", "--entries", "200", "--work", str(tmp_path / "work")])
    assert done.exit_code == 1
    assert "apt-get install -y wrk" in done.output
    assert not (tmp_path / "work").exists()
