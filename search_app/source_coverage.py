"""Coverage of the sources: from the report of the build, what was read, how much of it is in entries, what is not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from search_app import wording

_PASSAGES = 20  # quoted of a document; the report of the build has all
_UNKNOWN = "記載なし"


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageView:
    """Text that lies in no entry, and where it stands."""

    place: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentView:
    """A document: what it is, what was made of it. `more` says how many passages are not shown."""

    title: str
    publisher: str
    fiscal_year: str
    file: str
    entries: str
    kinds: str
    covered: str
    left: str
    passages: tuple[PassageView, ...]
    more: str
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OmissionView:
    """A file that is in no entry at all, with the reason."""

    file: str
    reason: str


def list_documents(report: Mapping[str, Any]) -> tuple[DocumentView, ...]:
    """Give the documents of a build's report (the fields of a BuildReport as JSON values), in its order."""
    return tuple(map(_document, report.get("documents", ())))


def list_omissions(report: Mapping[str, Any]) -> tuple[OmissionView, ...]:
    """Give what could not be read."""
    return tuple(OmissionView(file=each["file"], reason=each["message"]) for each in report.get("problems", ()))


def _document(document: Mapping[str, Any]) -> DocumentView:
    coverage = document["coverage"]
    total = sum(coverage[part] for part in ("entry", "heading", "furniture", "nothing"))
    passages: Sequence[Mapping[str, Any]] = coverage["passages"]
    kinds = Counter(note["kind"] for note in document["notes"])
    hidden = len(passages) - _PASSAGES
    return DocumentView(
        title=document["title"] or document["file"],
        publisher=document["publisher"] or _UNKNOWN,
        fiscal_year=wording.fiscal_year_with_era(document["fiscal_year"]) if document["fiscal_year"] else _UNKNOWN,
        file=document["file"],
        entries=wording.number(len(document["notes"])),
        kinds="、".join(f"{label}{kinds[kind]}" for kind, label in wording.KIND_LABELS.items() if kind in kinds),
        covered=_share(coverage["entry"], total),
        left=f"{wording.number(coverage['nothing'])}字（{_share(coverage['nothing'], total)}）",
        passages=tuple(_passage(passage) for passage in passages[:_PASSAGES]),
        more=f"ほか{wording.number(hidden)}か所" if hidden > 0 else "",
        warnings=tuple(document["warnings"]),
    )


def _share(part: int, total: int) -> str:
    """Write a share so that only nothing is 0% and only all is 100%."""
    if not total or part in (0, total):
        return "100%" if part else "0%"
    return f"{min(99, max(1, round(100 * part / total)))}%"


def _passage(passage: Mapping[str, Any]) -> PassageView:
    page = f"p.{passage['page']} " if passage["page"] is not None else ""
    return PassageView(
        place=page + f"行 {wording.line_ranges(((passage['first'], passage['last']),))}", text=passage["text"]
    )
