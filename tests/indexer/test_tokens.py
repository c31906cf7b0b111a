"""Tokens: terms that meet whatever the spelling, offsets that are true to the source."""

import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer import tokens
from indexer.tokens import SENTENCE_GAP, tokenize


def terms(text: str, unit: str = "A") -> list[str]:
    """Give the terms only."""
    return [token.term for token in tokenize(text, unit)]  # type: ignore[arg-type]


def test_short_and_long_units() -> None:
    """A units are the shortest, C units the longest; particles are left out of both."""
    assert terms("図書館の相互利用") == ["図書", "館", "相互", "利用"]
    assert terms("図書館の相互利用", "C") == ["図書館", "相互", "利用"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("サーバ", "サーバー"),
        ("圖書館", "図書館"),
        ("引越し", "引っ越し"),
        ("ＤＸ", "dx"),
        ("障がい者", "障害者"),
        ("ｺﾐｭﾆﾃｨﾊﾞｽ", "コミュニティバス"),
    ],
)
def test_spellings_of_a_word_share_a_term(one: str, other: str) -> None:
    """Variants in width, kanji, okurigana and long vowels become one term."""
    assert terms(one) == terms(other)


def test_positions_run_on_and_leave_a_gap_at_the_end_of_a_sentence() -> None:
    """A particle leaves no gap, so that a phrase runs over it; the end of a sentence leaves one, so that none does."""
    inside = [token.position for token in tokenize("図書館の利用")]
    across = [token.position for token in tokenize("図書館。利用")]
    assert inside == [0, 1, 2]
    assert across == [0, 1, 2 + SENTENCE_GAP]


@settings(deadline=None)
@given(st.text(max_size=80))
def test_offsets_cut_the_surface_out_of_the_source(text: str) -> None:
    """Whatever the text, each token's span is its surface, spans rise, and every term is folded."""
    found = tokenize(text)
    assert all(text[token.start : token.end] == token.surface for token in found)
    assert [token.start for token in found] == sorted(token.start for token in found)
    assert all(token.term and token.term == token.term.strip().lower() for token in found)


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("ＣＯ２濃度の図書館ＤＸ", ["ＣＯ２", "濃度", "図書", "館", "ＤＸ"]),
        ("㌔と㈱と圖書館", ["㌔", "㈱", "圖書", "館"]),
        ("ｺﾐｭﾆﾃｨﾊﾞｽと公民館", ["ｺﾐｭﾆﾃｨﾊﾞｽ", "公民", "館"]),
        ("地域のお年寄りと御所市", ["地域", "お年寄り", "御所", "市"]),
        ("申込みの取組体制", ["申込み", "取組", "体制"]),
    ],
)
def test_surfaces_are_what_the_source_has(text: str, surfaces: list[str]) -> None:
    """Short units split where the source does, whatever folding did before; an honorific belongs to what it honours."""
    assert [token.surface for token in tokenize(text)] == surfaces


def test_a_compound_of_verbs_is_one_unit_in_every_form() -> None:
    """The noun, the verb and the noun before another noun share a term, which the parts of the compound do not."""
    assert terms("受け入れの") == terms("受け入れた") == terms("受入れを") == ["受け入れ"]
    assert terms("受け入れ体制") == ["受け入れ", "体制"]
    assert not set(terms("受ける人を入れる")) & set(terms("受け入れ"))


def test_text_longer_than_one_call_is_cut_whole() -> None:
    """A text of more than Sudachi's 49,149 bytes gives the tokens of its parts, none lost at the seams."""
    sentence = "図書館の相互利用を進める。"
    tokens = tokenize(sentence * 3_000)
    assert len(tokens) == 3_000 * len(tokenize(sentence))
    assert tokens[-1].end == len(sentence) * 3_000 - 1


def test_words_that_are_kept_take_a_bounded_part_of_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is typed, a process keeps no more words than fit into 64 MB; what is cut is the same without them."""
    monkeypatch.setattr(tokens, "_pieces", {})
    words = [f"x{number:x}z図書館" for number in range(2_000)]
    tokenize(words[0])
    tracemalloc.start()
    try:
        for word in words:
            tokenize(word)
        taken = tracemalloc.get_traced_memory()[0] / len(tokens._pieces)
    finally:
        tracemalloc.stop()
    assert taken * tokens._MOST_WORDS < 64 * 1024 * 1024
    cut = [terms(word) for word in words[:50]]
    tokens._pieces.clear()
    monkeypatch.setattr(tokens, "_MOST_WORDS", 10)
    assert [terms(word) for word in words[:50]] == cut
    assert len(tokens._pieces) <= 10
