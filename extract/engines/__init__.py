"""The replaceable outside world: OCR engines and page rasterising behind small Protocols.

A further engine is a package with an entry point of the group ``extract.engines``: a function without arguments that
gives a ``Recogniser``.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from importlib.metadata import entry_points

from extract.engines.base import EngineFailure, EngineState, Recogniser
from extract.engines.guarded import Guarded
from extract.errors import DependencyMissing

__all__ = ["EngineFailure", "EngineState", "Recogniser", "available", "find_engine", "find_second_reader"]

GROUP = "extract.engines"
DEFAULT = "rapidocr"

SECOND_SECONDS = 15.0
"""A second reader that takes longer over one picture hangs: 60 doubted numbers take it less than a second."""

SECOND_PATIENCE = 50.0
"""Seconds for the doubted numbers of a page, at most three pictures: with the first reader's they stay below the silence after
which a batch ends its worker."""


@cache
def find_engine(name: str) -> Recogniser:
    """Give the engine of a name ("auto" is the default one), loaded once a process. Raises DependencyMissing."""
    if name in ("auto", DEFAULT):
        _check_modules(DEFAULT, "cv2", "onnxruntime")
        with _broken_is_missing(DEFAULT):
            from extract.engines.rapidocr import RapidOcr  # noqa: PLC0415 - loaded only where a page needs OCR

            return Guarded(RapidOcr)
    if name == "tesseract":
        _check_modules(name, "cv2", "pytesseract")
        with _broken_is_missing(name):
            from extract.engines.tesseract import Tesseract  # noqa: PLC0415 - likewise

            return Guarded(Tesseract)
    for entry in entry_points(group=GROUP, name=name):
        with _broken_is_missing(name):
            return Guarded(entry.load())
    raise DependencyMissing(
        name=name,
        remedy_ja="hokoku engines で使えるエンジンを確かめてください。",
        remedy_en="See hokoku engines for those that can be used.",
    )


@cache
def find_second_reader(name: str) -> Recogniser | None:
    """Give the engine that reads doubted numbers again, None for "none". Raises DependencyMissing."""
    if name == "none":
        return None
    _check_modules(name, "cv2", "pytesseract")
    with _broken_is_missing(name):
        from extract.engines.tesseract import Tesseract  # noqa: PLC0415 - likewise

        return Guarded(partial(Tesseract, seconds=SECOND_SECONDS), patience=SECOND_PATIENCE)


def available() -> tuple[EngineState, ...]:
    """Give the engines that this version knows, whether each can be used here, and how to get those that cannot."""
    from extract.engines import rapidocr_model, tesseract_program  # noqa: PLC0415 - light, but not on the way to --help

    others = (EngineState(entry.name, entry.dist.version if entry.dist else "") for entry in _plugins())
    return (rapidocr_model.state(), tesseract_program.state(), *others)


def _plugins() -> list[importlib.metadata.EntryPoint]:
    return sorted(entry_points(group=GROUP), key=lambda entry: entry.name)


def _check_modules(engine: str, *modules: str) -> None:
    missing = [module for module in modules if importlib.util.find_spec(module) is None]
    if missing:
        raise _missing(engine, ", ".join(missing))


@contextmanager
def _broken_is_missing(engine: str) -> Iterator[None]:
    """Raise DependencyMissing for what is installed and cannot be loaded: a library that it needs is not there."""
    try:
        yield
    except (ImportError, AttributeError) as error:
        raise _missing(engine, " ".join(str(error).split())[:200]) from error


def _missing(engine: str, what: str) -> DependencyMissing:
    return DependencyMissing(
        name=f"{engine} ({what})",
        remedy_ja="pip install hokoku をやり直してください。",
        remedy_en="Install hokoku again with pip.",
    )
