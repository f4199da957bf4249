"""The trained model, and the labels it gives with their probabilities."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Final, NamedTuple, Protocol

MODEL_FILE: Final = "reference.crfsuite"


class Labelling(NamedTuple):
    """Labels of a sequence, the probability of each, and that of them all."""

    labels: list[str]
    probabilities: list[float]
    probability: float


class Tagger(Protocol):
    """What is used of ``pycrfsuite.Tagger``."""

    def tag(self, features: Sequence[Sequence[str]]) -> list[str]:
        """The likeliest labels."""

    def marginal(self, label: str, position: int) -> float:
        """The probability of a label at a word, of the sequence tagged last."""

    def probability(self, labels: Sequence[str]) -> float:
        """The probability of all labels together."""


class Model:
    """A linear-chain conditional random field (Lafferty, McCallum, Pereira 2001).

    A tagger keeps the sequence it works on: each thread has its own.

    Attributes:
        data: the model file, of CRFsuite; taggers read it in place.
    """

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._local = threading.local()

    def _tagger(self) -> Tagger:
        tagger: Tagger | None = getattr(self._local, "tagger", None)
        if tagger is None:
            # Deferred: only those who read free text pay for it.
            import pycrfsuite  # noqa: PLC0415

            opened = pycrfsuite.Tagger()
            opened.open_inmemory(self.data)
            self._local.tagger = tagger = opened
        return tagger

    def label(self, features: Sequence[Sequence[str]]) -> Labelling:
        """The likeliest labels, and how likely they are."""
        if not features:
            return Labelling([], [], 0.0)
        tagger = self._tagger()
        labels = tagger.tag(features)
        each = [tagger.marginal(label, at) for at, label in enumerate(labels)]
        return Labelling(labels, each, min(1.0, tagger.probability(labels)))


@cache
def shipped_model() -> Model:
    """The model of the package, read once."""
    return Model((resources.files(__package__) / MODEL_FILE).read_bytes())
