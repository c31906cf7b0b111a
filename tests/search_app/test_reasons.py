"""Reasons: why an entry is a hit, word by word."""

from collections.abc import Callable

import pytest

from indexer.records import Entry
from search_app.meaning import Meaning, MeantWord
from search_app.query import parse_query
from search_app.reasons import Explainer, Explanation, Reason
from search_app.synonyms import find_expansions
from search_app.understood_pages import explain_hit

MakeEntry = Callable[..., Entry]


def explain(q: str, entry: Entry, *, readings: tuple[tuple[str, ...], ...] = ()) -> Explanation:
    """Explain an entry by a query whose words have all their other words."""
    groups = tuple(
        tuple(MeantWord(word, () if word.literal else find_expansions(word.units), readings) for word in group)
        for group in parse_query(q).groups
    )
    return Explainer(Meaning(groups, (), False)).explain(entry)


def test_a_word_is_found_in_each_field_that_has_it(make_entry: MakeEntry) -> None:
    """The fields are named in their order; a compound stands whole only where its units stand in a row."""
    entry = make_entry(1, "図書館の相互利用", "圏域の図書館で借りられる。")
    found = explain("図書館~ 相互利用~", entry)
    assert found.reasons == (
        Reason("図書館", "whole", "図書館", ("title", "body")),
        Reason("相互利用", "whole", "相互利用", ("title",)),
    )
    assert found.missing == ()


def test_parts_of_a_compound_are_told_where_it_does_not_stand_whole(make_entry: MakeEntry) -> None:
    """The parts that tell something are named with their own fields, as they were typed."""
    found = explain("消防指令施設~", make_entry(1, "消防の連携", "指令を出す。"))
    assert [(each.how, each.by, each.fields) for each in found.reasons] == [
        ("part", "消防", ("title",)),
        ("part", "指令", ("body",)),
    ]


def test_other_words_are_told_as_such(make_entry: MakeEntry) -> None:
    """What means the same, and what is read so, is named with the word it stands for."""
    found = explain("コミバス", make_entry(1, "交通", "コミュニティバスを共同で走らせる。"))
    assert Reason("コミバス", "synonym", "コミュニティバス", ("body",)) in found.reasons
    found = explain("としょかん~", make_entry(1, "図書館", "本を借りる。"), readings=(("図書", "館"),))
    assert found.reasons == (Reason("としょかん", "reading", "図書館", ("title",)),)


def test_another_word_is_told_where_its_parts_stand_near_each_other(make_entry: MakeEntry) -> None:
    """As it was searched: スマートフォンの使い方の教室 answers スマホ教室, both words in different fields do not."""
    found = explain("スマホ教室", make_entry(1, "講座", "スマートフォンの使い方の教室"))
    assert Reason("スマホ教室", "synonym", "スマートフォン…教室", ("body",)) in found.reasons
    found = explain("スマホ教室", make_entry(1, "スマートフォン", "料理教室"))
    assert "synonym" not in [each.how for each in found.reasons]


def test_years_are_told_by_what_they_are(make_entry: MakeEntry) -> None:
    """A year met by the start and by the text is one reason; the 年度 of the document answers only a 年度."""
    entry = make_entry(1, "取組", "平成28年に協議会を作った。", start_year=2016, fiscal_year=2025)
    assert explain("2016年", entry).reasons == (Reason("2016年", "time", "2016", ("start", "told_year")),)
    assert explain("2025年", entry).missing == ("2025年",)
    assert explain("2025年度", entry).reasons == (Reason("2025年度", "time", "2025", ("year",)),)
    assert explain("2020年以降", entry).missing == ("2020年以降",)


def test_places_are_told_by_what_the_entry_has_of_them(make_entry: MakeEntry) -> None:
    """A prefecture is the region of the entry; a town takes part in it."""
    entry = make_entry(1, "取組", "本文。", prefectures=("広島県",), municipalities=("福山市",))
    by = {each.word: each.fields for each in explain("広島県 福山市", entry).reasons if each.how == "place"}
    assert by == {"広島県": ("region", "municipality"), "福山市": ("municipality",)}


def test_words_that_nothing_meets_are_missing(make_entry: MakeEntry) -> None:
    """Of alternatives none is missing where one is met, and all are where none is."""
    entry = make_entry(1, "図書館", "本を借りる。")
    assert explain("図書館~ 観光~", entry).missing == ("観光",)
    assert explain("観光~ OR 図書館~", entry).missing == ()
    assert explain("観光~ OR 漁業~", entry).missing == ("観光", "漁業")
    assert explain("", entry) == Explanation((), ())


@pytest.mark.parametrize(
    ("reasons", "lines"),
    [
        ((Reason("図書館", "whole", "図書館", ("title", "body")),), ("「図書館」が題名・本文に",)),
        (
            (
                Reason("コミバス", "synonym", "コミュニティバス", ("body",)),
                Reason("コミバス", "synonym", "循環バス", ("body",)),
            ),
            ("「コミバス」は「コミュニティバス」「循環バス」（言い換え）として本文に",),
        ),
        ((Reason("病児保育", "part", "病児", ("title",)),), ("「病児保育」のうち「病児」が題名に",)),
        ((Reason("2016年", "time", "2016", ("start",)),), ("「2016年」は開始年（2016年）に当たる",)),
        ((Reason("岡山", "place", "岡山県", ("region",)),), ("「岡山」は地域（岡山県）に当たる",)),
    ],
)
def test_reasons_are_said_in_a_line_each(reasons: tuple[Reason, ...], lines: tuple[str, ...]) -> None:
    """What meets a word in the same way and the same fields is one line."""
    assert explain_hit(Explanation(reasons, ())).lines == lines


def test_what_is_missing_is_said() -> None:
    """The line names every word that the entry does not have."""
    reasons = (Reason("図書館", "whole", "図書館", ("title",)),)
    assert explain_hit(Explanation(reasons, ("観光", "漁業"))).missing == "「観光」「漁業」は含みません"
    assert explain_hit(Explanation(reasons, ())).missing == ""
