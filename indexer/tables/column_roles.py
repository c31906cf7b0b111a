"""What the columns of a table of initiatives hold, by the words of its header: names in, roles out.

The words are those of tables that ministries, prefectures and cities publish (事業名, 取組名称, 件名; 圏域名, 自治体名;
連携先; 概要; 開始年度; 分野 …), with the words that stand before and behind them (主な, 連携, 等, remarks in brackets).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from indexer.normalize import fold

Role = Literal[
    "title", "area", "region", "prefecture", "partners", "member", "body", "started", "field", "number", "other"
]

_WORK = "(?:事業|取組み?|取り組み|施策|事務|事例|プロジェクト|活動|案件|協定)"
_BODY = "(?:市区?町村?|市町|町村|自治体|団体|地方公共団体|都市|市|区)"
_NAME = "(?:の?(?:名称?|一覧|等))*"
_ROLES: tuple[tuple[Role, str], ...] = (
    ("number", r"(?:通し|整理|項目|施策|事業|管理|取組)?(?:番号|no\.?|ナンバー)|項番|通番|連番|#|id|コード"),
    ("prefecture", "都?道?府?県(?:名|の別|別)?|都道府県(?:名|の別|別)?"),
    ("area", "(?:(?:連携)?中枢|広域|定住自立|生活)*(?:都市)?圏域?(?:の?名称?)?"),
    (
        "partners",
        f"(?:連携|協力|参加|参画|関係|構成|相手|共同|提携|協定|協約|締結|対象|広域)*(?:する|の)?(?:締結|相手)?"
        f"(?:先|相手方|相手|相手先|{_BODY}|機関|方|大学|企業){_NAME}|パートナー|連携協力先",
    ),
    (
        "started",
        f"(?:{_WORK}|連携|制度|運用|サービス)?の?(?:開始|着手|締結|設立|設置|発足|施行|導入|供用開始|スタート)(?:の?(?:時期|年月日?|年度?|月日|日|月))?"
        f"|(?:実施|{_WORK}|計画)?の?(?:時期|期間|始期)|(?:実施|設置|施行)(?:年月日?|年度?|日)",
    ),
    (
        "field",
        f"(?:{_WORK}|政策|連携|行政|関連)*の?(?:分野|区分|分類|種別|種類|類型|カテゴリー?|ジャンル|テーマ|柱|体系)(?:名|等)?"
        "|[大中]?(?:分類|項目)|基本(?:方針|目標|施策)|施策の?(?:方向性?|体系)|重点(?:分野|項目|施策)",
    ),
    (
        "body",
        f"(?:{_WORK}|具体的な?|主な|特徴的な?|連携|実施|詳細な?|今年度の?|令?和?\\d+年度の?)*の?"
        f"(?:概要|内容|説明|詳細|あらまし)(?:[及びと]*(?:目的|効果|成果|実績|特徴|趣旨|概要|内容|状況))*等?",
    ),
    (
        "title",
        f"(?:具体的な?|主な|特徴的な?|連携|共同|広域|個別|主要|先進|優良|対象|関連|[細小])*(?:する|の)?{_WORK}"
        "(?:の?(?:名称?|タイトル|件名|項目名?|等))*|件名|題名|名称|タイトル|表題|事項|項目名?|サービス名|制度名",
    ),
)
_ROLE_PATTERNS = tuple((role, re.compile(pattern)) for role, pattern in _ROLES)
# Who does it, not with whom: the same words without those of partnership.
_HOST = re.compile(
    f"(?:実施|事業|取組|代表|中心|中核|所在|該当|提案|報告|指定|政令指定|連携中枢|中枢)?(?:{_BODY}|主体|地域|機関|者){_NAME}"
)
# Of several columns that may hold the title, the last of the first kind here is it.
_TITLE_KINDS = tuple(
    map(
        re.compile,
        (
            "(?!.*施策).*(?:事業|取組み?|取り組み|事例|案件|事務|プロジェクト|件|題)の?名.*|件名|題名",
            ".*名.*|.*タイトル",
            ".*",
        ),
    )
)
_LATER = re.compile("効果|成果|実績|特徴|目的|趣旨|背景|経緯|状況|ポイント|方針|計画|結果|評価|展開|課題")
_LONGEST = 25  # characters of a column's name
# What says in a cell that a municipality takes part, or that it does not.
YES_MARKS = frozenset("○〇◯◎●✓✔レ")
NO_MARKS = frozenset("△▲×-－―ー–・")


@lru_cache(maxsize=10_000)
def read_role(name: str) -> Role:
    """Tell what one column holds, whatever the others do."""
    words = name_key(name)
    if _HOST.fullmatch(words):
        return "region"
    return next((role for role, pattern in _ROLE_PATTERNS if pattern.fullmatch(words)), "other")


@lru_cache(maxsize=10_000)
def name_key(name: str) -> str:
    """Give the words of a column's name: no remarks in brackets, unless that is all, no numbers, signs, spaces."""
    folded = fold(name)
    bare = re.sub(r"[(\[<【〔].*?[)\]>】〕]", "", folded)
    bare = re.sub(r"[\s※*:;・、/()\[\]<>【】〔〕]|^\d+[.)、]?(?=\D)|(?<=\D)\d+$", "", bare if bare.strip() else folded)
    return bare.casefold()


def read_roles(names: Sequence[str]) -> tuple[Role, ...]:
    """Tell what the columns of a header hold; one column at most is the title, the others of its kind are not.

    "member" is not told here: it is the cells that make a column one of ○.
    """
    roles = [read_role(name) for name in names]
    titles = [column for column, role in enumerate(roles) if role == "title"]
    if titles:
        chosen = min(titles, key=lambda column: (_rank_title(names[column]), -column))
        for column in titles:
            if column != chosen:
                roles[column] = "field" if column < chosen and "field" not in roles else "other"
    if "body" not in roles:
        after = [
            column for column, role in enumerate(roles) if role == "other" and _LATER.search(name_key(names[column]))
        ]
        for column in after[:1]:
            roles[column] = "body"
    return tuple(roles)


def _rank_title(name: str) -> int:
    key = name_key(name)
    return next(rank for rank, pattern in enumerate(_TITLE_KINDS) if pattern.fullmatch(key))


def names_member(name: str) -> bool:
    """Whether a column may be headed by a municipality, to tell with ○ where that one takes part."""
    return bool(re.fullmatch(r"[^のと]{1,7}[市区町村]", name_key(name)))


def is_header(names: Sequence[str]) -> bool:
    """Whether a row of cells is the header of a table of initiatives: short, with a title or text and what belongs to it."""
    filled = [name for name in names if name]
    if len(filled) < 2 or any(len(name_key(name)) > _LONGEST or "。" in name for name in filled):
        return False
    roles = set(read_roles(names)) - {"other", "number"}
    # 項目 and 内容 alone head a table that describes one thing.
    least = 3 if "項目" in map(name_key, names) else 2
    return len(roles) >= least and bool(roles & {"title", "body"})
