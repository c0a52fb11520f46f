"""Text -> HTML, so that nothing in a document is ever taken for a mark; pure.

Every text stands between tags or in double quotes, and every link leads to a place of the page itself. Sources: HTML Living
Standard 13.1.2 (text and attributes), and XML 1.0 section 2.2 for the characters that may stand in a file at all.
"""

from __future__ import annotations

import re
from html import escape

from extract.characters import fold_spaces, fold_width, is_digit, join_wrapped
from extract.document import Value
from extract.geometry import Box
from extract.writers.as_csv import number_to_text
from extract.writers.texts import text_to_visible

_POINT = re.compile(r"(?<=\d)．")  # after the number of a heading


def text(value: str) -> str:
    """Give a text as it may stand between tags or in quotes; control characters become visible."""
    return escape(text_to_visible(value)[0])


def lines(value: str) -> str:
    """Give a text with its line ends as line breaks."""
    return text(value).replace("\n", "<br>")


def read_as_line(raw: str) -> str:
    """Give what was read in one line: a line end in Japanese text is no space, but two numbers stay two."""
    joined = ""
    for line in filter(None, map(fold_spaces, raw.splitlines())):
        numbers = joined and is_digit(joined[-1]) and is_digit(line[0])
        joined = f"{joined} {line}" if numbers else join_wrapped([joined, line])
    return joined


def mark_text(heading: str) -> str:
    """Give a heading, or the mark before it, in the widths of the clean text: １ is 1, （１） is （1）, １． is 1."""
    return _POINT.sub(".", fold_width(heading))


def tag(name: str, inner: str, **attributes: str | int | None) -> str:
    """Give an element around what is HTML already; a trailing underscore in an attribute's name falls off, None leaves it out."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{text(str(value))}"'
        for key, value in attributes.items()
        if value is not None and value != ""
    )
    return f"<{name}{written}>{inner}</{name}>"


def link(place: str, inner: str, **attributes: str | int | None) -> str:
    """Give a link to a place of the page by its id."""
    return tag("a", inner, href="#" + place, **attributes)


def badge(kind: str, word: str) -> str:
    """Give a word with its colour."""
    return tag("span", text(word), class_=f"badge {kind}")


def place_id(thing: str) -> str:
    """Give the id of the place of a thing on the picture of its page."""
    return "at-" + thing


def page_id(number: int) -> str:
    """Give the id of the picture of a page."""
    return f"page-{number}"


def number(value: float) -> str:
    """Give a number with its digits in groups of three, exact."""
    whole, point, rest = number_to_text(value).partition(".")
    sign, digits = ("−", whole[1:]) if whole.startswith("-") else ("", whole)
    groups = [digits[max(0, end - 3) : end] for end in range(len(digits), 0, -3)]
    return sign + ",".join(reversed(groups)) + point + rest


def value_text(value: Value) -> str:
    """Give a normalised value as text."""
    return number(value) if isinstance(value, int | float) else value or ""


def rectangle(box: Box) -> str:
    """Give the attributes of a rectangle, to a tenth of a point; one without extent is widened so that it can be seen."""
    x0, y0, x1, y1 = box
    width, height = max(x1 - x0, 1.0), max(y1 - y0, 1.0)
    return f'x="{x0:.1f}" y="{y0:.1f}" width="{width:.1f}" height="{height:.1f}"'
