"""Drafts become entries: places, years and category resolved, nothing guessed."""

from pathlib import Path

import pytest

from indexer.entries import complete_entries, home_prefectures, resolve_places
from indexer.records import Document, Draft, Entry, Line, SourceFile


def make_document(text: str, **about: object) -> Document:
    """Make a document of a text, one line each."""
    source = SourceFile(path=Path("a.txt"), name="a.txt", content=b"", sha256="0", **about)  # type: ignore[arg-type]
    return Document(source, "text", tuple(Line(number, line) for number, line in enumerate(text.split("\n"), 1)))


def complete(document: Document, **draft: object) -> Entry:
    """Complete one draft that covers the whole document."""
    values = {"kind": "initiative", "title": "題", "lines": document.lines} | draft
    return complete_entries(document, [Draft(**values)])[0]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("draft", "prefectures", "municipalities"),
    [
        # An area of the table: its prefectures and central city; a shop elsewhere is no partner.
        ({"region": "播磨圏域連携中枢都市圏", "body": "大阪市の店で売る。"}, ["兵庫県"], ["姫路市"]),
        ({"region": "燕・弥彦地域定住自立圏"}, ["新潟県"], ["燕市", "弥彦村"]),
        # A host and its partners, over a border; a prefecture named among them counts.
        ({"region": "横浜市", "partners": "山梨県道志村"}, ["神奈川県", "山梨県"], ["横浜市", "道志村"]),
        (
            {"region": "福岡市", "partners": "熊本市・鹿児島市"},
            ["福岡県", "熊本県", "鹿児島県"],
            ["福岡市", "熊本市", "鹿児島市"],
        ),
        ({"region": "横浜市", "partners": "全国自治体"}, ["神奈川県"], ["横浜市"]),
        # Two cities without suffix.
        ({"region": "前橋・高崎"}, ["群馬県"], ["前橋市", "高崎市"]),
        # An area that no table knows: the members that the document names.
        ({"region": "新しい圏域", "context": "松江市と出雲市で形成"}, ["島根県"], ["松江市", "出雲市"]),
        # Same-named towns: the host's prefecture decides.
        ({"region": "福山市", "partners": "府中市"}, ["広島県"], ["福山市", "府中市"]),
    ],
)
def test_resolves_places(draft: dict[str, str], prefectures: list[str], municipalities: list[str]) -> None:
    """Prefectures in JIS order and municipalities come from the area, its host and its partners."""
    found = resolve_places(Draft(kind="initiative", title="題", lines=(), **draft), home=())  # type: ignore[arg-type]
    assert list(found.prefectures) == prefectures
    assert [place.name for place in found.municipalities] == municipalities


def test_without_any_place_the_document_tells() -> None:
    """An entry that names no place belongs to the prefecture of its document, and to none where that is silent."""
    known = make_document("本文", title="資料（新潟県内）")
    assert complete(known, region="知らない圏域").prefectures == ("新潟県",)
    assert complete(make_document("本文", title="資料")).prefectures == ()


def test_cites_the_lines_over_blank_ones() -> None:
    """Blank lines do not break a range, other lines do."""
    document = make_document("題\n\n本文\n別の取組\n続き")
    lines = tuple(line for line in document.lines if line.number in (1, 3, 5))
    assert complete(document, lines=lines).source.lines == ((1, 3), (5, 5))


def test_the_id_is_of_the_text_alone() -> None:
    """The same source text gives the same id, whatever the title that a layout finds; another text gives another."""
    one = complete(make_document("図書館の相互利用\n始めた"), title="図書館の相互利用")
    assert complete(make_document("図書館の相互利用\n始めた"), title="図書館").id == one.id
    assert complete(make_document("図書館の相互利用\n始める"), title="図書館の相互利用").id != one.id


def test_a_mark_states_the_start_and_is_the_evidence() -> None:
    """What a mark or column says comes before the text; without either nothing is guessed."""
    marked = complete(make_document("題"), started="H10開始", body="令和2年4月に開始した。")
    assert (marked.start_year, marked.start_evidence) == (1998, "H10開始")
    assert complete(make_document("題"), body="令和9年度の稼働開始を目指す。").start_year is None
    assert complete(make_document("題"), started="令和8年度予定").start_year is None


def test_what_the_source_states_decides_the_home_of_an_entry() -> None:
    """The prefecture of sources.toml comes before what the title names."""
    document = make_document("本文", title="資料（新潟県内）", prefecture="長野県")
    assert complete(document, region="知らない圏域").prefectures == ("長野県",)


def test_home_prefectures_of_a_title() -> None:
    """A prefecture that a text names comes before those of its cities; without either there is none."""
    assert home_prefectures("新潟県内の取組（三条市）") == ("新潟県",)
    assert home_prefectures("倉敷市・福山市の連携") == ("岡山県", "広島県")
    assert home_prefectures("連携の記録") == ()
