"""Similar entries, over a small index of which only what a test is about differs."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from indexer.engine.base import EngineResult
from indexer.records import Entry
from indexer.store import Reader, open_index, write_generation
from search_app.similar import Similar, find_similar

MakeEntry = Callable[..., Entry]
BINGO = {"region": "備後圏域", "prefectures": ("岡山県", "広島県")}
HARIMA = {"region": "播磨圏域", "prefectures": ("兵庫県",)}
KURUME = {"region": "久留米圏域", "prefectures": ("福岡県",)}
CULTURE = {"category": "ウ-A-d", "pillar": "ウ"}
CARE = {"category": "ウ-A-c", "pillar": "ウ"}
FIRMS = {"category": "ア-b", "pillar": "ア"}
# What other entries tell of: terms of the entries that a test is about must be seldom to tell anything.
FILLING = (
    *("橋の点検", "河川の清掃", "税の徴収", "森の手入れ", "港の修繕", "公園の遊具", "墓地の区画", "統計の調査"),
    *("雪の除去", "山の案内", "川の水位", "道の舗装", "畑の獣害", "海の磯焼け", "城の石垣", "温泉の配管"),
)


@pytest.fixture
def open_reader(tmp_path: Path, make_entry: MakeEntry) -> Iterator[Callable[..., Reader]]:
    """Give the function that opens an index of some entries, with others beside them that have nothing in common."""
    with closing(_Opened()) as opened:

        def open_with(*entries: Entry) -> Reader:
            others = [make_entry(100 + number, title, "") for number, title in enumerate(FILLING)]
            write_generation(tmp_path, [*entries, *others], sources=[], report={})
            opened.reader = open_index(tmp_path)
            return opened.reader

        yield open_with


class _Opened:
    reader: Reader | None = None

    def close(self) -> None:
        """Close the index, if one was opened."""
        if self.reader:
            self.reader.close()


def ids(similar: tuple[Similar, ...]) -> list[str]:
    """Give the ids, in order."""
    return [each.entry.id for each in similar]


def test_the_same_service_of_another_area_is_found_and_never_the_entry_itself(
    open_reader: Callable[..., Reader], make_entry: MakeEntry
) -> None:
    """The most alike comes first; the entry, which is the most alike of all, is not among them."""
    entry = make_entry(0, "図書館の相互利用", "本を借りる。", **BINGO, **CULTURE)
    near = make_entry(1, "図書館の相互利用", "本を返す。", **HARIMA, **CULTURE)
    far = make_entry(2, "学校図書館の支援", "司書を送る。", **KURUME, **CULTURE)
    assert ids(find_similar(entry, open_reader(entry, near, far))) == ["e1", "e2"]


def test_other_areas_come_before_the_own_one(open_reader: Callable[..., Reader], make_entry: MakeEntry) -> None:
    """What has less in common but is of another area stands first; each tells whether it is."""
    entry = make_entry(0, "図書館の相互利用", "電子の本も借りる。", **BINGO, **CULTURE)
    same = make_entry(1, "電子図書館の相互利用", "電子の本を貸す。", **BINGO, **CULTURE)
    other = make_entry(2, "図書館の連携", "講演を開く。", **HARIMA, **CULTURE)
    found = find_similar(entry, open_reader(entry, same, other))
    assert [(each.entry.id, each.elsewhere) for each in found] == [("e2", True), ("e1", False)]


def test_nothing_unrelated_is_shown(open_reader: Callable[..., Reader], make_entry: MakeEntry) -> None:
    """An entry that no other is like has none, though others share how it is done, its place or its numbers."""
    entry = make_entry(0, "福祉タクシー券の相互利用", "倉敷市の2,500人が使う。", **BINGO, **CARE)
    shares_manner = make_entry(1, "体育館の相互利用", "プールも使う。", **HARIMA, **CULTURE)
    shares_place = make_entry(2, "花火の打上げ", "倉敷市の2,500人が見る。", **HARIMA, **CULTURE)
    assert find_similar(entry, open_reader(entry, shares_manner, shares_place)) == ()


def test_the_field_of_policy_decides_between_entries_that_share_the_same_words(
    open_reader: Callable[..., Reader], make_entry: MakeEntry
) -> None:
    """Of two with the same text the one of the entry's own category is first, wherever it stands in the corpus."""
    entry = make_entry(0, "人材の育成", "講座を開く。", **BINGO, **FIRMS)
    for first, second in ((CARE, FIRMS), (FIRMS, CARE)):
        others = (
            make_entry(1, "人材の育成", "講座。", **HARIMA, **first),
            make_entry(2, "人材の育成", "講座。", **KURUME, **second),
        )
        found = find_similar(entry, open_reader(entry, *others))
        assert found[0].entry.category == "ア-b"


