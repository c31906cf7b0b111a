"""What a cell shows of its number, by its format."""

from __future__ import annotations

import datetime as dt

import pytest

from indexer.readers.xlsx_cells import write_date, write_number


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (1234.0, "General", "1234"),
        (0.1 + 0.2, "General", "0.3"),
        (1e20, "General", "1e+20"),
        (1234567, "#,##0", "1,234,567"),
        (1234567, '#,##0,"千円"', "1,235千円"),
        (-1200, '#,##0;"△ "#,##0', "△ 1,200"),
        (-5, "0", "-5"),
        (0, '0;-0;"-"', "-"),
        (0.256, "0.0%", "25.6%"),
        (26, '"平成"0"年度"', "平成26年度"),
        (26, 'General"人"', "26人"),
        (7, "000", "007"),
        (1.5, "0.0#", "1.5"),
        (12, '_ * #,##0_ ;_ * \\-#,##0_ ;_ * "-"_ ;_ @_ ', "12"),
        (1200, "[$¥-411]#,##0", "¥1,200"),
        (0.5, "# ?/?", "0.5"),
        (901234567, "000-000-0000", "901234567"),
        (3, "@", "3"),
    ],
)
def test_number_is_written_as_shown(value: float, code: str, text: str) -> None:
    """Decimals, thousands, percent and the words of a format are written; rare formats give the plain number."""
    assert write_number(value, code) == text


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("yyyy/m/d", "2024年4月1日"),
        ("mm-dd-yy", "2024年4月1日"),
        ('[$-411]ggge"年"m"月"d"日"', "2024年4月1日"),
        ("[$-411]ge.m", "2024年4月"),
        ('yyyy"年"', "2024年"),
        ('[$-411]ggge"年度"', "2024年度"),
        ('m"月"d"日"', "4月1日"),
        ("yyyy/m/d h:mm", "2024年4月1日 9:05"),
        ("h:mm", "9:05"),
        ("General", "2024年4月1日"),
    ],
)
def test_date_is_written_in_japanese_as_far_as_shown(code: str, text: str) -> None:
    """Only the parts that the format shows are written, eras as years of the calendar."""
    assert write_date(dt.datetime(2024, 4, 1, 9, 5), code) == text


def test_day_without_time_has_no_clock() -> None:
    """A date formatted with its time shows no midnight, and zero formatted as a date shows nothing."""
    assert write_date(dt.datetime(2024, 4, 1), "yyyy/m/d h:mm") == "2024年4月1日"
    assert write_date(dt.time(), "yyyy/m/d") == ""
