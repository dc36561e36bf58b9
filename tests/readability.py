"""How easily a text is read: sentences, words and syllables, and what these make of it.

Dutch is measured by the formula of Flesch as Douma set it for Dutch (1960), English by Flesch's own
(1948): the higher the easier; 60 to 70 is plain language, above 70 easy.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

_SENTENCE = re.compile(r"[^.!?:;]+")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_DUTCH_VOWELS = re.compile(
    r"aai|ooi|oei|eeu|ieu|aa|ee|oo|uu|ie|oe|eu|ui|ij|ei|au|ou|[aeiouyäëïöüáéíóúèê]", re.IGNORECASE
)
_ENGLISH_VOWELS = re.compile(r"[aeiouy]+", re.IGNORECASE)
_SILENT_E = re.compile(r"[^aeiouyl]e$", re.IGNORECASE)
_SILENT_ED = re.compile(r"[^aeiouydt]e[ds]$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Readability:
    """What was measured; ``ease`` is the score of the formula."""

    words: int
    words_a_sentence: float
    longest_sentence: int
    syllables_a_word: float
    ease: float


def dutch_syllables(word: str) -> int:
    """Syllables of a Dutch word: its groups of vowels, a dieresis opening one of its own."""
    return max(1, len(_DUTCH_VOWELS.findall(word)))


def english_syllables(word: str) -> int:
    """Syllables of an English word: its groups of vowels, without the silent e of its end."""
    silent = _SILENT_E.search(word) or _SILENT_ED.search(word)
    return max(1, len(_ENGLISH_VOWELS.findall(word)) - bool(silent))


def read_in_dutch(paragraphs: Iterable[str]) -> Readability:
    """Dutch paragraphs by the formula of Flesch and Douma. Raises ValueError without any words."""
    return _measured(paragraphs, dutch_syllables, 206.84, 0.93, 77.0)


def read_in_english(paragraphs: Iterable[str]) -> Readability:
    """English paragraphs by the formula of Flesch. Raises ValueError without any words."""
    return _measured(paragraphs, english_syllables, 206.835, 1.015, 84.6)


def _measured(
    paragraphs: Iterable[str],
    syllables: Callable[[str], int],
    most: float,
    by_sentence: float,
    by_word: float,
) -> Readability:
    sentences = [
        words for one in paragraphs for part in _SENTENCE.findall(one) if (words := _WORD.findall(part))
    ]
    words = [word for sentence in sentences for word in sentence]
    if not words:
        raise ValueError("there is nothing to read")
    length = len(words) / len(sentences)
    parts = sum(map(syllables, words)) / len(words)
    return Readability(
        words=len(words),
        words_a_sentence=round(length, 1),
        longest_sentence=max(map(len, sentences)),
        syllables_a_word=round(parts, 2),
        ease=round(most - by_sentence * length - by_word * parts, 1),
    )
