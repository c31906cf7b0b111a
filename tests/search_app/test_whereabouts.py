"""Places in queries: every kind of name, in every spelling; same names are asked back; ordinary words are no places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import places
from search_app.place_names import provinces, regions
from search_app.whereabouts import find_places

texts = st.text(max_size=50) | st.text(
    alphabet="岡山県市町村広島福東京都府中備後圏域播磨国地方の・ 　かまつオカヤ境越山陰四九州連携中枢", max_size=30
)

# What was typed, the words read as a place, and the candidates as kind:name, in order.
ONE_MEANING = [
    ("倉敷市", "倉敷市", "municipality:倉敷市"),
    ("倉敷 子育て", "倉敷", "municipality:倉敷市"),
    ("倉敷の子育て", "倉敷", "municipality:倉敷市"),
    ("子育て　倉敷", "倉敷", "municipality:倉敷市"),
    ("高梁 空き家", "高梁", "municipality:高梁市"),
    ("倉敷市立図書館", "倉敷市", "municipality:倉敷市"),
    ("岡山県", "岡山県", "prefecture:岡山県"),
    ("岡山県内の病児保育", "岡山県", "prefecture:岡山県"),
    ("兵庫 移住", "兵庫", "prefecture:兵庫県"),
    ("愛媛の観光", "愛媛", "prefecture:愛媛県"),
    ("東京都", "東京都", "prefecture:東京都"),
    ("東京 移住", "東京", "prefecture:東京都"),
    ("北海道の医療", "北海道", "prefecture:北海道"),
    ("中国地方", "中国地方", "block:中国地方"),
    ("四国 観光", "四国", "block:四国地方"),
    ("四国地方の観光", "四国地方", "block:四国地方"),
    ("九州の取組", "九州", "block:九州"),
    ("九州・沖縄地方", "九州・沖縄地方", "block:九州・沖縄地方"),
    ("関西 観光", "関西", "block:近畿地方"),
    ("近畿の消防", "近畿", "block:近畿地方"),
    ("東北 防災", "東北", "block:東北地方"),
    ("関東地方", "関東地方", "block:関東地方"),
    ("北陸の観光", "北陸", "block:北陸地方"),
    ("甲信越 移住", "甲信越", "block:甲信越地方"),
    ("山陰 医療", "山陰", "block:山陰地方"),
    ("山陽地方", "山陽地方", "block:山陽地方"),
    ("首都圏からの移住", "首都圏", "block:首都圏"),
    ("中四国の連携", "中四国", "block:中国・四国地方"),
    ("北関東", "北関東", "block:北関東"),
    ("備後圏域", "備後圏域", "area:備後圏域"),
    ("びんご圏域", "びんご圏域", "area:備後圏域"),
    ("備後圏域連携中枢都市圏の取組", "備後圏域連携中枢都市圏", "area:備後圏域"),
    ("備後広域圏", "備後広域圏", "area:備後圏域"),
    ("高梁川流域", "高梁川流域", "area:高梁川流域連携中枢都市圏"),
    ("高梁川流域連携中枢都市圏", "高梁川流域連携中枢都市圏", "area:高梁川流域連携中枢都市圏"),
    ("広島広域都市圏", "広島広域都市圏", "area:広島広域都市圏"),
    ("播磨圏域の公園", "播磨圏域", "area:播磨圏域連携中枢都市圏"),
    ("れんけいこうち", "れんけいこうち", "area:れんけいこうち広域都市圏"),
    ("十勝定住自立圏", "十勝定住自立圏", "area:十勝定住自立圏"),
    ("中海圏域", "中海圏域", "area:中海圏域定住自立圏"),
    ("麒麟のまち圏域", "麒麟のまち圏域", "area:因幡・但馬麒麟のまち連携中枢都市圏"),
    ("みちのく盛岡 移住", "みちのく盛岡", "area:みちのく盛岡広域連携中枢都市圏"),
    ("南信州 りんご", "南信州", "area:南信州定住自立圏"),
    ("讃岐 うどん", "讃岐", "province:讃岐国"),
    ("信濃の教育", "信濃", "province:信濃国 municipality:信濃町"),
    ("備中 観光", "備中", "province:備中国"),
    ("播磨国", "播磨国", "province:播磨国"),
    ("石見 神楽", "石見", "province:石見国"),
    ("県境をまたぐ 病院", "県境をまたぐ", "border:県境をまたぐ圏域"),
    ("県境を越えた連携", "県境を越えた", "border:県境をまたぐ圏域"),
    ("県境 バス", "県境", "border:県境をまたぐ圏域"),
    ("県をまたぐ消防", "県をまたぐ", "border:県境をまたぐ圏域"),
    ("越境 連携", "越境", "border:県境をまたぐ圏域"),
    ("塩釜市", "塩釜市", "municipality:塩竈市"),
    ("龍ヶ崎 移住", "龍ヶ崎", "municipality:龍ケ崎市"),
    ("岡山県倉敷市", "岡山県倉敷市", "municipality:倉敷市"),
    ("広島県府中市", "広島県府中市", "municipality:府中市（広島県）"),
    ("岡山県小田郡矢掛町", "岡山県小田郡矢掛町", "municipality:矢掛町"),
    ("東京都府中市の図書館", "東京都府中市", "municipality:府中市（東京都）"),
    ("篠山市", "篠山市", "municipality:丹波篠山市"),
    ("斐川町の水道", "斐川町", "municipality:出雲市"),
    ("クラシキ", "クラシキ", "municipality:倉敷市"),
    ("くらしき 観光", "くらしき", "municipality:倉敷市"),
    ("ひめじ", "ひめじ", "municipality:姫路市"),
    ("おかやまけん", "おかやまけん", "prefecture:岡山県"),
    ("つくば", "つくば", "municipality:つくば市"),
    ("つくば市の交通", "つくば市", "municipality:つくば市"),
    ("会津若松 バス", "会津若松", "municipality:会津若松市"),
    ("神石高原町", "神石高原町", "municipality:神石高原町"),
    ("世羅の農業", "世羅", "municipality:世羅町"),
    ("京都市", "京都市", "municipality:京都市"),
    ("京都府", "京都府", "prefecture:京都府"),
    ("世田谷区", "世田谷区", "municipality:世田谷区"),
    ("関市", "関市", "municipality:関市"),
    ("さいたま市", "さいたま市", "municipality:さいたま市"),
    ("尾道周辺の観光", "尾道周辺", "municipality:尾道市"),
    ("倉敷市のＡＩ", "倉敷市", "municipality:倉敷市"),
    ("茨城県鹿嶋市", "茨城県鹿嶋市", "municipality:鹿嶋市"),
    ("川崎 子育て", "川崎", "municipality:川崎市"),
    ("とやま", "とやま", "prefecture:富山県 municipality:富山市 area:富山広域連携中枢都市圏"),
    ("さいたま", "さいたま", "prefecture:埼玉県 municipality:さいたま市"),
    ("讃岐地方", "讃岐地方", "province:讃岐国"),
]

SAME_NAME = [
    ("府中市", "府中市", "municipality:府中市（東京都） municipality:府中市（広島県）"),
    ("府中 移住", "府中", "municipality:府中市（東京都） municipality:府中市（広島県） municipality:府中町"),
    ("伊達市", "伊達市", "municipality:伊達市（北海道） municipality:伊達市（福島県）"),
    ("太子町の図書館", "太子町", "municipality:太子町（大阪府） municipality:太子町（兵庫県）"),
    ("岡山", "岡山", "prefecture:岡山県 municipality:岡山市 area:岡山連携中枢都市圏"),
    ("岡山の子育て", "岡山", "prefecture:岡山県 municipality:岡山市 area:岡山連携中枢都市圏"),
    ("おかやま 子育て", "おかやま", "prefecture:岡山県 municipality:岡山市 area:岡山連携中枢都市圏"),
    ("オカヤマ", "オカヤマ", "prefecture:岡山県 municipality:岡山市 area:岡山連携中枢都市圏"),
    ("広島", "広島", "prefecture:広島県 municipality:広島市 area:広島広域都市圏"),
    ("熊本 震災", "熊本", "prefecture:熊本県 municipality:熊本市 area:熊本連携中枢都市圏"),
    ("備後の移住", "備後", "area:備後圏域 province:備後国"),
    ("びんご", "びんご", "area:備後圏域 province:備後国"),
    ("播磨 公園", "播磨", "area:播磨圏域連携中枢都市圏 province:播磨国 municipality:播磨町"),
    ("八戸", "八戸", "municipality:八戸市 area:八戸圏域連携中枢都市圏"),
    ("松山 観光", "松山", "municipality:松山市 area:松山圏域連携中枢都市圏"),
    ("まつやま", "まつやま", "municipality:松山市 area:松山圏域連携中枢都市圏"),
    ("備前 焼き物", "備前", "municipality:備前市 province:備前国"),
    ("出雲の神楽", "出雲", "municipality:出雲市 province:出雲国"),
    ("京都 観光", "京都", "prefecture:京都府 municipality:京都市"),
    ("美郷町", "美郷町", "municipality:美郷町（秋田県） municipality:美郷町（島根県） municipality:美郷町（宮崎県）"),
]

SEVERAL = [
    ("岡山・広島の連携", ["岡山", "広島"]),
    ("倉敷市と福山市", ["倉敷市", "福山市"]),
    ("倉敷 福山 尾道", ["倉敷", "福山", "尾道"]),
    ("備後圏域 福山市 ごみ", ["備後圏域", "福山市"]),
    ("倉敷から高梁までのバス", ["倉敷", "高梁"]),
    ("広島・岡山県境のバス", ["広島", "岡山", "県境"]),
    ("広島県と岡山県", ["広島県", "岡山県"]),
]

NO_PLACES = [
    "",
    "消防 指令",
    "消防指令センター",
    "相互利用",
    "図書館の相互利用",
    "中央",
    "中央図書館",
    "中央卸売市場",
    "南",
    "緑",
    "緑のカーテン",
    "旭",
    "港",
    "港湾",
    "朝日",
    "青葉",
    "福山型",
    "金山寺",
    "市町村",
    "構成市町村",
    "関係市町",
    "都市圏",
    "圏域",
    "連携中枢都市圏",
    "定住自立圏",
    "地方",
    "地方創生",
    "地域公共交通",
    "国",
    "県",
    "大和",
    "さくら まつり",
    "みどりの基金",
    "みなと",
    "日光浴",
    "日の出",
    "共和",
    "太子",
    "中国語 通訳",
    "中国の都市",
    "中部",
    "越境学習",
    "越境EC",
    "境界",
    "国立公園",
    "本部",
    "仲間づくり",
    "中間支援",
    "大津波 避難",
    "会津塗り",
    "空き家バンク",
    "移住促進",
    "病児保育",
    "デマンド交通",
    "サイト",
    "ハサミ",
    "きかい",
    "ごみ処理",
    "水上スポーツ",
    "黒潮",
    "日出",
    "双葉",
    "大樹",
    "豊富な資源",
    "合併",
    "人材育成",
    "上下水道",
    "新庁舎",
    "三種混合",
    "東京オリンピック",
    "市内 町内",
    "伊達な広域観光",
    "桂川の水防",
    "大阪広域水道企業団",
    "朝日町内会",
    "中央市民病院",
]


def told(typed: str) -> list[tuple[str, str]]:
    """Give each place asked as its words and its candidates."""
    return [
        (asked.text, " ".join(f"{place.kind}:{place.name}" for place in asked.candidates))
        for asked in find_places(typed)
    ]


@pytest.mark.parametrize(("typed", "text", "candidates"), [*ONE_MEANING, *SAME_NAME])
def test_reads_a_place_with_all_that_it_may_mean(typed: str, text: str, candidates: str) -> None:
    """One place is read, exactly the words that name it, with every place of the name in order."""
    assert told(typed) == [(text, candidates)]


@pytest.mark.parametrize(("typed", "words"), SEVERAL)
def test_reads_several_places_in_their_order(typed: str, words: list[str]) -> None:
    """Each place named is one of its own."""
    assert [asked.text for asked in find_places(typed)] == words


@pytest.mark.parametrize("typed", NO_PLACES)
def test_ordinary_words_are_no_places(typed: str) -> None:
    """The vocabulary of municipalities names no place, even where a town is called so."""
    assert told(typed) == []


@pytest.mark.parametrize(
    ("typed", "candidates"),
    [
        ("広島県 府中市", ["prefecture:広島県", "municipality:府中市（広島県）"]),
        ("府中市 広島県", ["municipality:府中市（広島県）", "prefecture:広島県"]),
        ("兵庫の太子町", ["prefecture:兵庫県", "municipality:太子町（兵庫県）"]),
    ],
)
def test_a_prefecture_in_the_query_decides_between_same_names(typed: str, candidates: list[str]) -> None:
    """Who names the prefecture is not asked back."""
    assert [named for _, named in told(typed)] == candidates


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        ("中国地方", {"中国地方"}),
        ("岡山県", {"中国地方›岡山県"}),
        ("山陰", {"中国地方›鳥取県", "中国地方›島根県"}),
        ("みやざき共創都市圏", {"九州・沖縄地方›宮崎県›みやざき共創都市圏"}),
        ("讃岐", {"四国地方›香川県"}),
    ],
)
def test_gives_values_of_the_region_facet(typed: str, values: set[str]) -> None:
    """A place is offered as the paths that the index has for it."""
    ((place,),) = [asked.candidates for asked in find_places(typed)]
    assert set(place.facet_values) == values


def test_an_area_over_a_border_has_a_path_in_each_of_its_prefectures_under_each_of_its_names() -> None:
    """備後圏域 lies in two prefectures, and documents call it by its aliases too."""
    ((area,),) = [asked.candidates for asked in find_places("備後圏域")]
    assert {"中国地方›岡山県›備後圏域", "中国地方›広島県›備後圏域", "中国地方›広島県›びんご圏域"} <= set(
        area.facet_values
    )


def test_a_municipality_has_its_code_and_the_areas_that_it_belongs_to() -> None:
    """笠岡市 belongs to two areas of two names."""
    ((city,),) = [asked.candidates for asked in find_places("笠岡市")]
    assert city.codes == ("332054",)
    assert {"中国地方›岡山県›備後圏域", "中国地方›岡山県›高梁川流域連携中枢都市圏"} <= set(city.facet_values)


def test_the_border_means_the_areas_that_lie_in_several_prefectures() -> None:
    """備後圏域 crosses a border of prefectures; みやざき共創都市圏 does not."""
    ((border,),) = [asked.candidates for asked in find_places("県境")]
    assert "中国地方›岡山県›備後圏域" in border.facet_values
    assert not [value for value in border.facet_values if "みやざき" in value]


def test_codes_tell_the_municipalities_of_a_place() -> None:
    """An area means its members, a province those that lie in it, a prefecture and a 地方 all of theirs."""
    names = {place.code: place.name for place in places.municipalities()}
    ((area,),) = [asked.candidates for asked in find_places("備後圏域")]
    assert {"福山市", "世羅町"} <= {names[code] for code in area.codes}
    ((province,),) = [asked.candidates for asked in find_places("備中")]
    assert {"倉敷市", "高梁市"} <= {names[code] for code in province.codes}
    assert "津山市" not in {names[code] for code in province.codes}
    ((prefecture,),) = [asked.candidates for asked in find_places("香川県")]
    assert len(prefecture.codes) == 17


def test_the_tables_of_provinces_and_regions_name_real_places() -> None:
    """All 68 provinces are there and more; every prefecture and municipality of the tables exists."""
    assert len(provinces()) >= 68
    for row in (*provinces(), *regions()):
        assert row.prefectures, row.name
        assert set(row.prefectures) <= set(places.PREFECTURES), row.name
        assert row.members, row.name
        assert {member.prefecture for member in row.members} <= set(row.prefectures), row.name


def test_every_municipality_is_found_by_its_full_name_with_its_prefecture() -> None:
    """Prefecture and name together mean that municipality and no other."""
    for place in places.municipalities():
        (asked,) = find_places(place.prefecture + place.name)
        assert [candidate.codes for candidate in asked.candidates] == [(place.code,)], place.name
        assert asked.text == place.prefecture + place.name


def test_every_area_is_found_by_its_names() -> None:
    """Official names and aliases lead to the area."""
    for area in places.areas():
        for name in (area.name, *area.aliases):
            (asked,) = find_places(name)
            assert area.name in [candidate.name for candidate in asked.candidates], name


@given(texts)
def test_spans_lie_in_the_text_in_order_and_apart(text: str) -> None:
    """For any text, spans quote it and do not overlap, and each has a candidate."""
    end = 0
    for asked in find_places(text):
        assert end <= asked.start < asked.end <= len(text)
        assert text[asked.start : asked.end] == asked.text
        assert asked.candidates
        end = asked.end


@given(st.sampled_from([row[0] for row in (*ONE_MEANING, *SAME_NAME)]), st.sampled_from(["　", " ", "  \t"]))
def test_white_space_around_a_query_changes_nothing(typed: str, space: str) -> None:
    """The same query with white space around it asks for the same places."""
    assert told(space + typed + space) == told(typed)
