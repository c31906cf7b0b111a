"""Plain text: bytes in any encoding that Japanese offices use in, numbered lines out.

Tables arrive as lines with tabs or, out of converters, as Markdown (| cell | cell |), pages as form feeds (as `pdftotext`
and others write them).
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import replace

from indexer.readers.errors import UnreadableError
from indexer.records import Document, Line, SourceFile

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Formats that are often saved or renamed with a wrong suffix: (first bytes, what it is).
_MAGIC = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "Word・Excelなどの文書かZIP"),
    (b"\xd0\xcf\x11\xe0", "古い形式のWord・Excelなどの文書"),
    (b"\x89PNG", "画像"),
    (b"\xff\xd8\xff", "画像"),
    (b"GIF8", "画像"),
    (b"{\\rtf", "リッチテキスト"),
)
# EUC-JP twice: only the second knows ① and ㈱, only the first knows 〜 and − as other encodings write them.
_LEGACY = ("cp932", "euc_jp", "euc_jis_2004")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_KANA = re.compile("[ぁ-んァ-ヶー、。]")
_HALF_WIDTH_KANA = re.compile("[\uff61-\uff9f]")
_ASIAN = re.compile("[\u3000-\u9fff\uff00-\uffee]")
_RULE = re.compile(r"[\s|:-]+")  # what Markdown draws below the header of a table
_LONGEST_LINE = 4_000  # characters; no paragraph of an official document has as many
_SAVE_AS = "UTF-8のテキストとして保存し直してください。"


def read(source: SourceFile) -> Document:
    r"""Read a text file: one `Line` per line, numbered as `text.split("\n")` numbers them; tabs make cells.

    Pages are counted from 1 where the text has form feeds, and are None where it has none.
    Raises `UnreadableError` for what is not text.
    """
    text = decode_text(source.content)
    if not text:
        return Document(source=source, reader="text", lines=())
    page = 1 if "\f" in text else None
    lines: list[Line] = []
    for number, raw in enumerate(text.split("\n"), 1):
        content = raw.replace("\f", "")
        # A form feed before the text puts the line on the next page, one behind it only the lines that follow.
        before = len(raw) - len(raw.lstrip("\f \t\u3000")) if page else 0
        here = page + raw[:before].count("\f") if page else None
        cells = _split_cells(content)
        ruled = not cells and _draws_table(content)
        line = Line(number=number, text="\t".join(cells) if cells or ruled else content, page=here, cells=cells)
        lines += break_line(line)
        page = page + raw.count("\f") if page else None
    return Document(source=source, reader="text", lines=tuple(lines))


def break_line(line: Line) -> Iterator[Line]:
    """Break a line that is as long as a whole text (its line ends were lost) at ends of sentences; all keep its number."""
    text = line.text
    while len(text) > _LONGEST_LINE and not line.cells:
        end = text.rfind("。", _LONGEST_LINE // 2, _LONGEST_LINE) + 1 or _LONGEST_LINE
        yield replace(line, text=text[:end])
        text = text[end:]
    yield replace(line, text=text) if text != line.text else line


def _split_cells(text: str) -> tuple[str, ...]:
    """Split a line of a table; empty where it is none, or no more than the rule below a header."""
    piped = _draws_table(text)
    if not text.strip() or not (piped or "\t" in text) or (piped and _RULE.fullmatch(text)):
        return ()
    return tuple(cell.strip() for cell in (text.strip()[1:-1].split("|") if piped else text.split("\t")))


def _draws_table(text: str) -> bool:
    bare = text.strip()
    return bare.startswith("|") and bare.endswith("|") and bare.count("|") > 2


def decode_text(content: bytes) -> str:
    r"""Decode text of unknown encoding, line ends as "\n".

    In this order: a byte order mark, ISO-2022-JP by its escapes, strict UTF-8, and cp932 or EUC-JP, whichever decodes
    strictly and reads more like Japanese. Raises `UnreadableError` for anything else, binary files above all.
    """
    for magic, what in _MAGIC:
        if content.startswith(magic):
            raise UnreadableError(f"中身は{what}で、テキストではありません。拡張子を中身に合わせるか、{_SAVE_AS}")
    text = _decode_marked(content)
    if text is None:
        text = _decode_unmarked(content)
    # Converters leave a stray control character; a file full of them is no text.
    controls = _CONTROL.findall(text)
    if "\0" in text or len(controls) * 10 > len(text):
        raise UnreadableError(f"テキストではありません（文字でないデータが{len(controls)}個あります）。{_SAVE_AS}")
    text = _CONTROL.sub("", text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decode_marked(content: bytes) -> str | None:
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return _decode_as(content[len(bom) :], encoding)
    if b"\x1b$" in content:
        try:
            return content.decode("iso2022_jp_3")
        except UnicodeDecodeError:
            return None
    return None


def _decode_as(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        # Counted in characters: in UTF-16 the byte 0x0A need not be a line's end.
        line = content[: error.start].decode(encoding, "ignore").count("\n") + 1
        raise UnreadableError(f"{line}行目に{encoding.upper()}として読めない文字があります。{_SAVE_AS}") from error


def _decode_unmarked(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        broken = error.start
    if b"\0" in content:
        raise UnreadableError(f"テキストではありません（値0のバイトがあります）。{_SAVE_AS}")
    candidates: list[str] = []
    for encoding in _LEGACY:
        try:
            candidates.append(content.decode(encoding))
        except UnicodeDecodeError:
            continue
    # UTF-8 with a damaged place decodes as cp932, too, to nonsense; read as UTF-8, most of it is Japanese.
    repaired = content.decode("utf-8", "replace")
    if not candidates or len(_ASIAN.findall(repaired)) > repaired.count("\ufffd"):
        line = content.count(b"\n", 0, broken) + 1
        raise UnreadableError(
            f"文字コードが分かりません（{line}行目がUTF-8ではなく、Shift_JISやEUC-JPでもありません）。{_SAVE_AS}"
        )
    return max(candidates, key=_weigh_japanese)


def _weigh_japanese(text: str) -> float:
    # EUC-JP read as cp932 is full of half-width kana, cp932 read as EUC-JP seldom decodes at all.
    return (len(_KANA.findall(text)) - len(_HALF_WIDTH_KANA.findall(text))) / len(text)
