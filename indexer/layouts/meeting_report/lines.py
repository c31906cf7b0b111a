"""The parts of a meeting report's lines: block labels (実績, 成果, 方針 …), titles with sub-title and start, page furniture.

The words are those that cities use in reports on their cooperation; decoration differs from one edition to the next
(- 実績**, 【実績】, ○実績：…), so it is taken off before anything is compared.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass

from indexer.lines.headings import clean_text, join_wrapped
from indexer.lines.numbering import Numbering, parse_number
from indexer.lines.title_lines import states_start, strip_leader
from indexer.records import Document, Line

_CORE = (
    "(?:実績|成果|方針|概要|課題|内容|目的|趣旨|ねらい|狙い|効果|状況|計画|予定|展開|方向性|方向|見通し|評価|進捗|現状|背景|経緯|経過|取組|取り組み|対応"
    "|展望|検証|総括|まとめ|期間|時期|対象|対象者|事業費|予算額?|決算額?|費用|担当課?|所管課?|備考|反省|改善点|改善|スケジュール|目標|指標|特記事項|その他)"
)
_WHEN = (
    r"(?:(?:令和|平成|[RH])\s?(?:\d{1,2}|元)年?度?|\d{4}年度?|[本今当来次翌前昨]年度|これまで|今後|現在|主な|具体的な?|期待される|事業|取組|取り組み|実施|進捗"
    r"|活動|連携|検討)"
)
_LABEL = rf"(?:{_WHEN}の?){{0,3}}{_CORE}(?:(?:[・、]|及び|と|/){_CORE})*"
# 連携事業の実績 heads a chapter, not a block.
_NO_LABEL = re.compile(r"連携(?:事業|取組)")
_LABEL_LINE = re.compile(
    rf"(?P<sign>(?:[-‐–—・*#>＞\s]|[■□●○◎◆◇▶▷►▼▽★☆➤])*)(?P<open>[【\[［〔<＜≪《〈(（「]?)\s*(?P<name>{_LABEL})\s*"
    r"(?P<close>[】\]］〕>＞≫》〉)）」]?)\**\s*(?P<colon>[:：|｜]?)\s*(?P<rest>.*)"
)
_BULLET = re.compile(r"(?:[-‐–—*]\s|[・●○◎※＊•‣∙])")
_PAGE_NUMBER = re.compile(r"[-‐–—－\s]*(?:[pP]\.?\s*)?\d{1,3}(?:\s*[/／]\s*\d{1,3})?\s*(?:ページ|頁)?[-‐–—－\s]*")
_ONLY_NUMBER = re.compile(r"[①-⑳㉑-㉟㊱-㊿❶-❿]|[（(]\d{1,2}[)）]|[【\[〔]\d{1,2}[】\]〕]|(?:事業|取組|項目)\s*\d{1,2}")
_WIDE_GAP = re.compile(
    r"(?<=[^\s|｜]{5})(?:\u3000+| {2,})(?=[^\s|｜]{5})"
)  # what sets a sub-title off where no sign does
_SPACED_OUT = re.compile("(?<=[ぁ-ヿ一-鿿々]) (?=[ぁ-ヿ一-鿿々])")
_CLOSING = "。．！？!?)）]］】〕》〉』」：:"
_OPENING = "(（[［【〔《〈『「※"


COVER_ROWS = 8  # the first lines that say something: a title page, or what stands for one


@dataclass(frozen=True, slots=True)
class Label:
    """A block's label as the document writes it without decoration, and what follows it on its line."""

    name: str
    rest: str


@dataclass(frozen=True, slots=True)
class Row:
    """A line (or a number with the line behind it) that says something: its indexes in the document, its text without noise, and what it could be."""

    first: int
    last: int
    text: str
    numbering: Numbering | None
    label: Label | None
    bullet: bool
    after_blank: bool
    marked: bool  # states a start at its end ([H10開始])

    @property
    def key(self) -> str:
        """The words alone, to compare headings with the list of contents."""
        return make_key(self.words)

    @property
    def words(self) -> str:
        """The text without its number or mark."""
        return self.numbering.rest if self.numbering else self.text


