"""Spellings: whatever way a word is written, alone and beside others, it gives the same terms."""

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.normalize import Folded, fold_with_offsets
from indexer.numerals import read_numeral
from indexer.spellings import _KEPT, respell, unify_term
from indexer.tokens import tokenize

_CARRIERS = (
    "{}",
    "{}の支援",
    "市の{}事業",
    "{}体制を整える。",
    "地域における{}と連携",
    "「{}」を行う",
    "新しい{}、及び",
)


def _groups(*kinds: str) -> Iterator[list[str]]:
    """Give the groups of the sections whose name begins with one of `kinds` ("" for those that should meet anywhere)."""
    section = ""
    for line in (Path(__file__).parent / "spellings" / "groups.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            name = line.strip("[]").split(":")[0]
            section = name if name in ("alone", "apart") else ""
        elif not line.startswith("#") and section in kinds:
            yield line.split("/")


def _terms(text: str, unit: str = "A") -> tuple[str, ...]:
    return tuple(token.term for token in tokenize(text, unit))  # type: ignore[arg-type]


def _respell(text: str) -> str:
    return respell(fold_with_offsets(text)).text


@pytest.mark.parametrize("unit", ["A", "C"])
@pytest.mark.parametrize("carrier", _CARRIERS)
def test_spellings_of_a_word_give_the_same_terms_wherever_they_stand(carrier: str, unit: str) -> None:
    """Each group meets alone, in compounds and in sentences, in short and in long units."""
    groups = list(_groups("")) if carrier != "{}" else list(_groups("", "alone"))
    assert len(groups) > 750
    assert [group for group in groups if len({_terms(carrier.format(word), unit) for word in group}) > 1] == []


def test_what_is_listed_as_apart_is_apart() -> None:
    """The list of exceptions holds none that has come together, so that it stays an honest one."""
    groups = list(_groups("apart"))
    assert groups
    assert [group for group in groups if len({(_terms(word), _terms(word, "C")) for word in group}) == 1] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("町が丘陵地を開く", "町ケ丘陵地を開く"),
        ("機関が原因", "機関ケ原因"),
        ("一部の事業", "1部の事業"),
        ("御所市", "所市"),
        ("商店街", "商店まち"),
        ("出入国", "出入り国"),
        ("設立上の課題", "設立ち上の課題"),
        ("斎藤", "斉藤"),
        ("抽出し", "抽き出し"),
    ],
)
def test_other_words_stay_other_words(one: str, other: str) -> None:
    """A rule does not reach into words that only look like what it is for."""
    assert _terms(one) != _terms(other)
    assert _respell(one) == one


@pytest.mark.parametrize(
    ("written", "spelled"),
    [
        ("受入れ体制の見なおし", "受け入れ体制の見直し"),
        ("引下げられた料金を立替える", "引き下げられた料金を立て替える"),
        ("市立入れ物", "市立入れ物"),
        ("虎ノ門と中之島、西之表市", "虎の門と中の島、西之表市"),
        ("霞が浦の緑ケ丘", "霞ケ浦の緑が丘"),
        ("六十五歳以上の二十人、数十人の十人十色", "65歳以上の20人、数十人の十人十色"),
        ("シカ肉とメキシカン", "鹿肉とメキシカン"),
        ("八千代市四十万五十嵐", "八千代市四十万五十嵐"),
    ],
)
def test_respells_what_sudachi_would_cut_in_two_ways(written: str, spelled: str) -> None:
    """Okurigana, kana, names and numerals come to one spelling; names and longer words that look alike stay."""
    assert _respell(written) == spelled


@pytest.mark.parametrize(
    ("text", "term", "surface"),
    [
        ("新しい受入れ体制", "受け入れ", "受入れ"),
        ("地域のお年寄り", "年寄り", "お年寄り"),
        ("ﾐﾝﾅのｺﾞﾐを", "ごみ", "ｺﾞﾐ"),
        ("今年は第二十二回です", "22", "二十二"),
        ("髙﨑の霞が浦へ", "霞ヶ浦", "霞が浦"),
        ("料金の引下げ、改定", "引き下げ", "引下げ"),
    ],
)
def test_a_respelled_word_leads_back_to_its_source(text: str, term: str, surface: str) -> None:
    """The surface of a token is what the source has there, however the term is spelled."""
    [token] = [token for token in tokenize(text) if token.surface == surface]
    assert text[token.start : token.end] == surface
    assert token.term in (term, term.replace("ヶ", "ケ"))


