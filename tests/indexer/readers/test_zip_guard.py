"""Files that are not the Office files their names promise, or could do harm: each is refused with what to do."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.readers import docx, xlsx, zip_guard
from indexer.readers.errors import UnreadableError
from indexer.records import Document, SourceFile

OFFICE = Path(__file__).parent / "office"
READ: dict[str, Callable[[SourceFile], Document]] = {".xlsx": xlsx.read, ".docx": docx.read}
GOOD = {".xlsx": OFFICE / "areas.xlsx", ".docx": OFFICE / "report.docx"}
_SHEET = "xl/worksheets/sheet1.xml"


def _read(suffix: str, content: bytes) -> Document:
    name = f"資料 1{suffix}"
    return READ[suffix](SourceFile(path=Path(name), name=name, content=content, sha256=""))


def _refuse(suffix: str, content: bytes) -> str:
    with pytest.raises(UnreadableError) as caught:
        _read(suffix, content)
    return str(caught.value)


def _pack(parts: dict[str, bytes], *, pack: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", pack) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _unpack(suffix: str) -> dict[str, bytes]:
    with zipfile.ZipFile(GOOD[suffix]) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("suffix", READ)
def test_plain_zip_with_an_office_name_is_named_as_such(suffix: str) -> None:
    """A ZIP that was only renamed is told from an Office file, and the message says to unpack it."""
    message = _refuse(suffix, _pack({"資料.txt": b"text"}))
    assert "ZIP" in message
    assert "展開" in message


@pytest.mark.parametrize("suffix", READ)
def test_truncated_file_is_damaged_wherever_it_ends(suffix: str) -> None:
    """A file that breaks off is damaged, not empty; the message says to copy it again."""
    content = GOOD[suffix].read_bytes()
    for length in (4, 30, len(content) // 2, len(content) - 30):
        assert "コピー" in _refuse(suffix, content[:length])


@pytest.mark.parametrize("suffix", READ)
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "パスワード"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "Workbook".encode("utf-16-le"), "古い形式"),
        (b"%PDF-1.7\n", "PDF"),
        (b"<html><table></table></html>", "ではありません"),
        (bytes(range(256)), "ではありません"),
    ],
)
def test_other_formats_are_named_with_a_remedy(suffix: str, content: bytes, words: str) -> None:
    """What is protected, of an old format or of another format says so and how to mend it."""
    message = _refuse(suffix, content)
    assert words in message
    assert message.endswith("ください。")


def test_word_and_excel_are_not_taken_for_each_other() -> None:
    """A Word file under an Excel name is named a Word file, and the other way round."""
    assert "Word文書" in _refuse(".xlsx", GOOD[".docx"].read_bytes())
    assert "Excelブック" in _refuse(".docx", GOOD[".xlsx"].read_bytes())


def test_relatives_that_are_not_read_are_named() -> None:
    """A Word file with macros and a binary workbook, renamed to what is read, are named with the way out."""
    word = _unpack(".docx")
    word["[Content_Types].xml"] = word["[Content_Types].xml"].replace(
        b"openxmlformats-officedocument.wordprocessingml.document.main+xml", b"ms-word.document.macroEnabled.main+xml"
    )
    assert "マクロ付き" in _refuse(".docx", _pack(word))
    types = b'<Types><Override ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>'
    assert ".xlsb" in _refuse(".xlsx", _pack({"[Content_Types].xml": types}))


def test_open_document_and_strict_files_are_named() -> None:
    """OpenDocument files and the strict kind of Open XML, which nothing here reads, are told apart."""
    mimetype = b"application/vnd.oasis.opendocument.spreadsheet"
    assert "OpenDocument" in _refuse(".xlsx", _pack({"mimetype": mimetype, "content.xml": b"<a/>"}))
    parts = _unpack(".xlsx")
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(
        b"schemas.openxmlformats.org/officeDocument/2006", b"purl.oclc.org/ooxml/officeDocument"
    )
    assert "厳密" in _refuse(".xlsx", _pack(parts))


def test_archive_with_a_password_is_refused() -> None:
    """An encrypted ZIP says that it has a password."""
    content = bytearray(_pack({"a.xml": b"<a/>"}))
    content[content.find(b"PK\x01\x02") + 8] |= 1
    assert "パスワード" in _refuse(".docx", bytes(content))


@pytest.mark.parametrize("suffix", READ)
def test_bomb_is_refused_by_its_ratio(suffix: str) -> None:
    """A part that unpacks to more than the documented ratio is refused, though it is below the limit of size."""
    parts = _unpack(suffix) | {"big.xml": b" " * (11 * 1024 * 1024)}
    assert f"上限は{zip_guard.MAX_RATIO}倍" in _refuse(suffix, _pack(parts))


def test_bomb_is_refused_by_its_size() -> None:
    """Parts that unpack to more than the documented size are refused, under whatever names."""
    parts = _unpack(".xlsx")
    most = zip_guard.MAX_XML // 1024 // 1024
    assert f"上限は{most}MB" in _refuse(".xlsx", _pack({**parts, "xl/big.dat": b"\0" * (zip_guard.MAX_XML + 1)}))


def test_bomb_with_the_name_of_a_picture_is_refused() -> None:
    """A sheet that calls itself a picture is counted with what is parsed."""
    sheet = b"<sheetData>" + b"\0" * zip_guard.MAX_XML
    assert "上限" in _refuse(".xlsx", _pack({**_unpack(".xlsx"), "xl/media/sheet1.png": sheet}))


def test_archive_of_very_many_parts_is_refused() -> None:
    """More parts than the documented limit are refused."""
    parts = dict.fromkeys(map(str, range(zip_guard.MAX_MEMBERS + 1)), b"")
    assert "部品" in _refuse(".docx", _pack(parts, pack=zipfile.ZIP_STORED))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_that_grow_are_refused(encoding: str) -> None:
    """A part that declares entities of its own, as Office never does, is refused."""
    parts = _unpack(".xlsx")
    sheet = parts[_SHEET].decode()
    declared = '<!DOCTYPE w [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    parts[_SHEET] = (declared + sheet[sheet.find("<worksheet") :]).encode(encoding)
    assert "DOCTYPE" in _refuse(".xlsx", _pack(parts))


@pytest.mark.parametrize("suffix", READ)
def test_damaged_file_is_read_or_refused(suffix: str) -> None:
    """Whatever byte or part of a file is damaged, it is read or refused as unreadable; nothing else is raised."""
    chance = random.Random(7)  # noqa: S311 (only chooses what to damage)
    parts = _unpack(suffix)
    for _ in range(60):
        if chance.random() < 0.3:
            content = bytearray(GOOD[suffix].read_bytes())
            content[chance.randrange(len(content))] ^= chance.randrange(1, 256)
        else:
            content = bytearray(_pack(_damage(parts, chance), pack=zipfile.ZIP_STORED))
        try:
            assert _read(suffix, bytes(content)).lines is not None
        except UnreadableError as error:
            assert str(error).endswith("。")


def _damage(parts: dict[str, bytes], chance: random.Random) -> dict[str, bytes]:
    name = chance.choice([name for name in parts if name.endswith((".xml", ".rels"))])
    content = parts[name]
    start = chance.randrange(len(content))
    if chance.random() < 0.2:
        return {other: content for other, content in parts.items() if other != name}
    return parts | {name: content[:start] + content[start + chance.randrange(1, 40) :]}
