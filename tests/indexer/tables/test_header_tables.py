"""Tables known by the words of their header row."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from indexer.records import Document
from indexer.tables.header_tables import find_tables, read_drafts, read_role


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("No.", "number"),
        ("事業名", "title"),
        ("取 組 名 称", "title"),
        ("件名（略称）", "title"),
        ("圏域名", "region"),
        ("市町村", "region"),
        ("事業の概要", "body"),
        ("取組内容・効果", "body"),
        ("開始年度", "started"),
        ("政策分野", "field"),
        ("連携市町村", "partners"),
        ("人口", "other"),
    ],
)
def test_columns_are_known_by_their_header(header: str, role: str) -> None:
    """White space and remarks in brackets do not matter."""
    assert read_role(header) == role


def test_rows_become_drafts(read_content: Callable[..., Document]) -> None:
    """Region and field of an empty cell are those above; a row across the table heads the rows below it."""
    text = """分野\t事業名\t圏域名\t概要\t効果\t人口
圏域全体の経済成長のけん引\t\t\t\t\t
観光\t周遊バス\t播磨圏域\t土日に走る\t客が増えた\t5万
\t合同商談会\t\t年1回\t\t
分野\t事業名\t圏域名\t概要\t効果\t人口
福祉\t\t備後圏域\t産科の予約を受ける。\t\t
"""
    lines = read_content(text).lines
    (table,) = find_tables(lines)
    drafts = list(read_drafts(lines[slice(*table)], region=None, context=""))
    assert [(draft.title, draft.untitled, draft.region, draft.policy_field, draft.pillar) for draft in drafts] == [
        ("周遊バス", False, "播磨圏域", "観光", "ア"),
        ("合同商談会", False, "播磨圏域", "観光", "ア"),
        ("産科の予約を受ける", True, "備後圏域", "福祉", "ア"),
    ]
    assert drafts[0].body == "概要：土日に走る\n効果：客が増えた\n人口：5万"


def test_tables_without_known_words_are_none(read_content: Callable[..., Document]) -> None:
    """Figures in columns are no table of initiatives, nor is a header without rows."""
    assert find_tables(read_content("年度\t人口\nR5\t5万\n").lines) == []
    assert find_tables(read_content("事業名\t概要\n").lines) == []


def test_two_tables_are_apart(read_content: Callable[..., Document]) -> None:
    """Another header, and text between tables, end a table."""
    text = "事業名\t概要\nA事業\tあ\n\nB事業\tい\n圏域名\t内容\n播磨圏域\tう\n本文\n事業名\t概要\nC事業\tえ\n"
    assert find_tables(read_content(text).lines) == [(0, 4), (4, 6), (7, 9)]
