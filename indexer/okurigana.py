"""Okurigana: compounds of two verbs, short spelling in, full spelling out (受入れ, 引下げる → 受け入れ, 引き下げる).

送り仮名の付け方 (内閣告示 昭和48年) permits the short ones; Sudachi knows the full ones best and cuts many of the others
in pieces. What is added is the okurigana of the first verb, where a second one follows with its own.
"""

from __future__ import annotations

# First verbs as they stand before another one.
_FIRST = """
受け 申し 引き 乗り 貸し 取り 買い 立ち 組み 打ち 問い 待ち 売り 積み 埋め 繰り 払い 振り 切り 明け 書き 汲み 聞き 読み 締め 借り 植え 備え
据え 住み 建て 入れ 差し 吹き 呼び 働き 掛け 話し 助け 支え 触れ 譲り 競り 知り 折り 寄り 送り 炊き 洗い 掘り 巻き 持ち 飛び 落ち 追い 囲い
盛り 吸い 刈り 言い 語り 割り 使い 作り 預け 押し 突き 抜き 張り 貼り 拾い 運び 選び 絞り 移り 走り 投げ 焼き 思い 歩き 食い 飲み 並べ 調べ
探し 踏み 滑り 混ぜ 練り 縫い 塗り 誘い 招き 迎え 訪ね 補い 分け 結び 当て 駆け 抱き 付き 棲み 葺き
"""
# Second verbs and how their own okurigana may begin.
_SECOND = """
入れりる 込みむまめもん 越しすさせそ 上げが 下げが 付けきくか 替え 換え 変え 合わいうえおっせ 直しすさせそ 立てち 出しすさせそ 取りるらっれろ
渡しすさせそ 戻しすさせりるら 継ぎぐがげい 切りるらっれろ 止めま 消しすさせ 返しすさせ 押さえ 起こし 受けく 掛けか 分けか 回しすさせりるらっ
寄せりるらっ 聞かき 壊しすさせ 払いうわえっ 抜きくかけい 集めま 落とちし 扱いうわえっ 決めま 締めまり 除きくかけい 交わ 巡りる 巻きくかい 残しすさせりる
開きくかけい 組みむまめもん 続きくかけい 離しすさせれ 増しすさや 去りる 比べ 調べ 極めま 送りる 通しすさせりる 過ごぎ 張りる 重ね 備え 進めむ
広げが 守りるらっ 育て 崩しすれ 流しす 詰めま 添えう 混ぜ 当てた 持ちつたっ 違い 帰りるらっ 伝え 住む
"""
_OKURIGANA = {word[0]: word[1:] for word in _FIRST.split()}
# The first verb is another one before these: 立て替える, but 立ち上げる.
_OTHER = {"立替": "て", "引越": "っ", "引張": "っ", "取組": "り", "分合": "かち"}
# Words with する of two kanji (送出し), 支払い, and what before 立 makes another word of it (市立, 設立).
_NOT_VERBS = frozenset(("送出", "支払", "支出", "譲渡", "運送"))
NO_STAND = "市県国公私設成自独確両樹中区町村都道府対孤存起直創"

_SECOND_OKURIGANA = {word[0]: word[1:] for word in _SECOND.split()}

# One for each first verb: its kanji where another kanji with okurigana follows.
COMPOUNDS = [rf"{first}(?=[{''.join(_SECOND_OKURIGANA)}][ぁ-ん])" for first in _OKURIGANA]


def complete(text: str, start: int) -> str | None:
    """Give the kanji at `start`, the first of a compound, with its okurigana, or None where it begins none."""
    first, second, okurigana = list(text[start : start + 3])
    pair = first + second
    if okurigana not in _SECOND_OKURIGANA[second] or pair in _NOT_VERBS:
        return None
    if first == "立" and start and text[start - 1] in NO_STAND:
        return None
    return first + _OTHER.get(pair, _OKURIGANA[first])
