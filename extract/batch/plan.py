"""Files, folders and patterns -> a plan: which file is converted to where, before the first one is opened."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias

from extract.errors import InputError, InputUnreadable, NoInputs, UsageError
from extract.media import HEAD_BYTES, head_to_media_type

SUFFIXES = frozenset({".pdf", ".tif", ".tiff", ".png", ".jpg", ".jpeg", ".jpe"})
"""A file in a folder whose name promises one of the formats is an input whatever it holds: a damaged one must show."""

_Found: TypeAlias = tuple[Literal["input", "other", "unreadable-folder"], Path]


@dataclass(frozen=True, slots=True)
class Task:
    """One file to convert: ``base`` is OUT, the relative path and the whole input name; formats add their suffix."""

    path: Path
    base: Path


@dataclass(frozen=True, slots=True)
class Plan:
    """The work of a run: what to convert, the arguments that cannot be used and why, and what folders held besides."""

    tasks: tuple[Task, ...]
    refused: tuple[tuple[Path, InputError], ...]
    skipped: tuple[Path, ...]


@dataclass(slots=True)
class _Draft:
    tasks: dict[Path, Task] = field(default_factory=dict)
    refused: list[tuple[Path, InputError]] = field(default_factory=list)
    skipped: dict[Path, None] = field(default_factory=dict)

    def add(self, path: Path, base: Path) -> None:
        """Add a task once; raises UsageError when another file already goes to the same place."""
        other = self.tasks.setdefault(base, Task(path, base)).path
        if other != path and os.path.realpath(other) != os.path.realpath(path):
            raise UsageError(
                detail_ja=f"{other} と {path} の出力先が同じになります。共通のフォルダを入力に指定してください。",
                detail_en=f"{other} and {path} would be written to the same place; give their common folder instead.",
            )


def find_inputs(arguments: Iterable[Path | str], out: Path) -> Plan:
    """Find the files that the arguments name, in their order, folders and patterns sorted.

    A named file goes to OUT under its name. A file in a folder, or one that a pattern (``*``, ``?``, ``[``, ``**``)
    finds, keeps its path below the folder, or below the part of the pattern before the first wildcard. There only PDF,
    TIFF, PNG and JPEG files are inputs, told by content or by name; the rest is skipped. OUT itself is never searched.
    Raises UsageError when there is no argument, or two files would be written to the same place.
    """
    draft = _Draft()
    names = [os.fspath(argument) for argument in arguments]
    if not names:
        raise UsageError(detail_ja="入力を指定してください。", detail_en="give at least one input.")
    for name in names:
        path = Path(name)
        if os.path.isdir(name):  # noqa: PTH112 - unlike Path.is_dir it answers for names that cannot exist too
            _add_found(draft, path, path, _walk(path, out), out)
        elif glob.has_magic(name) and not os.path.lexists(name):
            root = _fixed_part(path)
            _add_found(draft, path, root, _match(name, out), out)
        else:
            draft.add(path, out / path.name)
    return Plan(tuple(draft.tasks.values()), tuple(draft.refused), tuple(draft.skipped))


def _add_found(draft: _Draft, argument: Path, root: Path, found: Iterable[_Found], out: Path) -> None:
    any_input = False
    for kind, path in found:
        if kind == "input":
            any_input = True
            draft.add(path, out / path.relative_to(root))
        elif kind == "other":
            draft.skipped[path] = None
        else:
            any_input = True
            draft.refused.append((path, InputUnreadable(path=path, reason="Permission denied")))
    if not any_input:
        draft.refused.append((argument, NoInputs(path=argument)))


def _walk(folder: Path, out: Path) -> Iterator[_Found]:
    """Give what lies in a folder, sorted, without following links to folders: they may lead in a circle."""
    unreadable: list[OSError] = []
    own_output = os.path.realpath(out)
    for parent, folders, files in os.walk(folder, onerror=unreadable.append):
        for error in unreadable:
            yield "unreadable-folder", Path(error.filename)
        unreadable.clear()
        folders[:] = sorted(name for name in folders if os.path.realpath(Path(parent) / name) != own_output)
        for name in folders:
            if (Path(parent) / name).is_symlink():
                yield "other", Path(parent) / name
        for name in sorted(files):
            path = Path(parent) / name
            yield ("input" if _is_convertible(path) else "other"), path
    for error in unreadable:
        yield "unreadable-folder", Path(error.filename)


def _match(pattern: str, out: Path) -> Iterator[_Found]:
    own_output = Path(os.path.realpath(out))
    for name in sorted(glob.glob(pattern, recursive=True)):  # noqa: PTH207 - the pattern may be absolute
        path = Path(name)
        if own_output in (Path(os.path.realpath(path)), *Path(os.path.realpath(path)).parents):
            continue
        if not path.is_dir():
            yield ("input" if _is_convertible(path) else "other"), path
        elif "**" not in pattern:  # which finds the files of its folders by itself
            yield from _walk(path, out)


def _fixed_part(pattern: Path) -> Path:
    """Give the part of a pattern before its first wildcard."""
    fixed = Path()
    for part in pattern.parts:
        if glob.has_magic(part):
            break
        fixed /= part
    return fixed


def _is_convertible(path: Path) -> bool:
    """Say whether name or content promise a document; only regular files are opened: a pipe could wait for ever."""
    if path.suffix.lower() in SUFFIXES:
        return True
    if not path.is_file():
        return False
    try:
        with path.open("rb") as stream:
            return head_to_media_type(stream.read(HEAD_BYTES)) is not None
    except OSError:
        return True  # it becomes a failed document whose error says why, which a skipped file would not
