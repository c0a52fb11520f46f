from __future__ import annotations

import dataclasses
import tomllib
from pathlib import Path

import pytest

import extract
from extract import Config
from extract.config import VERSION, ranges_to_text, text_to_ranges
from extract.errors import UsageError


def test_the_version_is_that_of_the_project():
    project = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text("utf-8"))
    assert project["project"]["version"] == VERSION == extract.__version__


def test_public_names_are_there_and_no_others():
    assert sorted(extract.__all__) == dir(extract)
    for name in extract.__all__:
        assert getattr(extract, name) is not None
    with pytest.raises(AttributeError):
        extract.nothing  # noqa: B018 - looking it up is the test


@pytest.mark.parametrize(
    "settings",
    [
        {"formats": ()},
        {"ocr": "other"},
        {"language": "fr"},
        {"fail_on": "fatal"},
        {"jobs": 0},
        {"timeout": 0},
        {"timeout": float("inf")},
        {"timeout": float("nan")},
        {"pages": ((3, 1),)},
        {"pages": ((0, 1),)},
        {"ocr": "none", "force_ocr": True},
        {"second_reader": "eyes"},
    ],
)
def test_settings_out_of_range_are_refused_in_both_languages(settings):
    with pytest.raises(UsageError) as caught:
        Config(**settings)
    assert caught.value.sentence("ja") != caught.value.sentence("en")


def test_a_config_is_frozen_and_hides_the_password():
    config = Config(password="secret")
    with pytest.raises(dataclasses.FrozenInstanceError):
        config.jobs = 2  # type: ignore[misc]
    assert "secret" not in repr(config) + repr(config.intake())


def test_public_holds_what_changes_the_result_and_no_secret():
    config = Config(pages=((1, 3), (7, 7)), password="secret", jobs=8, timeout=5)
    assert config.public() == {
        "ocr": "auto",
        "second_reader": "none",
        "force_ocr": False,
        "pages": "1-3,7",
        "language": "ja",
        "privacy": "off",
    }
    assert config.public() == Config(pages=((1, 3), (7, 7))).public()


@pytest.mark.parametrize(
    ("text", "ranges"), [("7", ((7, 7),)), ("1-3,7", ((1, 3), (7, 7))), (" 2 , 1-1", ((2, 2), (1, 1)))]
)
def test_page_ranges_are_read(text, ranges):
    assert text_to_ranges(text) == ranges
    assert text_to_ranges(ranges_to_text(ranges)) == ranges


@pytest.mark.parametrize("text", ["", "0", "3-1", "1-", "-3", "a", "1,,2", "1-2-3", "９999999999999", "1;2"])
def test_other_page_texts_are_refused(text):
    with pytest.raises(UsageError):
        text_to_ranges(text)
