"""Furniture of municipal sites in the text of a page: page numbers and dates, print and share buttons, contact box, files.

An HTML page loses most of it in the reader; text that was copied from a browser carries it along.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.lines.headings import clean_text, clean_title, strip_bullet

_FURNITURE = re.compile(
    r"ページ(?:番号|ID)|(?:最終)?更新日|(?:公開|掲載|登録|作成)日[:：\s\d]|印刷(?:用|する|$|大きな)|大きな文字|文字(?:サイズ|の大きさ)"
    r"|[<＜]?この(?:ページ|記事)(?:を|の|に|は)|ここから|(?:本文)?ここまで|本文(?:へ|$)|(?:共通)?メニュー(?:など)?を|現在(?:の)?(?:位置|地)|トップページ"
    r"|(?:ホーム|トップ)\s*(?:[>＞›]|$)|(?:コンテンツ|ナビゲーション)\S*(?:スキップ|飛ばし)"
    r"|ページの?(?:先頭|トップ|上部)"
    r"|シェアする?$|ツイート|X?で?ポスト(?:する)?$|フェイスブック|Facebook|Twitter|(?:LINE|ライン)で|Tweet|[「『]?(?:Adobe|アドビ)"
    r"|PDF(?:ファイル|形式)?(?:の|を|は).*(?:ご?覧|閲覧|開く|必要)|より(?:良|よ)いウェブ|ご?意見を|ご意見|\d?いただいたご意見|\S*(?:まし|でし)たか[?？]$|画像をクリック|アンケート|質問[:：]"
    r"|[(（]?(?:外部|別)(?:リンク|ウィンドウ|サイト)|(?:写真|地図|画像|図|イラスト)\d*(?:[:：]|$)"
    r"|[【\[(（]?(?:電話|ファクス|ファックス|FAX|TEL|Eメール|メール)(?:番号)?[】\])）]?(?:[:：]|\d)|〒\s*\d|[おご]?問い?合わ?せ(?:先|窓口)?[:：\s].*\d-\d|ID[:：]\s?\d"
    r"|(?:企画・)?編集・発行|(?:作成|編集|発行)(?:者|元|所)?[:：]|(?:報道|記者)(?:発表|提供)?資料$|プレスリリース|Press\s?Release"
    r"|\d{1,2}\s?(?:貧困を|飢餓を|すべての人に健康|質の高い教育|ジェンダー平等|安全な水と|エネルギーをみんな|働きがいも|産業と技術革新|人や国の不平等"
    r"|住み続けられるまち|つくる責任|気候変動に具体|海の豊かさ|陸の豊かさ|平和と公正|パートナーシップで)",  # the goals' pictures
    re.I,
)
_CAPTION = re.compile(
    r"[(（](?:写真)?[:：]?(?:左|右|前列|後列|向かって|中央).{0,3}から.*|\S{0,20}(?:MAP|マップ|地図|位置図|ロゴ(?:マーク)?|の写真|の様子|イメージ図?|バナー)(?:[(（].*[)）])?",
    re.I,
)
_FILE_TYPE = (
    r"(?:PDF|Word|Excel|PowerPoint|ワード|エクセル|パワーポイント|ZIP|CSV|docx?|xlsx?|pptx?)(?:ファイル|形式|文書)?"
)
_FILE_SIZE = r"[\d.,]+\s*(?:[KMG]B|キロバイト|メガバイト|バイト)"
_NEW_WINDOW = r"\s*(?:[(（]?(?:新しい(?:ウィンドウ|タブ)|新規ウィンドウ|別(?:ウィンドウ|タブ))(?:で(?:開|ひら)(?:きます|く))?[)）]?)?\s*$"
_FILE = re.compile(
    rf"\s*(?:[(（\[［]\s*{_FILE_TYPE}\s*[:：／/,，、]?\s*(?:{_FILE_SIZE})?\s*[)）\]］]|{_FILE_TYPE}\s*[:：／/,，、]?\s*{_FILE_SIZE})"
    + _NEW_WINDOW,
    re.I,
)
_OTHER_SITE = re.compile(
    r"\s*[(（\[［<＜](?:外部(?:リンク|サイト)|別ウィンドウ|新しい(?:ウィンドウ|タブ)|新規ウィンドウ)[^()（）<>]*[)）\]］>＞]"
    + _NEW_WINDOW
)
_CONTACT = re.compile(
    r"(?:(?:この(?:ページ|記事|情報)|本件)(?:に関する|についての?|の))?(?:[おご]?問い?合わ?せ(?:先|窓口|は.*|フォーム.*)?|担当(?:課|部署|部局)?|連絡先)$"
)
_CONTACT_LINE = re.compile(r"(?:[おご]?問い?合わ?せ(?:先|窓口)?|担当(?:課|部署|者)?|連絡先)\s*[:：]\s*\S")
_NUMBERS = re.compile(r"〒|電話|TEL|ファ(?:クス|ックス)|FAX|\d{2,4}-\d{2,4}-\d{4}", re.I)
_BOX_LINES = 8
_LINKS = re.compile(
    r"(?:関連|参考|外部|添付|ダウンロード|リンク|同じ|新着|最近|おすすめ|よくある|サイト内|カテゴリー?|メニュー|お知らせ)(?:する)?"
    r"(?:リンク|情報|ページ|サイト|ファイル|資料|記事|データ|分類|質問|メニュー|検索)*(?:先|集|一覧)?$|(?:PDF|様式)(?:ダウンロード|ファイル)?$"
)


def find_contact_box(texts: Sequence[str]) -> int | None:
    """Find where a contact box begins: its heading, with an address or number behind it; None where there is none."""
    for index, text in enumerate(texts):
        inline = _CONTACT_LINE.match(clean_title(text))
        if (inline or heads_contact(clean_title(text))) and any(
            map(_NUMBERS.search, texts[index : index + _BOX_LINES])
        ):
            return index
    return None


def heads_contact(title: str) -> bool:
    """Whether the contact box of the page begins here."""
    return _CONTACT.match(title) is not None


def heads_links(title: str) -> bool:
    """Whether a list of links, files or news begins here."""
    return _LINKS.match(title) is not None


def is_furniture(text: str) -> bool:
    """Whether a line belongs to the site, not to the page's text, or is a mere link to a file."""
    text = strip_bullet(clean_text(text))
    crumbs = len(re.findall(r"\S\s*[>＞›»]\s*\S", text)) > 1
    return bool(_FURNITURE.match(text) or _CONTACT_LINE.match(text) or crumbs or links_file(text))


def links_file(text: str) -> bool:
    """Whether a line ends as a link to a file does, with its type and size."""
    return _FILE.search(text) is not None


def is_aside(text: str) -> bool:
    """Whether a line is the caption of a picture that did not come with the text, or a mere link to another site."""
    text = clean_text(text)
    links = _OTHER_SITE.search(text)
    return _CAPTION.fullmatch(text) is not None or (links is not None and links.end() == len(text) and "。" not in text)


def strip_link_remark(text: str) -> str:
    """Take the remark on a file's size or another site off the end of a link's words."""
    return _FILE.sub("", _OTHER_SITE.sub("", text)).strip()
