"""Inputs and outputs that lie elsewhere, by fsspec URL (``s3://``, ``sftp://`` ...); ``file://`` is this machine."""

from __future__ import annotations

import hashlib
import posixpath
import re
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from extract.batch.fixity import CHUNK, Fixity
from extract.errors import DependencyMissing, OutputError, UsageError

_URL = re.compile(r"([a-z][a-z0-9+.-]+)://", re.IGNORECASE)


def is_remote(text: str) -> bool:
    """Say whether a text is a URL of another place than this machine."""
    match = _URL.match(text)
    return match is not None and match[1].lower() not in {"file", "local"}


def url_to_local(text: str) -> str:
    """Give the path that a ``file://`` URL names; anything else stays what it is."""
    match = _URL.match(text)
    if match is None or is_remote(text):
        return text
    return unquote(urlsplit(text).path) or "/"


def find_remote(url: str) -> Iterator[tuple[str, str]]:
    """Give the relative name and the URL of each file below a URL, or of the one it names, sorted. Raises OSError."""
    system, root = _open(url)
    if system.isfile(root):
        yield posixpath.basename(root), system.unstrip_protocol(root)
        return
    root = root.rstrip("/")
    for path in sorted(system.find(root)):
        yield path[len(root) :].lstrip("/"), system.unstrip_protocol(path)


def fetch(url: str, target: Path, *, is_stopped: Callable[[], bool] = lambda: False) -> None:
    """Copy a remote file here, until ``is_stopped`` says so. Raises OSError, then InterruptedError."""
    system, path = _open(url)
    with system.open(path, "rb") as stream, target.open("wb") as copy:
        while chunk := stream.read(CHUNK):
            if is_stopped():
                raise InterruptedError
            copy.write(chunk)


def remote_size(url: str) -> int | None:
    """Give the size of a remote file, or None when there is none."""
    system, path = _open(url)
    try:
        return int(system.info(path)["size"])
    except FileNotFoundError:
        return None


def remove(url: str) -> None:
    """Remove a remote file. Raises OSError."""
    system, path = _open(url)
    system.rm_file(path)


def remote_to_fixity(url: str) -> Fixity:
    """Give the fixity of a remote file. Raises OSError."""
    system, path = _open(url)
    digest, size = hashlib.sha256(), 0
    with system.open(path, "rb") as stream:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return Fixity(digest.hexdigest(), size)


def put(source: Path, url: str) -> None:
    """Copy a file to a URL, where it appears whole: it is sent under another name first. Raises OutputError."""
    system, target = _open(url)
    folder = posixpath.dirname(target)
    hidden = posixpath.join(folder, f".hokoku-{secrets.token_hex(8)}.part")
    try:
        system.makedirs(folder, exist_ok=True)
        system.put_file(str(source), hidden)
        system.mv(hidden, target)
    except OSError as error:
        raise OutputError(path=url, reason=error.strerror or str(error)) from error


def _open(url: str) -> tuple[Any, str]:
    """Give the file system of a URL and the path in it."""
    try:
        from fsspec.core import url_to_fs  # noqa: PLC0415 - part of the extra "cluster"
    except ImportError as error:
        raise DependencyMissing(
            name="fsspec",
            remedy_ja="pip install 'hokoku[cluster]' で入ります。",
            remedy_en="Install it with pip install 'hokoku[cluster]'.",
        ) from error
    try:
        system, path = url_to_fs(url)
    except ImportError as error:
        raise DependencyMissing(
            name=url.partition(":")[0],
            remedy_ja=f"この保存先には別のパッケージが要ります: {error}",
            remedy_en=f"This kind of storage needs a package of its own: {error}",
        ) from error
    except ValueError as error:
        raise UsageError(
            detail_ja=f"この URL は使えません: {url}", detail_en=f"the URL cannot be used: {url}."
        ) from error
    return system, str(path)