_PIECES = st.sampled_from(
    [*_KEPT, *"受入申込引立上下付合々ノ之ケガが丘二十五〇人年代", "ヴィ", "ティー", "づけ", "の", "、"]
)
_TEXTS = st.lists(_PIECES | st.text(max_size=2), max_size=8).map("".join)


@settings(max_examples=300, deadline=None)
@given(_TEXTS)
def test_the_map_of_respelled_text_rises_and_stays_inside_the_source(text: str) -> None:
    """Each character of the respelled text came from a non-empty span of the source, in the source's order."""
    spelled: Folded = respell(fold_with_offsets(text))
    assert len(spelled.text) == len(spelled.starts) == len(spelled.ends)
    assert list(spelled.starts) == sorted(spelled.starts)
    assert list(spelled.ends) == sorted(spelled.ends)
    assert all(0 <= start < end <= len(text) for start, end in zip(spelled.starts, spelled.ends, strict=True))


@settings(max_examples=200, deadline=None)
@given(
    st.text(
        st.characters(min_codepoint=0x21, max_codepoint=0x7E) | st.sampled_from("アイウガギパプャッーのを市受入"),
        max_size=30,
    )
)
def test_width_makes_no_difference(text: str) -> None:
    """Any text gives the same terms in full and in half width, kana with their marks included."""
    wide = "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in text)
    narrow = "".join(_NARROW.get(one, one) for one in text)
    assert _terms(wide) == _terms(text) == _terms(narrow)


_NARROW: dict[str, str] = {}
for _code in range(0xFF66, 0xFF9E):
    for _mark in ("", "ﾞ", "ﾟ"):
        _wide = unicodedata.normalize("NFKC", chr(_code) + _mark)
        if len(_wide) == 1:
            _NARROW[_wide] = chr(_code) + _mark


def test_every_spelling_that_is_kept_stays() -> None:
    """What a table keeps is respelled no further, so that the order of the rules does not matter."""
    assert {other: kept for other, kept in _KEPT.items() if _respell(kept) != kept} == {}
    assert {other: _respell(other) for other, kept in _KEPT.items() if _respell(other) != _respell(kept)} == {}


@pytest.mark.parametrize(
    ("normalized", "part", "form", "term"),
    [
        ("受け入れる", "動詞", "下一段-ラ行", "受け入れ"),
        ("取り組む", "動詞", "五段-マ行", "取り組み"),
        ("見る", "動詞", "上一段-マ行", "見る"),
        ("作る", "動詞", "下一段-ラ行", "作り"),
        ("行く", "動詞", "下一段-カ行", "行き"),
        ("為る", "動詞", "サ行変格", "為る"),
        ("三", "名詞", "数詞", "3"),
        ("くま", "名詞", "普通名詞", "熊"),
        ("くま", "副詞", "*", "くま"),
        ("DX", "名詞", "普通名詞", "dx"),
    ],
)
def test_terms_that_sudachi_leaves_apart(normalized: str, part: str, form: str, term: str) -> None:
    """A verb has the term of its noun, a numeral its digits, a noun in kana its kanji."""
    assert unify_term(normalized, part, form) == term


@pytest.mark.parametrize(
    ("before", "numeral", "number"),
    [
        ("", "二〇二五", "2025"),
        ("", "千二百三十四", "1234"),
        ("", "十", "10"),
        ("", "二〇", "20"),
        ("", "二三", None),
        ("数", "十", None),
        ("3", "千", None),
    ],
)
def test_reads_numerals(before: str, numeral: str, number: str | None) -> None:
    """Both ways of writing numbers are read; 二三人 (two or three) and parts of other numbers are not."""
    assert read_numeral(before, numeral) == number


def _kanji(number: int) -> str:
    written = ""
    for value, unit in ((1000, "千"), (100, "百"), (10, "十")):
        count, number = divmod(number, value)
        written += ("" if count < 2 else "〇一二三四五六七八九"[count]) + unit if count else ""
    return written + ("〇一二三四五六七八九"[number] if number else "")


@settings(max_examples=200, deadline=None)
@given(
    st.integers(21, 9999),
    st.sampled_from(["年", "歳", "人", "回", "件", "か所", "世帯", "団体", "校", "地区", "店舗", "戸"]),
)
def test_numbers_in_kanji_and_digits_meet(number: int, counter: str) -> None:
    """A number before a counter gives the same terms in kanji and in digits."""
    assert _terms(f"この{_kanji(number)}{counter}の") == _terms(f"この{number}{counter}の")
