"""The report of a build: what was read of each document, how, what was not, and what a person should look at.

Frozen records that become JSON field by field, and the judgement of what is doubtful in a document. How it
looks is told in `report_page`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from indexer.coverage import Coverage, Passage, count_characters
from indexer.descriptions import Inference
from indexer.layouts import Choice
from indexer.records import Document, Entry, Kind
from indexer.sources import Problem

# What makes a person look: measured on documents whose every line was read by hand.
_SURE, _CLEAR = 0.5, 0.8  # score of a layout; from the second on it does not matter how near the next one is
_NEAR = 0.1
_LEFT = 0.15  # of the text in no entry, heading or furniture,
_LEFT_CHARACTERS = 200  # when it is as long as this
_MANY = 0.2  # of the entries
_LONG_ENTRY, _TIMES_LONGER = 1500, 10  # characters; times the median
_FEW_ENTRIES = 5  # below this many there is no usual length
_UNREADABLE = "\ufffd〓"

# The fields of an entry that a document may leave open, by name; a start year is seldom told.
GAP_FIELDS: tuple[str, ...] = ("region", "prefectures", "municipalities", "category", "fiscal_year", "start_year")


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryNote:
    """An entry as the report lists it; `empty` names those of `GAP_FIELDS` that are None or empty."""

    title: str
    kind: Kind
    untitled: bool
    page: int | None
    line: int
    characters: int
    empty: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentReport:
    """What became of one document.

    `score` (0-1) is how sure `layout` is, `others` how sure the other layouts are, best first. Title to prefecture are
    those that its entries carry; `inferred` tells which of them the document itself gave. `warnings` say what a person
    should look at, and what to do.
    """

    file: str
    reader: str
    layout: str
    score: float
    others: tuple[tuple[str, float], ...]
    title: str | None
    publisher: str | None
    fiscal_year: int | None
    prefecture: str | None
    inferred: tuple[Inference, ...]
    coverage: Coverage
    notes: tuple[EntryNote, ...]
    warnings: tuple[str, ...]

    @property
    def entries(self) -> int:
        """The number of entries."""
        return len(self.notes)

    @property
    def kinds(self) -> list[tuple[Kind, int]]:
        """The numbers of entries by kind, most first."""
        return Counter(note.kind for note in self.notes).most_common()

    def gaps(self, field: str) -> list[EntryNote]:
        """Give the entries in which a field is empty."""
        return [note for note in self.notes if field in note.empty]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did: per document, what was left out, the seconds it took. `generation` is None without an index."""

    documents: tuple[DocumentReport, ...]
    problems: tuple[Problem, ...]
    entries: int
    seconds: float
    generation: str | None = None

    @property
    def doubtful(self) -> list[DocumentReport]:
        """The documents that a person should look at."""
        return [document for document in self.documents if document.warnings]


def document_from_json(values: Mapping[str, Any]) -> DocumentReport:
    """Read back a DocumentReport from its fields as JSON values."""
    coverage = values["coverage"]
    passages = tuple(Passage(**passage) for passage in coverage["passages"])
    return DocumentReport(
        **{
            **values,
            "others": tuple((name, score) for name, score in values["others"]),
            "inferred": tuple(Inference(**inference) for inference in values["inferred"]),
            "coverage": Coverage(**{**coverage, "passages": passages}),
            "notes": tuple(EntryNote(**{**note, "empty": tuple(note["empty"])}) for note in values["notes"]),
            "warnings": tuple(values["warnings"]),
        }
    )


def report_document(
    document: Document,
    entries: Sequence[Entry],
    *,
    choice: Choice,
    coverage: Coverage,
    inferred: tuple[Inference, ...],
    broken: Sequence[int] = (),
) -> DocumentReport:
    """Report on a document whose source is complete, with the entries made of it; `broken`: numbers of lines too long."""
    source = document.source
    notes = tuple(map(_note, entries))
    warnings = (
        *_doubt_layout(choice),
        *_doubt_text(document, coverage, broken),
        *_doubt_entries(notes),
        *_doubt_source(document),
    )
    return DocumentReport(
        file=source.name,
        reader=document.reader,
        layout=choice.layout.name,
        score=choice.score,
        others=choice.others,
        title=source.title,
        publisher=source.publisher,
        fiscal_year=source.fiscal_year,
        prefecture=source.prefecture,
        inferred=inferred,
        coverage=coverage,
        notes=notes,
        warnings=warnings,
    )


def _note(entry: Entry) -> EntryNote:
    return EntryNote(
        title=entry.title,
        kind=entry.kind,
        untitled=entry.untitled,
        page=entry.source.page,
        line=entry.source.lines[0][0] if entry.source.lines else 0,
        characters=count_characters(entry.title + entry.body),
        empty=tuple(
            field
            for field in GAP_FIELDS
            # Only an initiative has a category.
            if not getattr(entry, field) and (field != "category" or entry.kind == "initiative")
        ),
    )


def _doubt_layout(choice: Choice) -> Iterator[str]:
    if choice.layout.name == "generic":
        yield "様式が分からないため、見出しと段落で区切りました。区切りを確かめてください。"
        return
    if choice.score < _SURE:
        yield f"様式の一致度が{choice.score:.2f}と低いため、区切りを確かめてください。"
    elif choice.score < _CLEAR and choice.others and choice.score - choice.others[0][1] < _NEAR:
        yield "ほかの様式とも読めるため、区切りを確かめてください。"


def _doubt_text(document: Document, coverage: Coverage, broken: Sequence[int]) -> Iterator[str]:
    if broken:
        others = len(set(broken)) - 1
        place = f"{broken[0]}行目" + (f"ほか{others}行" if others else "")
        yield f"長すぎる行（{place}）を文の切れ目で分けました。改行の入った資料があれば差し替えてください。"
    if coverage.share("nothing") >= _LEFT and coverage.nothing >= _LEFT_CHARACTERS:
        yield (
            f"文字の{coverage.share('nothing'):.0%}がどの取組にも入っていません。"
            "「取組に入らなかった文」に取組がないかを確かめてください。"
        )
    unreadable = sum(line.text.count(sign) for line in document.lines for sign in _UNREADABLE)
    if unreadable:
        yield f"読めない文字（�や〓）が{unreadable}個あります。元の資料を確かめてください。"


def _doubt_entries(notes: Sequence[EntryNote]) -> Iterator[str]:
    if not notes:
        yield "取組が見つかりませんでした。取組を載せた資料か確かめてください。"
        return
    usual = median(note.characters for note in notes)
    longest = max(notes, key=lambda note: note.characters)
    if len(notes) >= _FEW_ENTRIES and longest.characters >= max(_LONG_ENTRY, usual * _TIMES_LONGER):
        yield (
            f"「{longest.title}」が{longest.characters:,}字と、ほかに比べて長すぎます。"
            "複数の取組がつながっていないか確かめてください。"
        )
    homeless = sum("prefectures" in note.empty for note in notes)
    if homeless > len(notes) * _MANY:
        yield f"都道府県の分からない取組が{homeless}件あります。1つの県の資料なら、sources.toml に prefecture を書いてください。"


def _doubt_source(document: Document) -> Iterator[str]:
    source = document.source
    fields = (("資料名", "title", source.title), ("年度", "fiscal_year", source.fiscal_year))
    unknown = [(label, key) for label, key, value in fields if value is None]
    if unknown:
        labels, keys = zip(*unknown, strict=True)
        yield f"{'と'.join(labels)}が分かりません。sources.toml に {' と '.join(keys)} を書いてください。"
