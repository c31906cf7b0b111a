"""Pages of our own in `web_page/` (HTML or text, and the expected entries), and the rules that tell what is a precedent."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.layouts import web_page
from indexer.records import Document, Draft

EXAMPLES = Path(__file__).parent / "web_page"
SHARED = Path(__file__).parents[4] / "shared"
NAMES = ["harima.html", "nagasaki.txt", "one_initiative.html"]


@pytest.mark.parametrize("name", NAMES)
def test_example_gives_its_golden_entries(
    name: str, read_content: Callable[..., Document], to_golden: Callable[[Draft], dict[str, object]]
) -> None:
    """Each example is cut into exactly the entries written beside it, in order, with their lines and text."""
    drafts = web_page.split(read_content(EXAMPLES / name))
    golden = json.loads((EXAMPLES / name).with_suffix(".json").read_text(encoding="utf-8"))
    assert [to_golden(draft) for draft in drafts] == golden


def _page(sections: str, title: str = "定住自立圏構想") -> str:
    return f"{title}\n\nページ番号1234\u3000更新日 2025年3月31日\n\n{sections}"


def _entries(document: Document) -> list[tuple[str, str]]:
    return [(draft.kind, draft.title) for draft in web_page.split(document)]


@pytest.mark.parametrize(
    "explanation",
    [
        "定住自立圏構想とは\n\n中心市と周辺の市町村が協定を結び、暮らしを支える制度です。",
        "定住自立圏構想とは\n\n趣旨・目的\n\n地方に人が住み続けられるようにします。\n\n中心市の要件\n\n人口5万人程度以上で、長岡市も該当しています。",
        "定住自立圏構想とは\n\n制度の概要\n\n平成20年に国が要綱を定めました。全国で100を超える圏域が取り組んでいます。",
        "形成協定の締結\n\n中心市と周辺の市町村が、議会の議決を経て1対1で締結します。",
    ],
)
def test_explanations_of_the_scheme_are_left_out(explanation: str, read_content: Callable[..., Document]) -> None:
    """A definition with its purpose, conditions and procedure is no precedent, even where it names this city."""
    assert _entries(read_content(_page(explanation))) == []


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("移住相談窓口とは\n\n本市では、令和4年4月に窓口を開設しました。", ("initiative", "移住相談窓口")),
        ("共生ビジョン\n\n令和7年3月に第4次の計画を策定しました。", ("initiative", "共生ビジョン")),
        ("病児保育の広域利用\n\nどの市町の施設も使えます。", ("initiative", "病児保育の広域利用")),
        ("形成協定の締結\n\n長岡市は、平成21年10月に見附市と協定を締結しました。", ("agreement", "形成協定の締結")),
        ("長岡地域定住自立圏\n\n本市は平成21年に中心市宣言を行いました。", ("profile", "長岡地域定住自立圏")),
        ("これまでの経緯\n\n平成21年3月\u3000中心市宣言", ("profile", "これまでの経緯")),
    ],
)
def test_acts_of_the_city_are_entries(
    part: str, expected: tuple[str, str], read_content: Callable[..., Document]
) -> None:
    """What this city or its area did or offers is an entry: initiative, agreement, or profile of the area."""
    assert _entries(read_content(_page(part))) == [expected]


def test_list_of_bare_titles_ends_the_part_before_it(read_content: Callable[..., Document]) -> None:
    """Each item of 主な事業 is an entry; the part with its labels goes up to the list, notes and captions are left out."""
    text = _page(
        """広域防災モデル事業とは

趣旨

国の委託事業です。

本市の取り組み

長岡市は、令和5年6月に採択されました。

実施期間
令和5年7月から令和6年2月まで
主な事業
  • 避難所の共同運営
  • 備蓄品の融通

写真:訓練のようす

  • ※見附市は別の圏域にも参加しています。
"""
    )
    drafts = web_page.split(read_content(text))
    assert [(draft.title, [line.number for line in draft.lines if not line.blank]) for draft in drafts] == [
        ("広域防災モデル事業", [5, 7, 9, 11, 13, 15, 16]),
        ("避難所の共同運営", [18]),
        ("備蓄品の融通", [19]),
    ]
    assert drafts[0].body.endswith("実施期間\n令和5年7月から令和6年2月まで")


def test_lists_of_other_things_give_no_titles(read_content: Callable[..., Document]) -> None:
    """Members, conditions, dates and fields of the scheme in a list are no initiatives."""
    text = _page(
        "主な取組\n\n・長岡市\n・見附市\n・小千谷市\n\n連携する取組\n\n・生活機能の強化など\n・地域医療、福祉など\n"
    )
    assert web_page.split(read_content(text)) == []


def test_members_and_region_are_taken_from_the_page(read_content: Callable[..., Document]) -> None:
    """The region is the area that the page names most; the sentence with its members is the context, remarks are not."""
    text = _page(
        "長岡地域定住自立圏の取組\n\n長岡地域定住自立圏（長岡市・小千谷市・見附市・出雲崎町）で訓練を行いました。\n\n"
        "※見附市、三条市、新潟市、加茂市、燕市は新潟広域都市圏にも加わります。\n"
    )
    (draft,) = web_page.split(read_content(text))
    assert draft.region == "長岡地域定住自立圏"
    assert "出雲崎町" in draft.context
    assert "三条市" not in draft.context


@pytest.mark.parametrize(
    "furniture",
    [
        "このページに関するお問い合わせ\n\n長岡市役所 政策企画課\n電話番号:0258-00-0000",
        "関連リンク\n\n・総務省 定住自立圏構想",
        "PDFファイルをご覧いただくには、Adobe Readerが必要です。",
        "協定書（PDF：120KB）新しいウィンドウで開きます",
        "ホーム > 市政 > 広域連携",
        "総務省ホームページ<外部リンク>",
        "写真:協定の調印式",
    ],
)
def test_furniture_of_the_site_is_left_out(furniture: str, read_content: Callable[..., Document]) -> None:
    """Contact box, links, files, breadcrumbs and captions belong to no entry."""
    text = _page(f"病児保育の広域利用\n\nどの市町の施設も使えます。\n\n{furniture}\n")
    (draft,) = web_page.split(read_content(text))
    assert draft.body == "どの市町の施設も使えます。"
    assert [line.number for line in draft.lines if not line.blank] == [5, 7]


def test_match_is_sure_of_pages_only(read_content: Callable[..., Document]) -> None:
    """Text with the furniture of a site and HTML score, other text does not."""
    assert web_page.match(read_content(EXAMPLES / "nagasaki.txt")) > 0.5
    assert web_page.match(read_content(EXAMPLES / "harima.html")) > 0.5
    assert web_page.match(read_content("広域連携の事例\n\n更新日 令和6年3月\n\n事例1 図書館\n")) == 0.0


def test_shared_page_gives_what_was_judged_by_hand(read_content: Callable[..., Document]) -> None:
    """Document 004 has no labels; its entries and their lines were judged by reading the page."""
    sources = sorted((SHARED / "seeds").glob("004_*.txt"))
    if not sources:
        pytest.skip("../shared/seeds is not there: the page is not tested")
    drafts = web_page.split(read_content(sources[0]))
    ranges = [(draft.kind, draft.lines[0].number, draft.lines[-1].number) for draft in drafts]
    bare = [("initiative", number, number) for number in range(57, 62)]
    parts = [("agreement", 71, 74), ("initiative", 80, 88), ("initiative", 90, 94), ("initiative", 96, 98)]
    assert ranges == [("initiative", 42, 55), *bare, *parts]
    assert {draft.region for draft in drafts} == {"高梁川流域連携中枢都市圏"}
