"""What the command says, in Japanese and English; pure."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from math import floor
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from extract.findings import Language
from extract.outcome import Outcome

if TYPE_CHECKING:
    from extract.batch import Checked, Status, Summary, Verified
    from extract.batch.check import Conflict, Sums
    from extract.batch.entry import Entry


def outcome_to_sentence(outcome: Outcome, language: Language) -> str:
    """Say what became of a document."""
    path, findings = outcome.place, outcome.findings
    if outcome.status == "failed" and outcome.error is not None:
        return ("失敗: " if language == "ja" else "Failed: ") + outcome.error.sentence(language)
    if outcome.status == "partial":
        why = "" if outcome.error is None else outcome.error.sentence(language)
        if language == "ja":
            return f"一部のみ変換: {path}（読めない所 {findings.error}、注意 {findings.warning}。Excel の要確認シートと JSON の findings に理由があります）{why}"
        return f"Converted in part: {path} ({findings.error} errors, {findings.warning} warnings; findings in the JSON says why) {why}".rstrip()
    if findings.warning:
        return (
            f"変換: {path}（注意 {findings.warning}）"
            if language == "ja"
            else f"Converted: {path} ({findings.warning} warnings)"
        )
    return f"変換: {path}" if language == "ja" else f"Converted: {path}"


def summary_to_sentence(summary: Summary, skipped: int, out: str, language: Language) -> str:
    """Say what came of a run."""
    total = summary.ok + summary.partial + summary.failed
    if language == "ja":
        parts = [f"全 {total} 件のうち {summary.ok} 件を変換しました"]
        parts += [f"前回までに済み {summary.resumed} 件を含む"] if summary.resumed else []
        parts += [f"一部のみ {summary.partial} 件"] if summary.partial else []
        parts += [f"失敗 {summary.failed} 件"] if summary.failed else []
        parts += [f"対象外のファイル {skipped} 件"] if skipped else []
        where = f"出力先: {out}" if summary.ok or summary.partial else "出力はありません"
        return "、".join(parts) + f"。{where}"
    parts = [f"Converted {summary.ok} of {total} documents"]
    parts += [f"{summary.resumed} of all done before"] if summary.resumed else []
    parts += [f"{summary.partial} in part"] if summary.partial else []
    parts += [f"{summary.failed} failed"] if summary.failed else []
    parts += [f"{skipped} other files skipped"] if skipped else []
    where = f"output in {out}" if summary.ok or summary.partial else "no output"
    return ", ".join(parts) + f"; {where}."


def checked_to_text(checked: Checked, language: Language) -> str:
    """Show what was verified: a line a document, then every conflict, then the files that are no converted documents."""
    ja = language == "ja"
    headings = ("数値", "検証済", "未検証", "不一致", "補正", "検証率") if ja else _CHECK_HEADINGS
    lines = ["".join(_right_aligned(heading) for heading in headings) + ("  文書" if ja else "  document")]
    lines += [_sums_to_line(document.sums) + "  " + document.place for document in checked.documents]
    if len(checked.documents) > 1:
        lines.append(_sums_to_line(checked.total()) + ("  計" if ja else "  all"))
    for document in checked.documents:
        if document.conflicts:
            count = len(document.conflicts)
            lines += [
                "",
                f"{document.place}: 不一致 {count} 件" if ja else f"{document.place}: {count} conflicts",
                *(f"  {_conflict_to_sentence(one, ja=ja)}" for one in document.conflicts),
            ]
    if checked.unreadable:
        count = len(checked.unreadable)
        lines += ["", f"読めない JSON: {count} 件" if ja else f"JSON files that cannot be read: {count}"]
        lines += [f"  {place}: {error.sentence(language)}" for place, error in checked.unreadable]
    return "\n".join(map(one_line, lines)) + "\n"


_CHECK_HEADINGS = ("numbers", "verified", "unverif.", "conflict", "repaired", "share")
_CHECK_WIDTH = 10  # columns of a terminal
_MOST_SUSPECTS = 6  # cells that a line names; the JSON has all


def _right_aligned(text: str) -> str:
    width = sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
    return " " * (_CHECK_WIDTH - width) + text


def _sums_to_line(sums: Sums) -> str:
    counts = [
        sums.numbers,
        *(sums.statuses[status] for status in ("verified", "unverified", "conflict", "repaired")),
    ]
    share = sums.share("verified")
    # Rounded down: 100 % is said of no document with a number that is not verified.
    percent = "－" if share is None else f"{floor(share * 1000) / 10:.1f}%"
    shown = [*(f"{count:,}" for count in counts), percent]
    return "".join(map(_right_aligned, shown))


def _conflict_to_sentence(conflict: Conflict, *, ja: bool) -> str:
    names = " / ".join(filter(None, map(" > ".join, (conflict.row_path, conflict.column_path))))
    table = f"{conflict.table} {conflict.caption}" if conflict.caption else conflict.table
    stated, computed = (
        f"{value:,}" if isinstance(value, int | float) else "－"
        for value in (conflict.stated, conflict.computed)
    )
    others = [cell for cell in conflict.suspects if cell != conflict.cell][:_MOST_SUSPECTS]
    if ja:
        place = f"{conflict.page} ページ、表 {table}、セル {conflict.cell}" + (
            f"（{names}）" if names else ""
        )
        return f"{place}: 印刷 {stated}、計算 {computed}" + (
            f"（疑い {'・'.join(others)}）" if others else ""
        )
    place = f"page {conflict.page}, table {table}, cell {conflict.cell}" + (f" ({names})" if names else "")
    return f"{place}: stated {stated}, computed {computed}" + (
        f" (suspect {', '.join(others)})" if others else ""
    )


def checked_to_json(checked: Checked, language: Language) -> str:
    """Give the sums and the conflicts as one JSON object."""
    return _to_json(
        {
            "total": dict(_sums_to_pairs(checked.total())),
            "documents": [
                {
                    "path": document.place,
                    "name": document.name,
                    "status": document.status,
                    **dict(_sums_to_pairs(document.sums)),
                    "conflicts": [asdict(conflict) for conflict in document.conflicts],
                }
                for document in checked.documents
            ],
            "unreadable": [
                {"path": place, "error": error.code, "message": error.sentence(language)}
                for place, error in checked.unreadable
            ],
        }
    )


def _sums_to_pairs(sums: Sums) -> Iterator[tuple[str, object]]:
    yield "tables", sums.tables
    yield "numbers", sums.numbers
    yield from sums.counted().items()
    shares = {status: sums.share(status) for status in sums.counted()}
    yield "shares", {status: None if share is None else round(share, 4) for status, share in shares.items()}
    yield "checks", sums.checks
    yield "failing_checks", sums.failing


def status_to_text(status: Status, language: Language) -> str:
    """Show the ledger: figures, then the failures by kind, then what is partial and what is still to do."""
    ja = language == "ja"
    states = status.states
    waiting = states["waiting"] + states["running"]
    lines = [
        f"全 {len(status.entries)} 件: 変換済み {states['ok']}、一部のみ {states['partial']}、失敗 {states['failed']}、未処理 {waiting}"
        if ja
        else f"{len(status.entries)} documents: {states['ok']} converted, {states['partial']} in part, {states['failed']} failed, {waiting} to do",
        f"ページ {status.pages}、所要 {status.seconds:.1f} 秒"
        if ja
        else f"{status.pages} pages in {status.seconds:.1f} seconds of work",
    ]
    for code, count in status.errors.most_common():
        lines += ["", f"{code}: {count}"]
        lines += [
            f"  {entry.error.sentence(language)}"
            for entry in status.entries
            if entry.error is not None and entry.error.code == code
        ]
    for state, title in (
        ("partial", "一部のみ" if ja else "In part"),
        ("running", "処理中" if ja else "Running"),
        ("waiting", "未処理" if ja else "To do"),
    ):
        names = [entry.place for entry in status.entries if entry.state == state and entry.error is None]
        if names:
            lines += ["", f"{title}: {len(names)}", *(f"  {name}" for name in names)]
    if status.refused:
        lines += ["", "読まないもの" if ja else "Refused"]
        lines += [f"  {error.sentence(language)}" for _, error in status.refused]
    if status.skipped:
        lines += [
            "",
            f"対象外のファイル: {len(status.skipped)}" if ja else f"Other files: {len(status.skipped)}",
        ]
        lines += [f"  {place}" for place in status.skipped]
    return "\n".join(map(one_line, lines)) + "\n"


def status_to_json(status: Status, language: Language) -> str:
    """Give the ledger as one JSON object."""
    return _to_json(
        {
            "documents": len(status.entries),
            "states": dict(sorted(status.states.items())),
            "errors": dict(sorted(status.errors.items())),
            "pages": status.pages,
            "seconds": round(status.seconds, 3),
            "refused": [
                {"path": place, "error": error.code, "message": error.sentence(language)}
                for place, error in status.refused
            ],
            "skipped": list(status.skipped),
            "inputs": [dict(_entry_to_pairs(entry, language)) for entry in status.entries],
        }
    )


def _entry_to_pairs(entry: Entry, language: Language) -> Iterator[tuple[str, object]]:
    yield "path", entry.place
    yield "output", entry.base
    yield "state", entry.state
    yield "attempts", entry.attempts
    yield "sha256", None if entry.fixity is None else entry.fixity.sha256
    yield "bytes", None if entry.fixity is None else entry.fixity.bytes
    yield "error", None if entry.error is None else entry.error.code
    yield "message", None if entry.error is None else entry.error.sentence(language)
    yield "seconds", entry.seconds
    pages = entry.pages
    yield (
        "pages",
        {
            "all": pages.converted + pages.failed + pages.skipped,
            "converted": pages.converted,
            "failed": pages.failed,
            "skipped": pages.skipped,
        },
    )
    yield "engine", entry.engine
    yield "version", entry.version
    yield "settings", None if entry.settings is None else json.loads(entry.settings)
    yield "finished", entry.finished
    yield (
        "outputs",
        [{"name": name, "sha256": fixity.sha256, "bytes": fixity.bytes} for name, fixity in entry.outputs],
    )


def verified_to_text(verified: Verified, language: Language) -> str:
    """Say what differs from the ledger, a line a file."""
    kinds = {"input": "入力", "output": "出力", "other": "その他"}
    faults = {
        "changed": "内容が変わった",
        "gone": "なくなった",
        "unreadable": "読めない",
        "foreign": "台帳にない",
        "unfinished": "書きかけ",
    }
    ja = language == "ja"
    lines = [
        f"{kinds[one.kind]} {faults[one.fault]}: {one.place}"
        if ja
        else f"{one.kind} {one.fault}: {one.place}"
        for one in verified.differences
    ]
    count = len(verified.differences)
    lines.append(
        f"入力 {verified.inputs} 件・出力 {verified.outputs} 件を台帳と照合し、違い {count} 件。"
        if ja
        else f"Compared {verified.inputs} inputs and {verified.outputs} outputs with the ledger: {count} differences."
    )
    return "\n".join(map(one_line, lines)) + "\n"


def verified_to_json(verified: Verified) -> str:
    """Give the comparison as one JSON object."""
    differences = [{"kind": one.kind, "fault": one.fault, "path": one.place} for one in verified.differences]
    return _to_json({"inputs": verified.inputs, "outputs": verified.outputs, "differences": differences})


def to_event(event: str, **details: object) -> str:
    """Give an event of the log as one line of JSON."""
    return json.dumps({"event": event, **details}, ensure_ascii=False)


def _to_json(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return text.encode("utf-8", "backslashreplace").decode() + "\n"


def one_line(text: str) -> str:
    """Show control characters as escapes: a file name must not break a line or command the terminal."""
    return "".join(
        character if character.isprintable() or character == "　" else ascii(character)[1:-1]
        for character in text
    )
