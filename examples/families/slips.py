"""Slips of the pen: keyboard, ear, scanner and digits."""

from __future__ import annotations

# ruff: noqa: PLR2004 - rates are this module's data
import unicodedata
from random import Random

_SPECIAL = str.maketrans(
    dict(
        zip(
            "\u0131\u0130\u0142\u0141\u00f8\u00df\u015f\u015e\u011f\u011e",
            ["i", "I", "l", "L", "o", "ss", "s", "S", "g", "G"],
            strict=True,
        )
    )
)
_NEIGHBOURS = {
    "a": "qsz", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo",
    "j": "hk", "k": "jl", "l": "k", "m": "n", "n": "bm", "o": "ip", "p": "o", "q": "wa", "r": "et", "s": "ad",
    "t": "ry", "u": "yi", "v": "cb", "w": "qe", "x": "zc", "y": "tu", "z": "ax",
}  # fmt: skip
_SCANNED = (
    ("rn", "m"), ("m", "rn"), ("l", "1"), ("i", "l"), ("o", "0"), ("cl", "d"), ("d", "cl"), ("vv", "w"),
    ("B", "8"), ("S", "5"), ("I", "l"), ("h", "b"), ("e", "c"),
)  # fmt: skip
_HEARD = (
    ("ck", "k"), ("k", "c"), ("c", "k"), ("ph", "f"), ("th", "t"), ("dt", "t"), ("d", "t"), ("t", "d"),
    ("z", "s"), ("s", "z"), ("v", "f"), ("f", "v"), ("ou", "au"), ("au", "ou"), ("ei", "ij"), ("ij", "ei"),
    ("ch", "g"), ("g", "ch"), ("oe", "u"), ("u", "oe"), ("ie", "i"), ("ee", "e"), ("aa", "a"), ("oo", "o"),
    ("uu", "u"), ("ll", "l"), ("ss", "s"), ("nn", "n"), ("tt", "t"), ("kk", "k"), ("qu", "kw"), ("sch", "sg"),
    ("x", "ks"),
)  # fmt: skip
_IJ = (("ij", "y"), ("IJ", "Y"), ("y", "ij"), ("ei", "ij"), ("uij", "uy"))


def strip_diacritics(text: str) -> str:
    """Letters without their marks."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_SPECIAL))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def typo(r: Random, text: str) -> str:
    """One slip: keyboard neighbour, transposition, deletion, doubling, by ear or by scanner."""
    if len(text) < 3:
        return text
    for _ in range(4):
        kind = r.random()
        i = r.randrange(1, len(text)) if r.random() < 0.85 else 0
        slipped = _slip(r, text, kind, i)
        if slipped != text:
            return slipped
    return text


def _slip(r: Random, text: str, kind: float, i: int) -> str:
    if kind < 0.25:
        return text[:i] + _neighbour(r, text[i]) + text[i + 1 :]
    if kind < 0.45:
        return text[: i - 1] + text[i] + text[i - 1] + text[i + 1 :] if i > 1 else text
    if kind < 0.62:
        return text[:i] + text[i + 1 :] if i else text
    if kind < 0.75:
        return text[:i] + text[i] + text[i:] if text[i].isalpha() else text
    return _substitute(r, text, _HEARD if kind < 0.92 else _SCANNED)


def _neighbour(r: Random, letter: str) -> str:
    neighbours = _NEIGHBOURS.get(letter.lower())
    if not neighbours:
        return letter
    chosen = r.choice(neighbours)
    return chosen.upper() if letter.isupper() else chosen


def _substitute(r: Random, text: str, table: tuple[tuple[str, str], ...]) -> str:
    hits = [(i, old, new) for old, new in table for i in range(len(text)) if text.startswith(old, i)]
    if not hits:
        return text
    i, old, new = r.choice(hits)
    return text[:i] + new + text[i + len(old) :]


def ij_swap(r: Random, text: str) -> str:
    """Ij written as y, or the other way round."""
    for old, new in _IJ:
        if old in text:
            return text.replace(old, r.choice([new, new, "i"]) if old == "ij" else new, 1)
    return text


def digit_typo(r: Random, text: str) -> str:
    """One digit wrong, or two next to each other swapped."""
    positions = [i for i, sign in enumerate(text) if sign.isdigit()]
    if not positions:
        return text
    for _ in range(5):
        slipped = _digit_slip(r, text, positions)
        if slipped != text:
            return slipped
    return text


def _digit_slip(r: Random, text: str, positions: list[int]) -> str:
    if r.random() < 0.4 and len(positions) > 1:
        k = r.randrange(len(positions) - 1)
        i, j = positions[k], positions[k + 1]
        return text[:i] + text[j] + text[i + 1 : j] + text[i] + text[j + 1 :]
    i = r.choice(positions)
    return text[:i] + str((int(text[i]) + r.choice([1, 1, 9, 9, 2, 3, 5, 7])) % 10) + text[i + 1 :]
