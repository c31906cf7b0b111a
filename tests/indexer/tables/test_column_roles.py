"""Names of columns as ministries, prefectures and cities write them, and what the columns hold."""

from __future__ import annotations

import pytest

from indexer.tables.column_roles import is_header, read_role, read_roles

NAMES = {
    "number": "No. № 番号 項番 通し番号 事業番号",
    "title": "事業名 取組名称 取組名 件名 事業名称 取組項目 連携事業名 連携事務 事業 取組 具体的な取組 事例名 ①事業名 事業名（正式名称） (事業名) 名称",
    "area": "圏域名 圏域 連携中枢都市圏名 都市圏名 定住自立圏名 広域圏名",
    "region": "自治体名 市町村 市町村名 都市名 団体名 市町名 実施主体 事業主体 中心市 連携中枢都市 代表団体 市区町村名 実施市町村",
    "prefecture": "都道府県 都道府県名 県名",
    "partners": "連携先 連携相手方 相手方 構成市町村 構成市町 連携市町村名 関係市町村 締結団体※ 参加自治体 連携団体 連携協約締結団体",
    "body": "概要 内容 事業概要 取組内容 事業内容 取組の概要 具体的内容 具体的な内容 事業の概要・効果 令和6年度の取組内容",
    "started": "開始年度 実施年度 開始時期 事業開始年度 実施期間 事業期間 締結年月日 開始年月 供用開始年",
    "field": "分野 カテゴリ カテゴリー 政策分野 施策分野 区分 大分類 施策の柱 テーマ",
    "other": "備考 年度 担当課 目的 効果 取組状況 事業費 予算額（千円） URL 福山市 統計",
}


@pytest.mark.parametrize(("role", "name"), [(role, name) for role, names in NAMES.items() for name in names.split(" ")])
def test_each_name_has_its_role(role: str, name: str) -> None:
    """Synonyms, numbers before, remarks in brackets and words around a name do not hide what a column holds."""
    assert read_role(name) == role


def test_one_column_is_the_title() -> None:
    """Of several columns that may be the title the most definite is it; those before it are its field."""
    assert read_roles(["施策名", "事業名", "内容"]) == ("field", "title", "body")
    assert read_roles(["事業名", "取組", "開始年度"]) == ("title", "other", "started")


def test_purpose_or_effect_is_the_text_where_there_is_no_other() -> None:
    """Without a column of contents, the first that tells of purpose, effect or state is the text."""
    assert read_roles(["事業名", "担当課", "目的", "効果"]) == ("title", "other", "body", "other")


@pytest.mark.parametrize(
    ("names", "is_one"),
    [
        (("事業名", "概要"), True),
        (("市町村", "内容"), True),
        (("事業名",), False),
        (("項目", "内容"), False),
        (("市町村", "項目", "内容"), True),
        (("年度", "人口"), False),
        (("圏域名", "締結年月日"), False),
        (("取組", "内容を市民に知らせるため、毎年、広報に載せる。"), False),
        (("", "", ""), False),
    ],
)
def test_header_is_told_from_a_row(names: tuple[str, ...], is_one: bool) -> None:
    """A header names a title or a text and something that belongs to it, in a word or two each."""
    assert is_header(names) is is_one
