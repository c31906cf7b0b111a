"""The official classification of 連携中枢都市圏構想推進要綱, and the rules that give an initiative its leaf of it.

Title, text, pillar and the field that the document names go in; a leaf code comes out with the words that decided it.
Where the document names the field, that decides. Else every word of `data/category_rules.toml` that the text holds
gives its weight to its leaves, words of the title far more than words of the text, and the pillar that the entry stands
under leaves only its own leaves to choose from.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from indexer.normalize import fold
from indexer.records import Pillar
from indexer.tokens import Token, tokenize

PILLARS: dict[Pillar, str] = {
    "ア": "圏域全体の経済成長のけん引",
    "イ": "高次の都市機能の集積・強化",
    "ウ": "圏域全体の生活関連機能サービスの向上",
}
CATEGORIES: dict[str, str] = {
    "ア-a": "産学金官民一体となった経済戦略の策定、国の成長戦略実施のための体制整備",
    "ア-b": "産業クラスターの形成、イノベーション実現、新規創業促進、地域の中堅企業等を核とした戦略産業の育成",
    "ア-c": "地域資源を活用した地域経済の裾野拡大",
    "ア-d": "戦略的な観光施策",
    "ア-e": "その他、圏域全体の経済成長のけん引に係る施策",
    "イ-a": "高度な医療サービスの提供",
    "イ-b": "高度な中心拠点の整備・広域的公共交通網の構築",
    "イ-c": "高等教育・研究開発の環境整備",
    "イ-d": "その他、高次の都市機能の集積・強化に係る施策",
    "ウ-A-a": "地域医療",
    "ウ-A-b": "介護",
    "ウ-A-c": "福祉",
    "ウ-A-d": "教育・文化・スポーツ",
    "ウ-A-e": "土地利用",
    "ウ-A-f": "地域振興",
    "ウ-A-g": "災害対策",
    "ウ-A-h": "環境",
    "ウ-A-i": "その他（生活機能の強化に係る政策分野）",
    "ウ-B-a": "地域公共交通",
    "ウ-B-b": "ICTインフラ整備",
    "ウ-B-c": "道路等の交通インフラの整備・維持",
    "ウ-B-d": "地域の生産者や消費者等の連携による地産地消",
    "ウ-B-e": "地域内外の住民との交流・移住促進",
    "ウ-B-f": "aからeまでに掲げるもののほか、結びつきやネットワークの強化に係る連携",
    "ウ-C-a": "人材の育成",
    "ウ-C-b": "外部からの行政及び民間人材の確保",
    "ウ-C-c": "圏域内市町村の職員等の交流",
    "ウ-C-d": "aからcまでに掲げるもののほか、圏域マネジメント能力の強化に係る連携",
}
SHORT_LABELS: dict[str, str] = {
    "ア-a": "経済戦略・体制整備",
    "ア-b": "産業・創業・雇用",
    "ア-c": "地域資源・販路拡大",
    "ア-d": "観光",
    "ア-e": "その他の経済成長",
    "イ-a": "高度な医療",
    "イ-b": "中心拠点・広域交通網",
    "イ-c": "高等教育・研究開発",
    "イ-d": "その他の都市機能",
    "ウ-A-a": "地域医療",
    "ウ-A-b": "介護",
    "ウ-A-c": "福祉・子育て",
    "ウ-A-d": "教育・文化・スポーツ",
    "ウ-A-e": "土地利用",
    "ウ-A-f": "地域振興",
    "ウ-A-g": "災害対策・消防",
    "ウ-A-h": "環境・上下水道",
    "ウ-A-i": "その他の生活機能",
    "ウ-B-a": "地域公共交通",
    "ウ-B-b": "ICT・DX",
    "ウ-B-c": "道路・インフラ",
    "ウ-B-d": "地産地消",
    "ウ-B-e": "交流・移住促進",
    "ウ-B-f": "その他の結びつき",
    "ウ-C-a": "人材の育成",
    "ウ-C-b": "外部人材の確保",
    "ウ-C-c": "職員の交流",
    "ウ-C-d": "その他の圏域運営",
}

# Weights of the words, and of the places where they stand: a title says what an entry is, its later sentences often
# what else it touches.
_WEIGHTS = {"decisive": 6.0, "strong": 3.0, "weak": 1.0}
_TITLE, _SUBTITLE, _FIRST, _REST = 4.0, 2.5, 1.5, 0.5
# The groups of ウ, which are the headings of 定住自立圏: leaves of one begin with its code as those of a pillar do.
_GROUPS = {"生活機能の強化": "ウ-A", "結びつきやネットワークの強化": "ウ-B", "圏域マネジメント能力の強化": "ウ-C"}
_GROUP = re.compile(rf"({'|'.join(_GROUPS)})(?:に係る(?:政策分野|取組み?|取り組み|施策|連携|事項))?")
# Under a heading that has no leaf for it a word speaks, less loudly, for the like leaf there, or for everything else.
_ALIKE = {
    "イ-a": "ウ-A-a",
    "ウ-A-a": "イ-a",
    "イ-b": "ウ-B-a",
    "ウ-B-a": "イ-b",
    "ア-c": "ウ-B-d",
    "ウ-B-d": "ア-c",
    "ア-d": "ウ-B-e",
}
_OTHER_LEAF = {"ア": "ア-e", "イ": "イ-d", "ウ": "ウ-A-f", "ウ-A": "ウ-A-f", "ウ-B": "ウ-B-f", "ウ-C": "ウ-C-d"}
_OTHER_SHARE = 0.3
_MOST_EVIDENCE = 5

_FIRST_SENTENCE = re.compile("[。\n]")
_INSIDE_BRACKETS = re.compile(r"[(（]([^()（）]+)[)）]")
_FIELD_NOISE = re.compile(r"[\s・、,.。:()「」【】<>〔〕●○◎■]")
_FIELD_NUMBER = re.compile(
    r"^(?:[\s(]*(?:[アイウ]?-?[A-C]?-?[a-i]|[A-Z]|[アイウエオカ]|[0-9]{1,2})(?:[\s).:、]+|(?=[^a-zA-Z0-9ァ-ヶー-])))+"
)
_FIELD_END = re.compile(r"(?<!政策)分野$")


@dataclass(frozen=True, slots=True)
class Classification:
    """A leaf code of `CATEGORIES` (None: nothing in the text speaks for one) and the words that decided, best first."""

    code: str | None
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Rules:
    """`fields`: folded name of a field → its leaves. `words`: its terms in one piece → weight per leaf.

    `reach` is the number of tokens that the longest word may span.
    """

    fields: Mapping[str, tuple[str, ...]]
    words: Mapping[str, Mapping[str, float]]
    reach: int


@dataclass(frozen=True, slots=True)
class _Found:
    """A word of the rules as the text spells it, with its weight for each leaf."""

    surface: str
    says: Mapping[str, float]


@cache
def _rules() -> _Rules:
    table = tomllib.loads(files("indexer").joinpath("data/category_rules.toml").read_text(encoding="utf-8"))
    fields: defaultdict[str, list[str]] = defaultdict(list)
    words: defaultdict[str, dict[str, float]] = defaultdict(dict)
    reach = 1
    for code in CATEGORIES:
        for name in (CATEGORIES[code], *table[code].get("fields", ())):
            fields[_fold_field(name)].append(code)
        for level, weight in _WEIGHTS.items():
            for word in table[code].get(level, ()):
                terms = [token.term for token in tokenize(word)]
                words["".join(terms)].setdefault(code, weight)
                reach = max(reach, len(terms))
    return _Rules({name: tuple(codes) for name, codes in fields.items()}, dict(words), reach)


def classify(
    *,
    title: str,
    subtitle: str | None = None,
    body: str = "",
    pillar: Pillar | None = None,
    policy_field: str | None = None,
) -> Classification:
    """Give the leaf of an initiative; the same input always gives the same leaf, ties go by the order of `CATEGORIES`.

    A field that the document names decides by itself where it is a leaf's, or leaves a few or a group of leaves to choose
    from; otherwise its words count as a title's. `pillar` None leaves all leaves to choose from.
    """
    field = (policy_field or "").strip()
    group = _find_group(field)
    leaves = () if group else _find_field(field, pillar)
    if len(leaves) == 1:
        return Classification(leaves[0], (field,))
    cut = _FIRST_SENTENCE.search(body)
    end = cut.end() if cut else len(body)
    named = "" if group or leaves else field
    texts = ((named, _TITLE), (title, _TITLE), (subtitle, _SUBTITLE), (body[:end], _FIRST), (body[end:], _REST))
    scores: defaultdict[str, dict[str, float]] = defaultdict(dict)  # leaf → surface → what it adds
    for text, share in texts:
        for found in _find_words(text or "", group or pillar):
            for code, weight in found.says.items():
                scores[code][found.surface] = scores[code].get(found.surface, 0.0) + share * weight
    best = max(leaves or CATEGORIES, key=lambda code: sum(scores[code].values()))
    words = sorted(scores[best], key=lambda surface: -scores[best][surface])
    words = [field, *words] if leaves else words
    return Classification(best if words else None, tuple(words[:_MOST_EVIDENCE]))


def _find_words(text: str, within: str | None) -> Iterator[_Found]:
    """Find the words of the rules in `text`, each once, the longest at each place.

    Words for leaves of the pillar or group `within` come first; what they leave over speaks for what it has for
    everything else.
    """
    tokens = tokenize(text)
    taken: set[int] = set()
    for start, end, says in _scan(tokens, taken, within):
        yield _Found(text[start:end], says)
    if within:
        for start, end, says in _scan(tokens, taken, None):
            yield _Found(text[start:end], _translate(says, within))


def _scan(tokens: Sequence[Token], taken: set[int], within: str | None) -> Iterator[tuple[int, int, dict[str, float]]]:
    """Give start, end and leaves of each word of the rules that stands on tokens not yet `taken`, and take them."""
    seen: set[str] = set()
    for index in range(len(tokens)):
        for size in range(min(_rules().reach, len(tokens) - index), 0, -1):
            span = tokens[index : index + size]
            apart = span[-1].position - span[0].position != size - 1
            if apart or not taken.isdisjoint(range(index, index + size)):
                continue
            word = "".join(token.term for token in span)
            says = _weigh(word, within)
            if says:
                taken.update(range(index, index + size))
                if word not in seen:
                    yield span[0].start, span[-1].end, says
                seen.add(word)
                break


def _weigh(word: str, within: str | None) -> dict[str, float]:
    """Give the leaves of a pillar or group (None: all) that a word speaks for, with its weights."""
    says = _rules().words.get(word, {})
    return {code: weight for code, weight in says.items() if code.startswith(within or "")}


def _translate(says: Mapping[str, float], within: str) -> dict[str, float]:
    """Give the leaf of `within` that a word for other leaves speaks for, with its lesser weight."""
    foremost = max(says, key=lambda code: says[code])
    alike = _ALIKE.get(foremost, "")
    leaf = alike if alike.startswith(within) else _OTHER_LEAF[within]
    return {leaf: _OTHER_SHARE * says[foremost]}


def _find_group(name: str) -> str | None:
    """Find the group of leaves that a heading names, the document having no finer one."""
    heading = _GROUP.fullmatch(_FIELD_NOISE.sub("", _FIELD_NUMBER.sub("", fold(name))))
    return _GROUPS[heading.group(1)] if heading else None


def _find_field(name: str, pillar: Pillar | None) -> tuple[str, ...]:
    """Find the leaves that a document's name of a field stands for; in その他(消防・防災) the brackets say it."""
    if pillar in ("ア", "イ") and name == "その他":  # ウ has three of them
        return (_OTHER_LEAF[pillar],)
    inside = _INSIDE_BRACKETS.search(name)
    for candidate in (inside.group(1) if inside else "", name):
        codes = _rules().fields.get(_fold_field(candidate), ())
        own = tuple(code for code in codes if code.startswith(pillar or ""))
        if own:  # plans without pillars know 医療, not 高度な医療
            return tuple(code for code in own if not code.startswith("イ")) or own
    return ()


def _fold_field(name: str) -> str:
    """Take numbering, punctuation and 分野 off the name of a field, and その他 where more is said."""
    plain = _FIELD_NOISE.sub("", _FIELD_NUMBER.sub("", fold(name)))
    return _FIELD_END.sub("", plain).removeprefix("その他").lower()
