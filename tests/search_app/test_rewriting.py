"""Rewriting: one word of what was typed is changed, all else stays."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search_app import rewriting
from search_app.query import ParsedQuery, Word, parse_query

# Words that stay words whatever stands beside them, in the spellings that are typed.
_WORDS = st.sampled_from(
    [
        "図書館",
        "コミバス",
        "ＤＸ",
        "病児保育",
        '"相互 利用"',
        "“広域観光”",
        "-学校",
        '-"消防 指令"',
        "引越し~",
        "2016年",
        "岡山県",
    ]
)
_SPACES = st.sampled_from([" ", "\u3000", "  "])


def describe(parsed: ParsedQuery) -> list[tuple[tuple[str, bool, bool], ...]]:
    """Give the words of a query by group, without their places in it."""
    return [tuple((word.text, word.quoted, word.literal) for word in group) for group in parsed.groups]


@st.composite
def queries(draw: st.DrawFn) -> str:
    """Make a query of several words, some joined by OR."""
    words = draw(st.lists(_WORDS, min_size=1, max_size=6, unique=True))
    joints = [
        draw(_SPACES) + draw(st.sampled_from(["", "OR ", "ＯＲ\u3000", "OR OR ", "、 OR ", "OR 、 "]))
        for _ in words[1:]
    ]
    return words[0] + "".join(joint + word for joint, word in zip(joints, words[1:], strict=True))


@given(queries(), st.data())
@settings(max_examples=200, deadline=None)
def test_taking_a_word_away_leaves_exactly_the_others(q: str, data: st.DataObject) -> None:
    """What is read without a word is what was read before, but for that word; excluded words stay excluded."""
    parsed = parse_query(q)
    if not parsed.words:
        return
    word = data.draw(st.sampled_from(parsed.words))
    expected = [
        tuple(each for each in group if each != (word.text, word.quoted, word.literal)) for group in describe(parsed)
    ]
    left = parse_query(rewriting.remove_word(q, word))
    assert describe(left) == [group for group in expected if group]
    assert [each.text for each in left.excluded] == [each.text for each in parsed.excluded]


@given(queries(), st.data())
@settings(max_examples=100, deadline=None)
def test_a_word_is_made_literal_and_wide_again_alone(q: str, data: st.DataObject) -> None:
    """One word changes, the others are read as before; switching twice gives the first reading."""
    parsed = parse_query(q)
    plain = [word for word in parsed.words if not (word.literal or word.time or word.place)]
    if not plain:
        return
    word = data.draw(st.sampled_from(plain))
    text = rewriting.make_literal(q, word)
    changed = parse_query(text)
    assert [each.literal for each in changed.words] == [each.literal or each == word for each in parsed.words]
    (again,) = [each for each in changed.words if each.text == word.text]
    assert describe(parse_query(rewriting.make_wide(text, again))) == describe(parsed)


@given(st.text(max_size=40))
@settings(max_examples=200, deadline=None)
def test_all_words_are_made_literal_whatever_was_typed(q: str) -> None:
    """The sign in front makes every word literal, also before an open quotation, and comes off again."""
    text = rewriting.make_all_literal(q)
    assert parse_query(text).literal
    assert all(word.literal for word in parse_query(text).words)
    if not parse_query(q).literal:
        assert rewriting.make_all_wide(text) == q.strip()


@pytest.mark.parametrize(
    ("q", "word", "removed", "literal"),
    [
        ("岡山県の図書館", "岡山県", "の図書館", None),
        ("岡山県の図書館", "図書館", "岡山県の", "岡山県の 図書館~"),
        ("Ｕターン　コミバス", "コミバス", "Ｕターン", "Ｕターン コミバス~"),
        ("保育 OR 子育て 観光", "子育て", "保育 観光", "保育 OR 子育て~ 観光"),
        ("観光 保育 OR 子育て", "保育", "観光 子育て", "観光 保育~ OR 子育て"),
        ('図書館"相互利用"', "相互利用", "図書館", None),
        ("ﾄｼｮｶﾝ 観光", "トショカン", "観光", "ﾄｼｮｶﾝ~ 観光"),
    ],
)
def test_the_rest_stays_as_it_was_typed(q: str, word: str, removed: str, literal: str | None) -> None:
    """Width and spelling of the other words are those of the typed text; OR goes with the word that it joined."""
    found = find(q, word)
    assert rewriting.remove_word(q, found) == removed
    if literal:
        assert rewriting.make_literal(q, found) == literal


def find(q: str, text: str) -> Word:
    """Give a word of a query by its text."""
    (word,) = [word for word in parse_query(q).words if word.text == text]
    return word
