"""Spellings: folded text in, the text with one spelling of each word out; and one term for what Sudachi still tells apart.

`respell` runs before Sudachi, so that whatever it makes of a word, it makes of every spelling; `unify_term` runs after.
Both serve entries and queries alike. The tables hold spellings of one word only: まち and 街 are one, 町 (a kind of
municipality) is another; 鹿 and シカ are one, しか mostly is a particle. To add a word: one line in a table.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from functools import lru_cache

from indexer.normalize import Folded
from indexer.numerals import NUMERALS, read_numeral
from indexer.okurigana import COMPOUNDS, NO_STAND, complete

# The spelling that is kept, then the others, which count wherever they stand.
_ANYWHERE = """
まちおこし まち起こし まち起し 町起こし 町起し 町おこし 街おこし 街起こし / まち歩き まちあるき 町歩き 街歩き
引きこもり 引き籠もり 引き籠り 引籠り 引籠もり / 子育て 子そだて / 生きがい 生き甲斐 生きガイ 生甲斐 / ふるさと 故郷 / 受け入れ 受けいれ
取り組み 取りくみ / 見守り 見守 / 聞き取り 聞取 / 持ち込み 持込 / 汲み取り 汲取 / 書き取り 書取 / 立ち上げ 立上 / 片付け 片付 / 見直し 見なおし
見直す 見なおす / 見通し 見とおし / 見分け 見わけ / 見極め 見きわめ / 見合い 見あい / 間取り 間どり / 値上げ 値あげ / 預かり 預り / 出入り 出入
出入り口 出入口 / 空き地 空地 / 空き店舗 空店舗 / 空き部屋 空部屋 / 居場所 いばしょ / 出前講座 でまえ講座 / 集まり 集り / ため池 溜め池 溜池
乗り換え 乗換 / 前払い 前払 / 後払い 後払 / 追加払い 追加払 / 草刈り 草刈 / 支払額 支払い額 / 見積書 見積り書 見積もり書 / 申込書 申込み書 申し込み書
積立金 積立て金 積み立て金 / 埋立地 埋立て地 埋め立て地 / 繰越金 繰越し金 繰り越し金 / 借入金 借入れ金 借り入れ金 / 売上高 売上げ高 売り上げ高
受取人 受取り人 受け取り人 / 立会人 立会い人 立ち会い人 / 待合室 待合い室 待ち合い室 / 住み分け 棲み分け 棲分け / 支え合い 支合い 支えあい
お茶 御茶 / お知らせ 御知らせ / 第三セクター 第3セクター / 第三者 第3者 / 一人親 1人親 / カーボンニュートラル カーボン・ニュートラル
ワークライフバランス ワーク・ライフ・バランス
切土 切り土 / 盛土 盛り土 / 駐車止め 駐車どめ / 通行止め 通行どめ
取りやめ 取り止め 取止め / 少ない 少い / 危ない 危い / 著しい 著るしい / 養う 養なう / 取り交わし 取交わし / 語り継ぎ 語継ぎ / 掘り起こし 掘起し
合わせ 合せ / 起こし 起し / 押さえ 押え / 当たり 当り / 終わり 終り / 取り締まり 取締り / 分かち合い 分かちあい / 地域起こし 地域おこし
連携 連繋 / 交付 交附 / 散布 撒布 / 知識 智識 / 処方箋 処方せん / 嚥下 えん下 / 伐採 伐さい / 虐待 虐たい / 貧困 貧こん / 護岸 護がん
がん 癌 / そば 蕎麦 / ばら 薔薇 / うつ 鬱 / プラごみ プラゴミ / お茶の水 御茶の水 御茶ノ水 お茶ノ水
ボランティア ボランテイア / スタッフ スタツフ / シェアリング シエアリング / デイサービス デーサービス デイ・サービス / フェイス フェース
ネットワーク ネット・ワーク
"""
# The same for words in kana, where these are not part of a longer run: シカ, not that of メキシカン.
_WHOLE = """
ごみ ゴミ / がん ガン / そば ソバ / ばら バラ / うつ ウツ / かぎ カギ / のり ノリ / いちご イチゴ / うどん ウドン / だし ダシ / 犬 イヌ / 熊 クマ
鹿 シカ / 猿 サル / 蜂 ハチ / 豚 ブタ / 牛 ウシ / 鮭 サケ / 桃 モモ / 梨 ナシ / 梅 ウメ / 栗 クリ / 葱 ネギ / 芋 イモ / 米 コメ / 杉 スギ / 松 マツ
西瓜 スイカ / 風邪 カゼ / 風呂 フロ / にぎわい ニギワイ / つながり ツナガリ / ふれあい フレアイ / ふるさと フルサト / 広場 ヒロバ / 神輿 みこし おみこし
タクシー タクシ / バリアフリー バリアフリ / ウイルス ウィルス ビールス
"""
# Names with ケ, which others write with が or ガ, in the spelling that Sudachi knows.
_KE_NAMES = """
霞ケ浦 竜ケ崎 鎌ケ谷 袖ケ浦 関ケ原 茅ケ崎 駒ケ根 八ケ岳 吉野ケ里 阿佐ケ谷 市ケ谷 千駄ケ谷 雑司ケ谷 幡ケ谷 鳩ケ谷 金ケ崎 剣ケ峰 七ケ浜 七ケ宿 五ケ瀬
鰺ケ沢 外ケ浜 鶴ケ島 霞ケ関 保土ケ谷 鶴ケ峰 槍ケ岳 駒ケ岳 由比ケ浜 千鳥ケ淵 城ケ島 青木ケ原 尾瀬ケ原 戦場ケ原 美ケ原 烏ケ森
"""
# Normalised forms of nouns, and of verbs, that Sudachi leaves in two spellings: what is kept, then the others.
_NOUNS = """
まち 街 / 熊 くま / 豚 ぶた / 牛 うし / 鮭 さけ / 桃 もも / 梅 うめ / 栗 くり / 葱 ねぎ / 芋 いも / 風邪 かぜ / 鬱 うつ / 鍵 かぎ / 海苔 のり / 出汁 だし
起こし おこし / 達 たち / 出掛け お出掛け / 縁 御縁 / 年玉 お年玉 / 神輿 御輿 御神輿 / 祭 御祭り / 金 お金 / 店 御店 / 利用 ご利用 / 遺族 御遺族 / 中元 御中元 / 歳暮 御歳暮 / 礼 お礼 御礼
知らせ お知らせ
"""
_VERBS = """
目指す めざす / 進める すすめる / 伸ばす のばす / 守る まもる / 生かす いかす / 図る はかる
"""
# What stands beside a spelling where it is part of another word.
_NOT_BEHIND = {"空地": "防上航低領", "立上": NO_STAND}
_NOT_BEFORE = {"出入": "国金", "切り土": "地砂", "盛り土": "地砂"}
_PARTICLES = "をのにはがでと"


def _rows(table: str) -> Iterator[tuple[str, str]]:
    """Give each other spelling of a table with the one that is kept."""
    for row in table.strip().replace("\n", " / ").split(" / "):
        kept, *others = row.split(" ")
        yield from ((other, kept) for other in others)


def _anywhere(other: str, kept: str) -> str:
    pattern = re.escape(other)
    if behind := _NOT_BEHIND.get(other):
        pattern += f"(?<![{behind}]{other})"
    if before := _NOT_BEFORE.get(other):
        pattern += f"(?![{before}])"
    if _KANJI.fullmatch(other[-1]) and not _KANJI.fullmatch(kept[-1]):  # 見守を, but not 見守る
        pattern += rf"(?=[^ぁ-ん]|[{_PARTICLES.replace('が', '') if other[-1] in '上下' else _PARTICLES}]|\Z)"
    return pattern


def _whole(other: str) -> str:
    kana = "ァ-ヺー" if "ァ" <= other[0] <= "ヺ" else "ぁ-ゖー"
    return f"{other}(?<![{kana}]{other})(?![{kana}])"


_KANJI = re.compile("[一-鿿々]")
_KEPT = {
    **dict(_rows(_ANYWHERE)),
    **dict(_rows(_WHOLE)),
    **{name.replace("ケ", ga): name for name in _KE_NAMES.split() for ga in "がガ"},
}
_WORDS = [
    *(_anywhere(other, kept) for other, kept in _rows(_ANYWHERE)),
    *(_whole(other) for other, _ in _rows(_WHOLE)),
    *(f"{name.replace('ケ', '[がガ]')}(?![因則子料案発文油告稿間])" for name in _KE_NAMES.split()),
]
# What is respelled the same way wherever the pattern fits.
_FIXED = {
    # 緑ケ丘: Sudachi knows most as 緑が丘.
    **dict.fromkeys("ケガ", ("(?=丘(?!陵))(?<=[一-鿿々ぁ-ん][ケガ])", "が")),
    "ノ": ("(?<=[一-鿿々]ノ)(?=[一-鿿])", "の"),  # 虎ノ門
    "之": ("(?<=[一-鿿]之)(?=[島宮内本口浦江原])", "の"),  # 堀之内
    "ティー": ("(?<=[ニリシビィデ]ティー)(?!ン)", "ティ"),  # コミュニティーバス
    "づけ": ("(?<=[一-鿿]づけ)(?<![浅茶塩漬粕]づけ)", "付け"),  # 位置づけ, 関連づける
    **{f"ヴ{small}": ("", kept) for small, kept in zip("ァィェォュ", ("バ", "ビ", "ベ", "ボ", "ビュ"), strict=True)},
    "ヴ": ("(?![ァィェォュ])", "ブ"),
}
_PATTERNS = [*sorted(_WORDS, key=len, reverse=True), *(found + where for found, (where, _) in _FIXED.items())]


def _by_first(patterns: Iterable[str]) -> str:
    """Join patterns by their first character: a scan then passes over most of a text with one look at each character."""
    groups: dict[str, list[str]] = defaultdict(list)
    for pattern in patterns:
        groups[pattern[0]].append(pattern[1:])
    return "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in groups.items())


_RULE = re.compile(_by_first([*_PATTERNS, *NUMERALS, *COMPOUNDS]))
_FIRST_NUMERALS = frozenset(pattern[0] for pattern in NUMERALS)


def _spell(match: re.Match[str]) -> str | None:
    """Give what a match is to be written as, or None where it stays."""
    found, text, start = match.group(), match.string, match.start()
    if found in _KEPT:
        return _KEPT[found]
    if found in _FIXED:
        return _FIXED[found][1]
    if found[0] in _FIRST_NUMERALS:
        return read_numeral(text[start - 1 : start], found)
    return complete(text, start)


@lru_cache(maxsize=5_000)
def _align(found: str, spelled: str) -> tuple[tuple[int, int], ...]:
    """Give the piece of `found` that each character of `spelled` stands for; what was added belongs to what precedes."""
    spans: list[tuple[int, int]] = []
    for kind, a, b, first, last in SequenceMatcher(None, found, spelled, autojunk=False).get_opcodes():
        if kind == "equal":
            spans += [(a + step, a + step + 1) for step in range(b - a)]
        elif kind == "insert":
            spans += [spans[-1] if spans else (a, a + 1)] * (last - first)
        else:
            spans += [(a, b)] * (last - first)
    return tuple(spans)


def respell(folded: Folded) -> Folded:
    """Bring folded text to one spelling of each word; the map still leads back to the source."""
    text, starts, ends = folded.text, folded.starts, folded.ends
    out: list[str] = []
    new_starts: list[int] = []
    new_ends: list[int] = []
    done = 0
    for match in _RULE.finditer(text):
        spelled = _spell(match)
        if spelled is None or spelled == match.group():
            continue
        start, end = match.span()
        spans = _align(match.group(), spelled)
        out += (text[done:start], spelled)
        new_starts += starts[done:start]
        new_starts += [starts[start + first] for first, _ in spans]
        new_ends += ends[done:start]
        new_ends += [ends[start + last - 1] for _, last in spans]
        done = end
    if not out:
        return folded
    out.append(text[done:])
    return Folded("".join(out), (*new_starts, *starts[done:]), (*new_ends, *ends[done:]))


_TERM = {"名詞": dict(_rows(_NOUNS)), "動詞": dict(_rows(_VERBS))}
_I_ROW = str.maketrans("うくぐすつぬぶむる", "いきぎしちにびみり")
_STEM_ENDS = frozenset("いきぎしじちにひびみりえけげせぜてでねへべめれ")


@lru_cache(maxsize=100_000)
def unify_term(normalized: str, part: str, form: str) -> str:
    """Give one term for what Sudachi's normalised form leaves apart; `form` is a noun's kind or a verb's conjugation.

    A verb gets the term of the noun that is made of it: in 受け入れ体制 Sudachi sees a verb, in 受け入れの a noun.
    """
    term = normalized.strip().lower()
    if part in _TERM:
        term = _TERM[part].get(term, term)
    if form == "数詞":
        return read_numeral("", term) or term
    return _stem(term, form) if part == "動詞" else term


def _stem(term: str, conjugation: str) -> str:
    """Give the form of a verb that serves as a noun: 取り組む, 支える → 取り組み, 支え. One of kanji only (見, 出) stays."""
    if len(term) < 2 or not conjugation.startswith(("五段", "上一段", "下一段")):
        return term
    if term[-1] != "る" or conjugation.startswith("五段"):
        return term[:-1] + term[-1].translate(_I_ROW)
    if term[-2] in _STEM_ENDS:
        return term[:-1]
    # 見る, 出る; but 作る stands for 作れる.
    return term[:-1] + "り" if conjugation == "下一段-ラ行" else term
