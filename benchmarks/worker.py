"""The process of one engine: `python -m benchmarks.worker build|start|search ENGINE WORK EVERY ROUNDS`, started by `run`.

`start` opens the index, answers the first query and writes a line; whoever started it holds the clock. `search` goes on
with all queries and writes the measurement as JSON. Nothing else is imported here, so that what is measured is the
engine's.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.engines import Answer, Searcher, folder_of, load
from benchmarks.queries import FacetedQuery
from benchmarks.work import read_queries

FIRST = "first answer"
_SECONDS = 90.0  # after which no further round is begun
_SAMPLE_SECONDS = 0.002
_KB = 1_024  # bytes of what the kernel calls a kB
_STATUS = Path("/proc/self/status")


def main(command: str, engine: str, work: Path, every: int, rounds: int) -> None:
    """Run one command; every `every`-th query is asked, and timed `rounds` times at most."""
    folder = folder_of(work, engine)
    if command == "build":
        sys.stdout.write(json.dumps({"build_s": load(engine).build(work, folder), **read_memory()}) + "\n")
        return
    faceted, rare = read_queries(work)
    faceted, rare = faceted[::every], rare[::every]
    searcher = load(engine).open_searcher(work, folder)
    searcher.search(faceted[0])
    sys.stdout.write(FIRST + "\n")
    sys.stdout.flush()
    if command == "search":
        measured = _measure(searcher, faceted, rare, rounds)
        sys.stdout.write(json.dumps(measured, ensure_ascii=False) + "\n")


def _measure(
    searcher: Searcher, faceted: Sequence[FacetedQuery], rare: Sequence[FacetedQuery], rounds: int
) -> dict[str, Any]:
    """Warm up, keep the answers and watch the memory; then time every query some rounds."""
    watch = _MemoryWatch()
    answers = [_to_json(searcher.search(query)) for query in faceted]
    peak = watch.stop()
    return {
        "answers": answers,
        "times_ms": _time(searcher, faceted, rounds),
        "rare_ms": _time(searcher, rare, rounds),
        "peak_mb": peak,
        **read_memory(),
    }


def _to_json(answer: Answer) -> dict[str, Any]:
    return {
        "numbers": list(answer.numbers),
        "total": answer.total,
        "counts": {facet: dict(counts) for facet, counts in answer.counts.items()},
    }


def _time(searcher: Searcher, queries: Sequence[FacetedQuery], most: int) -> list[float]:
    """Give the median time of each query over the rounds, in milliseconds."""
    began = time.perf_counter()
    rounds: list[list[float]] = []
    while len(rounds) < most and (not rounds or time.perf_counter() - began < _SECONDS):
        times = []
        for query in queries:
            start = time.perf_counter()
            searcher.search(query)
            times.append((time.perf_counter() - start) * 1e3)
        rounds.append(times)
    return [median(each) for each in zip(*rounds, strict=True)]


class _MemoryWatch:
    """Samples the memory of this process that no file backs, every few milliseconds, until it is stopped.

    The kernel keeps a peak of all resident pages, but those of mapped index files are page cache, which it takes back
    when it needs it; of the rest alone it keeps no peak.
    """

    def __init__(self) -> None:
        self._peak = 0.0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        while not self._ended.is_set():
            self._peak = max(self._peak, read_memory()["anonymous_mb"])
            self._ended.wait(_SAMPLE_SECONDS)

    def stop(self) -> float:
        """Give the peak in MB."""
        self._ended.set()
        self._thread.join()
        return max(self._peak, read_memory()["anonymous_mb"])


def read_memory() -> dict[str, float]:
    """Read this process's memory in MB: what no file backs, now; and the peak of all, files' pages included.

    Zeros where the system does not tell (not Linux).
    """
    if not _STATUS.exists():
        return {"anonymous_mb": 0.0, "resident_peak_mb": 0.0}
    lines = dict(line.split(":", 1) for line in _STATUS.read_text(encoding="ascii", errors="replace").splitlines())
    anonymous, shared, peak = (int(lines[name].split()[0]) * _KB / 1e6 for name in ("RssAnon", "RssShmem", "VmHWM"))
    return {"anonymous_mb": anonymous + shared, "resident_peak_mb": peak}


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5]))
