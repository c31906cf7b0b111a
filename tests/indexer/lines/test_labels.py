"""Headings told by their words."""

from indexer.lines.labels import is_general, is_label, is_proper


def test_headings_tell_what_they_are_by_their_words() -> None:
    """A heading names something of its own, or holds words of the scheme only, or is a label."""
    assert [
        title for title in ("趣旨・目的", "実施期間", "本市の取り組み", "令和6年度の主な事業") if not is_label(title)
    ] == []
    assert [
        title for title in ("連携中枢都市の要件", "連携協約書", "都市圏ビジョンの策定") if not is_general(title)
    ] == []
    assert [title for title in ("高梁川流域の取組", "移住サイト", "モデル構築事業とは") if not is_proper(title)] == []
    assert not is_proper("第3期 令和7年度~令和11年度")
