"""Names folded: prefixes apart wherever they were written, parts of double names, initials."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from chalicelib.matching.call_names import all_official_names, is_listed
from chalicelib.matching.initials import are_initials, read_initials
from chalicelib.matching.placeholders import initials_beside, is_no_given_name, is_no_surname
from chalicelib.matching.surname_words import SurnameWords, surname_words
from chalicelib.matching.text import base_letters, compact, skeleton, sound

_PREFIX_WORDS: Final = frozenset(
    {
        "van", "von", "der", "den", "de", "het", "'t", "t", "ten", "ter", "te", "in", "op", "uit", "aan",
        "bij", "onder", "over", "voor", "la", "le", "du", "des", "d'", "da", "dos", "di", "d", "v.d", "v/d",
        "del", "v", "v/h", "'s", "s", "el", "al", "es", "ibn",
    }
)  # fmt: skip
_GLUED_PREFIX: Final = re.compile(r"(?:van(?:der|den|de|het|t)?|de[nr]?|te[nr]|el|al)(?=.{4})")
_LETTERS_READ_AS_DIGITS: Final = str.maketrans("0158", "olsb")
_JOINT: Final = re.compile(r"[-/]")
_SHORTEST_PART: Final = 3


@dataclass(frozen=True, slots=True)
class FoldedSurname:
    """A surname without prefixes.

    ``whole``: all parts joined; ``parts``: the halves of a double name (the whole when single);
    ``sounds`` and ``codes``: sound and consonant skeleton of the whole, then of each part; ``first``: its
    first word, whole if it is a given name. ``written``: its words however they were put together.
    """

    whole: str
    parts: tuple[str, ...]
    sounds: tuple[str, ...]
    codes: tuple[str, ...]
    first: str
    written: SurnameWords


@dataclass(frozen=True, slots=True)
class FoldedGiven:
    """Given names in order, with their ``sounds`` and skeleton ``codes``.

    ``classes`` are the official names that the first may stand for; ``initials`` are those written, else
    those of the names.
    """

    names: tuple[str, ...]
    sounds: tuple[str, ...]
    codes: tuple[str, ...]
    classes: frozenset[str]
    initials: str


@dataclass(frozen=True, slots=True)
class FoldedName:
    """A person's name; either half may be missing."""

    given: FoldedGiven | None
    surname: FoldedSurname | None


@lru_cache(maxsize=16_384)
def fold_surname(surname: str | None) -> FoldedSurname | None:
    """Fold a surname as written, its prefix inside, behind a comma or glued to it; None when it is none."""
    if surname is None or is_no_surname(surname):
        return None
    text = _letters(surname)
    if "," in text:
        core, _, behind = text.partition(",")
        text = f"{behind} {core}"
    words = tuple(kept for part in _JOINT.split(text) if (kept := _words(part)))
    parts = tuple(core for kept in words if (core := _core("".join(kept))))
    if not parts:
        return None
    whole = "".join(parts)
    long_parts = tuple(part for part in parts if len(part) >= _SHORTEST_PART) or (whole,)
    forms = tuple(dict.fromkeys((whole, *long_parts)))
    return FoldedSurname(
        whole=whole,
        parts=long_parts,
        sounds=tuple(dict.fromkeys(sound(form) for form in forms)),
        codes=tuple(dict.fromkeys(skeleton(form) for form in forms)),
        first=next(filter(None, map(_first, words[0])), whole),
        written=surname_words(text),
    )


def _letters(name: str | None) -> str:
    """Base letters, a digit that a scanner saw in a name (``Erd0gan``) put right."""
    return base_letters(name or "").translate(_LETTERS_READ_AS_DIGITS)


def _words(part: str) -> list[str]:
    """The words without prefixes, unless it is all prefixes."""
    words = part.replace(".", ". ").split()
    return [word for word in words if not _is_prefix(word)] or words


def _is_prefix(word: str) -> bool:
    return word.strip(".'") in _PREFIX_WORDS or word in _PREFIX_WORDS


def _core(joined: str) -> str:
    """The letters, without a prefix that is glued to them."""
    core = compact(joined)
    while (glued := _GLUED_PREFIX.match(core)) is not None:
        core = core[glued.end() :]
    return core


def _first(word: str) -> str:
    """A word that may be a given name: Eleonora has no prefix."""
    return compact(word) if is_listed(compact(word)) else _core(word)


def read_as_surname(given_names: tuple[str, ...]) -> FoldedSurname | None:
    """What folded given names are if they stand in the wrong field: van der Berg."""
    return fold_surname(" ".join(given_names))


def begins_as_surname(given_names: tuple[str, ...]) -> bool:
    """Whether a prefix of a surname begins the first given name, or is it: Elkhattabi, not Elisabeth."""
    first, *others = given_names
    if _GLUED_PREFIX.match(first) is not None:
        return not is_listed(first)
    return bool(others) and _is_prefix(first)


@lru_cache(maxsize=16_384)
def fold_given(given_names: str | None, initials: str | None) -> FoldedGiven | None:
    """Fold given names and initials; names written as initials (``S.J.``) are initials. None when none is."""
    if given_names and is_no_given_name(given_names):
        initials, given_names = initials_beside(given_names, initials), None
    words = [compact(word) for word in re.split(r"[\s\-]+", _letters(given_names)) if word]
    if all(len(word) == 1 for word in words) or (given_names and _is_of_initials(given_names)):
        words, initials = [], initials or given_names
    names = tuple(word for word in words if word)
    letters = read_initials(initials or "") or "".join(name[0] for name in names)
    if not letters:
        return None
    return FoldedGiven(
        names=names,
        sounds=tuple(sound(name) for name in names),
        codes=tuple(skeleton(name) for name in names),
        classes=all_official_names(names[0]) if names else frozenset(),
        initials=letters,
    )


def _is_of_initials(given_names: str) -> bool:
    return are_initials(given_names) or re.fullmatch(r"(\w\.\s*)+", given_names) is not None
