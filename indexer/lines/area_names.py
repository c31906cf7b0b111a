"""The area as a document names it: an area (圏域) that it names most, or the cities that its title joins (前橋・高崎).

Which municipalities these are is decided later; here only words of the document are picked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from indexer.lines.headings import clean_text
from indexer.places import areas, find_municipalities, is_municipality

_NAME = "一-鿿々〆ヶヵァ-ヺーぁ-ん"
_JOINED = re.compile(rf"[{_NAME}]+(?:[・･／/＝=＆&][{_NAME}]+)+|[{_NAME}]+")
_JOINTS = re.compile(r"[・･／/＝=＆&]|(?<=[市町村区])と")
_SUFFIXES = ("", "市", "町", "村", "区")
_COOPERATION = re.compile(
    rf"([{_NAME}・･0-9０-９]{{2,20}}?)(?:広域|地域|都市|行政|市町村?|首長|市長|町村長|事務|連絡)*"
    "(?P<body>連携(?:推進|ビジョン)*(?:協議会|会議)|協議会|会議|懇談会|サミット|市(?:町村?)?長会|連合|組合|連携)"
)
_DATES = re.compile(
    r"(?:(?:令和|平成|昭和|[RHS])\s*(?:\d{1,2}|元)|\d{4})\s*年(?:度|\d{1,2}月(?:\d{1,2}日)?)?|第\d+(?:回|期|次)"
)
_AREA = re.compile(
    r"([一-鿿々〆ヶヵァ-ヺー・･]{1,16}?|[ぁ-ん]{2,8}?(?:[一-鿿々]{1,8}?)?)"
    r"((?:地域|圏域|流域|広域)?(?:連携中枢都市圏|定住自立圏|広域連携都市圏|広域都市圏|広域圏|都市圏|流域圏|圏域|生活圏))(?![一-鿿])"
)
_NO_PROPER_NAME = re.compile(
    r"(?:[当本同各全両他新旧地方大該年月日号度末]|圏域|連携|中枢|中核|広域|定住|自立|都市|周辺|近隣|全国|三大|地域|関係|生活|通勤|経済|構想|形成|こと|もの"
    r"|これ|それ|この|その|する|した|による|における|いる|ある|また|など|ため|から|まで|および|及|並|[市町村県国間のとや])+"
)
_CLAUSE = re.compile("(?<=[一-鿿ァ-ー])[をにはがへ]|する|した|との|など")  # what no name has


def find_joined_cities(texts: Sequence[str]) -> str | None:
    """Find two or more municipalities that a text joins by ・ or と, first those before 連携, 会議 and the like."""
    found = [joined for text in texts for joined in _joined_cities(clean_text(text))]
    found.sort(key=lambda pair: not pair[1])
    return found[0][0] if found else None


def _joined_cities(text: str) -> list[tuple[str, bool]]:
    """Give each run of joined names with whether words of cooperation follow it."""
    found = []
    for match in _JOINED.finditer(text):
        spans = _pieces(match.group())
        first = 0
        while first < len(spans):
            begin = _city_end(match.group()[slice(*spans[first])], at_start=False)
            last = first + 1
            while begin and last < len(spans) and _is_city(match.group()[slice(*spans[last])]):
                last += 1
            head = _city_end(match.group()[slice(*spans[last])], at_start=True) if begin and last < len(spans) else 0
            if begin and (head or last - first > 1):
                start = spans[first][1] - begin
                end = spans[last][0] + head if head else spans[last - 1][1]
                after = text[match.start() + end : match.start() + end + 12]
                found.append(
                    (match.group()[start:end], bool(re.match(r".{0,6}(?:連携|協議|会議|サミット|懇談)", after)))
                )
            first = last
    return found


def _pieces(text: str) -> list[tuple[int, int]]:
    borders = [(match.start(), match.end()) for match in _JOINTS.finditer(text)]
    starts = [0, *(end for _, end in borders)]
    ends = [*(start for start, _ in borders), len(text)]
    return list(zip(starts, ends, strict=True))


@lru_cache(maxsize=50_000)
def _is_city(name: str) -> bool:
    return len(name) > 1 and any(is_municipality(name + suffix) for suffix in _SUFFIXES)


def _city_end(piece: str, *, at_start: bool) -> int:
    """Give the length of the longest municipality's name at the start or the end of a piece; 0 where there is none."""
    for length in range(min(len(piece), 8), 1, -1):
        if _is_city(piece[:length] if at_start else piece[-length:]):
            return length
    return 0


def find_cooperation(titles: Sequence[str], *, bodies_only: bool = False) -> str | None:
    """Find the words before 連携, 協議会, 会議 … in titles: 西播磨三市連携会議 → 西播磨三市.

    `bodies_only` leaves a mere 連携 out (観光の連携 names no area), for titles that need not be those of a cooperation.
    """
    # Spaces part a title's words, or each of its letters.
    for title in (part for whole in titles for part in (*whole.split(), clean_text(whole))):
        match = _COOPERATION.search(_DATES.sub(" ", title))
        name = match.group(1).strip("・･の") if match and not (bodies_only and match["body"] == "連携") else ""
        if len(name) > 1 and not (_NO_PROPER_NAME.fullmatch(name) or _CLAUSE.search(name)):
            return name
    return None


def find_area_name(texts: Sequence[str], *, headings: Sequence[str] = ()) -> str | None:
    """Find the area that a document names most, as it names it; a mention in a heading counts three times.

    Areas of the gazetteer come first; any other name that ends in 連携中枢都市圏, 定住自立圏, 圏域 … comes after them.
    """
    text = "\n".join([*map(clean_text, texts), *(clean_text(heading) for heading in headings for _ in range(2))])
    forms = [[form for form in (area.name, *area.aliases) if form in text] for area in areas()]
    best = max((_count_forms(named, text) for named in forms if named), key=Counter.total, default=Counter[str]())
    if best:
        return max(best, key=lambda form: (form.endswith(("連携中枢都市圏", "定住自立圏")), best[form], len(form)))
    names = Counter(
        match.group() for match in _AREA.finditer(text) if not _NO_PROPER_NAME.fullmatch(match.group(1).strip("・･"))
    )
    return names.most_common(1)[0][0].strip("・･") if names else None


def _count_forms(forms: Sequence[str], text: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for form in sorted(forms, key=len, reverse=True):
        count = text.count(form)
        if count:
            found[form] = count
            text = text.replace(form, "\0")
    return found


def find_members(texts: Sequence[str]) -> str:
    """Find the sentence that names the most municipalities (7市3町(新見市・高梁市・…)); empty where none names three.

    Remarks (※ …) are left out: they tell which members belong to other areas, too.
    """
    sentences = [part for text in texts for part in clean_text(text).split("。") if part and part[0] not in "※＊*"]
    counts = [len({mention.candidates[0].name for mention in find_municipalities(part)}) for part in sentences]
    most = max(counts, default=0)
    return sentences[counts.index(most)] if most > 2 else ""
