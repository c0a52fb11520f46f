from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extract.writers.texts import (
    CELL_LIMIT,
    display_width,
    escape_codes,
    text_to_pieces,
    text_to_visible,
    wrapped_lines,
)


@given(st.text(st.characters()))
def test_the_visible_text_can_stand_in_a_file(text):
    visible, _ = text_to_visible(text)
    visible.encode()
    assert all(character in "\t\n" or ord(character) >= 0x20 for character in visible)


def test_marks_are_counted_and_line_ends_are_not_marks():
    assert text_to_visible("a\r\nb\rc\td\x0b\x00\x7f\ud800\uffff") == ("a\nb\nc\td␋␀␡\ufffd\ufffd", 5)


@given(st.text(max_size=30), st.integers(0, 5000), st.booleans())
def test_no_piece_is_too_long_and_together_they_are_the_text(text, times, astral):
    whole = (text + ("𠮷" if astral else "長")) * times
    pieces = text_to_pieces(whole)
    assert "".join(pieces) == whole
    for piece in pieces:
        assert len(piece.encode("utf-16-le", "surrogatepass")) // 2 <= CELL_LIMIT
        assert len(escape_codes(piece)) <= CELL_LIMIT


def test_pieces_of_escapes_fit_after_they_have_grown():
    assert all(len(escape_codes(piece)) <= CELL_LIMIT for piece in text_to_pieces("_x0041" * 6000 + "_"))


def test_only_what_excel_would_decode_is_escaped():
    assert (
        escape_codes("_x0041_ _x004_ a_xyz0_ _x00e9_x000B_")
        == "_x005F_x0041_ _x004_ a_xyz0_ _x005F_x00e9_x005F_x000B_"
    )


def test_widths():
    assert display_width("abc") == 3
    assert display_width("区長a\n△") == 5
    assert wrapped_lines("区長区長", 4) == 2
    assert wrapped_lines("a\n\nb", 10) == 3
    assert wrapped_lines("", 10) == 1