def test_a_profile_is_no_precedent(open_reader: Callable[..., Reader], make_entry: MakeEntry) -> None:
    """The profile of an area, which mentions everything, stands behind initiatives; to another profile it is near."""
    entry = make_entry(0, "病児保育の広域利用", "", **BINGO)
    profile = make_entry(1, "病児保育の広域利用", "病児保育。", kind="profile", **HARIMA)
    initiative = make_entry(2, "保育の広域利用", "", **KURUME)
    own = make_entry(3, "病児保育の圏域", "", kind="profile", **BINGO)
    reader = open_reader(entry, profile, initiative, own)
    assert ids(find_similar(entry, reader))[0] == "e2"
    assert ids(find_similar(own, reader))[0] == "e1"


def test_words_in_common_are_told_as_they_are_written(
    open_reader: Callable[..., Reader], make_entry: MakeEntry
) -> None:
    """Compounds stay whole where both have them; another word for the same thing stands in brackets."""
    entry = make_entry(0, "廃棄物の焼却施設", "", **BINGO)
    same = make_entry(1, "焼却施設の整備", "", **HARIMA)
    said_otherwise = make_entry(2, "ごみの減量", "", **KURUME)
    words = {each.entry.id: each.words for each in find_similar(entry, open_reader(entry, same, said_otherwise))}
    assert words["e1"][0] == "焼却施設"
    assert words["e2"] == ("廃棄物（ごみ）",)


def test_what_two_documents_tell_of_one_initiative_is_given_once(
    open_reader: Callable[..., Reader], make_entry: MakeEntry
) -> None:
    """Of two years of one initiative one stands there, so that another area has its place."""
    entry = make_entry(0, "移住相談会の開催", "", **BINGO)
    years = [make_entry(n, "移住相談会の開催", f"{n}回。", fiscal_year=2020 + n, **HARIMA) for n in (1, 2)]
    other = make_entry(3, "移住相談の窓口", "", **KURUME)
    found = find_similar(entry, open_reader(entry, *years, other))
    assert sorted(each.entry.region or "" for each in found) == ["久留米圏域", "播磨圏域"]


def test_the_limit_holds_and_the_order_is_always_the_same(
    open_reader: Callable[..., Reader], make_entry: MakeEntry
) -> None:
    """A shorter list is the beginning of a longer one; asked again, the answer is the same."""
    entry = make_entry(0, "消防指令の共同運用", "", **BINGO)
    others = [
        make_entry(n, f"消防指令の共同運用{n}", "", region=f"圏域{n}", prefectures=("兵庫県",)) for n in range(1, 5)
    ]
    reader = open_reader(entry, *others)
    every = ids(find_similar(entry, reader, limit=20))
    assert len(every) == 4
    assert ids(find_similar(entry, reader, limit=3)) == every[:3]
    assert ids(find_similar(entry, reader, limit=20)) == every


def test_an_entry_that_tells_nothing_has_none(open_reader: Callable[..., Reader], make_entry: MakeEntry) -> None:
    """Numbers, names and an empty text are no subject."""
    entry = make_entry(0, "広島県 2025", "", **BINGO)
    assert find_similar(entry, open_reader(entry, make_entry(1, "広島県 2025", "", **HARIMA))) == ()


@pytest.mark.parametrize("name", ["甲乙", "長谷川", "首都圏"])
def test_names_are_no_subject(open_reader: Callable[..., Reader], make_entry: MakeEntry, name: str) -> None:
    """The name of the own area, of which nobody knows that it is one, joins nothing; nor does a person's or a region's."""
    place = {"region": "甲乙圏域", "prefectures": ("広島県",)}
    titled = make_entry(0, f"{name}の講演", "", **place)
    told = make_entry(1, "灯籠", f"{name}の者が流す。", untitled=True, **place)
    others = (
        make_entry(2, f"{name}の体操", f"{name}で跳ぶ。", **HARIMA),
        make_entry(3, "凧揚げ", f"{name}の空。", **KURUME),
    )
    reader = open_reader(titled, told, *others)
    assert find_similar(titled, reader) == find_similar(told, reader) == ()


def test_one_search_of_the_engine_is_enough(
    open_reader: Callable[..., Reader], make_entry: MakeEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the entry tells, the engine is asked once."""
    entry = make_entry(0, "図書館の相互利用", "本を借りる。", **BINGO)
    reader = open_reader(entry, make_entry(1, "図書館の相互利用", "", **HARIMA))
    asked: list[object] = []
    search = reader.search

    def count_searches(query: object, **options: object) -> EngineResult:
        asked.append(query)
        return search(query, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(reader, "search", count_searches)
    assert ids(find_similar(entry, reader)) == ["e1"]
    assert len(asked) == 1
