"""The words after ``hokoku`` -> a Command. Help stands in Japanese and English side by side."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Literal, NoReturn, TypeAlias, get_args

from extract.config import (
    CEILINGS,
    MAX_BYTES,
    MAX_CHARACTERS,
    MAX_OBJECTS,
    MAX_PAGES,
    MAX_PIXELS,
    MEMORY,
    NAME,
    SILENCE,
    TIMEOUT,
    VERSION,
    Config,
    Ocr,
    Privacy,
    SecondReader,
    text_to_ranges,
)
from extract.errors import UsageError
from extract.findings import Language, Severity

LogFormat: TypeAlias = Literal["text", "json"]

PASSWORD_BYTES = 1024
"""More than any PDF password can have (127 bytes since PDF 2.0, 32 before)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """What a person asked for. ``out`` is a folder or a URL; ``as_json`` is for ``check``, ``status`` and ``verify``."""

    name: Literal["convert", "check", "status", "verify", "schema", "engines"]
    config: Config
    inputs: tuple[str, ...] = ()
    out: str = ""
    as_json: bool = False
    quiet: bool = False
    log_format: LogFormat = "text"


def words_to_command(words: Sequence[str]) -> Command:
    """Give the command that the words name; raises UsageError when they make no sense.

    ``--help`` and ``--version`` print and end with SystemExit.
    """
    given = _parser().parse_args(words)
    language: Language = given.lang
    if given.command in {"check", "status", "verify"}:
        config = Config(language=language)
        return Command(name=given.command, config=config, out=given.out, as_json=given.json)
    if given.command != "convert":
        return Command(name=given.command, config=Config(language=language))
    config = Config(
        formats=given.to,
        ocr=given.ocr,
        second_reader=given.second_reader,
        force_ocr=given.force_ocr,
        pages=given.pages,
        jobs=given.jobs,
        timeout=given.timeout,
        password=None if given.password_file is None else _read_password(given.password_file),
        language=language,
        fail_on=given.fail_on,
        privacy=given.privacy,
        silence=given.silence,
        memory=given.memory,
        force=given.force,
        cluster=given.cluster,
        **{name: getattr(given, name) for name in CEILINGS},
    )
    return Command(
        name="convert",
        config=config,
        inputs=tuple(given.input),
        out=given.out,
        quiet=given.quiet,
        log_format=given.log_format,
    )


def words_to_language(words: Sequence[str]) -> Language:
    """Give the language that ``--lang`` asks for, also where the other words make no sense; Japanese without it."""
    return "en" if _says(words, "--lang", "en") else "ja"


def wants_json(words: Sequence[str]) -> bool:
    """Say whether ``--log-format`` asks for JSON, also where the other words make no sense."""
    return _says(words, "--log-format", "json")


def _says(words: Sequence[str], option: str, value: str) -> bool:
    return f"{option}={value}" in words or (option, value) in pairwise(words)


class _Parser(argparse.ArgumentParser):
    """Raises UsageError in place of printing and ending; takes no abbreviated options."""

    def __init__(self, *, prog: str, description: str, epilog: str | None = None) -> None:
        super().__init__(
            prog=prog,
            description=description,
            epilog=epilog,
            allow_abbrev=False,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )

    def error(self, message: str) -> NoReturn:
        """Say argparse's complaint in one sentence of each language."""
        for pattern, ja, en in _COMPLAINTS:
            if match := re.fullmatch(pattern, message):
                raise UsageError(detail_ja=match.expand(ja), detail_en=match.expand(en))
        raise UsageError(detail_ja=message, detail_en=message)


