"""The build: corpus folders in, a published index and a report out. The only module that knows the order of the stages.

What did not change since the index that is served was built is taken over from it: its entries, and what was reported of
it. The result is the same as that of a build from nothing.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from indexer.coverage import measure_coverage
from indexer.descriptions import describe_source
from indexer.entries import complete_entries
from indexer.layouts import split_document
from indexer.long_lines import break_long_lines
from indexer.readers import UnreadableError, choose_reader
from indexer.records import Entry, SourceFile
from indexer.report import BuildReport, DocumentReport, document_from_json, report_document
from indexer.sources import Corpus, CorpusError, Problem, read_corpus
from indexer.store import Reader, StoreError, made_with, open_index, read_manifest, write_generation

Progress = Callable[[str, int, int], None]  # name of the file, its number, how many in all


def _quiet(_name: str, _number: int, _total: int) -> None:
    """Say nothing."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """The entries of a corpus in the order of its documents, and the report."""

    entries: tuple[Entry, ...]
    report: BuildReport


@dataclass(slots=True)
class _Extracted:
    """What was read of a corpus so far, by file: entries and report, or why the file was left out."""

    entries: dict[str, list[Entry]] = field(default_factory=dict)
    reports: dict[str, DocumentReport] = field(default_factory=dict)
    problems: dict[str, Problem] = field(default_factory=dict)

    def read(self, source: SourceFile) -> None:
        """Read a document and cut it into entries; one that cannot be read is recorded with its reason."""
        try:
            self.entries[source.name], self.reports[source.name] = _extract_document(source)
        except UnreadableError as error:
            self.problems[source.name] = Problem(source.name, str(error))

    def report(self, corpus: Corpus) -> BuildReport:
        """Report on all documents, in the order of the corpus."""
        documents = tuple(self.reports[source.name] for source in corpus.files if source.name in self.reports)
        problems = sorted((*corpus.problems, *self.problems.values()), key=lambda problem: problem.file)
        return BuildReport(documents, tuple(problems), sum(document.entries for document in documents), seconds=0.0)

    def all_entries(self, corpus: Corpus) -> tuple[Entry, ...]:
        """Give the entries that were read, in the order of the corpus."""
        entries = [entry for source in corpus.files for entry in self.entries.get(source.name, ())]
        return tuple(_with_unique_ids(entries))


def extract_entries(folders: Iterable[Path], *, progress: Progress = _quiet) -> Extraction:
    """Read every document of the folders and cut it into entries.

    A document that cannot be read is recorded with its reason and the others go on. Raises CorpusError where there is
    nothing to read at all.
    """
    began = time.perf_counter()
    corpus = read_corpus(folders)
    extracted = _Extracted()
    _read_all(corpus.files, extracted, progress)
    report = replace(extracted.report(corpus), seconds=time.perf_counter() - began)
    return Extraction(extracted.all_entries(corpus), report)


def _read_all(files: Sequence[SourceFile], extracted: _Extracted, progress: Progress) -> None:
    for number, source in enumerate(files, 1):
        progress(source.name, number, len(files))
        extracted.read(source)


def _extract_document(source: SourceFile) -> tuple[list[Entry], DocumentReport]:
    if not source.content.strip():
        raise UnreadableError("空のファイルです。資料を保存し直してください。")
    document, broken = break_long_lines(choose_reader(source).read(source))
    if all(line.blank for line in document.lines):
        raise UnreadableError("文字がありません。文字の入った資料か確かめ、保存し直してください。")
    choice, drafts = split_document(document)
    described, inferred = describe_source(document, drafts)
    document = replace(document, source=described)
    entries = complete_entries(document, drafts)
    coverage = measure_coverage(document, drafts)
    report = report_document(
        document, entries, choice=choice, coverage=coverage, inferred=inferred, broken=[line.number for line in broken]
    )
    return entries, report


def _with_unique_ids(entries: Sequence[Entry]) -> Iterable[Entry]:
    """Give numbers to the ids of entries that stand word for word in several places, in their order."""
    seen: Counter[str] = Counter()
    for entry in entries:
        seen[entry.id] += 1
        yield replace(entry, id=_numbered(entry.id, seen[entry.id]))


def build_index(
    folders: Sequence[Path], index: Path, *, from_nothing: bool = False, progress: Progress = _quiet
) -> BuildReport:
    """Build the index of the folders' documents and publish it in `index`.

    Only documents that changed are read, unless `from_nothing`. Raises CorpusError or StoreError; the index that was
    served then stays as it was.
    """
    began = time.perf_counter()
    report = _build(read_corpus(folders), index, from_nothing=from_nothing, progress=progress)
    return replace(report, seconds=time.perf_counter() - began)


def build_if_changed(
    folders: Sequence[Path], index: Path, *, from_nothing: bool = False, progress: Progress = _quiet
) -> BuildReport | None:
    """Build as `build_index` does; None where the index holds already what the folders hold, as this code gives it."""
    began = time.perf_counter()
    corpus = read_corpus(folders)
    if _is_current(corpus, index):
        return None
    report = _build(corpus, index, from_nothing=from_nothing, progress=progress)
    return replace(report, seconds=time.perf_counter() - began)


def _build(corpus: Corpus, index: Path, *, from_nothing: bool, progress: Progress) -> BuildReport:
    extracted = _Extracted()
    served = None if from_nothing else _open_served(index)
    if served is None:
        _read_all(corpus.files, extracted, progress)
        kept: list[str] = []
    else:
        kept = _read_changed(corpus, served, read_manifest(index), extracted, progress)
        served.close()
    report = extracted.report(corpus)
    if not report.entries:
        reasons = "".join(f"\n  {problem}" for problem in report.problems)
        raise CorpusError(f"索引に入れる取組が1つもありません。資料を確かめてください。{reasons}")
    generation = write_generation(
        index,
        extracted.all_entries(corpus),
        sources=_describe(corpus),
        report=report,
        base=served.generation if served else None,
        kept=kept,
    )
    return replace(report, generation=generation)


def _open_served(index: Path) -> Reader | None:
    """Open the index that is served, if this very code built it: only then is its content what a build would give."""
    manifest = read_manifest(index)
    if any(manifest.get(name) != value for name, value in made_with().items()):
        return None
    try:
        return open_index(index)
    except StoreError:
        return None


def _read_changed(
    corpus: Corpus, served: Reader, manifest: dict[str, Any], extracted: _Extracted, progress: Progress
) -> list[str]:
    """Read the documents that changed, take over the reports of the others; give the others' files."""
    known = {source["file"]: source for source in manifest["sources"]}
    same = {source.name for source in corpus.files if known.get(source.name) == _describe_source(source)}
    changed = [source for source in corpus.files if source.name not in same]
    _read_all(changed, extracted, progress)
    again = _sharing_ids(extracted, [file for file in known if file not in same], same, served)
    for source in corpus.files:
        if source.name in again:
            extracted.read(source)
    old = served.report()
    for values in old["documents"]:
        if values["file"] in same - again:
            extracted.reports[values["file"]] = document_from_json(values)
    for problem in old["problems"]:
        if problem["file"] in same - again:
            extracted.problems[problem["file"]] = Problem(**problem)
    return sorted(same - again)


