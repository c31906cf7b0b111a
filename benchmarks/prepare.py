"""What is done once for all engines: the corpus is cut into tokens and the queries are drawn.

The other engines read the tokens, so that all index the same ones; this one is built from entries as always.
"""

from __future__ import annotations

import json
import os
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path
from random import Random

from benchmarks.corpus import SEED, Generator, shipped_entries
from benchmarks.queries import FACETS, GAP, Sample, make_queries, make_rare_queries, to_json
from benchmarks.work import TEXTS
from indexer.engine.invert import exact_values
from indexer.fields import TEXT_FIELDS
from indexer.records import Entry, entry_to_json
from indexer.tokens import tokenize

_CHUNK = 500  # entries that one call makes and cuts
_WINDOW = 40  # chunks under way at once: what bounds the memory
_SAMPLES = 400  # entries that queries are drawn from
_WORTH_PROCESSES = 2_000


@dataclass(frozen=True, slots=True)
class Prepared:
    """What was prepared: tokens in all, and the seconds that making and cutting the entries took on all cores."""

    tokens: int
    seconds: float


def prepare(folder: Path, count: int, seed: int = SEED) -> Prepared:
    """Write the corpus of `count` entries and its queries into the existing folder `folder`."""
    began = time.perf_counter()
    frequencies: Counter[str] = Counter()
    wanted = set(Random(seed).sample(range(count), min(_SAMPLES, count)))
    samples: list[Sample] = []
    tokens = number = 0
    with (folder / "corpus.jsonl").open("w", encoding="utf-8") as file:
        for lines, terms, length in _cut_chunks(count, seed):
            file.writelines(lines)
            frequencies.update(terms)
            tokens += length
            samples += [_sample(lines[at - number]) for at in range(number, number + len(lines)) if at in wanted]
            number += len(lines)
    seconds = time.perf_counter() - began
    usable = {term: frequency for term, frequency in frequencies.items() if not _is_altered(term)}
    queries = {
        "faceted": list(map(to_json, make_queries(samples, usable, seed))),
        "rare": list(map(to_json, make_rare_queries(usable, seed))),
    }
    (folder / "queries.json").write_text(json.dumps(queries, ensure_ascii=False), encoding="utf-8")
    return Prepared(tokens, seconds)


_Chunk = tuple[list[str], Counter[str], int]


def _cut_chunks(count: int, seed: int) -> Iterator[_Chunk]:
    tasks = [(seed, first, min(first + _CHUNK, count)) for first in range(0, count, _CHUNK)]
    if count < _WORTH_PROCESSES:
        yield from map(_cut_chunk, tasks)
        return
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        for at in range(0, len(tasks), _WINDOW):
            yield from pool.map(_cut_chunk, tasks[at : at + _WINDOW])


@cache
def _generator(seed: int) -> Generator:
    return Generator(shipped_entries(), seed)


def _cut_chunk(task: tuple[int, int, int]) -> _Chunk:
    """Make and cut some entries: their lines, in how many of them each term stands, and their tokens in all."""
    seed, first, last = task
    lines: list[str] = []
    frequencies: Counter[str] = Counter()
    length = 0
    for entry in _generator(seed).entries(first, last):
        texts = [_terms(field.text(entry)) for field in TEXT_FIELDS if field.name in TEXTS]
        found = [term for text in texts for term in text if term != GAP]
        frequencies.update(set(found))
        length += len(found)
        stored = json.dumps(entry_to_json(entry), ensure_ascii=False)
        line = [*(" ".join(text) for text in texts), _facets(entry), stored]
        lines.append(json.dumps(line, ensure_ascii=False) + "\n")
    return lines, frequencies, length


def _terms(text: str) -> list[str]:
    """Cut a text; white space inside a term would part it again in the engines that get the terms joined."""
    tokens = tokenize(text, "A")
    terms: list[str] = ["␣".join(token.term.split()) for token in tokens]
    gaps = [at for at, (one, other) in enumerate(pairwise(tokens), 1) if other.position - one.position > 1]
    for at in reversed(gaps):
        terms.insert(at, GAP)
    return terms


def _is_altered(term: str) -> bool:
    return "␣" in term


def _facets(entry: Entry) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {facet: [] for facet in FACETS}
    for name, value in exact_values(entry):
        if name in values:
            values[name].append(value)
    return values


def _sample(line: str) -> Sample:
    title, body, facets, _ = json.loads(line)
    # A term that was altered is none of the index's: it parts a text like the end of a sentence.
    texts = tuple(tuple(GAP if _is_altered(term) else term for term in text.split(" ")) for text in (title, body))
    return Sample(texts, facets)


def entries_of(count: int, seed: int = SEED) -> Sequence[Entry]:
    """Make the first `count` entries, all in memory: about a kilobyte each."""
    return list(_generator(seed).entries(0, count))