_COMPLAINTS = (
    (r"unrecognized arguments: (.*)", r"知らない指定です: \1", r"unknown: \1"),
    (r"the following arguments are required: (.*)", r"足りない指定があります: \1", r"missing: \1"),
    (
        r"argument (\S+): expected (?:one|at least one) argument",
        r"\1 に値がありません。",
        r"\1 needs a value.",
    ),
    (
        r"argument COMMAND: invalid choice: (.*?) \(choose from .*\)",
        r"\1 という命令はありません（convert・check・status・verify・schema・engines）。",
        r"there is no command \1; there are convert, check, status, verify, schema and engines.",
    ),
    (r"argument (.*): ignored explicit argument (.*)", r"\1 は値を取りません: \2", r"\1 takes no value: \2"),
)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog=NAME,
        description="自治体の委員会報告書（PDF）を JSON と Excel に変換します。\n"
        "Turns committee reports of Japanese municipalities (PDF) into JSON and Excel.",
        epilog="終了コード / exit codes: 0 完了 done, 1 一部失敗 some failed, 2 指定誤り usage, 3 入力 input, "
        "4 不足 missing,\n5 読取 reading, 6 指摘あり findings, 7 出力 output, 70 不具合 bug, 130 中断 interrupted",
    )
    parser.add_argument("--version", action="version", version=f"{NAME} {VERSION}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, text in (
        ("convert", "ファイル・フォルダを変換 / convert files, folders and patterns"),
        ("check", "検算の結果を表示 / show what was verified, what was not, and what conflicts"),
        ("status", "台帳を表示 / show the ledger: done, failed and why, still to do"),
        ("verify", "台帳と照合 / compare inputs and outputs with the ledger, byte for byte"),
        ("schema", "変換結果の JSON Schema を表示 / print the JSON Schema of a converted document"),
        ("engines", "OCR エンジンを表示 / list the OCR engines"),
    ):
        command = commands.add_parser(name, help=text, prog=f"{NAME} {name}", description=text)
        if name == "convert":
            _add_convert_arguments(command)
        elif name in {"check", "status", "verify"}:
            command.add_argument("out", metavar="OUT", help=_HELP["out"])
            command.add_argument("--json", action="store_true", help=_HELP["--json"])
        _add_choice(command, "--lang", get_args(Language), default="ja")
    return parser


def _add_convert_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("input", nargs="+", metavar="INPUT", help=_HELP["input"])
    command.add_argument("-o", dest="out", required=True, metavar="OUT", help=_HELP["-o"])
    for name, kind, default, metavar in (
        ("--to", _text_to_formats, ("json", "xlsx"), "FORMATS"),
        ("--pages", text_to_ranges, None, "PAGES"),
        ("--jobs", _number("--jobs", int), 1, "N"),
        ("--timeout", _number("--timeout", float), TIMEOUT, "SECONDS"),
        ("--silence", _number("--silence", float), SILENCE, "SECONDS"),
        ("--memory", _number("--memory", int), MEMORY, "MB"),
        ("--max-bytes", _number("--max-bytes", int), MAX_BYTES, "N"),
        ("--max-pages", _number("--max-pages", int), MAX_PAGES, "N"),
        ("--max-pixels", _number("--max-pixels", int), MAX_PIXELS, "N"),
        ("--max-characters", _number("--max-characters", int), MAX_CHARACTERS, "N"),
        ("--max-objects", _number("--max-objects", int), MAX_OBJECTS, "N"),
        ("--cluster", str, None, "ADDRESS"),
        ("--password-file", Path, None, "FILE"),
    ):
        command.add_argument(name, type=kind, default=default, metavar=metavar, help=_HELP[name])
    for name, choices, usual in (
        ("--ocr", get_args(Ocr), "auto"),
        ("--second-reader", get_args(SecondReader), "none"),
        ("--fail-on", get_args(Severity), None),
        ("--log-format", get_args(LogFormat), "text"),
        ("--privacy", get_args(Privacy), "off"),
    ):
        _add_choice(command, name, choices, default=usual)
    for name in ("--force", "--force-ocr", "--quiet"):
        command.add_argument(name, action="store_true", help=_HELP[name])


