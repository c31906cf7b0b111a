"""The service under load: started as its users start it, driven by wrk over pages and JSON."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from benchmarks.machine import describe_machine
from benchmarks.queries import Clause, FacetedQuery
from benchmarks.run import Say, build_engine, make_work
from benchmarks.work import read_queries
from indexer.store import StoreError, open_index

_ROOT = Path(__file__).parents[1]
_CONNECTIONS = (1, 4)
_PATHS = (("page", "/"), ("json", "/api/search"))
_WARM_SECONDS = 2
# wrk tells no 95th percentile by itself. Each address in its turn, from the first on.
_SCRIPT = """
local addresses = {{}}
for line in io.lines("{file}") do addresses[#addresses + 1] = line end
local at = 0
request = function()
  at = at % #addresses + 1
  return wrk.format("GET", addresses[at])
end
done = function(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    '\\n{{"requests": %d, "duration_us": %d, "errors": %d, "p50_us": %d, "p95_us": %d, "p99_us": %d}}\\n',
    summary.requests, summary.duration,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout,
    latency:percentile(50), latency:percentile(95), latency:percentile(99)))
end
"""


class WrkMissingError(Exception):
    """wrk is not installed."""

    def __init__(self) -> None:
        super().__init__("wrk is not installed. Install it (Debian: apt-get install -y wrk) and run this again.")


def run_http(entries: int, work: Path, seconds: int, say: Say) -> dict[str, Any]:
    """Measure pages and JSON with one and four connections, `seconds` each; the index is built where there is none.

    Raises WrkMissingError.
    """
    if shutil.which("wrk") is None:
        raise WrkMissingError
    if not _is_built(work):
        make_work(work, entries, say)
        build_engine("zenrei", work, say)
    queries = [query for query in read_queries(work)[0] if all(clause.kind != "prefix" for clause in query.clauses)]
    runs = []
    with _service(work / "zenrei") as address:
        for what, path in _PATHS:
            script = _write_script(work, what, [f"{path}?{_parameters(query)}" for query in queries])
            _drive(address, script, connections=1, seconds=min(seconds, _WARM_SECONDS))
            for connections in _CONNECTIONS:
                say(f"{what}: {connections} connections, {seconds} s")
                runs.append({"what": what, **_drive(address, script, connections=connections, seconds=seconds)})
    return {
        "entries": entries,
        "machine": describe_machine(),
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "addresses": len(queries),
        "http": runs,
    }


def _is_built(work: Path) -> bool:
    try:
        open_index(work / "zenrei").close()
    except StoreError:
        return False
    return (work / "queries.json").exists()


@contextmanager
def _service(index: Path) -> Iterator[str]:
    """Start the service on a free port; give its address."""
    command = [sys.executable, "-m", "search_app", "--index", str(index.resolve()), "--port", "0"]
    with subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE, encoding="utf-8") as process:
        try:
            line = process.stdout.readline() if process.stdout else ""
            found = re.search(r"http://\S+", line)
            if found is None:
                raise RuntimeError(f"the service did not start: {line}")
            yield found[0]
        finally:
            process.terminate()


def _parameters(query: FacetedQuery) -> str:
    words = " ".join(map(_typed, query.clauses))
    return urlencode([("q", words), *((name, value) for name, values in query.filters.items() for value in values)])


def _typed(clause: Clause) -> str:
    return f'"{"".join(clause.terms)}"' if clause.kind == "phrase" else clause.terms[0]


def _write_script(work: Path, what: str, addresses: Sequence[str]) -> Path:
    file = work.resolve() / f"{what}.txt"
    file.write_text("\n".join(addresses) + "\n", encoding="ascii")
    script = file.with_suffix(".lua")
    script.write_text(_SCRIPT.format(file=file.as_posix()), encoding="utf-8")
    return script


def _drive(address: str, script: Path, *, connections: int, seconds: int) -> dict[str, Any]:
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-s", str(script), address]
    output = subprocess.run(command, stdout=subprocess.PIPE, encoding="utf-8", check=True).stdout
    told = json.loads(output.splitlines()[-1])
    return {
        "connections": connections,
        "requests_per_s": round(told["requests"] / told["duration_us"] * 1e6, 1),
        **{f"p{share}_ms": round(told[f"p{share}_us"] / 1e3, 2) for share in (50, 95, 99)},
        "errors": told["errors"],
    }
