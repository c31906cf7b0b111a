"""Error pages: what the template receives when something cannot be shown: what happened, and what to do now."""

from __future__ import annotations

from dataclasses import dataclass

from search_app import wording
from search_app.links import Links
from search_app.pages import BoxView, build_box


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorView:
    """An error page. `parameter` names the part of the address that is wrong, where that is known."""

    title: str
    heading: str
    box: BoxView
    code: int
    message: str
    parameter: str | None
    advice: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Words:
    heading: str
    message: str
    advice: tuple[str, ...]


def build_error_view(code: int, links: Links, *, message: str | None = None, parameter: str | None = None) -> ErrorView:
    """Say what an HTTP error means for the reader; `message` takes the place of the general sentence."""
    words = _WORDS.get(code, _OTHER)
    return ErrorView(
        title=f"{words.heading}｜{wording.PRODUCT}",
        heading=words.heading,
        box=build_box(links),
        code=code,
        message=message or words.message,
        parameter=parameter,
        advice=words.advice,
    )


def describe_error(code: int) -> str:
    """Give the general sentence for an HTTP error, for answers that are not pages."""
    return _WORDS.get(code, _OTHER).message


_WORDS = {
    400: _Words(
        "アドレスの指定に誤りがあります",
        "アドレス（URL）に使えない指定があります。",
        ("アドレスを直すか、上の検索欄からさがし直してください。",),
    ),
    404: _Words(
        "ページが見つかりません",
        "このアドレスのページはありません。",
        (
            "アドレスが途中で切れていないか、確かめてください。",
            "資料が差し替わると、事例のページがなくなることがあります。上の検索欄に事業名などを入れてさがしてください。",
        ),
    ),
    405: _Words(
        "この方法では開けません",
        "このアドレスは閲覧だけに使えます。",
        ("上の検索欄からさがしてください。",),
    ),
    500: _Words(
        "表示できませんでした",
        "サーバーの内部で問題が起きました。入力の誤りではありません。",
        (
            "少し待ってから、もう一度開いてください。",
            "続くときは、開いていたアドレスと時刻を、このサービスの管理者に伝えてください。",
        ),
    ),
}
_OTHER = _Words("表示できませんでした", "このアドレスは表示できません。", ("上の検索欄からさがしてください。",))
