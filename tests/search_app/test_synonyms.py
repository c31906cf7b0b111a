"""The thesaurus: the format of its files, and what it finds in a typed word."""

from collections import defaultdict
from importlib.resources import files
from itertools import groupby, pairwise

import pytest
from fill_synonym_spellings import spelling_of

from indexer.normalize import fold
from indexer.tokens import tokenize
from search_app.synonyms import (
    EXPANSION,
    FILES,
    GROUP,
    HEADWORD,
    LONGEST_HEADWORD,
    SPELLING,
    Expansion,
    find_expansions,
    read_rows,
)

OURS, SUDACHI, RELATED = FILES
ROWS = {name: list(read_rows(name)) for name in FILES}
# What the remaining columns of Sudachi's format may hold: noun or verb, form, abbreviation, variant.
CODES = {
    1: {"1", "2"},
    EXPANSION: {"0", "1"},
    4: {"0", "1", "2", "3", "4"},
    5: {"0", "1", "2"},
    6: {"0", "1", "2", "3"},
}


def expand(word: str) -> tuple[Expansion, ...]:
    """Give the expansions of a typed word."""
    return find_expansions(tokenize(word))


def texts(word: str) -> list[tuple[str, list[str]]]:
    """Give what was found in a typed word, and the headwords that it leads to."""
    return [(found.text, [other.text for other in found.alternatives]) for found in expand(word)]


def led_to(word: str) -> set[str]:
    """Give all headwords that a typed word leads to."""
    return {other for _, others in texts(word) for other in others}


@pytest.mark.parametrize("name", FILES)
def test_rows_are_in_sudachis_format(name: str) -> None:
    """Every row has 11 columns with the codes of the format, the last is empty."""
    for row in ROWS[name]:
        assert len(row) == 11, row
        assert row[GROUP].isdecimal() and len(row[GROUP]) == 6, row
        assert row[3].isdecimal() and row[7][0] + row[7][-1] == "()" and not row[10], row
        for column, codes in CODES.items():
            assert row[column] in codes, row


@pytest.mark.parametrize("name", FILES)
def test_groups_stand_apart_and_rise(name: str) -> None:
    """A blank line stands between groups and nowhere else; numbers rise; no line has spaces at its ends."""
    text = files("search_app").joinpath("data", name).read_text(encoding="utf-8")
    blocks = [block.split("\n") for block in text.removesuffix("\n").split("\n\n")]
    numbers = []
    for block in blocks:
        (number,) = {line.split(",")[GROUP] for line in block}
        numbers.append(int(number))
        assert all(line == line.strip() and line for line in block)
    assert all(before < after for before, after in pairwise(numbers))


@pytest.mark.parametrize("name", FILES)
def test_groups_say_something(name: str) -> None:
    """A group has two headwords or more, one of which is looked for, and none twice."""
    for _, rows in groupby(ROWS[name], key=lambda row: row[GROUP]):
        group = list(rows)
        headwords = [row[HEADWORD] for row in group]
        assert len(headwords) == len(set(headwords)) >= 2, headwords
        assert "0" in {row[EXPANSION] for row in group}, headwords


@pytest.mark.parametrize("name", FILES)
def test_a_headword_leads_from_one_group(name: str) -> None:
    """No headword that is looked for stands in two groups of a file, in no spelling: their words would mix."""
    groups = defaultdict(set)
    for row in ROWS[name]:
        if row[EXPANSION] == "0":
            for spelling in filter(None, (row[HEADWORD].lower(), row[SPELLING])):
                groups[spelling].add(row[GROUP])
    assert {spelling: found for spelling, found in groups.items() if len(found) > 1} == {}


def test_ours_is_large_and_has_every_relation() -> None:
    """As many groups as the changelog tells; old names, abbreviations of both kinds, other spellings, narrower words, all with their full form."""
    ours = ROWS[OURS]
    assert len({row[GROUP] for row in ours}) >= 3_800
    assert len({row[GROUP] for row in ROWS[RELATED]}) >= 5_500
    for column, code, least in [(4, "3", 20), (5, "1", 50), (5, "2", 50), (6, "2", 20), (EXPANSION, "1", 4_000)]:
        assert sum(row[column] == code for row in ours) >= least, (column, code)


@pytest.mark.parametrize("name", FILES)
def test_spellings_are_filled_in(name: str) -> None:
    """The tenth column is what the tokeniser of today makes of the headword: run `fill_synonym_spellings.py` if not."""
    assert [row[HEADWORD] for row in ROWS[name] if row[SPELLING] != spelling_of(row[HEADWORD])] == []


@pytest.mark.parametrize("name", FILES)
def test_every_headword_survives_folding_and_finds_its_group(name: str) -> None:
    """Each headword is its own folded form, has terms, and alone leads to the others of its group."""
    for number, rows in groupby(ROWS[name], key=lambda row: row[GROUP]):
        group = list(rows)
        for row in group:
            units = tokenize(row[HEADWORD])
            own = [unit.term for unit in units]
            assert fold(row[HEADWORD])
            assert 0 < len(units) <= LONGEST_HEADWORD
            others = [other[HEADWORD] for other in group if own != [unit.term for unit in tokenize(other[HEADWORD])]]
            if row[EXPANSION] == "0" and not all(contains(other, own) for other in others):
                (found,) = find_expansions(units)
                assert (found.start, found.end) == (0, len(units))
                assert {other.text for other in found.alternatives} & set(others), (number, row[HEADWORD])


