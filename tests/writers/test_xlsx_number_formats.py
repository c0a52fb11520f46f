from __future__ import annotations

import pytest

from extract.writers.xlsx.number_formats import is_exact_in_excel, number_to_format

WIDE = "[DBNum3][$-411]"


@pytest.mark.parametrize(
    ("raw", "value", "code"),
    [
        ("22", 22, "0"),
        ("13,630", 13630, "#,##0"),
        ("1234", 1234, "0"),
        ("3.40", 3.4, "0.00"),
        ("1,234.5", 1234.5, "#,##0.0"),
        ("13,630件", 13630, '#,##0"件"'),
        ("１３，６３０件", 13630, WIDE + '#,##0"件"'),
        ("１３，６３０\n件", 13630, WIDE + '#,##0"件"'),
        ("３．４％", 3.4, WIDE + '0.0"％"'),
        ("3.4%", 3.4, '0.0"%"'),
        ("△1,234", -1234, '#,##0;"△"#,##0'),
        ("1.1%減", -1.1, '0.0"%増";0.0"%減"'),
        ("▲ 47.4%", -47.4, '0.0"%";"▲"0.0"%"'),
        ("-5", -5, '0;"-"0'),
        ("△０．０", 0.0, f'{WIDE}0.0;{WIDE}"△"0.0;{WIDE}"△"0.0'),
        ("△0", -0.0, '0;"△"0;"△"0'),
        ("（１，２３４）", 1234, WIDE + '"（"#,##0"）"'),
        ("(△12)", -12, '"("0")";"(△"0")"'),
        ("約1,000人", 1000, '"約"#,##0"人"'),
        ("+200", 200, '"+"0'),
        ("007", 7, "000"),
        ("0", 0, "0"),
        ("0.5", 0.5, "0.0"),
        (".5", 0.5, "#.0"),
    ],
)
def test_a_number_is_shown_as_printed(raw, value, code):
    assert number_to_format(raw, value).code == code
    assert number_to_format(raw, value).as_printed


@pytest.mark.parametrize(
    ("raw", "value", "unit", "code"),
    [
        ("１億２，３４５万円", 123450000, "円", '#,##0"円"'),
        ("1.5万人", 15000, "人", '#,##0"人"'),
        ("十二", 12, None, "#,##0"),
        ("12,34", 1234, None, "#,##0"),
        ("1,234", -1234, None, "#,##0"),
        ("△5", 5, None, "0"),
        ("12", 13, None, "0"),
        ('5"件', 5, '"件', "0"),
        ("3割5分", 0.35, None, "0.00"),
    ],
)
def test_what_no_format_can_show_is_said(raw, value, unit, code):
    shown = number_to_format(raw, value, unit)
    assert (shown.code, shown.as_printed) == (code, False)


@pytest.mark.parametrize(
    ("value", "exact"),
    [
        (0, True),
        (999_999_999_999_999, True),
        (1_234_567_890_123_456, False),
        (10**18, True),
        (-(10**16) - 1, False),
        (10**400, False),
        (3.4, True),
        (123456789.123456, True),
        (0.1 + 0.2, False),
        (float("inf"), False),
        (float("nan"), False),
    ],
)
def test_digits_that_excel_would_round_are_seen(value, exact):
    assert is_exact_in_excel(value) is exact
