"""One run of the benchmark: prepare, have every engine build and answer in processes of its own, compare the answers."""

from __future__ import annotations

import json
import math
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.engines import ENGINES, NOT_COMPARED, folder_of, is_installed, load
from benchmarks.machine import describe_machine
from benchmarks.officer import measure_officer
from benchmarks.prepare import Prepared, prepare
from benchmarks.worker import FIRST

_ROOT = Path(__file__).parents[1]
ROUNDS = 5
_SLOW = {"whoosh"}
_SLOW_ENTRIES, _SLOW_EVERY = 100_000, 10  # from this size on, slow engines answer every tenth query
_SHOWN = 5  # disagreements that are quoted

Say = Callable[[str], None]


def run(entries: int, work: Path, engines: Sequence[str], say: Say, rounds: int = ROUNDS) -> dict[str, Any]:
    """Measure the engines on a corpus of `entries` entries; the work folder is emptied before.

    Queries and starts are each timed `rounds` times. Engines that are not installed are left out, and named under
    `not_compared`.
    """
    prepared = make_work(work, entries, say)
    missing = {name: f"{ENGINES[name][0]} is not installed" for name in engines if not is_installed(name)}
    measured = {name: _measure(name, work, entries, rounds, say) for name in engines if name not in missing}
    for name in {*measured, "corpus.jsonl"} - {"zenrei"}:  # zenrei's index stays for the measurement of the service
        _remove(work / name)
    reference = measured.get("zenrei")
    if reference:
        say("zenrei: what an officer types")
    return {
        "entries": entries,
        "machine": describe_machine(),
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "tokens_per_entry": round(prepared.tokens / entries, 1),
        "tokenize_s": round(prepared.seconds, 2),
        "engines": {name: _summarise(each, reference) for name, each in measured.items()},
        "agreement": {
            name: _compare(each, reference, name, say)
            for name, each in measured.items()
            if reference and name != "zenrei"
        },
        "not_compared": {**NOT_COMPARED, **missing},
        **({"officer": measure_officer(work / "zenrei")} if reference else {}),
    }


def make_work(work: Path, entries: int, say: Say) -> Prepared:
    """Empty a work folder and prepare corpus and queries in it."""
    _remove(work)
    work.mkdir(parents=True)
    say(f"{entries:,} entries: making the corpus")
    prepared = prepare(work, entries)
    (work / "prepared.json").write_text(json.dumps({"entries": entries}), encoding="utf-8")
    return prepared


def build_engine(name: str, work: Path, say: Say) -> dict[str, Any]:
    """Have an engine build its index in a process of its own; give its seconds and memory."""
    say(f"{name}: building")
    (work / name).mkdir()
    built: dict[str, Any] = json.loads(_worker("build", name, work))
    return built


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _measure(name: str, work: Path, entries: int, rounds: int, say: Say) -> dict[str, Any]:
    """Build and ask one engine."""
    folder = folder_of(work, name)
    # One that reads another's index builds none.
    built = build_engine(name, work, say) if folder == work / name else {"build_s": None}
    every = _SLOW_EVERY if name in _SLOW and entries >= _SLOW_ENTRIES else 1
    say(f"{name}: asking")
    starts = [_start_ms(name, work, every) for _ in range(rounds)]
    asked: dict[str, Any] = json.loads(_worker("search", name, work, every, rounds).splitlines()[-1])
    return {
        **asked,
        "build_s": built["build_s"],
        "build_peak_mb": built.get("resident_peak_mb"),
        "bytes": _bytes(load(name).index_folder(folder)),
        "start_ms": median(starts),
        "every": every,
    }


def _worker(command: str, name: str, work: Path, every: int = 1, rounds: int = 1) -> str:
    return subprocess.run(
        _command(command, name, work, every, rounds), cwd=_ROOT, stdout=subprocess.PIPE, encoding="utf-8", check=True
    ).stdout


def _command(command: str, name: str, work: Path, every: int, rounds: int = 1) -> list[str]:
    return [sys.executable, "-m", "benchmarks.worker", command, name, str(work.resolve()), str(every), str(rounds)]


def _start_ms(name: str, work: Path, every: int) -> float:
    """Time a fresh process from its start to its first answer: interpreter, imports, opening, one query."""
    began = time.perf_counter()
    with subprocess.Popen(_command("start", name, work, every), cwd=_ROOT, stdout=subprocess.PIPE) as process:
        line = process.stdout.readline() if process.stdout else b""
        seconds = time.perf_counter() - began
    if line.decode().strip() != FIRST:
        raise RuntimeError(f"{name} gave no first answer")
    return seconds * 1e3


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _summarise(measured: Mapping[str, Any], reference: Mapping[str, Any] | None) -> dict[str, Any]:
    """Give the figures of an engine, and its times in relation to zenrei's for the same queries."""
    figures = {
        "build_s": _rounded(measured["build_s"]),
        "bytes": measured["bytes"],
        **_percentiles(measured),
        "peak_mb": _rounded(measured["peak_mb"]),
        "resident_peak_mb": _rounded(measured["resident_peak_mb"]),
        "build_peak_mb": _rounded(measured["build_peak_mb"]),
        "start_ms": _rounded(measured["start_ms"]),
        "queries": len(measured["times_ms"]),
    }
    if reference:
        same = _percentiles({key: reference[key][:: measured["every"]] for key in ("times_ms", "rare_ms")})
        figures["times_zenrei"] = {name: _rounded(figures[name] / same[name]) for name in same}
    return figures


def _percentiles(measured: Mapping[str, Any]) -> dict[str, float]:
    faceted = {f"p{share}_ms": percentile(measured["times_ms"], share) for share in (50, 95, 99)}
    return {**faceted, "rare_p50_ms": percentile(measured["rare_ms"], 50)}


def percentile(times: Sequence[float], share: int) -> float:
    """Give the nearest-rank percentile of times (at least one), in their unit, to four digits behind the point."""
    return round(sorted(times)[max(0, math.ceil(len(times) * share / 100) - 1)], 4)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def _compare(measured: Mapping[str, Any], reference: Mapping[str, Any], name: str, say: Say) -> dict[str, int]:
    """Count the queries whose totals or counts differ from zenrei's, and quote the first."""
    differing = {"total": 0, "counts": 0}
    expected = reference["answers"][:: measured["every"]]
    for number, (one, other) in enumerate(zip(measured["answers"], expected, strict=True)):
        for what, seen in differing.items():
            if one[what] == {**other, "counts": _same_facets(one, other)}[what]:
                continue
            differing[what] = seen + 1
            if seen < _SHOWN:
                say(
                    f"{name}: query {number * measured['every']}: other {what} than zenrei ({one['total']} hits, {other['total']})"
                )
    return {"queries": len(expected), "other_totals": differing["total"], "other_counts": differing["counts"]}


def _same_facets(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """Give the counts of the facets that both count."""
    return {facet: counts for facet, counts in other["counts"].items() if facet in one["counts"]}
