"""A text -> its tokens and compounds, by SudachiPy in a spaCy pipeline; the one place that loads spaCy.

Mode A: the shortest units (地域/行政/部), so that a name of any length begins and ends at a token. A compound is
a run of nominal tokens; ``find_compounds`` is a component that adds them to a spaCy document. The tokenizer is our own: spaCy's
also works out lemma, norm, reading and inflection of each token, which takes as long as all our rules and is not used here.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from sudachipy import Morpheme

TOKENS: Final = "tokens"
COMPOUNDS: Final = "compounds"
_LONGEST: Final = 12_000  # characters at once: SudachiPy takes 49,149 bytes
_LONE_SURROGATE: Final = re.compile("[\ud800-\udfff]")

_NOMINAL: Final = ("名詞", "接頭辞", "接尾辞-名詞的", "接尾辞-形状詞的", "形状詞", "記号-文字")
_JOINTS: Final = frozenset("・･-‐&＆")
_OF_OLD: Final = frozenset("ヶヵノ")  # 松ヶ岬, 湯ノ平: read as a particle where the dictionary lacks the name
_RANKED: Final = frozenset(f"第{number}" for number in "一二三四五六七八九十")  # 第一中学校: an adverb too
_CIRCLED: Final = frozenset("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
_APART: Final = frozenset(
    {
        *(
            "現在",
            "今後",
            "今回",
            "前回",
            "次回",
            "場合",
            "際",
            "ため",
            "ほか",
            "他",
            "うち",
            "以下",
            "以上",
            "以外",
            "上記",
            "下記",
            "前記",
        ),
        *(
            "後記",
            "当該",
            "こと",
            "もの",
            "とき",
            "ところ",
            "同",
            "各",
            "毎",
            "とおり",
            "通り",
            "旨",
            "うえ",
            "まま",
            "たび",
            "都度",
        ),
    }
)
"""Nouns that stand before a name without being part of it."""


class Token(NamedTuple):
    """A token: its place in the text, its characters and its part of speech in UniDic's terms (名詞-固有名詞-地名-一般).

    ``is_nominal`` says whether it can be part of a compound.
    """

    start: int
    stop: int
    text: str
    tag: str
    is_nominal: bool


NO_TOKEN: Final = Token(0, 0, "", "", is_nominal=False)


class Tokens:
    """The tokens of one text; ``compounds`` are (start, stop) of its runs of nominal tokens, in characters."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[Token] = []
        self.compounds: list[tuple[int, int]] = []
        for offset, piece in _pieces(_LONE_SURROGATE.sub("\ufffd", text)):
            doc = _read_text(piece)
            self.tokens.extend(_placed(doc.user_data[TOKENS], offset))
            self.compounds.extend((start + offset, stop + offset) for start, stop in doc.user_data[COMPOUNDS])
        self._compound_starts = [start for start, _ in self.compounds]
        self._starts = [token.start for token in self.tokens]
        self._stops = [token.stop for token in self.tokens]

    def begins(self, place: int) -> bool:
        """Say whether a token begins at ``place``, or the text ends there."""
        index = bisect_left(self._starts, place)
        return place == len(self.text) or (index < len(self._starts) and self._starts[index] == place)

    def ends(self, place: int) -> bool:
        """Say whether a token ends at ``place``."""
        index = bisect_left(self._stops, place)
        return index < len(self._stops) and self._stops[index] == place

    def before(self, place: int) -> Token:
        """Give the token that ends right before ``place``, or one without text."""
        index = bisect_right(self._stops, place) - 1
        return self.tokens[index] if index >= 0 and self._stops[index] == place else NO_TOKEN

    def after(self, place: int) -> Token:
        """Give the token that begins at ``place``, or one without text."""
        index = bisect_left(self._starts, place)
        found = index < len(self._starts) and self._starts[index] == place
        return self.tokens[index] if found else NO_TOKEN

    def compound_holding(self, place: int) -> tuple[int, int] | None:
        """Give start and stop of the compound that the character before ``place`` belongs to."""
        index = bisect_left(self._compound_starts, place) - 1
        return self.compounds[index] if index >= 0 and place <= self.compounds[index][1] else None

    def compound_from(self, place: int) -> tuple[int, int] | None:
        """Give start and stop of the compound that begins at ``place``."""
        index = bisect_left(self._compound_starts, place)
        return (
            self.compounds[index]
            if index < len(self.compounds) and self.compounds[index][0] == place
            else None
        )

    def between(self, start: int, stop: int) -> list[Token]:
        """Give the tokens that lie from ``start`` to ``stop``."""
        return self.tokens[bisect_left(self._starts, start) : bisect_right(self._stops, stop)]


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Cut what is too long for the tokenizer at the ends of sentences."""
    start = 0
    while len(text) - start > _LONGEST:
        stop = text.rfind("。", start, start + _LONGEST) + 1 or start + _LONGEST
        yield start, text[start:stop]
        start = stop
    yield start, text[start:]


def _placed(tokens: Sequence[Token], offset: int) -> Iterable[Token]:
    if not offset:
        return tokens
    return [token._replace(start=token.start + offset, stop=token.stop + offset) for token in tokens]


def find_compounds(doc: Doc) -> Doc:
    """Add the runs of nominal tokens to a spaCy document: a component of the pipeline."""
    tokens: list[Token] = doc.user_data[TOKENS]
    runs: list[tuple[int, int]] = []
    start: int | None = None
    for index, token in enumerate(tokens):
        if start is not None and not _goes_on(tokens[index - 1], token):
            runs.append((start, index))
            start = None
        if start is None and _opens(token):
            start = index
    if start is not None:
        runs.append((start, len(tokens)))
    doc.user_data[COMPOUNDS] = [
        (tokens[first].start, tokens[_without_joint(tokens, first, last) - 1].stop) for first, last in runs
    ]
    return doc


def _opens(token: Token) -> bool:
    """Say whether a run begins: also with いきいき and 第一, adverbs that names of offices and schools begin with."""
    text = token.text
    if token.is_nominal:
        return text[0] not in _CIRCLED
    half = len(text) // 2
    return (half > 1 and text[:half] * 2 == text) or (text[0] == "第" and text in _RANKED)


def _goes_on(before: Token, token: Token) -> bool:
    """Say whether the token belongs to the run of the token before it."""
    text = token.text
    if token.start > before.stop and not (before.text.isascii() or text.isascii()):
        return False
    if text in _JOINTS or text in _OF_OLD:
        return before.text not in _JOINTS
    if token.is_nominal:
        return text[0] not in _CIRCLED
    return text == "ん"  # くみん: no particle stands inside a word


def _without_joint(tokens: Sequence[Token], start: int, stop: int) -> int:
    return stop - 1 if stop - 1 > start and tokens[stop - 1].text in _JOINTS | _OF_OLD else stop


def _read_text(text: str) -> Doc:
    """Give the document of a text, run through the parts of the pipeline.

    ``Language.__call__`` does the same with checks of length and of parts turned off, which take a fifth of the time of a short
    text: there are as many texts as paragraphs.
    """
    make, parts = _parts()
    doc = make(text)
    for part in parts:
        doc = part(doc)
    return doc


@cache
def _parts() -> tuple[Callable[[str], Doc], tuple[Callable[[Doc], Doc], ...]]:
    nlp = _pipeline()
    return nlp.tokenizer, tuple(part for _, part in nlp.pipeline)


@cache
def _pipeline() -> Language:
    """Load a blank Japanese pipeline of spaCy with our tokenizer, once a worker."""
    import spacy  # noqa: PLC0415 - half a second to import; nothing of it is on the way to `--help`
    from spacy.language import Language  # noqa: PLC0415
    from spacy.util import registry  # noqa: PLC0415

    if not Language.has_factory("hokoku_compounds"):
        Language.component("hokoku_compounds", func=find_compounds)
    if "hokoku_tokenizer" not in registry.tokenizers:
        registry.tokenizers.register("hokoku_tokenizer", func=_tokenizer)
    nlp = spacy.blank("ja", config={"nlp": {"tokenizer": {"@tokenizers": "hokoku_tokenizer"}}})
    nlp.add_pipe("hokoku_compounds")
    return nlp


def _tokenizer() -> Callable[[Language], Callable[[str], Doc]]:
    """Give what makes the tokenizer of a pipeline: a text -> a spaCy document with our tokens in its user data."""
    from spacy.tokens import Doc  # noqa: PLC0415
    from sudachipy import Dictionary, SplitMode  # noqa: PLC0415

    def create(nlp: Language) -> Callable[[str], Doc]:
        dictionary = Dictionary()
        make = dictionary.tokenizer if hasattr(dictionary, "tokenizer") else dictionary.create  # before 0.7
        sudachi = make(SplitMode.A)
        tags: dict[int, tuple[str, bool]] = {}
        morphemes = sudachi.tokenize("")  # filled again for each text

        def tokenize(text: str) -> Doc:
            tokens, spaces = _read_morphemes(sudachi.tokenize(text, out=morphemes), tags)
            words = [token.text for token in tokens]
            doc = Doc(nlp.vocab, words=words, spaces=spaces)
            doc.user_data[TOKENS] = tokens
            return doc

        return tokenize

    return create


def _read_morphemes(
    morphemes: Iterable[Morpheme], tags: dict[int, tuple[str, bool]]
) -> tuple[list[Token], list[bool]]:
    """Give the tokens, and after which of them a space stands; more space is a token.

    ``tags`` keeps each part of speech that was named before, and whether it is a nominal one.
    """
    tokens: list[Token] = []
    spaces: list[bool] = []
    place = 0
    for morpheme in morphemes:
        word = morpheme.surface()
        start, place = place, place + len(word)
        if tokens and word.isspace():
            last = tokens[-1]
            if last.text.isspace():
                tokens[-1] = last._replace(stop=place, text=last.text + word)
                continue
            if word == " " and not spaces[-1]:
                spaces[-1] = True
                continue
        if word:
            number = morpheme.part_of_speech_id()
            if number not in tags:
                named = "-".join(part for part in morpheme.part_of_speech()[:4] if part != "*")
                tags[number] = named, named.startswith(_NOMINAL)
            tag, is_nominal = tags[number]
            tokens.append(Token(start, place, word, tag, is_nominal and word not in _APART))
            spaces.append(False)
    return tokens, spaces
