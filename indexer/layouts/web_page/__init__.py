"""Web pages of a city on its cooperation area, as HTML or as text copied from the page.

What such a page explains of the national scheme is no precedent and is left out; a part that tells of an act of this
city or area is an entry, and so is each bare title of its lists. The conclusion of a 連携協約 is an agreement, what the
page says of the area itself a profile.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import compress

from indexer.eras import find_years
from indexer.layouts.web_page.lists import cut_lists, write_line
from indexer.layouts.web_page.sections import Section, read_sections
from indexer.layouts.web_page.words import contains_titles, heads_area, heads_history, is_official
from indexer.lines.area_names import find_area_name, find_cooperation, find_joined_cities, find_members
from indexer.lines.headings import clean_text, find_pillar
from indexer.lines.labels import is_general, is_proper
from indexer.lines.site_furniture import find_contact_box, is_furniture, links_file
from indexer.lines.title_lines import take_marks
from indexer.lines.titles import title_from_text
from indexer.places import find_municipalities
from indexer.records import Document, Draft, Kind, Line, Pillar

_ACT = re.compile(
    r"(?:まし|でし|行っ|[しれっいえけげめじ])た(?:[。）)ところ後。]|\S{1,12}です|$)|[てで](?:い|おり|まい)(?:ます|る|りま|きま)|予定です|まいります"
)
_ACTOR = re.compile(
    r"[本当両](?:市|町|村|県|圏域|都市圏|地域|市町)|[0-9０-９一二三四五六七八九十]+市(?:[0-9０-９一二三四五六七八九十]+町)|各市町|関係市町|構成市町|首長|市長|町長"
)
# Japanese leaves the actor out where it is clear: a dated act of these kinds is the city's own.
_DATED_ACT = re.compile(
    r"(?:(?:令和|平成)\s*[\d０-９元]+|(?:19|20)\d\d)\s*年.*(?:締結|策定|設立|設置|開設|開催|実施|開始|形成|宣言|公表|作成|運用|始め|改定|改訂)\S{0,6}た"
)
_NOT_OWN = re.compile(
    "該当|条件|要件|全国で|全国の|位置づけ|位置付け|ご覧|ください|満たし|国[はが]|総務省[はが]|政府[はが]"
)
_AGREEMENT = re.compile("(?:連携協約|協約|形成協定|協定)")
_CONCLUDED = re.compile("締結|調印|取り交わ")
_FOUNDED = re.compile("(?:設立|設置|発足|開設|(?:運用|事業)?開始|締結)(?:年月日|年月|年度?|日|時期)?")
_POINTS = re.compile(
    r"(?:次|以下|下記)(?:の(?:とおり|通り)です|に(?:掲載|記載|示))|(?:こちら|下記|以下).*(?:ご覧|参照|確認)|(?:ご覧|参照して)ください。?$"
)
_NAMING_LINES = 2_000  # a page that names its area does so before
_SIGNS = (
    re.compile(r"ページ番号\s*\d|ページID|^ID[:：]\s*\d"),
    re.compile(r"(?:最終)?(?:更新|公開|掲載)日\s*[:：]?\s*\S*\d"),
    re.compile(r"^印刷|大きな文字|文字サイズ"),
    re.compile(r"PDF(?:ファイル|形式).*(?:ご覧|閲覧)|Adobe"),
    re.compile(r"^この(?:ページ|記事|情報)に関する(?:お問い?合わ?せ|問い?合わ?せ)"),
    re.compile(
        r"^現在(?:の)?(?:位置|地)|^(?:トップ(?:ページ)?|ホーム)\s*[>＞›]|^(?:ページの先頭|本文)(?:です|へ|$)|^ここから本文"
    ),
    re.compile(r"^\S{2,25}とは[?？]?$"),
    re.compile(r"^(?:関連|外部)(?:リンク|情報|ページ|サイト)|[<＜(（]外部(?:リンク|サイト)"),
)


@dataclass(frozen=True, slots=True)
class _Page:
    document: Document
    region: str | None
    context: str
    area: str  # the area's name without 連携中枢都市圏 and the like

    def tells_own_act(self, lines: Sequence[Line], *, dated: bool = False, of: str = "") -> bool:
        """Whether a sentence (one with a date, one about `of`) tells what this city, its area or their members did or do."""
        sentences = "。".join(clean_text(line.text) for line in lines).split("。")
        return any(
            self._is_own_act(sentence) and of in sentence and (not dated or bool(find_years(sentence)))
            for sentence in sentences
            if not _NOT_OWN.search(sentence)
        )

    def _is_own_act(self, sentence: str) -> bool:
        if not _ACT.search(sentence):
            return False
        named = _ACTOR.search(sentence) or _DATED_ACT.search(sentence) or (self.area and self.area in sentence)
        return bool(named) or bool(find_municipalities(sentence))


def match(document: Document) -> float:
    """Score by the furniture of a site (page number, contact box …); HTML is at home here unless another layout is surer."""
    texts = [clean_text(line.text) for line in document.lines]
    signs = sum(any(sign.search(text) for text in texts) for sign in _SIGNS)
    signs += 2 * (find_contact_box(texts) is not None) + any(map(links_file, texts))
    if document.reader == "html":
        return min(0.9, 0.4 + 0.1 * signs)
    return min(0.9, 0.18 * signs) if signs > 1 else 0.0


def split(document: Document) -> list[Draft]:
    """Cut a page into the entries of this city and its area, in the order of the page."""
    root = read_sections(document)
    page = _read_page(document, root)
    positions = {id(line): index for index, line in enumerate(document.lines)}
    drafts = sorted(_cut(root, page, pillar=None), key=lambda draft: positions[id(draft.lines[0])])
    return [replace(draft, lines=_with_blanks(draft.lines, document, positions)) for draft in _join_profiles(drafts)]


def _read_page(document: Document, root: Section) -> _Page:
    texts = [line.text for line in document.lines[:_NAMING_LINES] if not is_furniture(line.text)]
    about = [document.source.title, root.title, *(line.text for line in document.lines if line.heading == 1)]
    headings = [section.title for section in root.walk()]
    titles = [title for title in (*about, *headings) if title]
    region = (
        find_area_name(texts, headings=headings) or find_joined_cities(titles) or find_cooperation(titles[: len(about)])
    )
    area = re.sub(r"(?:広域)?(?:連携中枢都市圏|定住自立圏|都市圏|圏域|圏)+$", "", region or "")
    context = "\n".join(dict.fromkeys(filter(None, [*about, find_members(texts)])))
    return _Page(document, region, context, area if len(area) > 1 else "")


def _with_blanks(lines: tuple[Line, ...], document: Document, positions: dict[int, int]) -> tuple[Line, ...]:
    """Add the blank lines between an entry's lines, so that its ranges are no more than its parts."""
    own = {positions[id(line)] for line in lines}
    return tuple(
        line
        for index, line in enumerate(document.lines[min(own) : max(own) + 1], min(own))
        if index in own or line.blank
    )


