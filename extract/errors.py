"""The exceptions: what could not be done, and what to do next.

::

    HokokuError                      a sentence in Japanese and English, a code, an exit code
    ├── UsageError            2      bad arguments or configuration
    ├── InputError            3      the input cannot be used
    │   ├── InputMissing             no such file or folder
    │   ├── NoInputs                 a folder or pattern without any file that can be converted
    │   ├── InputUnreadable          the file exists but may not be read
    │   ├── InputUnsupported         not a PDF, TIFF, PNG or JPEG
    │   ├── InputDynamicForm         a form whose pages are built by Adobe Reader
    │   ├── InputEncrypted           a password is needed
    │   │   └── InputPasswordWrong   the password that was given does not open it
    │   ├── InputDamaged             broken beyond what the readers can recover
    │   ├── InputEmpty               a document without pages
    │   ├── InputTooLarge            over a limit
    │   ├── JsonDamaged              a JSON that is no converted document
    │   └── JsonUnsupported          a JSON of another major version
    ├── DependencyMissing     4      an OCR engine or a model is missing
    ├── ReadingError          5      reading failed
    │   ├── ReadingTimeout           over the time for one file
    │   └── WorkerLost               the process that read the file ended
    ├── OutputError           7      the output cannot be written
    └── InternalError         70     a bug of ours

Exit code 6 (findings reach ``--fail-on``) is no exception; 130 is an interruption.
"""

from __future__ import annotations

from typing import ClassVar

from extract.findings import Language


class HokokuError(Exception):
    """The root: ``code`` is stable for scripts, ``ja`` and ``en`` say what is wrong and what to do next."""

    code: ClassVar[str] = "error"
    exit_code: ClassVar[int] = 70
    ja: ClassVar[str] = "{detail}"
    en: ClassVar[str] = "{detail}"

    def __init__(self, **details: object) -> None:
        super().__init__(details)
        self.details = {name: str(value) for name, value in details.items()}

    def __reduce__(self) -> tuple[object, ...]:
        """Travel between processes with all details."""
        return (_rebuild, (type(self), self.details))

    def __str__(self) -> str:
        """Give the English sentence."""
        return self.sentence("en")

    def sentence(self, language: Language) -> str:
        """Give the sentence in Japanese or English with its details filled in."""
        return (self.ja if language == "ja" else self.en).format(**self.details)


def _rebuild(kind: type[HokokuError], details: dict[str, str]) -> HokokuError:
    return kind(**details)


class UsageError(HokokuError):
    """Bad arguments or configuration."""

    code = "usage"
    exit_code = 2
    ja = "指定が正しくありません: {detail_ja}"
    en = "The arguments are wrong: {detail_en}"


class InputError(HokokuError):
    """The input cannot be used."""

    code = "input"
    exit_code = 3


class InputMissing(InputError):
    """No such file or folder."""

    code = "missing"
    ja = "入力が見つかりません: {path}。パスを確かめてください。"
    en = "There is no such input: {path}. Check the path."


class NoInputs(InputError):
    """A folder or pattern without any file that can be converted."""

    code = "no-inputs"
    ja = "変換できるファイルがありません: {path}。PDF・TIFF・PNG・JPEG を置いてください。"
    en = "There is nothing to convert in {path}. It needs PDF, TIFF, PNG or JPEG files."


class InputUnreadable(InputError):
    """The file exists but may not be read."""

    code = "unreadable"
    ja = "入力を読む権限がありません: {path}（{reason}）。権限を確かめてください。"
    en = "The input may not be read: {path} ({reason}). Check its permissions."


class InputUnsupported(InputError):
    """Not a PDF, TIFF, PNG or JPEG."""

    code = "unsupported"
    ja = "{path} は PDF・TIFF・PNG・JPEG のいずれでもありません（名前ではなく中身で判定）。"
    en = "{path} is not a PDF, TIFF, PNG or JPEG (told by its content, not its name)."


