"""What holds for a pair of records: the core's levels, and levels for the fields that it does not know."""

from __future__ import annotations

from rapidfuzz.distance import OSA, JaroWinkler

from benchmarks.febrl.rows import Row
from chalicelib.matching.evidence import pair_evidence
from chalicelib.matching.levels import LEVELS, Field, Level

Feature = tuple[str, str]

_NAMES = (Field.GIVEN_NAMES, Field.SURNAME)
_ALIKE = 0.85


def features(one: Row, other: Row) -> list[Feature]:
    """A level for each field that both records have; symmetric."""
    evidence = pair_evidence(one.youth, other.youth)
    names = {name: evidence[name] for name in _NAMES}
    exchanged = _best_exchanged(one, other)
    order = "AS_WRITTEN"
    if _rank(exchanged) < _rank(names):
        names, order = exchanged, "EXCHANGED"
    levels = {
        **{str(name): str(level) for name, level in names.items()},
        "order": order,
        "birthDate": str(evidence[Field.BIRTH_DATE]),
        "number": _digits(one.number, other.number),
        "house": _digits(one.house, other.house),
        "postcode": _digits(one.postcode, other.postcode),
        "lines": _lines(one, other),
        "suburb": _words(one.suburb, other.suburb),
        "state": _words(one.state, other.state),
    }
    return [(name, level) for name, level in levels.items() if level != Level.MISSING]


def _best_exchanged(one: Row, other: Row) -> dict[Field, Level]:
    readings = pair_evidence(one.youth, other.exchanged), pair_evidence(one.exchanged, other.youth)
    names = ({name: found[name] for name in _NAMES} for found in readings)
    return min(names, key=lambda levels: (_rank(levels), tuple(levels.values())))


def _rank(names: dict[Field, Level]) -> int:
    return sum(LEVELS[name].index(level) for name, level in names.items())


def _digits(one: str, other: str) -> str:
    """Equal, the same digits in another order or one digit wrong, two wrong, or different."""
    if not one or not other:
        return Level.MISSING
    if one == other:
        return Level.EQUAL
    if sorted(one) == sorted(other) or OSA.distance(one, other) == 1:
        return Level.SLIP
    return Level.SIMILAR if OSA.distance(one, other) == 2 and len(one) > 4 else Level.DIFFERENT


def _words(one: str, other: str) -> str:
    if not one or not other:
        return Level.MISSING
    if one == other:
        return Level.EQUAL
    return Level.SIMILAR if JaroWinkler.similarity(one, other) >= _ALIKE else Level.DIFFERENT


def _lines(one: Row, other: Row) -> str:
    """How the two address lines fit, in the order in which they fit best."""
    straight = tuple(zip(one.lines, other.lines, strict=True))
    crossed = tuple(zip(one.lines, other.lines[::-1], strict=True))
    readings = (tuple(sorted(_words(*pair) for pair in pairs)) for pairs in (straight, crossed))
    return "+".join(max(readings, key=lambda levels: (sum(map(_good, levels)), levels)))


def _good(level: str) -> int:
    return (Level.MISSING, Level.DIFFERENT, Level.SIMILAR, Level.EQUAL).index(Level(level))