def _sharing_ids(extracted: _Extracted, gone: Iterable[str], same: set[str], served: Reader) -> set[str]:
    """Give the documents among `same` in which ids must be given anew.

    Entries that stand word for word in several documents are numbered in the order of the corpus (`_with_unique_ids`):
    when one of them comes or goes, the others may get another number.
    """
    ids = {entry.id for entries in extracted.entries.values() for entry in entries}
    ids |= {_plain_id(entry) for file in gone for entry in served.entries_of(file)}
    found: set[str] = set()
    seen: set[str] = set()
    while ids - seen:
        new = {
            holder.source.file
            for plain in ids - seen
            for holder in _holders(plain, served)
            if holder.source.file in same - found
        }
        seen |= ids
        found |= new
        ids |= {_plain_id(entry) for file in new for entry in served.entries_of(file)}
    return found


def _plain_id(entry: Entry) -> str:
    return entry.id.split("-")[0]


def _holders(plain: str, served: Reader) -> Iterator[Entry]:
    """Give the entries of an index that have this id, with any number behind it."""
    number = 1
    while entry := served.entry(_numbered(plain, number)):
        yield entry
        number += 1


def _numbered(plain: str, number: int) -> str:
    return plain if number == 1 else f"{plain}-{number}"


def _describe(corpus: Corpus) -> list[dict[str, object]]:
    """Describe the sources for the manifest: name, content and metadata, so that a change can be seen."""
    return [_describe_source(source) for source in corpus.files]


def _describe_source(source: SourceFile) -> dict[str, object]:
    return {
        "file": source.name,
        "sha256": source.sha256,
        "title": source.title,
        "publisher": source.publisher,
        "url": source.url,
        "fiscal_year": source.fiscal_year,
        "prefecture": source.prefecture,
    }


def _is_current(corpus: Corpus, index: Path) -> bool:
    """Whether the index can be opened and was built by this very code from exactly what the corpus holds."""
    try:
        open_index(index).close()
    except StoreError:
        return False
    manifest = read_manifest(index)
    same_code = all(manifest.get(name) == value for name, value in made_with().items())
    return same_code and manifest.get("sources") == _describe(corpus)
