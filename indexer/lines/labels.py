"""Headings told by their words: a heading in; whether it names something of its own out.

A heading is *proper* when it names something of its own (高梁川流域SDGsポータルサイト), *general* when it holds no more than
words of the national scheme (連携中枢都市の要件), else a *label* that belongs to the part before it (趣旨, 実施期間).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_DATE = re.compile(r"第\d+[期次]|(?:(?:令和|平成|昭和)\s*(?:\d+|元)|\d{4})\s*年(?:度|\s*\d+月(?:\s*\d+日)?)?")
_GENERAL_WORDS = (
    *(
        "連携中枢都市圏",
        "連携中枢都市",
        "地方中枢拠点都市",
        "中枢都市",
        "定住自立圏",
        "中心市",
        "都市圏",
        "圏域全体",
        "圏域",
        "広域圏",
    ),
    *(
        "広域連携",
        "広域",
        "連携協約書",
        "連携協約",
        "形成協定",
        "協約書",
        "協約",
        "協定書",
        "協定",
        "共生ビジョン",
        "ビジョン",
        "懇談会",
    ),
    *(
        "構想",
        "制度",
        "要綱",
        "形成",
        "締結",
        "策定",
        "要件",
        "推進",
        "改定",
        "変更",
        "見直し",
        "仕組み",
        "必要性",
        "国",
        "宣言",
        "枠組み",
        "進捗",
        "管理",
        "評価",
    ),
)
_LABEL_WORDS = (
    *(
        "趣旨",
        "目的",
        "概要",
        "背景",
        "経緯",
        "経過",
        "沿革",
        "内容",
        "事業",
        "取組み",
        "取組",
        "取り組み",
        "施策",
        "実施",
        "期間",
        "時期",
        "主な",
    ),
    *(
        "主要",
        "具体的",
        "共同",
        "連携",
        "対象者",
        "対象",
        "方法",
        "日時",
        "日程",
        "場所",
        "会場",
        "参加",
        "利用",
        "費用",
        "料金",
        "申込み",
        "申込",
    ),
    *(
        "申し込み",
        "効果",
        "成果",
        "実績",
        "課題",
        "今後",
        "予定",
        "展開",
        "方針",
        "スケジュール",
        "計画",
        "目標",
        "構成",
        "市町村",
        "市町",
        "自治体",
    ),
    *(
        "団体",
        "組織",
        "体制",
        "イメージ",
        "一覧",
        "本市",
        "当市",
        "本町",
        "当圏域",
        "本圏域",
        "これまで",
        "現状",
        "状況",
        "説明",
        "特徴",
        "特色",
    ),
    *("設立", "事務局", "人口", "面積", "合計"),
    *("役割", "分担", "手続き", "手続", "手順", "流れ", "年度", "令和", "平成", "紹介", "関係", "分野", "将来像"),
)
_PARTICLES = (
    *(
        "に係る",
        "に関する",
        "に基づく",
        "における",
        "による",
        "について",
        "に向けた",
        "のための",
        "する",
        "した",
        "その他",
        "そのほか",
        "新たな",
        "など",
        "及び",
        "および",
    ),
    *("の", "と", "や", "に", "を", "等", "へ"),
)


def _one_of(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(words, key=len, reverse=True)))


_ANY_WORD = _one_of((*_GENERAL_WORDS, *_LABEL_WORDS, *_PARTICLES))
_GENERAL_WORD = _one_of(_GENERAL_WORDS)


def drop_dates(text: str) -> str:
    """Leave years, days and the numbers of terms out of a text (第3期 令和7年度)."""
    return _DATE.sub("", text)


def is_proper(title: str) -> bool:
    """Whether a heading says more than words of the scheme, labels and particles."""
    undated = drop_dates(unicodedata.normalize("NFKC", title).removesuffix("とは"))
    rest = re.sub(r"[\W\d_]+", "", _ANY_WORD.sub("", undated))
    return len(rest) > 1


def is_general(title: str) -> bool:
    """Whether a heading holds words of the national scheme and nothing of its own."""
    return not is_proper(title) and _GENERAL_WORD.search(title) is not None


def is_label(title: str) -> bool:
    """Whether a heading is made of labels alone (趣旨・目的, 本市の取り組み)."""
    return not is_proper(title) and _GENERAL_WORD.search(title) is None
