"""Office files (.docx, .xlsx) are ZIP archives: the bytes of one come in, and out it goes unless it could do harm.

Whatever is not the Office file that its suffix promises is told apart here, so that the message can say what to do;
and a small archive that unpacks to a mountain is refused before anything is unpacked.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO

from indexer.readers.errors import UnreadableError

MAX_MEMBERS = 10_000  # parts of the file; a report of a thousand pictures has some 1,100
MAX_UNPACKED = 400 * 1024 * 1024  # bytes of all parts, pictures included
MAX_XML = 100 * 1024 * 1024  # bytes of the parts that are parsed: 1.5 million cells, or ten thousand pages
MAX_RATIO = 200  # times that XML may unpack; what Office writes stays below 50
_SMALL = 10 * 1024 * 1024  # bytes of XML that do no harm whatever their ratio

# What the libraries raise where the parts of a file are not what they should be; they check little themselves.
_DAMAGE = (
    *(ArithmeticError, AttributeError, LookupError, TypeError, ValueError),
    *(EOFError, NotImplementedError, OSError, RecursionError, SyntaxError),
    *(zipfile.BadZipFile, zlib.error),
)
_BEFORE_XML = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"  # byte order marks, white space, the zeros of UTF-16
_EMBEDDED = (
    *(".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".wdp", ".svg", ".mp4", ".wav"),
    *(".bin", ".odttf", ".ttf", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".pdf"),
)
_CONTENT_TYPES = "[Content_Types].xml"
_RELATIONSHIPS = "_rels/.rels"
_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Package:
    """A kind of Office file: its suffix, what it is called, the program that saves it, words of its content type."""

    suffix: str
    name: str
    program: str
    content_types: tuple[str, ...]


WORD = Package(".docx", "Word文書", "Word", ("wordprocessingml.document.main+xml",))
EXCEL = Package(
    ".xlsx", "Excelブック", "Excel", ("spreadsheetml.sheet.main+xml", "ms-excel.sheet.macroEnabled.main+xml")
)
# Relatives that are not read: (words of the content type, what it is).
_RELATIVES = (
    ("ms-word.document.macroEnabled", "マクロ付きのWord文書（.docm）"),
    ("ms-excel.sheet.binary", "バイナリ形式のExcelブック（.xlsb）"),
    ("wordprocessingml", "Word文書（.docx）"),
    ("spreadsheetml", "Excelブック（.xlsx）"),
    ("presentationml", "PowerPointのスライド（.pptx）"),
)


def check_package(content: bytes, package: Package) -> None:
    """Pass over an Office file of this kind that is safe to unpack; raise `UnreadableError` for anything else.

    The sizes are those the archive states, which is enough: Python reads no more of a part than its stated size.
    """
    _check_start(content, package)
    with report_damage(package), zipfile.ZipFile(BytesIO(content)) as archive:
        members = archive.infolist()
        _check_size(archive, members, package)
        names = {member.filename for member in members}
        if _CONTENT_TYPES not in names:
            raise UnreadableError(
                f"名前は{package.suffix}ですが、中身は{_name_archive(archive, names)}です。"
                f"{package.program}で開けるなら{package.suffix}形式で保存し直し、ZIPなら展開して中の資料を入れてください。"
            )
        _check_kind(archive.read(_CONTENT_TYPES).decode("utf-8", "replace"), package)
        if _RELATIONSHIPS in names and b"purl.oclc.org/ooxml" in archive.read(_RELATIONSHIPS):
            raise UnreadableError(
                f"「厳密なOpen XML」形式なので読めません。{package.program}で開き、"
                f"「名前を付けて保存」で種類に「{package.name}（{package.suffix}）」を選んで保存し直してください。"
            )
        _check_declarations(archive)


@contextmanager
def report_damage(package: Package) -> Iterator[None]:
    """Turn what the libraries raise at a damaged file into `UnreadableError`, which says what to do."""
    try:
        yield
    except UnreadableError:
        raise
    except _DAMAGE as error:
        raise UnreadableError(
            f"{package.name}として読めません。ファイルが壊れているか、途中で切れています。"
            f"{package.program}で開いて保存し直すか、元のファイルをもう一度コピーしてください。"
        ) from error


def _check_start(content: bytes, package: Package) -> None:
    """Tell by the first bytes what is no ZIP archive at all."""
    if content.startswith(b"PK"):
        return
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise UnreadableError(
                f"パスワードで保護されているので読めません。{package.program}で開き、"
                "「ファイル」→「情報」でパスワードを外して保存し直してください。"
            )
        raise UnreadableError(
            f"{package.program}の古い形式（{package.suffix[:-1]}）なので読めません。"
            f"{package.program}で開き、「名前を付けて保存」で{package.suffix}形式にして保存し直してください。"
        )
    if content.startswith(b"%PDF-"):
        raise UnreadableError(f"名前は{package.suffix}ですが、中身はPDFです。名前の末尾を.pdfに直してください。")
    raise UnreadableError(
        f"{package.name}ではありません。{package.program}で開けるなら{package.suffix}形式で保存し直し、"
        "開けないなら元のファイルをもう一度コピーしてください。"
    )


def _check_size(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], package: Package) -> None:
    if any(member.flag_bits & 1 for member in members):
        raise UnreadableError("パスワード付きのZIPなので読めません。展開して、中の資料を入れてください。")
    xml = [member for member in members[: MAX_MEMBERS + 1] if _is_xml(archive, member)]
    size, xml_size = (sum(member.file_size for member in some) for some in (members, xml))
    packed = sum(member.compress_size for member in xml)
    reason = None
    if len(members) > MAX_MEMBERS:
        reason = f"部品が{len(members):,}個あります（上限は{MAX_MEMBERS:,}個）"
    elif size > MAX_UNPACKED:
        reason = f"展開すると{size // _MEGABYTE:,}MBになります（上限は{MAX_UNPACKED // _MEGABYTE:,}MB）"
    elif xml_size > MAX_XML:
        reason = f"本文を展開すると{xml_size // _MEGABYTE:,}MBになります（上限は{MAX_XML // _MEGABYTE:,}MB）"
    elif xml_size > _SMALL and xml_size > MAX_RATIO * packed:
        reason = f"本文を展開すると{xml_size // max(1, packed):,}倍になります（上限は{MAX_RATIO}倍）"
    if reason:
        raise UnreadableError(
            f"{reason}。壊れているか、害を与えるために作られたファイルかもしれません。"
            f"心当たりのある資料なら、必要な部分だけを新しい{package.name}に写して保存してください。"
        )


def _check_kind(content_types: str, package: Package) -> None:
    if any(words in content_types for words in package.content_types):
        return
    what = next((name for words, name in _RELATIVES if words in content_types), f"{package.name}ではないOffice文書")
    raise UnreadableError(f"中身は{what}です。それを開けるソフトで{package.suffix}形式にして保存し直してください。")


def _check_declarations(archive: zipfile.ZipFile) -> None:
    """Refuse what Office never writes (ECMA-376 part 2 forbids it): declarations that let a short text grow endlessly."""
    for member in archive.infolist():
        if not _is_xml(archive, member):
            continue
        content = archive.read(member)
        if any("<!DOCTYPE".encode(encoding) in content for encoding in ("utf-8", "utf-16-le", "utf-16-be")):
            raise UnreadableError(
                "Office文書にあってはならない宣言（DOCTYPE）があります。害を与えるために作られたファイルかもしれないので読みませんでした。"
            )


def _is_xml(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    """Whether a part may be parsed: any name will do for that, so a picture's name counts only where no XML begins."""
    if not member.filename.lower().endswith(_EMBEDDED):
        return True
    with archive.open(member) as part:
        return part.read(64).lstrip(_BEFORE_XML).startswith(b"<")


def _name_archive(archive: zipfile.ZipFile, names: set[str]) -> str:
    if "mimetype" in names and archive.read("mimetype").startswith(b"application/vnd.oasis.opendocument"):
        return "OpenDocument形式の文書"
    return "ふつうのZIP"
