"""The report of a build as a page to look at: one HTML file with its style in it, and a line per document for a console.

Administrators open it after adding a document; it must tell at a glance which document needs a look. Nothing is loaded
from elsewhere, so the file can be sent on and printed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from indexer.descriptions import Inference
from indexer.layouts import LAYOUTS
from indexer.parts import Part
from indexer.report import GAP_FIELDS, BuildReport, DocumentReport, EntryNote
from indexer.sources import Problem

READER_LABELS = {
    "text": "テキスト",
    "html": "HTML",
    "pdf": "PDF",
    "docx": "Word",
    "xlsx": "Excel",
    "csv": "CSV",
}
PART_LABELS: dict[Part, str] = {
    "entry": "取組の文",
    "heading": "見出し",
    "furniture": "頁番号・目次などの定型部分",
    "nothing": "どれにも入らない文",
}
_KIND_LABELS = {"initiative": "取組", "profile": "圏域の概要", "agreement": "連携協約"}
_FIELD_LABELS = {
    "title": "資料名",
    "publisher": "発行者",
    "region": "圏域・市町村",
    "prefectures": "都道府県",
    "prefecture": "都道府県",
    "municipalities": "関係市町村",
    "category": "分野",
    "fiscal_year": "年度",
    "start_year": "開始年",
}
_DETAIL_FIELDS = ("title", "publisher", "fiscal_year", "prefecture")
_REMEDY = re.compile(r"ください|読める形式")


def render_report(report: BuildReport, *, made_at: datetime, corpus: Sequence[str]) -> str:
    """Write the report as HTML; `corpus` names the folders that were read, as the user did."""
    documents = [*report.doubtful, *(document for document in report.documents if not document.warnings)]
    return _template().render(
        report=report,
        documents=documents,
        made_at=_write_time(made_at),
        corpus="、".join(corpus),
        parts=PART_LABELS,
        details=_DETAIL_FIELDS,
        gap_fields=GAP_FIELDS,
    )


def _write_time(moment: datetime) -> str:
    return f"{moment.year}年{moment.month}月{moment.day}日 {moment.hour}:{moment.minute:02}"


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("indexer"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        percent=write_percent,
        layout=label_layout,
        reader=lambda name: READER_LABELS.get(name, name),
        kind=_KIND_LABELS.__getitem__,
        field=_FIELD_LABELS.__getitem__,
        place=write_place,
        remedy=split_problem,
        origin=find_origin,
        lines=write_lines,
    )
    return environment.get_template("report.html")


def write_percent(share: float) -> str:
    """Write a share so that something never looks like nothing, nor most like all: 1%未満, 99%超."""
    if 0 < share < 0.01:
        return "1%未満"
    return "99%超" if 0.99 < share < 1 else f"{share:.0%}"


def label_layout(name: str) -> str:
    """Give the name of a layout that people read."""
    return next((layout.label for layout in LAYOUTS if layout.name == name), name)


def write_lines(first: int, last: int) -> str:
    """Write a range of line numbers."""
    return f"{first}" if first == last else f"{first}～{last}"


def write_place(thing: EntryNote | Inference, reader: str) -> str:
    """Write where something stands: its page (sheet), where the format has these, and its line; else nothing."""
    if not thing.line:
        return ""
    page = f"シート{thing.page} " if reader == "xlsx" else f"{thing.page}頁 "
    return f"{page if thing.page else ''}{thing.line}行"


def split_problem(problem: Problem) -> tuple[str, str]:
    """Split the message of a problem into its reason and what to do: the sentences that ask for something."""
    sentences = re.findall(r"[^。]+。?(?:[」）)])?", problem.message)
    remedies = [sentence for sentence in sentences if _REMEDY.search(sentence)]
    return "".join(sentence for sentence in sentences if sentence not in remedies), "".join(remedies)


def find_origin(document: DocumentReport, field: str) -> Inference | None:
    """Find what told a field of a document's description; None where `sources.toml` did, or nothing."""
    return next((inference for inference in document.inferred if inference.field == field), None)


def write_summary_line(document: DocumentReport) -> str:
    """Write what became of a document on one line, for a console or log."""
    warned = f"、注意{len(document.warnings)}件" if document.warnings else ""
    return (
        f"{document.file}: {document.entries} 件（{document.layout} {document.score:.2f}、"
        f"取組に入った文字 {write_percent(document.coverage.share('entry'))}、"
        f"どれにも入らない文字 {write_percent(document.coverage.share('nothing'))}{warned}）"
    )
