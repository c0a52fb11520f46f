"""Files, folders, patterns and URLs -> a plan: which file is converted to where, before the first one is opened."""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias

from extract.batch.names import names_to_bases
from extract.batch.storage import find_remote, is_remote, url_to_local
from extract.errors import (
    InputError,
    InputMissing,
    InputNotAFile,
    InputOutside,
    InputUnreadable,
    NoInputs,
    UsageError,
)
from extract.media import HEAD_BYTES, head_to_media_type

SUFFIXES = frozenset({".pdf", ".tif", ".tiff", ".png", ".jpg", ".jpeg", ".jpe"})
"""A file in a folder whose name promises one of the formats is an input whatever it holds: a damaged one must show."""

_Found: TypeAlias = tuple[Literal["input", "other", "refused"], Path, InputError | None]


@dataclass(frozen=True, slots=True)
class Task:
    """One file to convert: ``base`` is OUT, the relative path and the whole input name; formats add their suffix.

    ``name`` is the relative path of the input below what was asked for. ``url`` says where the input lies when that is
    not this machine; then ``path`` is only its name. ``root`` is OUT.
    """

    path: Path
    base: Path
    name: str = ""
    url: str | None = None
    target: str | None = None
    root: Path = Path()

    @property
    def below(self) -> str:
        """Give the base below OUT."""
        return self.base.relative_to(self.root).as_posix()

    @property
    def place(self) -> str:
        """Give where the input lies: its URL or its absolute path."""
        return self.url or os.path.abspath(self.path)  # noqa: PTH100 - Path.absolute keeps ".."


@dataclass(frozen=True, slots=True)
class Plan:
    """The work of a run: what to convert, what cannot be used and why, and what folders held besides.

    What lies elsewhere is named by its URL, a text. ``url`` is where the outputs go when that is not this machine; ``out``
    is the folder that stands for it here.
    """

    out: Path
    tasks: tuple[Task, ...]
    refused: tuple[tuple[Path | str, InputError], ...]
    skipped: tuple[Path | str, ...]
    url: str | None = None


@dataclass(slots=True)
class _Draft:
    found: dict[str, tuple[Path, str | None]] = field(default_factory=dict)
    refused: dict[Path | str, InputError] = field(default_factory=dict)
    skipped: dict[Path | str, None] = field(default_factory=dict)

    def add(self, path: Path, name: str, url: str | None = None) -> None:
        """Add an input once; raises UsageError when another one already has its name."""
        other, other_url = self.found.setdefault(name, (path, url))
        if (other, other_url) == (path, url):
            return
        if url is not None or other_url is not None or os.path.realpath(other) != os.path.realpath(path):
            raise UsageError(
                detail_ja=f"{other_url or other} と {url or path} の出力先が同じになります。共通のフォルダを入力に指定してください。",
                detail_en=f"{other_url or other} and {url or path} would be written to the same place; give their common folder instead.",
            )


def find_inputs(
    arguments: Iterable[Path | str],
    out: Path,
    *,
    url: str | None = None,
    taken: Mapping[str, str] | None = None,
    suffixes: Iterable[str] = (".json", ".xlsx"),
) -> Plan:
    """Find the files that the arguments name, in their order, folders and patterns sorted.

    A named file goes to OUT under its name. A file in a folder, or one that a pattern (``*``, ``?``, ``[``, ``**``)
    finds, keeps its path below the folder, or below the part of the pattern before the first wildcard. There only PDF,
    TIFF, PNG and JPEG files are inputs, told by content or by name; the rest is skipped, and a link that leads out of
    the folder is refused. OUT itself is never searched. ``taken`` are the bases that inputs had in earlier runs.
    Raises UsageError when there is no argument, or two files would be written to the same place.
    """
    draft = _Draft()
    names = [os.fspath(argument) for argument in arguments]
    if not names:
        raise UsageError(detail_ja="入力を指定してください。", detail_en="give at least one input.")
    for text in names:
        name = url_to_local(text)
        path = Path(name)
        if is_remote(name):
            _add_remote(draft, name)
        elif os.path.isdir(name):  # noqa: PTH112 - unlike Path.is_dir it answers for names that cannot exist too
            _add_found(draft, path, path, _walk(path, out))
        elif glob.has_magic(name) and not os.path.lexists(name):
            root = _fixed_part(path)
            _add_found(draft, path, root, _match(name, root, out))
        elif _is_missing(name):
            draft.refused[path] = InputMissing(path=path)
        else:
            draft.add(path, path.name)
    bases = names_to_bases(draft.found, taken=taken or {}, suffixes=suffixes)
    tasks = tuple(
        Task(path, out / bases[name], name, source, None if url is None else f"{url}/{bases[name]}", out)
        for name, (path, source) in draft.found.items()
    )
    return Plan(out, tasks, tuple(draft.refused.items()), tuple(draft.skipped), url)


