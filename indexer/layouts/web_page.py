"""Web pages of a city on its cooperation area, as HTML or as text copied from the page.

What such a page explains of the national scheme is no precedent and is left out; a part that tells of an act of this
city or area is an entry, and so is each bare title of its lists. The conclusion of a 連携協約 is an agreement, what the
page says of the area itself a profile.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.layouts.area_names import find_area_name, find_members
from indexer.layouts.header_tables import find_tables, read_drafts
from indexer.layouts.headings import clean_text, find_pillar, strip_bullet
from indexer.layouts.web_furniture import is_furniture
from indexer.layouts.web_sections import Section, read_sections
from indexer.layouts.web_words import (
    announces_titles,
    heads_area,
    heads_history,
    is_bare_title,
    is_general,
    is_item,
    is_label,
    is_proper,
    read_field,
    read_item,
)
from indexer.places import find_municipalities
from indexer.records import Document, Draft, Kind, Line, Pillar

_ACT = re.compile(
    r"(?:まし|でし|行っ|[しれっいえけげめじ])た(?:[。）)ところ後。]|$)|て(?:い|おり|まい)(?:ます|る|りま|きま)|予定です|まいります"
)
_ACTOR = re.compile(
    r"[本当](?:市|町|村|県|圏域|都市圏|地域|市町)|[0-9０-９一二三四五六七八九十]+市(?:[0-9０-９一二三四五六七八九十]+町)|各市町|関係市町|構成市町|首長|市長|町長"
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
_CONTAINER = re.compile(
    r"(?:取組み?|取り組み|施策|プロジェクト|(?:連携|主な|共同|各種|実施)事業|分野|状況|紹介|一覧|内容)$"
)
_SIGNS = (
    re.compile(r"ページ番号\s*\d|ページID"),
    re.compile(r"(?:最終)?更新日\s*[:：]?\s*\S*\d"),
    re.compile(r"^印刷|大きな文字|文字サイズ"),
    re.compile(r"PDFファイルを(?:ご覧|閲覧)|Adobe"),
    re.compile(r"^この(?:ページ|記事)に関する(?:お問い?合わ?せ|問い?合わ?せ)"),
    re.compile(r"^現在(?:の)?位置|^トップページ"),
    re.compile(r"^\S{2,25}とは$"),
)


@dataclass(frozen=True, slots=True)
class _Page:
    document: Document
    region: str | None
    context: str
    area: str  # the area's name without 連携中枢都市圏 and the like

    def tells_own_act(self, lines: Sequence[Line]) -> bool:
        """Whether a sentence tells what this city, its area or their members did or do."""
        text = "。".join(clean_text(line.text) for line in lines)
        return any(self._is_own_act(sentence) for sentence in text.split("。") if not _NOT_OWN.search(sentence))

    def _is_own_act(self, sentence: str) -> bool:
        if not _ACT.search(sentence):
            return False
        named = _ACTOR.search(sentence) or _DATED_ACT.search(sentence) or (self.area and self.area in sentence)
        return bool(named) or bool(find_municipalities(sentence))


def match(document: Document) -> float:
    """Score by the furniture of a site (page number, contact box …); HTML is at home here unless another layout is surer."""
    texts = [clean_text(line.text) for line in document.lines]
    signs = sum(any(sign.search(text) for text in texts) for sign in _SIGNS)
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
    texts = [line.text for line in document.lines if not is_furniture(line.text)]
    region = find_area_name(texts, headings=[section.title for section in root.walk()])
    area = re.sub(r"(?:広域)?(?:連携中枢都市圏|定住自立圏|都市圏|圏域|圏)+$", "", region or "")
    about = [document.source.title, *(line.text for line in document.lines if line.heading == 1)]
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
    alone = [child for child in section.children if _stands_alone(child, section, page)]
    for child in alone:
        yield from _cut(child, page, pillar=pillar)
    merged = [part for child in section.children if child not in alone for part in child.walk()]
    own: list[Line] = []
    told: list[Line] = []
    for part in (section, *merged):
        rest, found = _cut_lists(part, page, pillar=pillar)
        yield from found
        # The heading of a list goes with the list, that of a picture or file with these.
        if rest or part is section:
            own += [part.heading] if part.heading else []
        own += rest
        told += rest
    kind = _decide_kind(section, told, page, whole=not alone)
    if kind:
        title = section.title.removesuffix("とは")
        body = "\n".join(_write_line(line) for line in own if line is not section.heading)
        yield Draft(
            kind=kind,
            title=title,
            lines=tuple(own),
            body=body,
            region=page.region,
            pillar=pillar,
            context=page.context,
        )


def _write_line(line: Line) -> str:
    text = clean_text(line.text)
    if not is_item(line):
        return text
    bare = strip_bullet(text)
    return f"・{bare}" if line.item or bare != text else text


def _stands_alone(child: Section, parent: Section, page: _Page) -> bool:
    """Whether a section below another is a part of its own, not a piece of the part above it."""
    if parent.level == 0:
        return not (is_proper(parent.title) and all(is_label(other.title) for other in parent.children))
    if find_pillar(child.title) or any(is_proper(below.title) for below in child.children):
        return True
    told = [line for section in child.walk() for line in section.lines]
    if is_general(child.title):
        return page.tells_own_act(told)
    if heads_history(child.title):
        # Beside an explanation of the scheme the area's own history and members are no part of it.
        return is_general(parent.title) and any(find_municipalities(line.text) for line in told)
    opens = not parent.lines or not is_proper(parent.title) or _CONTAINER.search(parent.title) is not None
    return is_proper(child.title) and opens


def _decide_kind(section: Section, told: Sequence[Line], page: _Page, *, whole: bool) -> Kind | None:
    """Decide what a part is; None for an explanation of the scheme, a label without an act, a heading without text.

    `whole` says that no section below is a part of its own: then the text of a page is more than an introduction.
    """
    title = section.title.removesuffix("とは")
    if not told or not title:
        return None
    acts = page.tells_own_act(told)
    if (
        acts
        and _AGREEMENT.search(title)
        and any(_CONCLUDED.search(text) for text in (title, *(line.text for line in told)))
    ):
        return "agreement"
    bare = title.replace(page.region, "圏域") if page.region else title
    if heads_history(bare) and title == section.title:
        return "profile"
    explains = title != section.title or not is_proper(title) or (section.level == 0 and not whole)
    if explains and not acts:
        return None
    about_area = heads_area(bare) or (section.level == 0 and not whole)
    return "profile" if about_area and acts else "initiative"


def _cut_lists(part: Section, page: _Page, *, pillar: Pillar | None) -> tuple[list[Line], list[Draft]]:
    """Take tables and lists of bare titles out of a part's lines; give the lines before and between them, and the drafts."""
    drafts: list[Draft] = []
    rest: list[Line] = []
    index = 0
    for start, end in find_tables(part.lines):
        rest += part.lines[index:start]
        drafts += read_drafts(part.lines[start:end], region=page.region, context=page.context)
        index = end
    rest += part.lines[index:]
    first = next((at for at, line in enumerate(rest) if is_item(line)), len(rest))
    lead = clean_text(rest[first - 1].text) if first else ""
    announced = announces_titles(part.title) or announces_titles(lead)
    found = _read_titles(rest[first:], page, pillar=pillar, field=read_field(part.title)) if announced else []
    if not found:
        return rest, drafts
    before = rest[: first - 1] if lead and announces_titles(lead) and len(lead) < 40 else rest[:first]
    # A label whose list was taken leaves no words of its own behind.
    return ([] if is_label(part.title) else before), drafts + found


def _read_titles(lines: Sequence[Line], page: _Page, *, pillar: Pillar | None, field: str | None) -> list[Draft]:
    """Read a list of bare titles; none where most items are something else (conditions, members, fields of the scheme)."""
    drafts: list[Draft] = []
    items = 0
    for line in lines:
        text = read_item(line)
        if find_pillar(text):
            pillar = find_pillar(text)
        elif is_item(line):
            items += 1
            title, _, body = text.partition("：") if 3 < text.find("：") < 40 else (text, "", "")
            if is_bare_title(title):
                drafts.append(
                    Draft(
                        kind="initiative",
                        title=title.strip(),
                        lines=(line,),
                        body=body.strip(),
                        region=page.region,
                        pillar=pillar,
                        policy_field=field,
                        context=page.context,
                    )
                )
    return drafts if len(drafts) > 1 and len(drafts) * 10 >= items * 6 else []


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
