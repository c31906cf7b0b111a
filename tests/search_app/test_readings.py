"""Readings: municipal words as staff type them, against the index of the shipped corpus."""

import pytest

from indexer.engine.base import Or, Term
from indexer.fields import TEXT_FIELDS
from indexer.store import Reader
from indexer.tokens import tokenize
from search_app.readings import MOST_MEANINGS, complete_mixed, find_words

# What is meant, and the ways in which it is typed.
TYPED = """
図書館: としょかん トショカン toshokan
避難所: ひなん所 ひなんじょ hinanjo hinannjo
消防: しょう防 しょうぼう shoubou shōbō syoubou shobo
保育: ほいく
病児保育: びょうじほいく byoujihoiku 病じ保育
子育て: こそだて kosodate 子そだて
移住: いじゅう ijuu ijū izyuu
定住: ていじゅう
観光: かんこう カンコウ kankou kankō
防災: ぼうさい bousai bosai 防さい
公共交通: こうきょうこうつう koukyoukoutsuu 公きょう交通
水道: すいどう suidou
下水道: げすいどう
就職: しゅうしょく
企業誘致: きぎょうゆうち 企業ゆうち
創業: そうぎょう sougyou
産業振興: さんぎょうしんこう
農業: のうぎょう nougyou
ごみ: ごみ
ごみ処理: ゴミしょり
環境: かんきょう
脱炭素: だつたんそ
医療: いりょう iryou
救急: きゅうきゅう kyuukyuu
病院: びょういん byouin
障害者: しょうがいしゃ
障害: 障がい
高齢者: こうれいしゃ koureisha
高齢者支援: こうれいしゃしえん
文化: ぶんか
スポーツ: スポーツ すぽーつ supo-tsu supootsu
施設: しせつ
共同利用: きょうどうりよう
相互利用: そうごりよう
福山市: ふくやまし
福山: fukuyama
倉敷: くらしき kurashiki
倉敷市: くらしきし
新潟: にいがた niigata
前橋: まえばし
高崎: たかさき
東京: とうきょう トーキョー tokyo
大阪: おおさか osaka
連携: れんけい renkei
研修: けんしゅう kenshuu
職員研修: 職員けんしゅう
人材育成: じんざいいくせい jinzaiikusei
サービス: さーびす sa-bisu
バス路線: バスろせん
バス: basu
学校: がっこう gakkou gakko
成年後見: せいねんこうけん
結婚: けっこん kekkon
婚活: こんかつ
特産品: とくさんひん とくさん品
販路開拓: はんろかいたく
まちづくり: まちづくり
研究会: けんきゅうかい
協議会: きょうぎかい kyougikai 協ぎ会
大学: だいがく daigaku
首都: しゅと
応援: おうえん
担当者: たんとうしゃ
相談窓口: そうだんまどぐち 相談まど口
"""
CASES = [
    (typed, meant) for meant, ways in (line.split(": ") for line in TYPED.split("\n") if line) for typed in ways.split()
]


def units(text: str) -> tuple[str, ...]:
    """Give the short units of a text."""
    return tuple(token.term for token in tokenize(text))


@pytest.mark.parametrize(("typed", "meant"), CASES)
def test_a_word_is_found_however_it_is_typed(shipped: Reader, typed: str, meant: str) -> None:
    """Kana, Latin letters and kana mixed with kanji: what is meant is among the first two."""
    assert units(meant) in find_words(typed, shipped)[:2]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("としょかんりよう", "図書館利用"),
        ("がっこうきゅうしょく", "学校給食"),
        ("くらしきとしょかん", "倉敷図書館"),
        ("kosodateshien", "子育て支援"),
        ("図書かん利用", "図書館利用"),
    ],
)
def test_a_compound_is_parted_into_words_of_the_index(shipped: Reader, typed: str, meant: str) -> None:
    """Also one that no entry has as it is, as long as its words are there."""
    assert find_words(typed, shipped)[0] == units(meant)


@pytest.mark.parametrize(
    "typed", ["ict", "dx", "smart", "mice", "zzzz", "図書館", "町", "ぬるぽ", "a", "", "について", "12"]
)
def test_what_has_no_reading_in_the_index_means_nothing(shipped: Reader, typed: str) -> None:
    """Kanji alone, foreign words, words of the index in Latin letters, and kana that no word reads as."""
    assert find_words(typed, shipped) == ()


def test_every_meaning_is_in_the_index(shipped: Reader) -> None:
    """A reading that many words share gives words that entries have, the one in most entries first."""
    found = find_words("こうえん", shipped)
    assert {("公園",), ("講演",)} <= set(found)
    assert len(found) <= MOST_MEANINGS
    assert all(shipped.has_word(unit) for meaning in found for unit in meaning)
    counts = [shipped.count(Or(tuple(Term(field.name, first) for field in TEXT_FIELDS))) for first, *_ in found]
    assert counts == sorted(counts, reverse=True)


def test_a_word_of_kana_comes_before_its_homonyms(shipped: Reader) -> None:
    """まち stands in the index as it is: 町 and 街 come behind, whatever they are in."""
    found = find_words("まち", shipped)
    assert found[0] == ("まち",)
    assert ("町",) in found


def test_the_order_of_what_is_typed_counts(shipped: Reader) -> None:
    """Kana before a kanji is not kana behind it."""
    assert units("消防") in find_words("しょう防", shipped)
    assert units("消防") not in find_words("防しょう", shipped)


def test_half_of_a_mixed_word_is_completed(shipped: Reader) -> None:
    """防さ goes on as 防災."""
    assert "防災" in [word.term for word in complete_mixed("防さ", shipped)]
    assert complete_mixed("防", shipped) == complete_mixed("さ", shipped) == []
