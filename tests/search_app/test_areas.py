"""Areas: which there are, and the ids of their pages."""

from collections.abc import Callable, Iterator

import pytest

from indexer import places
from indexer.records import Entry
from indexer.store import Reader, open_index, write_generation
from search_app.areas import area_of_region, areas_of, find_area, list_areas
from search_app.browse import browse, browse_same_area
from search_app.params import SearchParams

BINGO = {"prefectures": ("岡山県", "広島県"), "municipalities": ("福山市",)}


@pytest.fixture(scope="module")
def reader(make_entry: Callable[..., Entry], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """Open an index in which one area goes by two names, one is unknown to the gazetteer, one is nowhere."""
    folder = tmp_path_factory.mktemp("index")
    entries = [
        make_entry(0, "図書館", "", region="備後圏域", category="ウ-A-d", pillar="ウ", **BINGO),
        make_entry(1, "病院", "", region="びんご圏域", category="イ-a", pillar="イ", **BINGO),
        make_entry(2, "概要", "", region="備後圏域", kind="profile", **BINGO),
        make_entry(
            3, "駅伝", "", region="前橋・高崎, 二市", prefectures=("群馬県",), municipalities=("高崎市", "前橋市")
        ),
        make_entry(4, "祭り", "", region="どこかの圏域"),
        make_entry(5, "研修", ""),
    ]
    write_generation(folder, entries, sources=[], report={})
    opened = open_index(folder)
    yield opened
    opened.close()


def test_every_area_of_the_gazetteer_has_an_id_of_its_own(reader: Reader) -> None:
    """All areas are listed once, those of documents behind them; an id leads back to its area and is fit for a URL."""
    known = list_areas(reader)
    ids = [each.id for each in known]
    assert [each.area for each in known[: len(places.areas())]] == list(places.areas())
    assert len(set(ids)) == len(ids) == len(places.areas()) + 2
    assert all(find_area(each.id, reader) is each for each in known)
    assert all(each.id.isascii() and each.id.replace("-", "").isalnum() for each in known)


def test_names_of_one_area_are_one_page(reader: Reader) -> None:
    """備後圏域 and びんご圏域 are one area, whose search finds the entries of both."""
    known = area_of_region("びんご圏域", reader)
    assert known is not None
    assert (known.id, known.name) == ("342076", "備後圏域")
    assert browse(known.search, reader).total == 3


def test_an_area_that_only_documents_know_has_a_page(reader: Reader) -> None:
    """A region that the gazetteer does not have is found by its name, whatever signs are in it, with its prefectures."""
    known = area_of_region("前橋・高崎, 二市", reader)
    assert known is not None
    assert known.area is None
    assert known.prefectures == ("群馬県",)
    assert browse(known.search, reader, limit=5).entries[0].title == "駅伝"
    homeless = area_of_region("どこかの圏域", reader)
    assert homeless is not None
    assert homeless.prefectures == ()
    assert browse(homeless.search, reader).total == 1
    assert area_of_region("ほかの圏域", reader) is None


def test_an_area_without_entries_finds_none(reader: Reader) -> None:
    """No region to narrow by must not mean everything."""
    known = area_of_region("播磨圏域", reader)
    assert known is not None
    assert known.search is None
    assert browse(known.search, reader, limit=5).entries == ()


def test_a_municipality_belongs_to_every_area_that_lists_it(reader: Reader) -> None:
    """笠岡市 is a member of two areas."""
    kasaoka = places.municipality_called("笠岡市", ("岡山県",))
    assert kasaoka is not None
    assert [known.name for known in areas_of(kasaoka, reader)] == ["備後圏域", "高梁川流域連携中枢都市圏"]


def test_counts_stand_by_the_value_itself(reader: Reader) -> None:
    """Counts are given by leaf: a code, a prefecture."""
    found = browse(SearchParams(region=("備後圏域", "びんご圏域")), reader)
    assert found.counts["category"] == {"イ": 1, "イ-a": 1, "ウ": 1, "ウ-A-d": 1}
    assert browse(SearchParams(), reader).counts["region"]["広島県"] == 3


def test_an_entry_knows_the_other_initiatives_of_its_area(reader: Reader) -> None:
    """The entry itself and what is no initiative are left out of the titles; an entry without an area has none."""
    entry = reader.entry("e0")
    assert entry is not None
    same = browse_same_area(entry, reader)
    assert same is not None
    assert same.total == 2
    assert [other.id for other in same.entries] == ["e1"]
    alone = reader.entry("e5")
    assert alone is not None
    assert browse_same_area(alone, reader) is None
