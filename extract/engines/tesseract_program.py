"""The Tesseract program on this machine: whether it is there, and with Japanese."""

from __future__ import annotations

import importlib.util
from functools import cache

from extract.engines.base import EngineState

NAME = "tesseract"
LANGUAGE = "jpn"
REMEDY_JA = (
    "Debian・Ubuntu では sudo apt-get install tesseract-ocr tesseract-ocr-jpn tesseract-ocr-jpn-vert を、"
    "ほかの環境では Tesseract 5 と日本語（jpn）のデータの導入をお願いします。"
)
REMEDY_EN = (
    "On Debian or Ubuntu run sudo apt-get install tesseract-ocr tesseract-ocr-jpn tesseract-ocr-jpn-vert; "
    "elsewhere install Tesseract 5 with its Japanese data (jpn)."
)


@cache
def state() -> EngineState:
    """Say whether Tesseract can be used here; it is asked once."""
    missing = EngineState(NAME, None, remedy_ja=REMEDY_JA, remedy_en=REMEDY_EN)
    if importlib.util.find_spec("pytesseract") is None:
        return missing
    import pytesseract  # noqa: PLC0415 - it loads Pillow

    try:
        version = str(pytesseract.get_tesseract_version())
        languages = pytesseract.get_languages()
    except (pytesseract.TesseractNotFoundError, pytesseract.TesseractError, SystemExit, OSError):
        return missing
    return EngineState(NAME, version) if LANGUAGE in languages else missing
