"""Find the content of a web page and take out what every page of its site repeats (menus, contact box, share buttons).

Furniture is known by tag, by ARIA role, and by the words that municipal content systems put into id and class.
"""

from __future__ import annotations

import re

from bs4 import BeautifulSoup
from bs4.element import Tag

from indexer.readers.html_tables import is_data_table

_NEVER_TEXT = ("script", "style", "noscript", "template", "iframe", "object", "svg", "canvas", "audio", "video", "map")
_CONTROLS = ("button", "select", "input", "textarea", "dialog")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6", "summary", "dt")
_ROLES = {"navigation", "banner", "contentinfo", "complementary", "search", "dialog", "toolbar", "menu", "menubar"}
_NAMED_TAGS = ("div", "section", "p", "span", "ul", "ol", "dl", "address", "details", "a", "table")
_WORDS = re.compile(
    r"(?:bread-?crumbs?(?:list)?|pankuzu|topic-?paths?|(?:[gls]|sub|global|local|side)?nav(?:i|igation|bar)?"
    r"|[gs]?menu|side(?:bar)?|foot(?:er)?|contacts?|inquir(?:y|ies)|o?toiawase|reference|print(?:er)?|insatsu"
    r"|sns|share|social|twitter|facebook|page-?top|to-?top|back-?to-?top|adobe|acrobat|(?:get)?reader|plug-?in"
    r"|update|updated|kou?shin(?:bi)?|page-?(?:id|no|number)|enquete|questionnaire|feedback|survey|hyouka|evaluation"
    r"|recommend|ranking|banners?|cookie|skip|font-?size|moji-?size|lang(?:uage)?s?|translat(?:e|ion)|search"
    r"|related|kanren|pager|accessibility|visually-?hidden|sr-?only)",
    re.I,
)
# As a part of a name it is the heading of a section or card, too.
_HEADERS = re.compile(
    r"(?:site|page|global|g|base|common)?header(?:area|wrap(?:per)?|inner|nav|box|block|top|bottom)?", re.I
)
_MAIN_NAMES = re.compile(
    r"(?:tmp|page|site)?(?:main|contents?|honbun|body)(?:main|contents?|body|area|inner|wrap|naka|detail|free|column)?",
    re.I,
)
_DENSE_PARTS = ("div", "section", "article", "td", "form", "center", "table", "tbody", "tr")
_DEEPEST = 60  # levels; a page has a dozen, one whose end tags are missing has thousands


def remove_furniture(soup: BeautifulSoup) -> None:
    """Take out of the tree what is not the content of this page.

    A part that holds the main content, the page's own heading or half of the text stays, whatever its name says
    (`<form>` around a whole page, `<div class="print-area">`).
    """
    for tag in soup.find_all((*_NEVER_TEXT, *_CONTROLS)):
        if tag.name == "button" and (tag.find_parent(_HEADINGS) or tag.find(_HEADINGS)):
            tag.unwrap()  # it opens the part that it heads
        else:
            tag.decompose()
    kept = _ancestors_of_content(soup)
    half = _count_text(soup) / 2
    for tag in soup.find_all(_is_furniture):
        if not tag.decomposed and id(tag) not in kept and (tag.name == "nav" or _count_text(tag) <= half):
            tag.decompose()


def find_main(soup: BeautifulSoup) -> Tag:
    """Find the part that holds the content: `<main>`, the longest `<article>`, a telling name, or the densest part."""
    whole = _count_text(soup)
    candidates = [
        soup.find_all(lambda tag: tag.name == "main" or tag.get("role") == "main"),
        soup.find_all("article"),
        soup.find_all(lambda tag: tag.name in _DENSE_PARTS and _is_named(tag, _MAIN_NAMES)),
    ]
    for tags in candidates:
        best = max(tags, key=_count_text, default=None)
        # Several short articles are a list of news, an almost empty <main> a mistake.
        if best and _count_text(best) * 2 >= whole:
            return best
    return _find_densest(soup.body or soup)


def _find_densest(tag: Tag) -> Tag:
    """Go down to the smallest part that holds nine tenths of the text; a table of data is a whole."""
    weight = _count_text(tag)
    for _ in range(_DEEPEST):
        inner = [part for part in tag.find_all(_DENSE_PARTS, recursive=False) if not is_data_table(part)]
        heavy = next((part for part in inner if weight and _count_text(part) * 10 > weight * 9), None)
        if heavy is None:
            break
        tag = heavy
    return tag


def _ancestors_of_content(soup: BeautifulSoup) -> set[int]:
    title = "".join(soup.title.get_text().split()) if soup.title else ""
    kept: set[int] = set()
    for tag in soup.find_all(lambda tag: tag.name in ("main", "h1") or tag.get("role") == "main"):
        text = "".join(tag.get_text().split())
        # An <h1> with the site's name is part of its header; one that the <title> repeats first heads this page.
        if tag.name != "h1" or (text and title.startswith(text)):
            kept.update(id(parent) for parent in (tag, *tag.parents))
    return kept


def _is_furniture(tag: Tag) -> bool:
    if tag.name in ("nav", "aside", "footer", "form"):
        return True
    if tag.name == "header":
        # The header of an article holds its title; the header of a page holds the site's name and menu.
        return tag.find_parent(("main", "article")) is None
    if tag.has_attr("hidden") or str(tag.get("role", "")).lower() in _ROLES:
        return True
    if tag.name not in _NAMED_TAGS or not (_is_named(tag, _WORDS, parts=True) or _is_named(tag, _HEADERS)):
        return False
    # Blocks inside a paragraph: its end tag is missing, and what follows it is not its text.
    return tag.name not in ("p", "span") or not tag.find(("p", "div", "ul", "ol", "table", "h1", "h2", "h3", "h4"))


def _is_named(tag: Tag, names: re.Pattern[str], *, parts: bool = False) -> bool:
    """Whether the id or a class is one of the names, or, with `parts`, a part of it between "-", "_" and capitals is."""
    for attribute in ("id", "class"):
        value = tag.get(attribute) or ""
        for word in value if isinstance(value, list) else str(value).split():
            pieces = re.split(r"[-_]+", re.sub(r"(?<=[a-z])(?=[A-Z])", "-", word))
            if any(map(names.fullmatch, ("".join(pieces), *(pieces if parts else ())))):
                return True
    return False


def _count_text(tag: Tag) -> int:
    """Count the characters that stand outside links: menus are links, content is text."""
    linked = sum(len(string.strip()) for link in tag.find_all("a") for string in link.strings)
    return sum(len(string.strip()) for string in tag.strings) - linked
