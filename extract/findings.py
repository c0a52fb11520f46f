"""The catalogue of findings: what was read, but should be looked at.

A stage gives a ``Notice`` (a code with its place and details); where the ``Document`` is built it becomes a ``Finding``
with its severity and a sentence in the language of the reader. A new finding is one more row here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

Severity: TypeAlias = Literal["info", "warning", "error"]
Language: TypeAlias = Literal["ja", "en"]


@dataclass(frozen=True, slots=True)
class Notice:
    """A finding before it has words: ``code`` from ``CATALOGUE``, its place, and the details its sentence names."""

    code: str
    page: int | None = None
    table: str | None = None
    cell: str | None = None
    details: tuple[tuple[str, str], ...] = ()


class Entry(NamedTuple):
    """A row of the catalogue; the sentences may name details as ``{name}``."""

    severity: Severity
    ja: str
    en: str


CATALOGUE: dict[str, Entry] = {
    "page.no-text": Entry(
        "error",
        "文字のないページです（スキャン画像など）。OCR を使わない設定のため読み取っていません。",
        "The page has no text (a scan, for instance); it was not read because OCR is off.",
    ),
    "page.no-engine": Entry(
        "error",
        "このページには OCR が必要ですが、使えるエンジンがありません。hokoku engines で確かめてください。",
        "The page needs OCR and no engine can be used here; see hokoku engines.",
    ),
    "page.ocr-failed": Entry(
        "error",
        "OCR がこのページを読み取れませんでした: {reason}",
        "OCR could not read the page: {reason}",
    ),
    "page.second-reader-failed": Entry(
        "warning",
        "疑わしい数字を {engine} で読み直せませんでした（{reason}）。ページは初めの読み取りのままです。",
        "{engine} could not read the doubted numbers again ({reason}); the page stays as it was read first.",
    ),
    "page.text-not-believed": Entry(
        "info",
        "文字層を信用できないため（{reason}）、OCR で読み取りました。",
        "The text layer is not to be believed ({reason}), so the page was read by OCR.",
    ),
    "page.blank": Entry("info", "白紙のページです。", "The page is blank."),
    "page.nothing-read": Entry(
        "warning",
        "何か印刷されているようですが、文字を一つも読み取れませんでした。ページを目で確かめてください。",
        "Something seems to be printed on the page, but no character of it could be read; look at the page.",
    ),
    "page.failed": Entry(
        "error", "ページを読み取れませんでした: {reason}", "The page could not be read: {reason}"
    ),
    "page.unmapped-characters": Entry(
        "warning",
        "文字コードの分からない文字が {count} 字あります（〓 と表示）。ページを目で確かめてください。",
        "{count} characters have no usable mapping (shown as 〓); look at the page.",
    ),
    "page.text-outside": Entry(
        "warning",
        "ページの外に {count} 字あります。本文に入れず、ページの付記（running）に残しました: {text}",
        "{count} characters lie outside the page; they are kept apart, among its running text: {text}",
    ),
    "page.unseen-text": Entry(
        "warning",
        "画像の下に文字層があります（古い OCR の可能性）。数字を目で確かめてください。",
        "There is text under a full-page picture (perhaps old OCR); check its numbers by eye.",
    ),
    "page.picture-unread": Entry(
        "warning",
        "画像の中に文字があるようですが、読み取っていません。ページを目で確かめてください。",
        "A picture on the page seems to hold text that was not read; look at the page.",
    ),
    "table.untileable": Entry(
        "warning",
        "表の罫線が不完全で、一部のセルを近くの線で補いました。",
        "The rulings of the table are incomplete; some cells were closed along the nearest lines.",
    ),
    "table.walls-lost": Entry(
        "warning",
        "枠の中に罫線が見当たらず、文字の並びだけで列を分けました。見出しと行の対応を確かめてください。",
        "No rulings were seen inside the frame; the columns were told by how the text aligns. Check which headings the numbers stand under.",
    ),
    "table.numbers-in-one-cell": Entry(
        "warning",
        "数が一つのセルに横に並んでいる行が複数あります。列を分ける罫線を読み落としたおそれがあります。見出しと数の対応を確かめてください。",
        "In several rows numbers stand side by side in one cell; a ruling between columns may have been missed. Check which headings the numbers stand under.",
    ),
    "cell.cut-by-ruling": Entry(
        "warning",
        "数字が罫線をまたいでいます。隣のセルと合わせて確かめてください: {text}",
        "A number runs across a ruling; check it together with the next cell: {text}",
    ),
    "cell.struck-with-text": Entry(
        "warning", "斜線の引かれたセルに文字があります: {text}", "A struck-out cell holds text: {text}"
    ),
    "cell.impossible-date": Entry(
        "warning",
        "存在しない日付です。文字のまま残しました: {text}",
        "The date does not exist; it stays text: {text}",
    ),
    "text.unclear-number": Entry(
        "warning",
        "数字の読み方が一つに決まりません。文字のまま残しました: {text}",
        "The number can be read in more than one way; it stays text: {text}",
    ),
    "text.unusual-separator": Entry(
        "warning",
        "「、」を桁区切りとして数に直しました。目で確かめてください: {text}",
        "「、」 was read as the thousands separator; look at the number: {text}",
    ),
    "text.lost-comma": Entry(
        "warning",
        "桁区切りのコンマが一つ足りないため、補って数に直しました。桁が欠けていないか目で確かめてください: {text}",
        "One comma of the number is missing and was filled in; look whether a digit is missing too: {text}",
    ),
    "cell.several-numbers": Entry(
        "info",
        "一つのセルに複数の数があります。文字のまま残しました: {text}",
        "One cell holds several numbers; they stay text: {text}",
    ),
    "text.date-outside-era": Entry(
        "info",
        "その元号の期間の外の日付です。年数どおりに西暦に直しました: {text}",
        "The date lies outside its era; it was converted by its year number: {text}",
    ),
    "text.date-disagrees": Entry(
        "warning",
        "日付の曜日または併記の年が日付と合いません: {text}",
        "The weekday or the second year of the date does not agree with it: {text}",
    ),
    "text.period-reversed": Entry(
        "warning",
        "期間の終わりが始まりより前です。文字のまま残しました: {text}",
        "The period ends before it begins; it stays text: {text}",
    ),
    "text.doubtful-words": Entry(
        "warning",
        "本文に、読み取りの確かでない箇所が {count} か所あります。画像と見比べてください: {text}",
        "{count} places of the running text were read with doubt; compare them with the picture: {text}",
    ),
    "workbook.text-split": Entry(
        "warning",
        "Excel の 1 セルの上限を超える文字を続きのセルに分けました。",
        "A text over Excel's limit for one cell goes on in the next cells.",
    ),
    "workbook.long-number": Entry(
        "warning",
        "Excel は 15 桁を超える数を丸めるため、文字で入れました: {text}",
        "Excel rounds numbers of more than 15 digits, so this one is written as text: {text}",
    ),
    "workbook.grid-split": Entry(
        "warning",
        "Excel の行・列の上限を超えるセルを、このシートの続きに入れました: {text}",
        "A cell beyond Excel's last row or column is written on this sheet instead: {text}",
    ),
    "workbook.marked-characters": Entry(
        "info",
        "Excel に入れられない制御文字が {count} 字あり、目に見える記号（␀ など）で表しました。",
        "{count} control characters that Excel cannot hold are shown as marks (such as ␀).",
    ),
    "number.conflict-one": Entry(
        "error",
        "計算が合いません。{printed} は、関係するすべての計算からは {expected} のはずです（値は印刷のまま）。"
        "{stated} ≠ {computed}（{operands}）",
        "{printed} does not add up: every relation it is in asks for {expected} (kept as printed). "
        "{stated} is not {computed} ({operands}).",
    ),
    "number.conflict": Entry(
        "error",
        "計算が合いません: {stated} は {computed} のはずです（{operands}）。どの数が誤りかは決まりません。",
        "{stated} should be {computed} ({operands}); which of the numbers is wrong cannot be told.",
    ),
    "number.repaired": Entry(
        "warning",
        "「{read}」と読めた数を、計算の関係から {value} に直しました。目で確かめてください。",
        "「{read}」 was changed to {value}, the only value that adds up; look at it.",
    ),
    "text.lone-surrogate": Entry(
        "warning",
        "文字にならない符号が {count} 字あり、\ufffd に置き換えました。元の文書を目で確かめてください。",
        "{count} codes that are no characters were replaced by \ufffd; look at the original.",
    ),
    "page.not-reached": Entry(
        "error",
        "このページを読み終える前に処理が終わりました（{reason}）。",
        "Reading ended before this page was done ({reason}).",
    ),
    "page.over-limit": Entry(
        "error",
        "このページは上限を超えているため読みませんでした（{count} > {limit}）。--{option} を上げれば読みます。",
        "The page is over a limit and was not read ({count} > {limit}). Raise --{option} to read it.",
    ),
    "page.resolution-lowered": Entry(
        "warning",
        "このページは大きいため、{dpi} dpi に下げて読みました（--max-pixels {limit}）。小さい字は目で確かめてください。",
        "The page is so large that it was read at {dpi} dpi (--max-pixels {limit}); look at its small print.",
    ),
    "source.repaired": Entry(
        "warning",
        "壊れたファイルを修復して読みました（{before} ページが {after} ページに）。元の文書と見比べてください。",
        "The file was damaged and was repaired to read it ({before} pages became {after}); compare it with the original.",
    ),
    "source.cut-off": Entry(
        "error",
        "ファイルの終わりが欠けています。残っていた {count} ページだけを読みました。元のファイルを取り直してください。",
        "The end of the file is missing; only the {count} pages that were left were read. Get the original again.",
    ),
    "source.page-counts-disagree": Entry(
        "warning",
        "ページ数の数え方が二つの読み取り方で違います（{first} と {second}）。元の文書と見比べてください。",
        "Two readers count different numbers of pages ({first} and {second}); compare with the original.",
    ),
    "source.pages-beyond-end": Entry(
        "warning",
        "指定のページ {pages} の一部はありません（全 {count} ページ）。あるページだけを変換しました。",
        "Some of the pages {pages} do not exist (there are {count}); those that exist were converted.",
    ),
    "source.text-extraction-restricted": Entry(
        "info",
        "この PDF は文字の取り出しを制限する設定です。利用条件を確かめてください。",
        "This PDF asks that its text not be extracted; check the terms of use.",
    ),
    "privacy.person": Entry(
        "warning",
        "個人の氏名と思われる記載が {count} か所あります。公表の前に確かめてください。",
        "{count} places may name a private person; look at them before you publish.",
    ),
    "privacy.address": Entry(
        "warning",
        "住所と思われる記載が {count} か所あります。公表の前に確かめてください。",
        "{count} places may hold an address; look at them before you publish.",
    ),
    "privacy.telephone": Entry(
        "warning",
        "電話番号と思われる記載が {count} か所あります。公表の前に確かめてください。",
        "{count} places may hold a telephone number; look at them before you publish.",
    ),
    "privacy.mail": Entry(
        "warning",
        "メールアドレスと思われる記載が {count} か所あります。公表の前に確かめてください。",
        "{count} places may hold a mail address; look at them before you publish.",
    ),
    "privacy.my-number": Entry(
        "warning",
        "個人番号（マイナンバー）と思われる記載が {count} か所あります。公表の前に確かめてください。",
        "{count} places may hold an individual number (個人番号); look at them before you publish.",
    ),
}


def notice_to_sentence(notice: Notice, language: Language) -> str:
    """Give the sentence of a notice with its details filled in."""
    entry = CATALOGUE[notice.code]
    sentence = entry.ja if language == "ja" else entry.en
    return sentence.format(**dict(notice.details))


def notice_severity(notice: Notice) -> Severity:
    """Give the severity that the catalogue assigns to the notice's code."""
    return CATALOGUE[notice.code].severity