def make_key(text: str) -> str:
    """Reduce a heading to its letters and digits, the page number behind a leader left out."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", strip_leader(text)))


def mend_text(text: str) -> str:
    """Clean a line and close up Latin letters that a converter set apart (J R 両毛線, GunMa a S)."""
    text = clean_text(re.sub(r"\t+", " | ", text.strip()))
    text = re.sub(r"(?<=[A-Za-z]) (?=[a-z](?: [A-Za-z])+(?![A-Za-z]))", "", text)
    text = re.sub(r"(?<![A-Za-z])[A-Za-z](?: [A-Za-z](?![A-Za-z]))+ ?(?=[ぁ-んァ-ヶ一-鿿]|$|\W)", _close_up, text)
    return re.sub(r"(?<=[a-z])[a-z](?: [A-Za-z](?![A-Za-z]))+", _close_up, text)


def _close_up(match: re.Match[str]) -> str:
    return match.group().replace(" ", "")


def read_rows(document: Document) -> list[Row]:
    """Read the lines that say something: blank lines, page numbers and running titles are left out."""
    texts = [mend_text(line.text) for line in document.lines]
    running = _find_running_titles(document, texts)
    learned: Set[str] = frozenset()
    rows = _read_rows(document.lines, texts, running, learned)
    learned = _learn_labels(rows) | _learn_numbered_labels(rows)
    return _read_rows(document.lines, texts, running, learned) if learned else rows


def _read_rows(lines: Sequence[Line], texts: Sequence[str], running: Set[int], learned: Set[str]) -> list[Row]:
    rows: list[Row] = []
    after_blank = True
    number: tuple[int, str] | None = None  # a number that the converter left alone on its line
    for index, (line, text) in enumerate(zip(lines, texts, strict=True)):
        if not re.search(r"\w", text):
            after_blank = True
            continue
        if index in running:
            continue
        if _ONLY_NUMBER.fullmatch(text):
            number = (index, text)
            continue
        first, raw = (number[0], f"{number[1]} {line.text}") if number else (index, line.text)
        ways = (raw.strip(), _SPACED_OUT.sub("", raw.strip()), text)  # a space may set a label off or stand inside it
        label = next((label for way in ways if (label := parse_label(way, learned=learned))), None)
        bullet = line.item or bool(_BULLET.match(text))
        numbering = None if label else _read_number(raw)
        behind = parse_label(numbering.rest) if numbering else None
        if behind and behind.name in learned:
            label, numbering = behind, None
        rows.append(Row(first, index, text, numbering, label, bullet, after_blank, states_start(text)))
        after_blank, number = False, None
    return rows


def _read_number(text: str) -> Numbering | None:
    # The number goes by the line as it stands: without the space, ２ 福祉 is no number and a title.
    numbering = parse_number(text.replace("**", ""))
    if numbering is None:
        return None
    parted = _WIDE_GAP.sub(" | ", _SPACED_OUT.sub("", numbering.rest))
    return Numbering(numbering.style, numbering.number, mend_text(parted))


def _find_running_titles(document: Document, texts: Sequence[str]) -> Set[int]:
    """Find page numbers, and lines behind the title page that repeat one of its lines or the end of one."""
    cover = [index for index, text in enumerate(texts) if text][:COVER_ROWS]
    titles = {make_key(text) for text in [document.source.title or "", *(texts[index] for index in cover)]}
    titles = {title for title in titles if re.search("会議|協議会|年度|資料|報告", title)}
    running = set()
    for index, text in enumerate(texts):
        key = make_key(re.sub(r"\s*[-–—\s]?\d{1,3}\s*[-–—]?$", "", text))
        repeats = len(key) > 4 and index not in cover and any(title.endswith(key) for title in titles)
        if text and (_PAGE_NUMBER.fullmatch(text) or (repeats and not _BULLET.match(text))):
            running.add(index)
    return running


def _learn_labels(rows: Sequence[Row]) -> Set[str]:
    """Find block words of this document that the vocabulary lacks: short lines of their own that come back under titles."""
    names = [_bare_name(row.text) for row in rows]
    counts = Counter(name for name, row in zip(names, rows, strict=True) if name and not row.label)
    under_title = {
        name for name, row, before in zip(names[1:], rows[1:], rows, strict=False) if before.numbering or before.marked
    }
    return {name for name, count in counts.items() if count > 2 and name in under_title}


def _learn_numbered_labels(rows: Sequence[Row]) -> Set[str]:
    """Find the labels that this document numbers ((1)概要 (2)実績 in each entry); a heading 3 その他 comes once."""
    found = Counter(
        (row.numbering.style, row.numbering.number, label.name)
        for row in rows
        if row.numbering and (label := parse_label(row.numbering.rest)) and not label.rest
    )
    return {name for (_, _, name), count in found.items() if count > 1}


def _bare_name(text: str) -> str:
    match = re.fullmatch(
        r"[-‐–—・*#\s■□●○◎◆◇]*[【\[［〔<＜≪《〈(（]?([^\W\d_]{2,10})[】\]］〕>＞≫》〉)）]?[:：]?", text
    )
    return match.group(1) if match else ""


def parse_label(text: str, *, learned: Set[str] = frozenset()) -> Label | None:
    """Take a block's label off a line; None where the words go on as a sentence (成果の発表会を…) or there is none."""
    if _bare_name(text) in learned:
        return Label(_bare_name(text), "")
    match = _LABEL_LINE.fullmatch(text)
    if not match or _NO_LABEL.match(match["name"]):
        return None
    rest = match["rest"]
    bracketed = bool(match["open"]) and bool(match["close"])
    if bool(match["open"]) != bool(match["close"]):
        return None
    apart = text[match.end("name") :][:1].isspace() and not re.match(r"[ぁ-ん]", rest)
    if not rest or bracketed or match["colon"] or apart or _BULLET.match(rest):
        return Label(match["name"], mend_text(rest))
    return None


def measure_wrap(rows: Sequence[Row]) -> int:
    """Measure the width at which the document's lines are wrapped, in characters; 0 where they are not."""
    lengths = sorted(len(row.text) for row in rows)
    width = lengths[len(lengths) * 19 // 20] if lengths else 0
    return width if 20 <= width <= 60 else 0


def format_body(rows: Sequence[Row], *, wrap: int) -> str:
    """Write blocks as text: each label, each bullet and each unwrapped line on a line of its own."""
    written: list[list[str]] = []
    previous = ""
    for row in rows:
        text = row.label.rest if row.label else row.text
        if row.label:
            written.append([row.label.name])
        if not text:
            previous = ""
            continue
        goes_on = len(previous) >= wrap * 0.8 and previous[-1:] not in _CLOSING and text[0] not in _OPENING
        if wrap and previous and goes_on and not row.label and not row.bullet and not row.numbering:
            written[-1].append(text)
        else:
            written.append([_write_bullet(text) if row.bullet or row.label else text])
        previous = text
    return "\n".join(map(join_wrapped, written))


def _write_bullet(text: str) -> str:
    plain = re.sub(r"^(?:[-‐–—*]\s+)+", "", text)
    bulleted = re.match(r"([・●○◎※＊•‣∙])\s*", plain)
    if bulleted:
        return ("※" if bulleted.group(1) in "※＊" else "・") + plain[bulleted.end() :]
    return "・" + plain if plain != text else plain
