"""A line of the ledger: one input, what became of it, and its outputs."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from typing import Literal, TypeAlias

from extract import errors
from extract.batch.fixity import Fixity
from extract.config import CEILINGS, Config
from extract.errors import HokokuError, InputEncrypted, InputError, InputUnreadable, InternalError
from extract.outcome import NO_FINDINGS, NO_PAGES, FindingCounts, PageCounts

State: TypeAlias = Literal["waiting", "running", "ok", "partial", "failed"]


@dataclass(frozen=True, slots=True)
class Entry:
    """What the ledger says of an input. Names are relative to OUT; ``fixity`` is None where the input could not be read."""

    base: str
    name: str
    place: str
    state: State = "waiting"
    attempts: int = 0
    fixity: Fixity | None = None
    error: HokokuError | None = None
    seconds: float = 0.0
    pages: PageCounts = NO_PAGES
    engine: str | None = None
    findings: FindingCounts = NO_FINDINGS
    version: str | None = None
    settings: str | None = None
    limits: str | None = None
    finished: str | None = None
    outputs: tuple[tuple[str, Fixity], ...] = ()


def config_to_settings(config: Config) -> str:
    """Give the settings that can change the result, as JSON; of a password only that there is one."""
    settings: dict[str, object] = {**config.public(), "formats": list(config.formats)}
    settings |= {name: getattr(config, name) for name in CEILINGS}
    return json.dumps(settings | {"password": config.password is not None}, sort_keys=True)


def config_to_limits(config: Config) -> str:
    """Give the settings that can end the reading of a file early, as JSON."""
    return json.dumps({"memory": config.memory, "silence": config.silence, "timeout": config.timeout})


def covers(done: str | None, asked: str) -> bool:
    """Say whether what was done with settings holds all that is asked: the same but for formats, of which there may be more."""
    if done is None:
        return False
    had, wanted = json.loads(done), json.loads(asked)
    return set(had.pop("formats", ())) >= set(wanted.pop("formats", ())) and had == wanted


def with_formats(settings: str, earlier: str | None) -> str:
    """Give settings with the formats of earlier ones too, where nothing else differs."""
    new, old = json.loads(settings), json.loads(earlier or "{}")
    formats = [*new["formats"], *(name for name in old.get("formats", ()) if name not in new["formats"])]
    same = {**old, "formats": new["formats"]} == new
    return json.dumps({**new, "formats": formats}, sort_keys=True) if same else settings


def is_settled(entry: Entry, *, version: str, settings: str, limits: str) -> bool:
    """Say whether the same content would come to the same end, so that nothing need be done again.

    A failure is settled when the content itself is the reason; what a lack of time, memory, rights or disk ended is
    tried again, and so is what another password may open. A document that a limit ended is settled until the limit changes.
    """
    if entry.version != version or not covers(entry.settings, settings):
        return False
    if entry.state == "failed":
        return isinstance(entry.error, InputError) and not isinstance(
            entry.error, InputEncrypted | InputUnreadable
        )
    return entry.state == "ok" or (
        entry.state == "partial" and (entry.error is None or entry.limits == limits)
    )


def error_to_text(error: HokokuError | None) -> str | None:
    """Give the details of an error as JSON."""
    return None if error is None else json.dumps(error.details, ensure_ascii=True)


def text_to_error(code: str | None, details: str | None) -> HokokuError | None:
    """Give the error that a ledger names; one of a version that knows more kinds is told by its code."""
    if code is None:
        return None
    kind = _KINDS.get(code)
    if kind is None:
        return InternalError(subject=code, kind=details or "")
    return kind(**json.loads(details or "{}"))


_KINDS = {
    kind.code: kind
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, HokokuError)
}

FINDING_COLUMNS = ("infos", "warnings", "errors")
PAGE_COLUMNS = tuple(field.name for field in fields(PageCounts))
