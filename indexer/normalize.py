"""Folding: text in, one spelling of each character out, with a map back to the source.

Entries and queries pass through the same `fold`, before Sudachi, because `normalized_form()` leaves apart what the
municipalities' documents mix: 髙/高, 圖/図, ヶ/ケ, full and half width, dashes. The map keeps highlights and quotations
true to the source, character for character.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# Each variant stands beside what it folds to. Only forms of one character: 斎 and 斉, 崎 and 埼 stay apart.
# 旧字体 and 新字体: the parenthesised forms of 常用漢字表 (内閣告示 平成22年) and 人名用漢字 別表二, and their printed forms.
_OLD_NEW = """
亞亜 惡悪 壓圧 圍囲 醫医 爲為 壹壱 隱隠 榮栄 營営 衞衛 驛駅 圓円 鹽塩 緣縁 艷艶 應応 歐欧 毆殴 櫻桜 奧奥 橫横 溫温 穩穏 假仮 價価 畫画 會会 繪絵 壞壊 懷懐 槪概 擴拡 殼殻 覺覚 學学 嶽岳 樂楽 渴渇 罐缶
卷巻 陷陥 勸勧 寬寛 關関 歡歓 觀観 氣気 歸帰 僞偽 戲戯 犧犠 舊旧 據拠 擧挙 虛虚 峽峡 挾挟 狹狭 鄕郷 曉暁 區区 驅駆 勳勲 薰薫 徑径 莖茎 惠恵 揭掲 溪渓 經経 螢蛍 輕軽 繼継 鷄鶏 藝芸 擊撃 缺欠 硏研 縣県
儉倹 劍剣 險険 圈圏 檢検 獻献 權権 顯顕 驗験 嚴厳 廣広 效効 恆恒 黃黄 鑛鉱 號号 國国 黑黒 碎砕 濟済 齋斎 劑剤 雜雑 參参 棧桟 蠶蚕 慘惨 贊賛 殘残 絲糸 齒歯 兒児 辭辞 濕湿 實実 寫写 釋釈 壽寿 收収 從従
澁渋 獸獣 縱縦 肅粛 處処 緖緒 敍叙 將将 稱称 涉渉 燒焼 證証 奬奨 條条 狀状 乘乗 淨浄 剩剰 疊畳 繩縄 壤壌 孃嬢 讓譲 釀醸 觸触 囑嘱 眞真 寢寝 愼慎 盡尽 圖図 粹粋 醉酔 穗穂 隨随 髓髄 樞枢 數数 瀨瀬 聲声
齊斉 靜静 竊窃 攝摂 專専 戰戦 淺浅 潛潜 纖繊 踐践 錢銭 禪禅 雙双 壯壮 爭争 莊荘 搜捜 插挿 巢巣 曾曽 瘦痩 裝装 總総 騷騒 增増 藏蔵 臟臓 卽即 屬属 續続 墮堕 對対 體体 帶帯 滯滞 臺台 瀧滝 擇択 澤沢 單単
擔担 膽胆 團団 彈弾 斷断 癡痴 遲遅 晝昼 蟲虫 鑄鋳 廳庁 徵徴 聽聴 敕勅 鎭鎮 遞逓 鐵鉄 轉転 點点 傳伝 黨党 盜盗 燈灯 當当 鬭闘 德徳 獨独 讀読 屆届 貳弐 惱悩 腦脳 霸覇 拜拝 廢廃 賣売 麥麦 發発 髮髪 拔抜
晚晩 蠻蛮 祕秘 濱浜 甁瓶 拂払 佛仏 倂併 竝並 變変 邊辺 步歩 寶宝 豐豊 襃褒 飜翻 每毎 萬万 滿満 麵麺 默黙 彌弥 譯訳 藥薬 與与 豫予 餘余 譽誉 搖揺 樣様 謠謡 來来 賴頼 亂乱 覽覧 龍竜 兩両 獵猟 綠緑 淚涙
壘塁 禮礼 勵励 靈霊 齡齢 曆暦 歷歴 戀恋 鍊錬 爐炉 勞労 郞郎 樓楼 錄録 灣湾 槇槙 遙遥 檜桧 峯峰 靑青 淸清 辨弁 辯弁 瓣弁 稻稲 旣既 敎教 內内 絕絶 說説 稅税 悅悦 脫脱 閱閲 銳鋭 尙尚 查査 產産 顏顔 彥彦
戶戸 亙亘 吳呉 娛娯 姬姫 舍舎 舖舗 强強 敘叙 飮飲 戾戻 册冊 栅柵 姊姉 穰穣 圀国 囘回 盃杯 凉涼 薗園 歲歳 沒没 獎奨 俞兪 兔兎 冐冒 劒剣 劔剣 壻婿 畧略 羣群 减減 决決 况況 烟煙 冰氷 恊協 裡裏 濶闊
"""
# 拡張新字体: 表外漢字字体表 with its 簡易慣用字体, the pairs that JIS changed in 1983 and those of JIS X 0213.
_SIMPLIFIED = """
啞唖 頴穎 鴎鷗 麴麹 鹼鹸 嚙噛 繡繍 蔣蒋 醬醤 搔掻 禱祷 屛屏 幷并 麪麺 沪濾 蘆芦 蠟蝋 彎弯 俱倶 剝剥 𠮟叱 吞呑 噓嘘 塡填 屢屡 巖巌 摑掴 晉晋 潑溌 焰焔 禰祢 祿禄 簞箪 繫繋 萊莱 蟬蝉 讚讃 輛輌 醱醗 鉤鈎
頰頬 顚顛 驒騨 麸麩 鼡鼠 欝鬱 俠侠 軀躯 瀆涜 鬪闘 餠餅 鄰隣 鯵鰺 鶯鴬 蠣蛎 撹攪 竃釜 諫諌 頸頚 礦鉱 砿鉱 蘂蕊 靱靭 賎賤 壺壷 礪砺 檮梼 濤涛 邇迩 蠅蝿 儘侭 籔藪 薮藪 篭籠 堯尭 瑤瑶 凜凛 煕熙 桝枡 龜亀
潅灌
"""
# Kanji of names in the registers (戸籍統一文字), and kanji that people write for others of the same word.
_NAMES = """
嵜崎 碕崎 髙高 﨑崎 桒桑 栁柳 竈釜 嶋島 嶌島 冨富 埜野 渕淵 舘館 邉辺 𠮷吉 濵浜 桺柳 邨村 祗祇 寳宝 躰体 軆体 舩船 鐡鉄 銕鉄 鉃鉄 穐秋 杤栃 柹柿 栢柏 楳梅 渊淵 澂澄 珎珍 畄留 畱留 嵓巌 斈学 冝宜 亰京
圡土 卆卒 鴈雁 鳫雁 靏鶴 靍鶴 靣面 韮韭 雞鶏 隂陰 閒間 鎻鎖 萠萌 盖蓋 葢蓋 蓺芸 虵蛇 襍雑 觧解 賔賓 麁粗 鼔鼓 皷鼓 昻昂 寉鶴 寕寧 尓爾 悳徳 惪徳 攜携 曻昇 槗橋 毗毘 汙汚 㐂喜 喆哲 壄野 夛多 帋紙 峩峨
﨟臈 翆翠 緜綿 緐繁 罸罰 羙美 芲花 艸草 苐第 秌秋 禀稟 竒奇 笋筍 筝箏 糓穀 廐厩 廏厩 厰廠 凾函 刄刃 埓埒 蘓蘇 釡釜 鈆鉛 駈駆 迯逃 辧弁
"""
# CJK radicals that PDFs give for kanji; NFKC leaves these.
_RADICALS = """
⺠民 ⺝月 ⺫目 ⻁虎 ⻄西 ⻅見 ⻆角 ⻉貝 ⻋車 ⻑長 ⻓長 ⻔門 ⻘青 ⻙韋 ⻚頁 ⻛風 ⻝食 ⻞食 ⻢馬 ⻣骨 ⻤鬼 ⻥魚 ⻦鳥 ⻨麦 ⻩黄 ⻫斉 ⻭歯 ⻯竜 ⻲亀
"""
_SPELLING = {
    **{pair[0]: pair[1] for pair in (_OLD_NEW + _SIMPLIFIED + _NAMES + _RADICALS).split()},
    **dict.fromkeys("ヶヵ", "ケ"),  # 市ヶ谷 / 市ケ谷, 五ヵ年 / 五ケ年: the municipalities mix them
    **dict.fromkeys("‐‑‒–—―−─﹘﹣－", "-"),
    **dict.fromkeys("〜∼", "~"),
    **dict.fromkeys("·‧∙⋅", "・"),
    **dict.fromkeys("〝〟“”", '"'),
}
# Zero width, direction marks, variation selectors (IVS).
_INVISIBLE = "\u00ad\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef"
_DROPPED = re.compile(f"[{_INVISIBLE}]")
_MARKS = f"\u0300-\u036f\u3099-\u309cﾞﾟ{_INVISIBLE}"
_COMBINING = str.maketrans("゛゜", "\u3099\u309a")  # カ゛ as a converter writes ガ
# Runs that folding leaves as they are, which most of a text is; their last character must have no mark of its own.
_SAME = "\n\t\x20-\x2c\x2e-\x7eぁ-ゖァ-ヴヷ-ヺー、。「」『』【】々一-鿿"
_PIECE = re.compile(f"(?P<same>(?:(?![{''.join(_SPELLING)}])[{_SAME}])+(?![{_MARKS}]))|[\\s\\S][{_MARKS}]*")
_KANA = re.compile("[ぁ-ゖァ-ヺー]")
_NUMBER_ENDS = frozenset("0123456789.")
_LONG_VOWEL_IN_NUMBER = re.compile("ー(?<=[0-9]ー)(?=[0-9])")


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text; character i came from the source at `starts[i]` up to `ends[i]`."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Give the span of the source that the folded characters [start, end) came from (empty: where it would be)."""
        if start >= end:
            place = self.starts[start] if start < len(self.starts) else (self.ends[-1] if self.ends else 0)
            return place, place
        return self.starts[start], self.ends[end - 1]


