"""Results as a page of the documentation: docs/benchmarks.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from benchmarks.engines import ENGINES, TOP
from benchmarks.queries import FACETED_QUERIES, RARE_MOST
from benchmarks.tables import engine_table, http_table, officer_line

_HEAD = """\
# Benchmarks

Written by `make bench-report` from the results of `make bench` and `make bench-http`; not by hand.
"""
_HOW = f"""\
## What is measured

- **Corpus**: entries made of the words and sentences of `corpus/` by a fixed seed (`benchmarks/corpus.py`). Clauses, words,
  places, categories and years are drawn Zipf-like; made-up names and figures let the vocabulary grow with the corpus.
- **Same tokens**: texts are cut into Sudachi A units once; every other engine is handed the same terms. zenrei builds
  as its users do, so its build contains the cutting (and C units, places and the check of what it wrote). "Cutting" tells what the
  others were spared.
- **Same queries**: {FACETED_QUERIES} by a fixed seed: one to four words, phrases, prefixes, mixtures, with none, one and two filters, rare and
  common terms, in title and body.
- **Same work**: the best {TOP} hits, the total, and the counts of region, category and year, each without its own filter. The
  totals and counts of all engines are compared for every query. Which hits are best is not: each has its own BM25.
- **Times**: one thread, a process for each engine, everything read once before; per query the median of up to five
  rounds; p50, p95, p99 over all queries. "rare": queries of one term that stands in at most {RARE_MOST} entries. Behind a figure stands how
  many times zenrei's it is, over the same queries.
- **peak**: the most memory that no file backs while all queries are answered (RssAnon, sampled); mapped index files are page cache,
  which the kernel takes back at need. **start**: from the start of a fresh process to its first answer, interpreter and imports included
  (median of five).
- **index**: all files. zenrei keeps the Whoosh index and the arrays it reads; all engines store the whole entry.
"""
_RUN = """\
## How to run it

```
make bench ENTRIES="1000 10000 100000"   # results in var/bench-*.json; one size: OUT=var/bench.json
make bench-http ENTRIES=100000           # needs wrk
make bench-report                        # this page and its picture
```
"""


def write_report(results: Sequence[Mapping[str, Any]], https: Sequence[Mapping[str, Any]]) -> str:
    """Write the page from the results of runs and of HTTP runs, in any order; there must be a run."""
    results = sorted(results, key=lambda result: int(result["entries"]))
    https = sorted(https, key=lambda result: int(result["entries"]))
    parts = [_HEAD, *_machine(results[-1]), "![Latency over size](benchmarks.svg)\n"]
    for result in results:
        parts += _run_section(result)
    for result in https:
        parts += [f"## HTTP, {result['entries']:,} entries\n", _http_note(result), *_lines(http_table(result))]
    parts += [
        _HOW,
        "## The engines\n",
        *_lines([f"- {name}: {how}" for name, (_, how) in ENGINES.items()]),
    ]
    parts += ["## What is not compared\n", *_lines(_not_compared(results)), _RUN]
    return "\n".join(parts)


def _machine(result: Mapping[str, Any]) -> Iterator[str]:
    machine = dict(result["machine"])
    told = f"{machine.pop('processor')}, {machine.pop('cores')} cores, {machine.pop('memory_gb')} GB, {machine.pop('system')}"
    versions = ", ".join(f"{name} {number}" for name, number in machine.items())
    yield f"Machine: {told}. Versions: {versions}. Date: {result['date'][:10]}.\n"


def _run_section(result: Mapping[str, Any]) -> Iterator[str]:
    yield f"## {result['entries']:,} entries\n"
    yield (
        f"{result['tokens_per_entry']} tokens an entry. Cutting (making the entries included, all cores): "
        f"{result['tokenize_s']:.1f} s. {_agreement(result)}\n"
    )
    yield from _lines(engine_table(result))
    if "officer" in result:
        yield officer_line(result) + "\n"


def _agreement(result: Mapping[str, Any]) -> str:
    """Say whether the engines agree."""
    differing = [
        f"{name}: {each['other_totals']} other totals and {each['other_counts']} other counts in {each['queries']} queries"
        for name, each in result["agreement"].items()
        if each["other_totals"] or each["other_counts"]
    ]
    return (
        "Disagreements – " + "; ".join(differing) + "." if differing else "All engines agree on all totals and counts."
    )


def _http_note(result: Mapping[str, Any]) -> str:
    return f"The service as `python -m search_app` starts it, {result['addresses']} addresses in turn, wrk on the same machine.\n"


def _not_compared(results: Sequence[Mapping[str, Any]]) -> list[str]:
    reasons = {name: reason for result in results for name, reason in result["not_compared"].items()}
    return [f"- {name}: {reason}" for name, reason in reasons.items()]


def _lines(lines: Sequence[str]) -> Iterator[str]:
    yield from lines
    yield ""
