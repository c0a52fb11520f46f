"""An engine for tests: it answers what it was told, line by line, and can fail as real engines do."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from extract.engines.base import Choice, EngineState, Gray, LineReading, Slot

NAME = "scripted"


class Scripted:
    """Answers each line with the next of ``answers``, or with what ``answer`` says of its picture."""

    def __init__(
        self, answers: Sequence[str | LineReading] = (), *, answer: Callable[[Gray], str] | None = None
    ) -> None:
        self._answers = list(answers)
        self._answer = answer
        self.state = EngineState(NAME, "1")
        self.seen: list[Gray] = []

    def read_lines(self, pictures: Sequence[Gray]) -> list[LineReading]:
        """Give the next answers; an empty reading when they are used up."""
        self.seen += pictures
        return [self._next(picture) for picture in pictures]

    def _next(self, picture: Gray) -> LineReading:
        if self._answer is not None:
            return text_to_reading(self._answer(picture))
        answer = self._answers.pop(0) if self._answers else ""
        return answer if isinstance(answer, LineReading) else text_to_reading(answer)


def text_to_reading(text: str, probability: float = 1.0) -> LineReading:
    """Give the reading of a line whose characters stand evenly, each as sure as ``probability``."""
    count = max(1, len(text))
    slots = tuple(
        Slot((Choice(character, probability),), index / count, (index + 1) / count)
        for index, character in enumerate(text)
    )
    return LineReading(slots, None)
