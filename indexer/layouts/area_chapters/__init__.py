"""One chapter per cooperating area: how the area came about and goes on, then initiatives under the official headings.

The layout of 総務省's yearly 「連携中枢都市圏の取組」 and of its kin: 「○○圏域の取組」, 圏域形成に至った経緯, 今後の展開, 圏域全体の
経済成長のけん引 and so on. A chapter gives one profile and an initiative for each block of lines under its headings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from indexer.layouts.area_chapters.blocks import Block, cut_blocks, name_untitled, shows_titles, title_style
from indexer.layouts.area_chapters.headings import Heading, drop_furniture, find_headings
from indexer.layouts.area_chapters.members import abbreviates, split_members
from indexer.layouts.area_chapters.units import PLAIN, Habits, Unit, body_text, read_habits, read_units
from indexer.lines.headings import clean_title
from indexer.records import Document, Draft, Line, Pillar


@dataclass(slots=True)
class _Section:
    pillar: Pillar | None
    field: str | None
    units: list[Unit]


@dataclass(slots=True)
class _Chapter:
    name: str
    intro: str  # what stands above the profile, such as a box of members
    profile: list[tuple[int, int]] = field(default_factory=list)  # places [first, last) of its lines
    sections: list[_Section] = field(default_factory=list)


def match(document: Document) -> float:
    """Tell how sure it is that the document has chapters of areas.

    0 without 経緯 or 今後の展開 before an official heading; 0.5 at the least with one, surer with both, and with more chapters.
    """
    lines = drop_furniture(document.lines)
    chapters = _find_chapters(lines, read_habits(lines))
    parts = [len(chapter.profile) for chapter in chapters if any(section.units for section in chapter.sections)]
    if not any(parts):
        return 0.0
    return 0.5 + 0.3 * sum(count > 1 for count in parts) / len(chapters) + 0.19 * (1 - 1 / len(chapters))


def split(document: Document) -> list[Draft]:
    """Cut the chapters into drafts, each chapter's profile first; lines before the first chapter are no entries."""
    lines = drop_furniture(document.lines)
    habits = read_habits(lines)
    drafts: list[Draft] = []
    for chapter in _find_chapters(lines, habits):
        profile = _draft_profile(chapter, lines, habits)
        drafts += [profile] if profile else []
        context = "\n".join(text for text in (chapter.intro, profile.body if profile else "") if text)
        drafts += _draft_initiatives(chapter, lines, context=context)
    return drafts


def _find_chapters(lines: Sequence[Line], habits: Habits) -> list[_Chapter]:
    headings = find_headings(lines)
    chapters: list[_Chapter] = []
    for heading, following in zip(headings, [*headings[1:], None], strict=False):
        end = following.first if following else len(lines)
        if heading.role == "area":
            intro = body_text(read_units(lines[heading.last + 1 : end], habits))
            chapters.append(_Chapter(heading.name, intro))
        elif not chapters:
            continue
        elif heading.role in ("origin", "outlook"):
            chapters[-1].profile.append((heading.first, end))
        else:
            units = read_units(lines[heading.last + 1 : end], habits, start=heading.last + 1)
            _open_section(chapters[-1], heading, units)
    return chapters


def _open_section(chapter: _Chapter, heading: Heading, units: list[Unit]) -> None:
    """Add a section. After an official heading with nothing under it the next one's pillar is anyone's guess: None."""
    before = chapter.sections[-1] if chapter.sections else None
    pillar = heading.pillar
    if heading.role == "field":
        pillar = before.pillar if before else None
    elif before and not before.units and before.field is None and before.pillar != pillar:
        pillar = None
    chapter.sections.append(_Section(pillar, heading.name if heading.role == "field" else None, units))


def _draft_profile(chapter: _Chapter, lines: Sequence[Line], habits: Habits) -> Draft | None:
    taken: list[Line] = []
    units: list[Unit] = []
    for first, end in chapter.profile:
        part = list(lines[first:end])
        units += read_units(part, habits, start=first)
        while part and part[-1].blank:
            part.pop()
        taken += part
    if not taken:
        return None
    return Draft(kind="profile", title=chapter.name, lines=tuple(taken), body=body_text(units), region=chapter.name)


def _cut_sections(chapter: _Chapter) -> list[tuple[_Section, Block]]:
    """Cut each section into blocks by its own style of titles; headings that the format marks go before any look."""
    own = [title_style(section.units) for section in chapter.sections]
    usual = {style for style in own if style is not None and shows_titles(style)}
    levels = {unit.mark for section in chapter.sections for unit in section.units if unit.mark.startswith("h")}
    found: list[tuple[_Section, Block]] = []
    for section, style in zip(chapter.sections, own, strict=True):
        styles = usual if style is None else {style} | ({PLAIN} & usual)
        if levels & {unit.mark for unit in section.units}:
            styles = {min(levels)}
        found += [(section, block) for block in cut_blocks(section.units, styles)]
    return found


def _draft_initiatives(chapter: _Chapter, lines: Sequence[Line], *, context: str) -> Iterator[Draft]:
    found = _cut_sections(chapter)
    lists = abbreviates([clean_title(block.title.core) for _, block in found if block.title])
    for section, block in found:
        draft = _draft_initiative(block, lines)
        title, partners = draft.title, None
        if block.title:
            title, partners = split_members(title, area=chapter.name, context=context, usual=lists)
        yield replace(
            draft,
            title=title,
            region=chapter.name,
            pillar=section.pillar,
            policy_field=block.field or section.field,
            partners=partners,
            context="" if partners else context,
        )


def _draft_initiative(block: Block, lines: Sequence[Line]) -> Draft:
    """Make a draft of what the block itself says."""
    if block.title:
        units = [block.title, *block.units]
        first, last = min(unit.first for unit in units), max(unit.last for unit in units)
        title, taken = clean_title(block.title.core), tuple(lines[first : last + 1])
    else:
        # The items of a list share one caption area: an entry has its own lines only.
        title = name_untitled(block.units)
        taken = tuple(line for unit in block.units for line in lines[unit.first : unit.last + 1])
    return Draft(kind="initiative", title=title, lines=taken, body=body_text(block.units), untitled=not block.title)
