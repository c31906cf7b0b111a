"""Acts: the words with which a text says that something began, and which of them a year dates.

A `Clause` in, a match or None out. Acts are told from their names by their endings (設置し, 設置。 but not 設置条例), and the
first act behind a year takes it, even if it begins nothing (策定, 廃止, 選定): then nothing behind it began that year.
"""

from __future__ import annotations

import re

from indexer.clauses import Clause, quote_phrase

_NOUNS = (
    "開設|開業|開校|開所|開館|開園|開講|開局|開港|開通|開塾|開院|開始|設置|設立|新設|発足|結成|締結式?|調印式?|創設|創立|創刊|誕生|"
    "制定|着手|竣工|稼働|始動|増員|配置|建設|完成|共同化|導入|スタート|オープン"
)
# What is done rather than made: in front of 開始 it says nothing new.
DOING = (
    "運用|供用|共用|利用|業務|営業|サービス|事業|取り?組み?|活動|運行|運営|提供|交付|受付|貸し?出し?|検討|協議|研究|処理|実施|相談|支援|助成|"
    "補助|派遣|交流|診療|販売|配信|配布|募集|予約|受け?入れ"
)
_ENDING = (
    r"(?=[しさすで済]|を(?:行|実施|開|迎)|に至|から|以来|及び|と[^、。]{1,20}の|の(?![一-鿿])|$|[、。,()」】〕\]\s])"
)
_BEGIN = (
    rf"(?<!再)(?<!リニューアル)(?<!契約)(?:{_NOUNS}){_ENDING}[」』]?"
    rf"|(?:立ち?上[がげ]|設け|増や|取り交わ)(?=[さしらりるたてっ、。]|$)|結(?=[んばび][だでれ、])"
    rf"|始ま|(?:始|はじ)め(?=[たてる])|(?<!を)(?:始|はじ)め(?=、)|(?:{DOING})を(?:始|はじ)め"
    rf"|^\s?(?:{DOING})?(?:{_NOUNS})(?=の)"
    r"|(?:第1回|初めて|初の|新(?:し|た|規))[^。、]{0,20}(?:開催|実施|整備|開い|開か)|初回"
)
# Acts of another kind, and whatever else a relative clause tells (実施した調査).
_OTHER = (
    r"(?:策定|改定|改訂|受託|採択|議決|移行|改正|改称|廃止|解散|解消|終了|指定|選定|認定|登録|公表|合併|編入|加入|加盟|参画|要望|施行|"
    r"宣言|合意|リニューアル|受賞|移転)(?=し|され|を[行受し]|、|。|\)|$)|(?:した|された|ていた)(?=[「『一-鿿ァ-ヶA-Z])"
)
_FORMED = r"(?:形成|移行|署名)(?=し|され|を行|$|[、。()\s])|方針[を\s]?策定"
ACTS = re.compile(rf"(?P<begin>{_BEGIN})|(?P<other>{_OTHER})")
# For areas, which are formed, or grow out of another scheme.
AREA_ACTS = re.compile(rf"(?P<begin>{_FORMED}|{_BEGIN})|(?P<other>{_OTHER})")
# How a year hangs on an act: in front of it (に, から, 、, or nothing), or behind it (開設は, 開設時期:, 開設().
_DATING = re.compile(
    r"(?:頃|ごろ)?\s?(?:付け?で|に|から|より|以降|以来|が(?=初)|[、,:]|\s|$|の(?=「))"
    rf"|の?[一-鿿ァ-ヶー\s]{{0,8}}[をが]?(?={_BEGIN})"
)
# In a chronicle a noun follows (平成27年12月形成方針策定).
_CHRONICLED = re.compile(r"(?!現在|時点|実績|中|まで|当時|以前|国勢)[一-鿿ァ-ヶA-Za-z「『]")
_NAMED = re.compile(
    rf"(?:{_NOUNS}|設け|始め|始まっ|立ち?上げ|結ん|第1回[^、。は]{{0,12}})(?:し|さ[れせ])?[ただ]?"
    r"(?:(?P<label>(?:時期|年月日?|年度?|日)[\s:(は、]*|\s?[:。]?[:(\[〔【]\s*)|[ \t]+|の?は、?)(?:[^\s、。()]{1,10}[はが])?$"
)
_PERIOD = re.compile(
    r"(?P<label>(?:(?:委託|受託|実施|事業|協定|連携|運行|設置)の?|(?<![一-鿿]))(?:期間|年度)\s*[:(は]?\s*)$"
)
_VALUE = re.compile(r"\s*(?:$|[()】〕\],、・~]|から|より|に(?!は)|で(?:、|す|あ|$)|のこと)")
_FROM = re.compile(r"\s*(?:から|より|~)")
# Plans and hopes: in the clause of the act (開設を目指す), or at the end of the sentence (…し、運用を始める予定).
_HOPED = re.compile(
    r"予定|目指|めざ|見込|計画(?!的)|向け|検討(?!会|委)|目途|めど|要望|期待|準備(?!室|会)|協議(?!会|体)|働きかけ|目標"
)
_PLANNED = re.compile(r"(?:予定|見込み?|見込む|目途|めど)[」)であるす]*$")
_TAIL_END = re.compile(r"^と|^及び|[、。]|した|された|して|し(?=[一-鿿])")


def find_act(clause: Clause, acts: re.Pattern[str] = ACTS) -> re.Match[str] | None:
    """Find the first act behind the year; its group `begin` or `other` tells the kind, its place is one in `after`."""
    dating = _DATING.match(clause.after) or (clause.opens_line and _CHRONICLED.match(clause.after))
    return acts.search(clause.after, 0, clause.room) if dating else None


def find_name(clause: Clause) -> re.Match[str] | None:
    """Find the act in front of the year that names it; the group `label` tells a label or bracket from a sentence."""
    named = _NAMED.search(clause.before)
    if named and _VALUE.match(clause.after):
        return named
    return _PERIOD.search(clause.before) if _FROM.match(clause.after) else None


def quote_name(clause: Clause, named: re.Match[str]) -> tuple[int, int]:
    """Quote the act in front of the year with the year, and with the bracket that parts them."""
    host = clause.before[clause.inside if named.start() >= clause.inside else 0 : named.start()]
    start = clause.hit.start - len(clause.before) + named.start() - len(quote_phrase(host))
    bracket = len(clause.after) + 1 if named.start() < clause.inside and clause.outside else 0
    return start, clause.hit.end + bracket


def is_hoped_for(tail: str) -> bool:
    """Whether the words behind an act make it a plan or a hope."""
    return bool(_HOPED.search(_TAIL_END.split(tail)[0])) or ends_as_plan(tail)


def ends_as_plan(sentence: str) -> bool:
    """Whether all that a sentence tells is planned (…する予定である)."""
    return bool(_PLANNED.search(sentence))
