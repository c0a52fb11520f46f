"""Every command, option, exit code, format and sheet stands in both READMEs, and each kind of user has a page."""

import argparse
import re
from pathlib import Path

import pytest

from extract.arguments import _parser
from extract.errors import HokokuError
from extract.writers import writer_names

ROOT = Path(__file__).parents[1]
READMES = {name: (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.ja.md")}


def subcommands():
    for action in _parser()._actions:
        if isinstance(action, argparse._SubParsersAction):
            return action.choices
    raise AssertionError("the parser has no commands")


def options():
    return sorted(
        {
            option
            for command in subcommands().values()
            for action in command._actions
            for option in action.option_strings
        }
        - {"-h", "--help"}
    )


def every_error(kind=HokokuError):
    for each in kind.__subclasses__():
        yield each
        yield from every_error(each)


@pytest.mark.parametrize("readme", READMES)
@pytest.mark.parametrize("command", subcommands())
def test_command_is_documented(readme, command):
    assert f"hokoku {command}" in READMES[readme]


@pytest.mark.parametrize("readme", READMES)
@pytest.mark.parametrize("option", options())
def test_option_is_documented(readme, option):
    assert re.search(rf"`[^`\n]*{re.escape(option)}(?![\w-])", READMES[readme])


@pytest.mark.parametrize("readme", READMES)
def test_option_that_does_not_exist_is_not_documented(readme):
    named = set(re.findall(r"`(--[a-z][a-z-]+)", READMES[readme]))
    assert named <= {*options(), "--version"}


@pytest.mark.parametrize("readme", READMES)
def test_exit_codes_are_documented(readme):
    codes = {error.exit_code for error in every_error()} | {0, 1, 6, 130}
    assert {int(code) for code in re.findall(r"^\| (\d+) \|", READMES[readme], re.MULTILINE)} == codes


@pytest.mark.parametrize("readme", READMES)
def test_formats_are_documented(readme):
    for name in writer_names():
        assert re.search(rf"--to [a-z,]*\b{name}\b|`{name}`", READMES[readme])


@pytest.mark.parametrize(
    ("readme", "pages", "trouble"),
    [
        (
            "README.md",
            ("## For the archivist", "## For the analyst", "## For the pipeline"),
            "### When something goes wrong",
        ),
        (
            "README.ja.md",
            ("## 文書を保存する方へ", "## 数値を使う方へ", "## システムに組み込む方へ"),
            "### うまくいかないとき",
        ),
    ],
)
def test_each_user_has_a_page_from_the_command_to_the_trouble(readme, pages, trouble):
    sections = re.split(r"^(?=## )", READMES[readme], flags=re.MULTILINE)
    for page in pages:
        (section,) = (text for text in sections if text.startswith(page))
        body = section.partition("\n")[2].lstrip("\n")
        assert body.startswith("    hokoku convert"), "a page starts with the command"
        assert re.split(r"^(?=### )", section, flags=re.MULTILINE)[-1].startswith(trouble), (
            "and ends with the trouble"
        )
