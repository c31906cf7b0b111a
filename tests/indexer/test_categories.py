"""The official classification and the rules that assign it."""

import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.categories import CATEGORIES, PILLARS, SHORT_LABELS, classify
from indexer.records import Pillar
from indexer.tokens import tokenize

RULES = tomllib.loads(files("indexer").joinpath("data/category_rules.toml").read_text(encoding="utf-8"))
LEVELS = ("decisive", "strong", "weak")


def test_the_classification_has_every_leaf_with_both_labels() -> None:
    """5 + 4 + 19 leaves in official order, each under its pillar, with a label short enough for a facet."""
    assert [sum(code.startswith(pillar) for code in CATEGORIES) for pillar in PILLARS] == [5, 4, 19]
    assert list(SHORT_LABELS) == list(CATEGORIES)
    assert all(0 < len(label) <= 12 for label in SHORT_LABELS.values())


@pytest.mark.parametrize("code", CATEGORIES)
def test_the_rules_of_a_leaf_are_words_that_the_tokeniser_keeps(code: str) -> None:
    """Each leaf has words; none loses a particle at its ends or stands twice for the same leaf."""
    words = [word for level in LEVELS for word in RULES[code].get(level, ())]
    cut = {word: tokenize(word) for word in words}
    assert words
    assert [word for word, tokens in cut.items() if not tokens or tokens[-1].end < len(word)] == []
    terms = ["".join(token.term for token in tokens) for tokens in cut.values()]
    assert sorted({term for term in terms if terms.count(term) > 1}) == []


def test_the_rules_name_no_other_leaf() -> None:
    """The data file has a table for each leaf of the classification and for nothing else."""
    assert list(RULES) == list(CATEGORIES)


@pytest.mark.parametrize(
    ("field", "pillar", "code"),
    [
        ("戦略的な観光施策", "ア", "ア-d"),
        ("地域内外の住民との 交流・移住促進", None, "ウ-B-e"),
        ("その他(消防・防災)", None, "ウ-A-g"),
        ("その他（生活環境）", None, "ウ-A-h"),
        ("その他(ライフデザイン・婚活支援)", None, "ウ-A-c"),
        ("医療", None, "ウ-A-a"),
        ("医療", "イ", "イ-a"),
        ("b ＩＣＴインフラ整備", "ウ", "ウ-B-b"),
        ("(ウ)B-a 地域公共交通", None, "ウ-B-a"),
        ("教育・文化・スポーツ分野", None, "ウ-A-d"),
        ("デジタル・ディバイドの解消へ向けたＩＣＴインフラ整備", None, "ウ-B-b"),
        ("圏域内市町村の職員等の交流", None, "ウ-C-c"),
        ("eその他、圏域全体の経済成長のけん引に係る施策", "ア", "ア-e"),
        ("その他", "イ", "イ-d"),
    ],
)
def test_a_named_field_decides(field: str, pillar: Pillar | None, code: str) -> None:
    """What the document calls the field decides, whatever the text is about; numbering and spaces do not matter."""
    found = classify(title="図書館のバス停に防災倉庫を置く", policy_field=field, pillar=pillar)
    assert found.code == code


def test_a_field_of_another_name_speaks_like_a_title() -> None:
    """A field that the classification does not know is read for its words."""
    assert classify(title="", policy_field="ごみと水道", body="施設を共同で使う。").code == "ウ-A-h"