_HELP = {
    "out": "convert の出力先フォルダ / output folder of convert",
    "--json": "JSON で表示 / as JSON",
    "input": "PDF・TIFF・PNG・JPEG、フォルダ、パターン / file, folder, pattern or URL",
    "-o": "出力先フォルダ / output folder (or URL)",
    "--to": "出力形式、既定は json,xlsx / formats, of json, xlsx, html, md, csv, parquet; default json,xlsx",
    "--pages": "変換するページ、例 1-3,7 / pages to convert, as 1-3,7",
    "--jobs": "同時に変換する数 / files at a time",
    "--force": "済んだ文書も変換し直す / convert again what the ledger says is done",
    "--timeout": "1 ファイルの制限時間（秒）、既定は 3600 / time limit for a file, default 3600",
    "--silence": "1 ページも進まないときの制限時間（秒）、既定は 180 / time limit without a finished page, default 180",
    "--memory": "1 プロセスのメモリー上限（MB）、既定は 4096 / memory limit of a worker, default 4096",
    "--max-bytes": "1 ファイルのバイト数の上限 / most bytes of a file",
    "--max-pages": "1 ファイルのページ数の上限、既定は 10000 / most pages of a file, default 10000",
    "--max-pixels": "1 画像の画素数の上限 / most pixels of a picture",
    "--max-characters": "1 ページの文字数の上限 / most characters of a page",
    "--max-objects": "1 ページの図形などの数の上限 / most drawing objects of a page",
    "--cluster": "Dask クラスタで変換 / convert on a Dask cluster: tcp://HOST:8786 or local:4",
    "--password-file": "1 行目がパスワードのファイル / file whose first line is the password",
    "--privacy": "flag で氏名・住所・電話・メール・個人番号らしき記載に印を付ける（削除はしない） / flag marks what may be personal data, and removes nothing",
    "--ocr": "文字層のない、または信じられないページを読むエンジン、none は読まない / engine for pages without a text layer to be believed",
    "--second-reader": "OCR が疑う数字を読み直すエンジン、既定は none。値も要確認も変えず、検算が選べる別の読みを加えるだけ / engine that reads doubted numbers of a scan again, default none; it changes no value and lifts no doubt, but adds other readings among which arithmetic may choose",
    "--force-ocr": "文字層があってもすべて OCR で読む / read every page by OCR, whatever its text layer",
    "--fail-on": "この程度の指摘があれば終了コード 6 / exit 6 when there is such a finding",
    "--quiet": "失敗と一部のみの変換のほかは表示しない / say nothing but what failed or is partial",
    "--log-format": "標準エラーの形式 / format of standard error",
    "--lang": "メッセージとシート名の言語 / language of messages and sheet names",
}


def _add_choice(
    command: argparse.ArgumentParser, name: str, choices: tuple[str, ...], *, default: str | None
) -> None:
    def choose(value: str) -> str:
        if value not in choices:
            raise UsageError(
                detail_ja=f"{name} は {'・'.join(choices)} のいずれかです: {value}",
                detail_en=f"{name} must be one of {', '.join(choices)}, not {value}.",
            )
        return value

    command.add_argument(name, type=choose, default=default, metavar="|".join(choices), help=_HELP[name])


def _number(name: str, kind: Callable[[str], int | float]) -> Callable[[str], int | float]:
    def convert(value: str) -> int | float:
        try:
            return kind(value)
        except ValueError as error:
            raise UsageError(
                detail_ja=f"{name} は数です: {value}", detail_en=f"{name} must be a number, not {value}."
            ) from error

    return convert


def _text_to_formats(text: str) -> tuple[str, ...]:
    """Give the format names of ``json,xlsx``, each once; whether there are such formats is seen where they are known."""
    return tuple(dict.fromkeys(name for part in text.split(",") if (name := part.strip())))


def _read_password(path: Path) -> str:
    """Give the first line of a small text file; raises UsageError when there is none."""
    try:
        with path.open("rb") as stream:
            first_line = stream.read(PASSWORD_BYTES).decode("utf-8-sig").partition("\n")[0].rstrip("\r")
    except (OSError, ValueError) as error:
        raise UsageError(
            detail_ja=f"--password-file を UTF-8 の文字として読めません: {path}",
            detail_en=f"--password-file cannot be read as UTF-8 text: {path}.",
        ) from error
    if not first_line:
        raise UsageError(
            detail_ja=f"--password-file の 1 行目が空です: {path}",
            detail_en=f"the first line of --password-file is empty: {path}.",
        )
    return first_line
