"""What tells which way up a page is: words of its lines, and neither leaders nor Latin letters."""

from __future__ import annotations

from extract.engines.scripted import text_to_reading
from extract.pages.scan.orientation import _mean_probability, _sense


def test_what_is_read_of_dots_upside_down_is_no_word():
    assert _sense([text_to_reading("FLUEEEEUEE"), text_to_reading("78")]) == 0
    assert _sense([text_to_reading("特別区税の概要")]) > 0


def test_the_dots_of_a_leader_say_nothing_of_the_way_up():
    entry, page = text_to_reading("特別区税"), text_to_reading("特別区税……………………68")
    assert _mean_probability([page]) == _mean_probability([entry])
