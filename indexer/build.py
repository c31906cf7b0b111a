"""The build: corpus folders in, a published index and a report out. The only module that knows the order of the stages."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from indexer.coverage import measure_coverage
from indexer.descriptions import describe_source
from indexer.entries import complete_entries
from indexer.layouts import split_document
from indexer.long_lines import break_long_lines
from indexer.readers import UnreadableError, choose_reader
from indexer.records import Entry, SourceFile
from indexer.report import BuildReport, DocumentReport, report_document
from indexer.sources import Corpus, CorpusError, Problem, read_corpus
from indexer.store import StoreError, made_with, open_index, read_manifest, write_generation

Progress = Callable[[str, int, int], None]  # name of the file, its number, how many in all


def _quiet(_name: str, _number: int, _total: int) -> None:
    """Say nothing."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """The entries of a corpus in the order of its documents, and the report."""

    entries: tuple[Entry, ...]
    report: BuildReport
    corpus: Corpus


def extract_entries(folders: Iterable[Path], *, progress: Progress = _quiet) -> Extraction:
    """Read every document of the folders and cut it into entries.

    A document that cannot be read is recorded with its reason and the others go on. Raises CorpusError where there is
    nothing to read at all.
    """
    began = time.perf_counter()
    corpus = read_corpus(folders)
    problems = list(corpus.problems)
    documents: list[DocumentReport] = []
    entries: list[Entry] = []
    for number, source in enumerate(corpus.files, 1):
        progress(source.name, number, len(corpus.files))
        try:
            found, document = _extract_document(source)
        except UnreadableError as error:
            problems.append(Problem(source.name, str(error)))
            continue
        entries += found
        documents.append(document)
    seconds = time.perf_counter() - began
    problems.sort(key=lambda problem: problem.file)
    report = BuildReport(tuple(documents), tuple(problems), len(entries), seconds)
    return Extraction(tuple(_with_unique_ids(entries)), report, corpus)


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
    seen: dict[str, int] = {}
    for entry in entries:
        seen[entry.id] = seen.get(entry.id, 0) + 1
        yield entry if seen[entry.id] == 1 else replace(entry, id=f"{entry.id}-{seen[entry.id]}")


def build_index(folders: Sequence[Path], index: Path, *, progress: Progress = _quiet) -> BuildReport:
    """Build the index of the folders' documents and publish it in `index`.

    Raises CorpusError or StoreError; the index that was served then stays as it was.
    """
    began = time.perf_counter()
    extraction = extract_entries(folders, progress=progress)
    if not extraction.entries:
        reasons = "".join(f"\n  {problem}" for problem in extraction.report.problems)
        raise CorpusError(f"索引に入れる取組が1つもありません。資料を確かめてください。{reasons}")
    report = asdict(extraction.report)
    generation = write_generation(index, extraction.entries, sources=_describe(extraction.corpus), report=report)
    return replace(extraction.report, seconds=time.perf_counter() - began, generation=generation)


def _describe(corpus: Corpus) -> list[dict[str, object]]:
    """Describe the sources for the manifest: name, content and metadata, so that a change can be seen."""
    return [
        {
            "file": source.name,
            "sha256": source.sha256,
            "title": source.title,
            "publisher": source.publisher,
            "url": source.url,
            "fiscal_year": source.fiscal_year,
            "scheme": source.scheme,
            "prefecture": source.prefecture,
        }
        for source in corpus.files
    ]


def is_current(folders: Sequence[Path], index: Path) -> bool:
    """Whether the index can be opened and was built by this very code from exactly what the folders hold now."""
    try:
        open_index(index).close()
    except StoreError:
        return False
    manifest = read_manifest(index)
    same_code = all(manifest.get(name) == value for name, value in made_with().items())
    return same_code and manifest.get("sources") == _describe(read_corpus(folders))
