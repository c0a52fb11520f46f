"""People and organisations by a trained Japanese pipeline of spaCy, where one is installed (``hokoku[ner]``: ja_ginza).

Nothing is fetched. It only adds to what the rules found, and never changes it: trained names have mistakes.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from extract.document import Engine, EntityLabel
from extract.tree.entities.mentions import Mention, Taken, free_of
from extract.tree.entities.tokens import Token, Tokens

if TYPE_CHECKING:
    from spacy.language import Language

_PIPELINES: Final = ("ja_ginza", "ja_core_news_trf", "ja_core_news_lg", "ja_core_news_md", "ja_core_news_sm")
_UNUSED: Final = ("parser", "morphologizer", "compound_splitter", "bunsetu_recognizer", "attribute_ruler")
_LABELS: Final[dict[str, EntityLabel]] = {
    "Person": "person",
    "PERSON": "person",
    "ORG": "organisation",
    "Company": "organisation",
    "Company_Group": "organisation",
    "Corporation_Other": "organisation",
    "Organization_Other": "organisation",
    "International_Organization": "organisation",
    "Nonprofit_Organization": "organisation",
    "Political_Party": "organisation",
    "Public_Institution": "organisation",
}
_PROPER_TAG: Final = "固有名詞"
_NAME_TAG: Final = "固有名詞-人名"


def find_model_names(tokens: Tokens, taken: Sequence[Mention]) -> list[Mention]:
    """Give the people and organisations that the installed pipeline sees outside ``taken``; nothing where there is none.

    Kept is only what the dictionary knows a proper noun of, for a person a person's name: 区民 and 機械警備 are none. A text
    without such a noun is not shown to the pipeline, which takes a hundred times as long as the rules.
    """
    if installed_pipeline() is None:
        return []
    marks = Taken(taken)
    if not any(_is_open(token, marks) for token in tokens.tokens):
        return []
    found: list[Mention] = []
    for span in _load()(tokens.text).ents:
        label = _LABELS.get(span.label_)
        if label is None:
            continue
        place: tuple[int, int] | None = span.start_char, span.end_char
        if label == "person":
            place = _whole_name(tokens, span.start_char, span.end_char)
        elif not any(_PROPER_TAG in token.tag for token in tokens.between(span.start_char, span.end_char)):
            place = None
        if place is not None:
            found.append(Mention(*place, label, tokens.text[slice(*place)].replace(" ", "")))
    return free_of(found, taken)


def _whole_name(tokens: Tokens, start: int, stop: int) -> tuple[int, int] | None:
    """Give the first run of words of people's names in a span, with those beside it: 監査委員 |加藤 みゆき|."""
    inside = tokens.between(start, stop)
    first = next((token for token in inside if _NAME_TAG in token.tag), None)
    if first is None:
        return None
    begin, end = first.start, first.stop
    while _NAME_TAG in (before := _beside(tokens, begin, -1)).tag:
        begin = before.start
    while _NAME_TAG in (after := _beside(tokens, end, 1)).tag:
        end = after.stop
    return begin, end


def _beside(tokens: Tokens, place: int, step: int) -> Token:
    """Give the token before (-1) or after (1) a place, over one space."""
    token = tokens.before(place) if step < 0 else tokens.after(place)
    if token.text and not token.text.isspace():
        return token
    return tokens.before(place - 1) if step < 0 else tokens.after(place + 1)


def _is_open(token: Token, taken: Taken) -> bool:
    return _PROPER_TAG in token.tag and taken.is_free(token.start, token.stop)


@cache
def installed_pipeline() -> str | None:
    """Give the name of the pipeline that is used, or None."""
    return next((name for name in _PIPELINES if find_spec(name) is not None), None)


def model_engines() -> tuple[Engine, ...]:
    """Give the pipeline with its version, for the record of what made a document."""
    name = installed_pipeline()
    if name is None:
        return ()
    try:
        return (Engine(name, version(name), None),)
    except PackageNotFoundError:
        return (Engine(name, "?", None),)


@cache
def _load() -> Language:
    import spacy  # noqa: PLC0415 - only where a pipeline is installed

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # on versions that the pipeline was not trained with
        return spacy.load(installed_pipeline() or "", exclude=list(_UNUSED))
