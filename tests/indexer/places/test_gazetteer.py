"""The tables of places, and the look-up by name."""

from indexer import places


def test_the_tables_are_whole() -> None:
    """All municipalities and prefectures are there, and every area's members stand in its prefectures."""
    assert len(places.municipalities()) == 1741
    assert len(places.PREFECTURES) == 47
    for area in places.areas():
        assert area.members, area.name
        assert area.prefectures == places.in_jis_order(member.prefecture for member in area.members), area.name
        assert set(area.central) <= set(area.members), area.name


def test_finds_an_area_under_its_other_spellings() -> None:
    """White space and a known alias lead to the same area; an unknown name to none."""
    area = places.find_area("高梁川流域 連携中枢都市圏")
    assert area is not None
    assert area.prefectures == ("岡山県",)
    assert places.find_area("存在しない圏域") is None


def test_a_canonical_name_is_told_by_its_prefectures() -> None:
    """府中市 is one of two where the prefecture is known, else none; a name of elsewhere is found all the same."""
    fuchu = places.municipality_called("府中市", ("岡山県", "広島県"))
    assert fuchu is not None
    assert fuchu.code == "342084"
    assert places.municipality_of_code("342084") == fuchu
    assert places.municipality_called("府中市", ()) is None
    assert places.municipality_called("府中市", ("東京都", "広島県")) is None
    elsewhere = places.municipality_called("福山市", ("岡山県",))
    assert elsewhere is not None
    assert elsewhere.prefecture == "広島県"
    assert places.municipality_of_code("000000") is None


def test_every_municipality_is_told_by_its_name_and_prefecture() -> None:
    """None of the 1,741 is taken for another: 東村山市 is not 東村."""
    every = places.municipalities()
    assert [places.municipality_called(place.name, (place.prefecture,)) for place in every] == list(every)
