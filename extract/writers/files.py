"""Files that appear whole or not at all, and all of a source together."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, TypeAlias

from extract.errors import OutputError

Fill: TypeAlias = Callable[[BinaryIO], None]


def write_together(outputs: Sequence[tuple[Path, Fill]]) -> None:
    """Write every file of ``outputs`` or none: a target keeps its old content until all new ones are on disk.

    Missing folders are made. Raises ``OutputError`` when the disk is full, a right is missing or a name cannot be; then
    no temporary file and no new folder is left, and what stood at the targets stands there again.
    """
    with _folders(target.parent for target, _ in outputs):
        temporaries: list[Path] = []
        try:
            for target, fill in outputs:
                temporary = _unused_name(target)
                temporaries.append(temporary)
                _write(temporary, fill, target=target)
            _put([(temporary, target) for temporary, (target, _) in zip(temporaries, outputs, strict=True)])
        finally:
            for temporary in temporaries:
                with suppress(OSError):
                    temporary.unlink(missing_ok=True)


def _write(temporary: Path, fill: Fill, *, target: Path) -> None:
    with _output_errors(target), temporary.open("xb") as stream:
        fill(stream)
        stream.flush()
        os.fsync(stream.fileno())


def _put(moves: Sequence[tuple[Path, Path]]) -> None:
    """Move the finished files to their targets; when one cannot be, put back what stood at the others."""
    kept: list[Path] = []
    with ExitStack() as undo:
        for temporary, target in moves:
            with _output_errors(target):
                # A second move can still fail (a workbook that is open in Excel), so the old file is kept until the end.
                old = _set_aside(target) if len(moves) > 1 else None
                if old is not None:
                    kept.append(old)
                    undo.callback(_put_back, old, target)
                temporary.replace(target)
                if old is None and len(moves) > 1:
                    undo.callback(_remove, target)
        undo.pop_all()
    for old in kept:
        with suppress(OSError):
            old.unlink()
    for folder in {target.parent for _, target in moves}:
        _flush_folder(folder)


def _put_back(old: Path, target: Path) -> None:
    with suppress(OSError):
        old.replace(target)
        old.unlink(missing_ok=True)  # two names of one file: then the replacement did nothing


def _remove(target: Path) -> None:
    with suppress(OSError):
        target.unlink(missing_ok=True)


def _set_aside(target: Path) -> Path | None:
    if not target.exists():
        return None
    if target.is_dir():
        raise IsADirectoryError(21, "a folder has this name", str(target))
    aside = _unused_name(target)
    try:
        os.link(target, aside)  # so that the target is there at every moment
    except OSError:  # a file system without links
        target.replace(aside)
    return aside


def _unused_name(target: Path) -> Path:
    """Give a short hidden name beside the target: a long target name must not make this one too long.

    It names its process, so that who outlives it can tell what it left.
    """
    return target.parent / f".hokoku-{os.getpid()}-{secrets.token_hex(8)}.part"


def _flush_folder(folder: Path) -> None:
    """Make the names in the folder survive a power cut, where the system can."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextmanager
def _folders(wanted: Iterator[Path]) -> Iterator[None]:
    """Make the folders; whoever fails inside leaves none that was not there."""
    with ExitStack() as undo:
        for folder in wanted:
            with _output_errors(folder):
                for made in _make_folder(folder):
                    undo.callback(_remove_folder, made)
        yield
        undo.pop_all()


def _remove_folder(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()


def _make_folder(folder: Path) -> list[Path]:
    """Make the folder and its parents; give those that were not there, outermost first."""
    missing = [parent for parent in (folder, *folder.parents) if not parent.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return missing[::-1]


@contextmanager
def _output_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputError(path=path, reason=error.strerror or str(error)) from error
