"""How documents name the cooperating area: joined cities, words before 連携, areas of the gazetteer and others."""

from __future__ import annotations

import pytest

from indexer.lines.area_names import find_area_name, find_cooperation, find_joined_cities, find_members


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("前橋・高崎連携会議", "前橋・高崎"),
        ("前 橋 ・ 高 崎 連 携 会 議", "前橋・高崎"),
        ("これまでの宇都宮・小山・栃木連携協議会", "宇都宮・小山・栃木"),
        ("令和７年度　つくば・土浦広域連携会議", "つくば・土浦"),
        ("東かがわ市・さぬき市 連携事業", "東かがわ市・さぬき市"),
        ("前橋市と高崎市の連携", "前橋市と高崎市"),
        ("企画・調整・連携", None),
        ("図書館・公民館", None),
    ],
)
def test_joined_cities_are_found(text: str, expected: str | None) -> None:
    """Names of municipalities, with or without 市, joined by ・ or と are the area; other joined words are not."""
    assert find_joined_cities([text]) == expected


def test_cities_before_cooperation_come_first() -> None:
    """Of several pairs the one that a 会議 or 連携 follows is the area."""
    assert find_joined_cities(["出席: 佐賀・唐津", "鳥栖・久留米 広域連携会議"]) == "鳥栖・久留米"


def test_words_before_cooperation_name_the_area() -> None:
    """Where a title joins no names, what stands before 連携, 会議 … does, dates and counts left out."""
    assert find_cooperation(["令和7年度 第3回 西播磨三市連携会議"]) == "西播磨三市"
    assert find_cooperation(["広域連携会議", "資料"]) is None


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["播磨圏域連携中枢都市圏の取組", "播磨圏域では", "備後圏域にも参加"], "播磨圏域連携中枢都市圏"),
        (["備後圏域では", "播磨圏域とも"] * 2 + ["備後圏域へ"], "備後圏域"),
        (["みどり川流域都市圏の取組", "みどり川流域都市圏では"], "みどり川流域都市圏"),
        (["地方圏の連携中枢都市圏", "当該圏域の市町村"], None),
    ],
)
def test_the_area_named_most_is_found(texts: list[str], expected: str | None) -> None:
    """Known areas by any of their names, then unknown ones by their suffix; words of the scheme are no area."""
    assert find_area_name(texts) == expected


def test_a_heading_weighs_more_than_a_mention() -> None:
    """An area in a heading outweighs one that is mentioned twice."""
    texts = ["播磨圏域の市町", "備後圏域と", "備後圏域も"]
    assert find_area_name(texts) == "備後圏域"
    assert find_area_name(texts, headings=["播磨圏域の市町"]) == "播磨圏域"


def test_the_sentence_with_most_members_is_found() -> None:
    """The sentence that lists the members is found, remarks and mentions of one or two are not."""
    members = "圏域は、姫路市、相生市、赤穂市と稲美町から成ります"
    assert find_members([f"はじめに。{members}。以上", "※姫路市、神戸市、明石市、三木市、小野市"]) == members
    assert find_members(["姫路市と相生市が始めた。"]) == ""