def contains(text: str, part: list[str]) -> bool:
    """Tell whether a text has these terms in a row."""
    terms = [unit.term for unit in tokenize(text)]
    return any(terms[at : at + len(part)] == part for at in range(len(terms)))


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("職安", "ハローワーク"),  # everyday and official
        ("ハローワーク", "公共職業安定所"),
        ("AED", "自動体外式除細動器"),  # acronym
        ("社協", "社会福祉協議会"),  # abbreviation
        ("ごみ", "廃棄物"),
        ("石綿", "アスベスト"),  # kanji and katakana
        ("適応指導教室", "教育支援センター"),  # old and new name
        ("目の不自由な人", "視覚障害"),  # particles inside
    ],
)
def test_both_ways(word: str, other: str) -> None:
    """What means the same leads from one to the other and back."""
    assert other in led_to(word)
    assert word in led_to(other)


@pytest.mark.parametrize(
    ("broad", "narrow"),
    [("補助犬", "盲導犬"), ("公共交通", "コミュニティバス"), ("商工団体", "商工会議所"), ("インバウンド", "海外誘客")],
)
def test_narrower_words_lead_nowhere_back(broad: str, narrow: str) -> None:
    """A narrower word is reached from the broader one, marked as such; from it the broader one is at most related."""
    marked = {other.text: other.narrower for found in expand(broad) for other in found.alternatives}
    assert marked[narrow]
    back = {other.text: other.related for found in expand(narrow) for other in found.alternatives}
    assert back.get(broad, True)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("子ども食堂", "こども食堂"),
        ("空き家対策", "空家対策"),
        ("障害者雇用", "障がい者雇用"),
        ("ICT教育", "ｉｃｔ教育"),
        ("買い物弱者", "買物弱者"),
        ("貸出", "貸し出し"),
        ("ワーク・ライフ・バランス", "ワークライフバランス"),
    ],
)
def test_spellings_meet(one: str, other: str) -> None:
    """Whatever spelling is typed, the same headwords are found."""
    assert led_to(one)
    assert led_to(one) == led_to(other)


def test_longest_span_wins() -> None:
    """In 図書館相互利用促進 the whole headword is found, not 図書館; what stands behind it is left alone."""
    (found,) = expand("図書館相互利用促進")
    assert (found.start, found.end, found.text) == (0, 4, "図書館相互利用")


def test_spans_follow_from_left_to_right() -> None:
    """Several headwords of a sentence are all found, each where it stands, none overlapping."""
    word = "空き家バンクとコミバスの活用"
    units = tokenize(word)
    found = find_expansions(units)
    assert [word[units[one.start].start : units[one.end - 1].end] for one in found] == ["空き家バンク", "コミバス"]
    assert all(before.end <= after.start for before, after in pairwise(found))


def test_units_apart_are_no_headword() -> None:
    """Units with a particle between them that the headword has not, or in two sentences, are not joined."""
    assert "電子図書館" in led_to("電子書籍")
    assert "電子図書館" not in led_to("電子の書籍")
    assert "電子図書館" not in led_to("電子。書籍")
    assert "視覚障害" not in led_to("目による不自由な人")
    assert "視覚障害" not in led_to("目。不自由。人")


def test_text_of_a_headword_with_particles() -> None:
    """The text of a span is what was typed; with particles, which the units do not hold, it is the headword."""
    assert [found.text for found in expand("ＩＣＴ教育")] == ["ＩＣＴ教育"]
    assert [found.text for found in expand("目の不自由な人")] == ["目の不自由な人"]


def test_part_of_a_unit_is_no_headword() -> None:
    """A headword begins and ends where units do: 島 in 鹿児島 and 税 in 課税 are none."""
    assert led_to("島")
    assert led_to("鹿児島") == set()


def test_no_alternative_is_found_by_the_word_itself() -> None:
    """Alternatives have other terms than the span, each once, and are not what the span finds anyway."""
    for row in ROWS[OURS] + ROWS[SUDACHI]:
        for found in expand(row[HEADWORD]):
            own = [unit.term for unit in tokenize(row[HEADWORD])[found.start : found.end]]
            terms = [other.terms for other in found.alternatives]
            assert len(terms) == len(set(terms))
            assert not any(contains(other.text, own) for other in found.alternatives), row


def test_alternatives_carry_their_terms_in_the_files_order() -> None:
    """The terms are what the index holds; alternatives stand as in the files."""
    (found,) = expand("ハローワーク")
    number = next(row[GROUP] for row in ROWS[OURS] if row[HEADWORD] == found.text)
    group = [row[HEADWORD] for row in ROWS[OURS] if row[GROUP] == number and row[HEADWORD] != found.text]
    same = [other.text for other in found.alternatives if not other.related]
    assert same == [headword for headword in group if headword in same] and same[:2] == ["公共職業安定所", "職安"]
    assert [other.terms for other in found.alternatives][:2] == [("公共", "職業", "安定", "所"), ("職安",)]


@pytest.mark.parametrize(
    ("word", "wrong"),
    [
        ("ごみ", "埃"),
        ("地域", "ゾーン"),
        ("支援", "援助"),
        ("人工知能", "人工授精"),
        ("ビジョン", "展望"),
    ],
)
def test_wide_groups_of_sudachi_are_left_out(word: str, wrong: str) -> None:
    """Groups of Sudachi that join what an officer keeps apart lead nowhere, in neither direction."""
    assert wrong not in led_to(word)
    assert word not in led_to(wrong)


def test_reviewed_groups_of_sudachi_are_used() -> None:
    """A group that was read and kept leads to its words: 所有者 and 持ち主."""
    assert led_to("持ち主") == {"所有者"}


@pytest.mark.parametrize("word", ["", "。", "あ", "ゑびす", "2025"])
def test_words_without_headwords(word: str) -> None:
    """Nothing is found where there is no headword, in any text."""
    assert expand(word) == ()