def _is_missing(name: str) -> bool:
    return not os.path.lexists(name) and "\0" not in name


def _add_remote(draft: _Draft, url: str) -> None:
    try:
        found = list(find_remote(url))
    except OSError as error:
        draft.refused[url] = InputUnreadable(path=url, reason=str(error))
        return
    for name, where in found:
        if len(found) == 1 or Path(name).suffix.lower() in SUFFIXES:
            draft.add(Path(name), name, where)
        else:
            draft.skipped[where] = None
    if not found:
        draft.refused[url] = NoInputs(path=url)


def _add_found(draft: _Draft, argument: Path, root: Path, found: Iterable[_Found]) -> None:
    any_input = False
    for kind, path, error in found:
        if kind == "input":
            any_input = True
            draft.add(path, path.relative_to(root).as_posix())
        elif error is not None:
            any_input = True
            draft.refused[path] = error
        else:
            draft.skipped[path] = None
    if not any_input:
        draft.refused[argument] = NoInputs(path=argument)


def _walk(folder: Path, out: Path) -> Iterator[_Found]:
    """Give what lies in a folder, sorted, without following links to folders: they may lead in a circle."""
    unreadable: list[OSError] = []
    own_output = os.path.realpath(out)
    root = os.path.realpath(folder)
    for parent, folders, files in os.walk(folder, onerror=unreadable.append):
        for error in unreadable:
            yield _unreadable(error)
        unreadable.clear()
        folders[:] = sorted(name for name in folders if os.path.realpath(Path(parent) / name) != own_output)
        for name in folders:
            if (Path(parent) / name).is_symlink():
                yield "other", Path(parent) / name, None
        for name in sorted(files):
            yield _look_at(Path(parent) / name, root)
    for error in unreadable:
        yield _unreadable(error)


def _unreadable(error: OSError) -> _Found:
    path = Path(error.filename)
    return "refused", path, InputUnreadable(path=path, reason=error.strerror or str(error))


def _match(pattern: str, root: Path, out: Path) -> Iterator[_Found]:
    own_output = Path(os.path.realpath(out))
    real_root = os.path.realpath(root)
    for name in sorted(glob.glob(pattern, recursive=True)):  # noqa: PTH207 - the pattern may be absolute
        path = Path(name)
        if own_output in (Path(os.path.realpath(path)), *Path(os.path.realpath(path)).parents):
            continue
        if not path.is_dir():
            yield _look_at(path, real_root)
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


def _look_at(path: Path, root: str) -> _Found:
    """Say what a thing in a folder is.

    Only regular files are opened: a pipe could wait for ever. A link out of the folder is not followed: an archive that
    others may write to must not make the converter read files that they may not.
    """
    promises = path.suffix.lower() in SUFFIXES
    if path.is_symlink():
        target = os.path.realpath(path)
        if os.path.commonpath((root, target)) != root:
            return "refused", path, InputOutside(path=path, target=target)
    try:
        mode = path.stat().st_mode
    except OSError:
        return ("input" if promises else "other"), path, None
    if not stat.S_ISREG(mode):
        return ("refused", path, InputNotAFile(path=path)) if promises else ("other", path, None)
    return ("input" if promises or _is_convertible(path) else "other"), path, None


def _is_convertible(path: Path) -> bool:
    """Say whether the content promises a document."""
    try:
        with path.open("rb") as stream:
            return head_to_media_type(stream.read(HEAD_BYTES)) is not None
    except OSError:
        return True  # it becomes a failed document whose error says why, which a skipped file would not
