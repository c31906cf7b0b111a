"""Names of authorities: read as a whole line, an office left out, anything more refused."""

import pytest

from indexer.authorities import read_authority


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("倉敷市　企画財政部　企画経営室", "倉敷市"),
        ("総務省自治行政局市町村課", "総務省"),
        ("（総務省）", "総務省"),
        ("岡山県倉敷市", "倉敷市"),
        ("富山県 地方創生局", "富山県"),
        ("倉敷市役所", "倉敷市"),
        ("前橋市・高崎市", "前橋市・高崎市"),
        ("四日市市", "四日市市"),
    ],
)
def test_reads_a_line_that_is_an_authority(text: str, name: str) -> None:
    """The authority is given without its office, several joined by ・."""
    assert read_authority(text) == name


@pytest.mark.parametrize("text", ["倉敷市の取組", "企画経営室", "図書館の相互利用", "病児保育・倉敷市", "前橋市長", ""])
def test_refuses_a_line_that_says_more_or_less(text: str) -> None:
    """A line with other words, an office of nobody or a mixed list names no authority."""
    assert read_authority(text) is None