@lru_cache(maxsize=20_000)
def _fold_chunk(chunk: str) -> tuple[str, bool]:
    """Fold a character with its marks; tell whether it is a sign that folds to digits (①, ²)."""
    seen = _DROPPED.sub("", chunk)
    folded = unicodedata.normalize("NFKC", seen[:1] + seen[1:].translate(_COMBINING))
    spelled = "".join(_SPELLING.get(character, character) for character in folded)
    folded = unicodedata.normalize("NFKC", spelled)  # a small ヵ with a mark has become ケ and the mark: compose them
    return folded, not chunk[0].isdecimal() and any(map(str.isdigit, folded))


def _part_numbers(before: str, folded: str, behind: str) -> str:
    """Keep ①10人 and 10² from becoming other numbers: a sign that folds to digits is parted from digits beside it."""
    start = " " if before.isdigit() and folded[:1].isdigit() else ""
    end = " " if behind.isdigit() and folded[-1:] in _NUMBER_ENDS else ""
    return f"{start}{folded}{end}"


def fold_with_offsets(text: str) -> Folded:
    """Fold `text` and keep where each character came from."""
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in _PIECE.finditer(text):
        piece, start, end = match.group(), match.start(), match.end()
        if match.lastgroup:  # nothing to fold
            out.append(piece)
            starts += range(start, end)
            ends += range(start + 1, end + 1)
            continue
        folded, sign = _fold_chunk(piece)
        # A dash behind kana is a long vowel that was typed or scanned as a dash (サ−バ).
        if folded == "-" and out and _KANA.match(out[-1][-1:]):
            folded = "ー"
        if sign:
            folded = _part_numbers(out[-1][-1:] if out else "", folded, text[end : end + 1])
        out.append(folded)
        starts += [start] * len(folded)
        ends += [end] * len(folded)
    return Folded(_LONG_VOWEL_IN_NUMBER.sub("-", "".join(out)), tuple(starts), tuple(ends))


def fold(text: str) -> str:
    """Fold `text` to one spelling: NFKC, one form of variant kanji, ヶ, dashes and waves; no zero-width characters."""
    return fold_with_offsets(text).text


_JAPANESE = "\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff9f々〆"
_SPACE_INSIDE = re.compile(f"(?<=[{_JAPANESE}])[ \t\u00a0\u3000]+(?=[{_JAPANESE}])")


def strip_spaces(text: str) -> str:
    """Remove white space between Japanese characters, which a converter put there: written Japanese has none."""
    return _SPACE_INSIDE.sub("", text).strip()
