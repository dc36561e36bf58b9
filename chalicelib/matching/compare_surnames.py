"""Surnames compared by levels."""

from __future__ import annotations

from chalicelib.matching.call_names import is_known
from chalicelib.matching.levels import Level
from chalicelib.matching.likeness import are_alike, is_one_slip
from chalicelib.matching.names import FoldedName, FoldedSurname
from chalicelib.matching.surname_words import SurnameWords


def compare_surnames(
    one: FoldedSurname | None,
    other: FoldedSurname | None,
    others_of_one: frozenset[str],
    others_of_other: frozenset[str],
) -> Level:
    """How well surnames fit; ``others_of_…`` are the sounds of the parents' surnames on each record."""
    if one is None or other is None:
        return Level.MISSING
    own = _compare_own(one, other)
    if own is not Level.DIFFERENT:
        return own
    borne_by_a_parent = not (
        others_of_one.isdisjoint(other.sounds) and others_of_other.isdisjoint(one.sounds)
    )
    return Level.OTHER_NAME if borne_by_a_parent else Level.DIFFERENT


def are_written_as_one(one: FoldedName, other: FoldedName) -> bool:
    """Whether the surname of either is the whole name of the other, in any order: Jansen, Piet, of a list."""
    return _is_whole_name_of(one, other) or _is_whole_name_of(other, one)


def _is_whole_name_of(one: FoldedName, other: FoldedName) -> bool:
    if one.given is not None or one.surname is None or other.given is None or other.surname is None:
        return False
    given = "".join(other.given.names)
    names = {given, other.given.names[0]} if other.given.names else set()
    surname = other.surname.whole
    return any(one.surname.whole in (name + surname, surname + name) for name in names)


def _compare_own(one: FoldedSurname, other: FoldedSurname) -> Level:
    if one.whole == other.whole:
        return Level.EQUAL
    if one.sounds[0] == other.sounds[0]:
        return Level.SOUND
    if not set(one.sounds).isdisjoint(other.sounds):
        return Level.PART
    if is_one_slip(one.whole, other.whole):
        return Level.SLIP
    read = _compare_read(one.written, other.written)
    return read if read is not Level.DIFFERENT else _compare_likeness(one, other)


def _compare_likeness(one: FoldedSurname, other: FoldedSurname) -> Level:
    """Whether they only look alike; names of two fathers, as Hassan and Hussein, do not."""
    if is_known(one.whole) and is_known(other.whole):
        return Level.DIFFERENT
    similar = are_alike(one.whole, other.whole) or one.codes[0] == other.codes[0]
    return Level.SIMILAR if similar else Level.DIFFERENT


def _compare_read(one: SurnameWords, other: SurnameWords) -> Level:
    """How well two surnames fit, however they were put together and whichever language spelt them."""
    glued = not (one.unglued.isdisjoint(other.heard) and other.unglued.isdisjoint(one.heard))
    if glued or not one.heard.isdisjoint(other.heard):
        return Level.SOUND
    if not one.words.isdisjoint(other.words):
        return Level.PART
    return Level.SLIP if is_one_slip(one.plain, other.plain) else Level.DIFFERENT
