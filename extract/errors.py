"""The exceptions: what could not be done, and what to do next.

::

    HokokuError                      a sentence in Japanese and English, a code, an exit code
    ├── UsageError            2      bad arguments or configuration
    ├── InputError            3      the input cannot be used
    │   ├── InputMissing             no such file or folder
    │   ├── NoInputs                 a folder or pattern without any file that can be converted
    │   ├── InputUnreadable          the file exists but may not be read
    │   ├── InputOutside             a link that leads out of the input folder
    │   ├── InputUnsupported         not a PDF, TIFF, PNG or JPEG
    │   │   └── InputNotAFile        a folder, pipe, socket or device
    │   ├── InputDynamicForm         a form whose pages are built by Adobe Reader
    │   ├── InputEncrypted           a password is needed
    │   │   └── InputPasswordWrong   the password that was given does not open it
    │   ├── InputDamaged             broken beyond what the readers can recover
    │   ├── InputEmpty               a document without pages
    │   ├── InputTooLarge            over a limit
    │   │   ├── TooManyBytes         a file over --max-bytes
    │   │   ├── TooManyPages         a document over --max-pages
    │   │   ├── TooManyPixels        a picture over --max-pixels
    │   │   ├── TooManyCharacters    every page over --max-characters
    │   │   └── TooManyObjects       every page over --max-objects
    │   ├── LedgerMissing            a folder without the ledger of a batch
    │   ├── JsonMissing              a folder without the JSON of a converted document
    │   ├── JsonDamaged              a JSON that is no converted document
    │   └── JsonUnsupported          a JSON of another major version
    ├── DependencyMissing     4      an OCR engine or a model is missing
    ├── ReadingError          5      reading failed
    │   ├── ReadingTimeout           over the time for one file
    │   │   └── ReadingSilent        no page finished for too long
    │   ├── OutOfMemory              over the memory of a worker
    │   ├── WorkerLost               the process that read the file ended
    │   └── ClusterLost              the scheduler of the cluster is gone
    ├── OutputError           7      the output cannot be written
    │   ├── OutputBusy               another run writes to the folder
    │   └── LedgerDamaged            the ledger of the folder cannot be used
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


class InputOutside(InputError):
    """A link that leads out of the input folder."""

    code = "outside"
    ja = "{path} は入力フォルダの外（{target}）を指すリンクなので読みません。必要ならそのファイルを直接指定してください。"
    en = "{path} is a link out of the input folder (to {target}) and is not followed. Name that file itself if you want it."


class InputUnsupported(InputError):
    """Not a PDF, TIFF, PNG or JPEG."""

    code = "unsupported"
    ja = "{path} は PDF・TIFF・PNG・JPEG のいずれでもありません（名前ではなく中身で判定）。"
    en = "{path} is not a PDF, TIFF, PNG or JPEG (told by its content, not its name)."


class InputNotAFile(InputUnsupported):
    """A folder, pipe, socket or device where a file is needed."""

    code = "not-a-file"
    ja = "{path} は通常のファイルではありません（フォルダ・パイプ・デバイスなど）。"
    en = "{path} is not a regular file (but a folder, a pipe, a device or the like)."


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


class TooManyBytes(InputTooLarge):
    """A file over ``--max-bytes``."""

    code = "too-many-bytes"
    ja = (
        "{path} は {count} バイトあり、上限の {limit} を超えています。分けるか --max-bytes を上げてください。"
    )
    en = "{path} has {count} bytes, more than {limit}. Split it or raise --max-bytes."


class TooManyPages(InputTooLarge):
    """A document over ``--max-pages``."""

    code = "too-many-pages"
    ja = (
        "{path} は {count} ページあり、上限の {limit} を超えています。分けるか --max-pages を上げてください。"
    )
    en = "{path} has {count} pages, more than {limit}. Split it or raise --max-pages."


class TooManyPixels(InputTooLarge):
    """A picture over ``--max-pixels``."""

    code = "too-many-pixels"
    ja = "{path} の画像は {count} 画素あり、上限の {limit} を超えています。縮めるか --max-pixels を上げてください。"
    en = "A picture of {path} has {count} pixels, more than {limit}. Make it smaller or raise --max-pixels."


class TooManyCharacters(InputTooLarge):
    """Every page is over ``--max-characters``."""

    code = "too-many-characters"
    ja = "{path} は 1 ページに {count} 字あり、上限の {limit} を超えています。--max-characters を上げれば読みます。"
    en = "A page of {path} has {count} characters, more than {limit}. Raise --max-characters to read it."


class TooManyObjects(InputTooLarge):
    """Every page is over ``--max-objects``."""

    code = "too-many-objects"
    ja = "{path} は 1 ページに図形などが {count} 個あり、上限の {limit} を超えています。--max-objects を上げれば読みます。"
    en = "A page of {path} has {count} drawing objects, more than {limit}. Raise --max-objects to read it."


class LedgerMissing(InputError):
    """A folder without the ledger of a batch."""

    code = "no-ledger"
    ja = "{path} に変換の台帳（ledger.sqlite）がありません。hokoku convert の出力先フォルダを指定してください。"
    en = "{path} holds no ledger of a batch (ledger.sqlite). Give the output folder of hokoku convert."


class JsonMissing(InputError):
    """A folder without the JSON of a converted document."""

    code = "no-json"
    ja = "{path} に変換結果の JSON がありません。hokoku convert の出力先フォルダを指定してください。"
    en = "{path} holds no JSON of a converted document. Give the output folder of hokoku convert."


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


class ReadingSilent(ReadingTimeout):
    """No page was finished for too long."""

    code = "silent"
    ja = "{path} は {seconds} 秒のあいだ 1 ページも進みませんでした。--silence を延ばしてください。"
    en = "{path} did not get on by a page for {seconds} seconds. Raise --silence."


class OutOfMemory(ReadingError):
    """Over the memory that a worker may use."""

    code = "out-of-memory"
    ja = "{path} を読むメモリーが足りません（{reason}）。--memory を増やしてください。"
    en = "{path} needs more memory than there is ({reason}). Raise --memory."


class WorkerLost(ReadingError):
    """The process that read the file ended."""

    code = "worker-lost"
    ja = "{path} を読んでいたプロセスが途中で終わりました（{how}）。"
    en = "The process that read {path} ended early ({how})."


class ClusterLost(ReadingError):
    """The scheduler of the cluster is gone."""

    code = "cluster-lost"
    ja = "クラスタ {address} との接続が切れました。同じ指定でもう一度実行すれば続きから変換します。"
    en = "The connection to the cluster {address} was lost. Run the same command again to go on."


class OutputError(HokokuError):
    """The output cannot be written."""

    code = "output"
    exit_code = 7
    ja = "出力を書けません: {path}（{reason}）。空き容量と権限を確かめてください。"
    en = "The output cannot be written: {path} ({reason}). Check free space and permissions."


class OutputBusy(OutputError):
    """Another run writes to the folder."""

    code = "busy"
    ja = "{path} には別の変換が書き込んでいます。終わるのを待つか、別の出力先を指定してください。"
    en = "Another run is writing to {path}. Wait for its end or give another folder."


class LedgerDamaged(OutputError):
    """The ledger of the folder cannot be used."""

    code = "ledger-damaged"
    ja = "台帳 {path} を使えません（{reason}）。別の名前に変えて変換し直すと、新しい台帳ができます。"
    en = "The ledger {path} cannot be used ({reason}). Rename it and convert again to get a new one."


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