class InputEncrypted(InputError):
    """A password is needed."""

    code = "encrypted"
    ja = "{path} は暗号化されています。--password-file で開くためのパスワードを渡してください。"
    en = "{path} is encrypted. Give its password with --password-file."


class InputPasswordWrong(InputEncrypted):
    """The password that was given does not open it."""

    code = "wrong-password"
    ja = "{path} は渡されたパスワードでは開けません。--password-file の中身を確かめてください。"
    en = "The password that was given does not open {path}. Check what --password-file holds."


class InputDynamicForm(InputError):
    """A form whose pages are built by Adobe Reader."""

    code = "dynamic-form"
    ja = "{path} は動的フォーム（XFA）で、内容がページにありません。Acrobat Reader で PDF に印刷し直してください。"
    en = "{path} is a dynamic form (XFA) whose pages hold no content. Print it to PDF with Acrobat Reader first."


class InputDamaged(InputError):
    """Broken beyond what the readers can recover."""

    code = "damaged"
    ja = "{path} は壊れていて読めません（{reason}）。元のファイルを取り直してください。"
    en = "{path} is damaged and cannot be read ({reason}). Get the original again."


class InputEmpty(InputError):
    """A document without pages."""

    code = "no-pages"
    ja = "{path} にはページがありません。"
    en = "{path} has no pages."


class InputTooLarge(InputError):
    """Over a limit."""

    code = "too-large"
    ja = "{path} は上限を超えています（{reason}）。分けてから変換してください。"
    en = "{path} is over a limit ({reason}). Split it and convert the parts."


class JsonDamaged(InputError):
    """A JSON that is no converted document."""

    code = "json-damaged"
    ja = "変換結果の JSON として読めません（{reason}）。元の文書を変換し直してください。"
    en = "This is not the JSON of a converted document ({reason}). Convert the original again."


class JsonUnsupported(InputError):
    """A JSON of another major version."""

    code = "json-unsupported"
    ja = "スキーマ {version} の JSON は読めません（この版は {known}）。元の文書を変換し直してください。"
    en = "The JSON has schema {version}; this version reads {known}. Convert the original again."


class DependencyMissing(HokokuError):
    """An OCR engine or a model is missing."""

    code = "dependency-missing"
    exit_code = 4
    ja = "必要なものがありません: {name}。{remedy_ja}"
    en = "Something needed is missing: {name}. {remedy_en}"


class ReadingError(HokokuError):
    """Reading failed."""

    code = "reading-failed"
    exit_code = 5
    ja = "{path} の読み取りに失敗しました（{reason}）。"
    en = "Reading {path} failed ({reason})."


class ReadingTimeout(ReadingError):
    """Over the time for one file."""

    code = "timeout"
    ja = "{path} は {seconds} 秒で読み終わりませんでした。--timeout を延ばしてください。"
    en = "{path} was not read within {seconds} seconds. Raise --timeout."


class WorkerLost(ReadingError):
    """The process that read the file ended."""

    code = "worker-lost"
    ja = "{path} を読んでいたプロセスが途中で終わりました（メモリー不足など）。"
    en = "The process that read {path} ended early (out of memory, perhaps)."


class OutputError(HokokuError):
    """The output cannot be written."""

    code = "output"
    exit_code = 7
    ja = "出力を書けません: {path}（{reason}）。空き容量と権限を確かめてください。"
    en = "The output cannot be written: {path} ({reason}). Check free space and permissions."


class InternalError(HokokuError):
    """A bug of ours: ``subject`` is what was being converted, ``kind`` the exception that nobody expected."""

    code = "bug"
    exit_code = 70
    ja = (
        "申し訳ありません。{subject} の処理中にこのソフトウェアの誤りが起きました（{kind}）。"
        "HOKOKU_DEBUG=1 を付けて実行した記録を添えて知らせてください。"
    )
    en = (
        "Sorry: this software made a mistake while it worked on {subject} ({kind}). "
        "Please report it with the log of a run under HOKOKU_DEBUG=1."
    )
