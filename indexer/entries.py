"""Drafts become entries: places, years and category resolved, an id given, the source cited.

Nothing is guessed silently: what neither the document nor `sources.toml` says stays None or empty.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from indexer import places
from indexer.acts import ends_as_plan
from indexer.categories import classify
from indexer.eras import YearMention, find_agreement_year, find_start, find_years
from indexer.normalize import fold
from indexer.places import Municipality, Places
from indexer.records import Document, Draft, Entry, Line, Source, SourceFile


def complete_entries(document: Document, drafts: Iterable[Draft]) -> list[Entry]:
    """Complete the drafts of one document, in order. Drafts of the same words and area share an id."""
    source = document.source
    stated = places.find_prefectures(source.prefecture) if source.prefecture else ()
    home = stated or home_prefectures(f"{source.title or ''}\n{source.publisher or ''}")
    blank = {line.number for line in document.lines if line.blank}
    return [_complete(draft, source, resolve_places(draft, home=home), blank) for draft in drafts]


def home_prefectures(text: str) -> tuple[str, ...]:
    """Give the prefectures that a document as a whole is about, where its title or publisher tells: by name, or by its cities."""
    named = places.named_municipalities(text)
    return places.find_prefectures(text) or places.in_jis_order(place.prefecture for place in named)


def resolve_places(draft: Draft, *, home: tuple[str, ...]) -> Places:
    """Resolve the prefectures and municipalities of a draft.

    Of an area that the table knows, its prefectures and central cities hold, and a municipality of elsewhere that the
    text names (a shop in Tokyo) is no partner. Otherwise the host (`region`) and the partners tell the prefectures; where they do not,
    the members that the document names, then `home`.
    """
    area = places.find_area(draft.region) if draft.region else None
    text = "\n".join(part for part in (draft.title, draft.subtitle, draft.body) if part)
    if area:
        listed = (draft.partners or "", draft.context, text)
        named = [place for part in listed for place in places.named_municipalities(part, prefectures=area.prefectures)]
        inside = [place for place in named if place in area.members or place.prefecture in area.prefectures]
        hosts = [place for place in area.members if place in area.central or _in_name(place, draft.region or "")]
        return Places(area.prefectures, tuple(dict.fromkeys([*hosts, *inside])))
    hosts = list(places.listed_municipalities(draft.region or "", prefectures=home))
    near = {place.prefecture for place in hosts} or set(home)
    partners = places.listed_municipalities(draft.partners or "", prefectures=near)
    members = places.named_municipalities(draft.context, prefectures=near)
    told = [*hosts, *partners]
    prefectures = {place.prefecture for place in told} | set(places.find_prefectures(draft.partners or ""))
    prefectures = prefectures or {place.prefecture for place in members} or set(home)
    if not prefectures:
        prefectures = _told_by_text(text)
    inside = [
        place
        for place in (*members, *places.named_municipalities(text, prefectures=prefectures))
        if place.prefecture in prefectures
    ]
    return Places(places.in_jis_order(prefectures), tuple(dict.fromkeys([*told, *inside])))


def _in_name(place: Municipality, region: str) -> bool:
    """Whether an area lists a municipality in its name, with or without its suffix: 燕・弥彦地域, 新発田市・胎内市.

    One name alone tells nothing: 播磨町 is in 播磨圏域, which is called after the province.
    """
    parts = fold(region).split("・")
    return len(parts) > 1 and any(part.startswith(fold(place.name)[:-1]) for part in parts)


def _told_by_text(text: str) -> set[str]:
    named: tuple[Municipality, ...] = places.named_municipalities(text)
    return {place.prefecture for place in named} | set(places.find_prefectures(text))


def _complete(draft: Draft, source: SourceFile, found: Places, blank: set[int]) -> Entry:
    text = "\n".join(part for part in (draft.title, draft.subtitle, draft.body) if part)
    start, start_text = _find_start(draft, text)
    category = None
    evidence: tuple[str, ...] = ()
    if draft.kind == "initiative":
        decided = classify(
            title="" if draft.untitled else draft.title,
            subtitle=draft.subtitle,
            body=draft.body,
            pillar=draft.pillar,
            policy_field=draft.policy_field,
        )
        category, evidence = decided.code, decided.evidence
    return Entry(
        id=_make_id(draft),
        kind=draft.kind,
        title=draft.title,
        untitled=draft.untitled,
        subtitle=draft.subtitle,
        body=draft.body,
        region=draft.region,
        prefectures=found.prefectures,
        municipalities=tuple(dict.fromkeys(place.name for place in found.municipalities)),
        pillar=draft.pillar,
        category=category,
        category_evidence=evidence,
        fiscal_year=source.fiscal_year,
        start_year=start.year if start else None,
        start_evidence=start_text[start.start : start.end] if start else None,
        source=_cite(draft.lines, source, blank),
    )


def _find_start(draft: Draft, text: str) -> tuple[YearMention | None, str]:
    """Find the year of the start, with the text that its offsets belong to.

    What a column or mark states by its place holds before the text; of agreements and profiles the text tells when the
    agreement was made.
    """
    if draft.started:
        stated = None if ends_as_plan(draft.started) else next(iter(find_years(draft.started)), None)
        return find_start(draft.started) or stated, draft.started
    return (find_start(text) if draft.kind == "initiative" else find_agreement_year(text)), text


def _make_id(draft: Draft) -> str:
    """Make an id of what stands in the source, so that it stays when the build, the layout or other entries change."""
    text = "\n".join([draft.region or "", *(line.text.strip() for line in draft.lines if not line.blank)])
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=6).hexdigest()


def _cite(lines: tuple[Line, ...], source: SourceFile, blank: set[int]) -> Source:
    """Cite the lines as ranges; blank lines between two lines of the entry do not break a range."""
    ranges: list[tuple[int, int]] = []
    for number in sorted({line.number for line in lines}):
        if ranges and all(between in blank for between in range(ranges[-1][1] + 1, number)):
            ranges[-1] = (ranges[-1][0], number)
        else:
            ranges.append((number, number))
    return Source(
        file=source.name,
        title=source.title,
        publisher=source.publisher,
        url=source.url,
        page=next((line.page for line in lines if line.page), None),
        lines=tuple(ranges),
        sha256=source.sha256,
    )
