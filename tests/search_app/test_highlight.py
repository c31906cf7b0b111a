"""Highlights and snippets: what is marked, and that nothing of the text is lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.tokens import tokenize
from search_app.highlight import CONTEXT_CHARACTERS, SNIPPET_CHARACTERS, Marker
from search_app.meaning import Meaning, MeantWord
from search_app.query import mark_content, parse_query
from search_app.synonyms import find_expansions


def meant(q: str) -> Meaning:
    """Give the meaning of a query in which each word means itself alone."""
    parsed = parse_query(q)
    return Meaning(tuple(tuple(map(MeantWord, group)) for group in parsed.groups), parsed.excluded, parsed.cut)


def marked(text: str, q: str) -> list[str]:
    """Give the marked pieces."""
    return [segment.text for segment in Marker(meant(q)).mark(text) if segment.marked]


@pytest.mark.parametrize(
    ("text", "q", "expected"),
    [
        ("つくば市と土浦市の図書館", "つくば市", ["つくば市"]),
        ("図書館の相互利用", "図書館相互利用", ["図書館", "相互利用"]),
        ("美術館と図書館", "図書館", ["図書館"]),
        ("圖書館で借りる", "図書館", ["圖書館"]),
        ("ＤＸを推進", "dx", ["ＤＸ"]),
        ("引越しの支援", "引っ越し", ["引越し"]),
        ("観光", "", []),
        ("○病児保育事業", "病児保育", ["病児保育"]),
        ("平成22年度に検討し、平成28年に開始", "平成28年", ["平成28年"]),
        ("R6.7月に6か所", "令和6年", ["R6.7月"]),
        ("相互利用を始め、無料で利用できる", '"相互利用"', ["相互利用"]),
    ],
)
def test_marks_the_words_and_no_lone_suffix(text: str, q: str, expected: list[str]) -> None:
    """Words are marked in whatever spelling they stand, whole; 市 and 館 only beside the word they belong to."""
    assert marked(text, q) == expected


def test_marks_another_words_parts_only_where_they_stand_near_each_other() -> None:
    """スマートフォンの使い方の教室 is marked for スマホ教室; a 教室 of something else is not."""
    (word,) = parse_query("スマホ教室").words
    named = find_expansions(word.units, lambda other: other.text == "スマートフォン教室")
    meaning = Meaning(((MeantWord(word, named),),), (), cut=False)
    near = Marker(meaning).mark("スマートフォンの使い方の教室")
    assert [each.text for each in near if each.marked] == ["スマートフォン", "教室"]
    apart = Marker(meaning).mark("スマートフォンの配布。次に、住民の皆さんから望む声が多い料理の講習会")
    assert [each.text for each in apart if each.marked] == []


words = st.sampled_from(["図書館", "ＤＸ", "ﾊﾞｽ", "髙﨑市", "の", "。", "\n", "①", "abc ", "👪"])


@settings(deadline=None)
@given(
    st.lists(words, max_size=20).map("".join) | st.text(max_size=60), st.sampled_from(["図書館", "DX バス", "高崎市"])
)
def test_segments_joined_are_the_text(text: str, q: str) -> None:
    """Taking the marks away gives the source text, character for character."""
    assert "".join(segment.text for segment in Marker(meant(q)).mark(text)) == text


def test_a_snippet_shows_the_place_with_most_of_the_words() -> None:
    """From a long text the window with both words is shown, cut marks at both ends, within its length."""
    text = "図書館を建てた。" + "あ。" * 100 + "ここで図書館の相互利用を始めた。" + "い。" * 100
    snippet = Marker(meant("図書館 相互利用")).snippet(text)
    assert [segment.text for segment in snippet if segment.marked] == ["図書館", "相互利用"]
    assert snippet[0].text == snippet[-1].text == "…"
    assert sum(len(segment.text) for segment in snippet) <= SNIPPET_CHARACTERS + 2


def test_a_snippet_of_a_short_text_is_the_text() -> None:
    """A text that fits is shown whole, without cut marks; an empty one gives nothing."""
    assert "".join(segment.text for segment in Marker(meant("文")).snippet("短い文。")) == "短い文。"
    assert Marker(meant("文")).snippet("") == ()


def plain_spans(text: str, q: str) -> list[tuple[int, int]]:
    """Find what to mark the plain way: the text cut anew, all units marked, then what stands beside them."""
    words = parse_query(q).words
    content = {term for word in words for term in word.content}
    beside = {unit.term for word in words for unit in word.units}
    tokens = tokenize(text)
    told = [token.term in content and tells for token, tells in zip(tokens, mark_content(tokens), strict=True)]
    for place in range(1, len(tokens)):
        if tokens[place].term in beside and told[place - 1] and tokens[place].start == tokens[place - 1].end:
            told[place] = True
    spans: list[tuple[int, int]] = []
    for token, is_marked in zip(tokens, told, strict=True):
        if is_marked and spans and spans[-1][1] >= token.start:
            spans[-1] = (spans[-1][0], max(token.end, spans[-1][1]))
        elif is_marked:
            spans.append((token.start, token.end))
    return spans


def plain_start(text: str, spans: list[tuple[int, int]]) -> int:
    """Find the window with the most different words the plain way: by looking at every window whole."""
    best, most = 0, -1
    for first, _ in spans:
        start = max(0, min(first - 24, len(text) - SNIPPET_CHARACTERS))
        seen = {text[a:b] for a, b in spans if a >= start and b <= start + SNIPPET_CHARACTERS}
        if len(seen) > most:
            best, most = start, len(seen)
    return best


pieces = st.sampled_from(
    [
        "図書館",
        "つくば市",
        "市",
        "館の",
        "相互利用",
        "ＤＸ",
        "髙﨑市",
        "。",
        "\n",
        "①",
        "abc ",
        "👪",
        "あ" * 50,
        "保育" * 80,
    ]
)


@settings(deadline=None)
@given(
    st.lists(pieces, max_size=25).map("".join),
    st.sampled_from(["図書館 つくば市", "DX 相互利用", "高崎市 保育", "市", "abc -図書館", ""]),
)
def test_marks_and_snippets_are_those_of_the_plain_way(text: str, q: str) -> None:
    """Keeping cuts and moving the window over the text change nothing, the first time nor the second."""
    spans = plain_spans(text, q) if parse_query(q).words else []
    start = plain_start(text, spans)
    for marker in (Marker(meant(q)), Marker(meant(q))):
        segments = marker.mark(text)
        places = [sum(len(segment.text) for segment in segments[:index]) for index in range(len(segments))]
        found = [(at, at + len(segment.text)) for at, segment in zip(places, segments, strict=True) if segment.marked]
        assert found == spans
        shown = "".join(segment.text for segment in marker.snippet(text))
        cut = text[start : start + SNIPPET_CHARACTERS].replace("\n", " ")
        assert shown == ("…" if start else "") + cut + ("…" if start + SNIPPET_CHARACTERS < len(text) else "")


def test_a_context_is_the_word_with_what_stands_around_it() -> None:
    """The first word of the place with most words, with as many characters on either side as fit, cuts marked."""
    text = "図書館を建てた。" + "あ。" * 100 + "ここで図書館の相互利用を\n始めた。" + "い。" * 100
    context = Marker(meant("図書館 相互利用")).context(text)
    assert context is not None
    assert context.word == "図書館"
    before, behind = ("".join(segment.text for segment in part) for part in (context.before, context.behind))
    assert before.startswith("…")
    assert before.endswith("ここで")
    assert behind.startswith("の相互利用を 始めた。")
    assert behind.endswith("…")
    assert (len(before), len(behind)) == (CONTEXT_CHARACTERS + 1, CONTEXT_CHARACTERS + 1)
    assert [segment.text for segment in context.behind if segment.marked] == ["相互利用"]


@given(st.lists(words, max_size=20).map("".join), st.sampled_from(["図書館", "DX バス", "高崎市"]))
@settings(deadline=None)
def test_a_context_of_a_short_text_is_all_of_it(text: str, q: str) -> None:
    """Nothing is lost around the word; without a marked word there is no context."""
    marker = Marker(meant(q))
    context = marker.context(text)
    if context is None:
        assert not any(segment.marked for segment in marker.mark(text))
        return
    parts = [segment.text for segment in context.before], [context.word], [segment.text for segment in context.behind]
    joined = "".join(piece for part in parts for piece in part)
    assert joined.strip("…") in text.replace("\n", " ")
    assert context.word == next(segment.text for segment in marker.mark(text) if segment.marked)
