"""Probabilities over time (CTC) -> slots: the characters of a line with their probabilities and alternatives.

CTC: A. Graves et al., Connectionist Temporal Classification, ICML 2006: a network gives at each step a character or a
blank; equal neighbours are one character.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from extract.engines.base import NUMERIC, Choice, Slot

Steps = NDArray[np.float32]

BLANK = 0
"""Column of the blank in the network's output."""

SURE_BLANK = 0.985
"""A step whose blank is at least this sure holds no character under any alphabet."""

POSSIBLE = 0.08
"""A character this probable beside a likelier blank is kept as a possibility."""

MOST_CHOICES = 96
"""So many possibilities of a place are kept: on a worn copy the right kanji was the 24th (査 read as 在), the 34th (歳 as 歯) and the 49th
(員 as 1)."""

LEAST = 1e-4
"""Possibilities below this probability are dropped."""


class Alphabet(NamedTuple):
    """The columns of the network that may be read, the blank first, and their texts."""

    columns: NDArray[np.intp]
    texts: tuple[str, ...]


def make_alphabet(characters: Sequence[str], allowed: Iterable[str]) -> Alphabet:
    """Give the alphabet of the ``allowed`` characters; ``characters`` are those of the columns 1, 2, ..."""
    chosen = frozenset(allowed)
    columns = [BLANK, *(i for i, character in enumerate(characters, start=1) if character in chosen)]
    texts = ("", *(characters[i - 1] for i in columns[1:]))
    return Alphabet(np.array(columns, dtype=np.intp), texts)


def is_japanese(character: str) -> bool:
    """Say whether a Japanese document can hold a character: one of Windows code page 932, which has no Chinese forms."""
    try:
        character.encode("cp932")
    except UnicodeEncodeError:
        return False
    return True


def japanese(characters: Iterable[str]) -> frozenset[str]:
    """Give the characters that a Japanese document can hold."""
    return frozenset(filter(is_japanese, characters))


def numeric(characters: Iterable[str]) -> frozenset[str]:
    """Give the characters that can stand in a cell of numbers."""
    return NUMERIC.intersection(characters)


def steps_to_slots(steps: Steps, alphabet: Alphabet, used: int) -> tuple[Slot, ...]:
    """Give the slots of a line; ``steps`` is time x columns, of which the first ``used`` steps are picture, not padding."""
    steps = steps[:used]
    open_steps = np.flatnonzero(steps[:, BLANK] < SURE_BLANK)
    if not len(open_steps):
        return ()
    rows = steps[np.ix_(open_steps, alphabet.columns)]
    total = rows.sum(axis=1, keepdims=True)
    # Where nothing of the alphabet was seen at all, the renormalised rest would be noise: the step is then doubtful.
    rows = rows / np.maximum(total, LEAST)
    best = rows.argmax(axis=1)
    slots: list[Slot] = []
    run: list[int] = []
    for index, column in enumerate(best):
        if run and (column != best[run[0]] or open_steps[index] != open_steps[run[-1]] + 1):
            slots.append(_slot(rows, open_steps, run, alphabet, used))
            run = []
        if column != BLANK:
            run.append(index)
        elif _is_possible(rows, best, open_steps, index):
            slots.append(_slot(rows, open_steps, [index], alphabet, used))
    if run:
        slots.append(_slot(rows, open_steps, run, alphabet, used))
    return tuple(slots)


def _is_possible(rows: Steps, best: NDArray[np.intp], places: NDArray[np.intp], index: int) -> bool:
    """Say whether a blank step may hide a character: one beside a read character is that one's tail."""
    if 1 - rows[index, BLANK] < POSSIBLE or rows[index, 1:].max(initial=0.0) < POSSIBLE:
        return False
    for other in (index - 1, index + 1):
        if 0 <= other < len(best) and abs(places[other] - places[index]) == 1 and best[other] != BLANK:
            return False
    return True


def _slot(rows: Steps, places: NDArray[np.intp], run: Sequence[int], alphabet: Alphabet, used: int) -> Slot:
    peak = max(run, key=lambda index: rows[index].max()) if len(run) > 1 else run[0]
    row = rows[peak]
    top = np.flatnonzero(row > LEAST)
    if len(top) > MOST_CHOICES:
        top = top[np.argpartition(row[top], -MOST_CHOICES)[-MOST_CHOICES:]]
    choices = sorted(
        (Choice(alphabet.texts[i], round(float(row[i]), 5)) for i in top),
        key=lambda choice: -choice.probability,
    )
    if not choices:
        # Nothing of the alphabet was seen: the best is kept with its tiny probability, so that the doubt shows.
        best = int(row.argmax())
        choices = [Choice(alphabet.texts[best], round(float(row[best]), 5))]
    return Slot(tuple(choices), float(places[run[0]]) / used, float(places[run[-1]] + 1) / used)