@pytest.mark.parametrize(
    ("title", "pillar", "code"),
    [
        ("産学金官による経済戦略会議", "ア", "ア-a"),
        ("合同企業説明会の開催", "ア", "ア-b"),
        ("特産品の販路拡大", "ア", "ア-c"),
        ("広域観光の推進", "ア", "ア-d"),
        ("二段階移住の推進", "ア", "ア-e"),
        ("周産期医療の確保", "イ", "イ-a"),
        ("駅前広場の再整備", "イ", "イ-b"),
        ("大学との共同研究", "イ", "イ-c"),
        ("消防指令業務の共同運用", "イ", "イ-d"),
        ("休日夜間の診療所の運営", "ウ", "ウ-A-a"),
        ("介護認定審査会の共同設置", "ウ", "ウ-A-b"),
        ("病児・病後児保育", "ウ", "ウ-A-c"),
        ("図書館の相互利用", None, "ウ-A-d"),
        ("景観条例の運用", None, "ウ-A-e"),
        ("鳥獣被害の防止", "ウ", "ウ-A-f"),
        ("避難所の相互利用", None, "ウ-A-g"),
        ("ゴミ処理の相互支援", None, "ウ-A-h"),
        ("消費生活センターの広域化", "ウ", "ウ-A-i"),
        ("コミュニティバスの運行", "ウ", "ウ-B-a"),
        ("電子申請の共同利用", "ウ", "ウ-B-b"),
        ("橋りょうの老朽化対策", "ウ", "ウ-B-c"),
        ("地産地消の推進", None, "ウ-B-d"),
        ("移住相談会への合同出展", "ウ", "ウ-B-e"),
        ("広報誌への相互掲載", None, "ウ-B-f"),
        ("職員の合同研修", "ウ", "ウ-C-a"),
        ("外部人材の活用", "ウ", "ウ-C-b"),
        ("職員の人事交流", None, "ウ-C-c"),
        ("首長会議の開催", "ウ", "ウ-C-d"),
    ],
)
def test_a_plain_title_finds_its_leaf(title: str, pillar: Pillar | None, code: str) -> None:
    """Every leaf of the classification is reached by a title that an expert would put there."""
    assert classify(title=title, pillar=pillar).code == code


def test_the_pillar_decides_between_the_leaves_of_a_word() -> None:
    """Emergency care is advanced medicine under one heading and local medicine under another."""
    titles = [classify(title="救急医療体制の充実", pillar=pillar).code for pillar in ("イ", "ウ")]
    assert titles == ["イ-a", "ウ-A-a"]


def test_the_title_outweighs_the_text() -> None:
    """What an entry touches besides does not outvote what it is."""
    found = classify(
        title="図書館の連携", body="司書の研修を行う。観光の本を並べ、移住の相談の案内もする。", pillar="ウ"
    )
    assert (found.code, found.evidence[0]) == ("ウ-A-d", "図書館")


def test_the_longest_word_counts() -> None:
    """A taxi for the disabled is welfare, a tour for singles no tourism, whatever the shorter word says."""
    assert classify(title="福祉タクシーの利用券").code == "ウ-A-c"
    assert classify(title="婚活ツアー").code == "ウ-A-c"


def test_the_evidence_quotes_the_text_as_it_is_spelt() -> None:
    """The words that decided are given as they stand in the text, best first."""
    found = classify(title="自治体のＤＸ", body="電子申請を共同で使う。", pillar="ウ")
    assert found.code == "ウ-B-b"
    assert found.evidence[0] == "自治体のＤＸ"


def test_a_sentence_border_separates_words() -> None:
    """A word of the rules does not reach over the end of a sentence."""
    assert classify(title="", body="地域。医療").evidence != ("地域。医療",)
    assert "職員。研修" not in classify(title="", body="職員。研修").evidence


def test_nothing_said_is_nothing_guessed() -> None:
    """Without a word of the rules there is no leaf, and no evidence."""
    found = classify(title="甲乙丙丁", body="", pillar="ウ")
    assert (found.code, found.evidence) == (None, ())


@given(st.text(max_size=40), st.text(max_size=80), st.sampled_from(["ア", "イ", "ウ", None]))
def test_the_leaf_lies_under_the_pillar(title: str, body: str, pillar: Pillar | None) -> None:
    """No text leads out of the pillar that the entry stands under; the evidence stands in the text."""
    found = classify(title=title, body=body, pillar=pillar)
    assert found.code is None or (found.code in CATEGORIES and found.code.startswith(pillar or ""))
    assert all(word in title or word in body for word in found.evidence)
    assert (found.code is None) == (not found.evidence)