def _cut(section: Section, page: _Page, *, pillar: Pillar | None) -> Iterator[Draft]:
    """Give the drafts of a section and of all below it."""
    pillar = find_pillar(section.title) or pillar
    labels_only = all(child.label for child in section.children)
    alone = [_stands_alone(child, section, page, labels_only=labels_only) for child in section.children]
    for child in compress(section.children, alone):
        yield from _cut(child, page, pillar=pillar)
    merged = [part for child, own in zip(section.children, alone, strict=True) if not own for part in child.walk()]
    own: list[Line] = []
    told: list[Line] = []
    founded = next((part.lines[0].text for part in merged if part.lines and _FOUNDED.fullmatch(part.title)), None)
    for part in (section, *merged):
        rest, found = cut_lists(part.lines, title=part.title, pillar=pillar, region=page.region, context=page.context)
        yield from found
        if part is not section and all(_POINTS.search(line.text) for line in rest):
            continue  # the heading of a list goes with the list, that of a picture or file with these
        if rest or part is section:
            own += [part.heading] if part.heading else []
        own += rest
        told += rest
    kind = _decide_kind(section, told, page, whole=not any(alone))
    if kind:
        title, started = take_marks(section.title.removesuffix("とは"))
        body = "\n".join(write_line(line) for line in own if line is not section.heading)
        yield Draft(
            kind=kind,
            title=title or title_from_text(body),
            untitled=not title,
            started=started or founded,
            lines=tuple(own),
            body=body,
            region=page.region,
            pillar=pillar,
            context=page.context,
        )


def _stands_alone(child: Section, parent: Section, page: _Page, *, labels_only: bool) -> bool:
    """Whether a section below another is a part of its own, not a piece of the part above it."""
    if find_pillar(child.title) or any(is_proper(below.title) and not below.label for below in child.children):
        return True
    if parent.level == 0:
        # On a page about one thing labels head its pieces; the history of an area is told beside other parts.
        return not (is_proper(parent.title) and child.label and (labels_only or not heads_history(child.title)))
    told = [line for section in child.walk() for line in section.lines]
    if is_general(child.title):
        return page.tells_own_act(told)
    if heads_history(child.title):
        # Beside an explanation of the scheme the area's own history and members are no part of it.
        return is_general(parent.title) and any(find_municipalities(line.text) for line in told)
    if child.label:
        return not is_proper(parent.title) and page.tells_own_act(told) and not page.tells_own_act(parent.lines)
    return not parent.lines or not is_proper(parent.title) or contains_titles(parent.title)


def _decide_kind(section: Section, told: Sequence[Line], page: _Page, *, whole: bool) -> Kind | None:
    """Decide what a part is; None for an explanation of the scheme, a label without an act, a heading without text.

    `whole` says that no section below is a part of its own: then the text of a page is more than an introduction.
    """
    title = section.title.removesuffix("とは")
    told = [line for line in told if not _POINTS.search(line.text)]
    if sum(is_official(line.text) for line in told) * 2 >= len(told):
        return None
    acts = page.tells_own_act(told)
    if acts and _AGREEMENT.search(title) and any(map(_CONCLUDED.search, (title, *(line.text for line in told)))):
        return "agreement"
    bare = title.replace(page.region, "圏域") if page.region else title
    if heads_history(bare) and title == section.title:
        return "profile"
    if heads_area(bare) and (acts or find_members([line.text for line in told])):
        return "profile"
    if section.level == 0 and not whole:
        if page.area and page.area != page.region and page.tells_own_act(told, of=page.area):
            return "profile"
        return "initiative" if page.tells_own_act(told, dated=True) else None
    explains = title != section.title or section.label or not is_proper(title)
    return None if explains and not acts else "initiative"


def _join_profiles(drafts: list[Draft]) -> list[Draft]:
    """Make one profile, titled by the area, of the parts that tell of it (経緯, 構成市町 …)."""
    profiles = [draft for draft in drafts if draft.kind == "profile"]
    if len(profiles) < 2:
        return drafts
    first = profiles[0]
    joined = replace(
        first,
        title=first.region or first.title,
        lines=tuple(line for draft in profiles for line in draft.lines),
        body="\n".join(text for draft in profiles for text in (draft.title, draft.body) if text != first.region),
    )
    return [joined if draft is first else draft for draft in drafts if draft.kind != "profile" or draft is first]
