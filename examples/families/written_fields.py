"""Birth dates, addresses and numbers as an organisation writes them, with slips."""

from __future__ import annotations

# ruff: noqa: PLR2004 - rates are this module's data
from datetime import date
from random import Random
from typing import Any

from examples.families.addresses import POSTAL_LETTERS, Home
from examples.families.numbers import DUMMY_NUMBERS, passes_eleven_test
from examples.families.people import Person
from examples.families.settings import Difficulty
from examples.families.slips import digit_typo, typo


def written_date(r: Random, tags: list[str], day: int, slips: float, who: str = "") -> str:
    """A birth date, now and then swapped, mistyped, on 1 January or a year off."""
    true = date.fromordinal(day)
    chance = r.random() / max(slips, 0.01)
    if chance < 0.022 and true.day <= 12 and true.day != true.month:
        tags.append(f"{who}dob_swap")
        return date(true.year, true.day, true.month).isoformat()
    if 0.022 <= chance < 0.037:
        return _mistyped_date(r, tags, true, who).isoformat()
    if 0.037 <= chance < 0.047:
        tags.append(f"{who}dob_0101")
        return date(true.year, 1, 1).isoformat()
    if 0.047 <= chance < 0.052:
        return _date_of_another_year(r, tags, true, who).isoformat()
    return true.isoformat()


def _mistyped_date(r: Random, tags: list[str], true: date, who: str) -> date:
    for _ in range(6):
        try:
            written = date.fromisoformat(digit_typo(r, true.isoformat()))
        except ValueError:
            continue
        if written != true and 1940 < written.year <= 2025:
            tags.append(f"{who}dob_typo")
            return written
    return true


def _date_of_another_year(r: Random, tags: list[str], true: date, who: str) -> date:
    try:
        written = true.replace(year=true.year + r.choice([-1, 1]))
    except ValueError:
        return true
    tags.append(f"{who}dob_year")
    return written


def written_number(r: Random, tags: list[str], child: Person, kids: list[Person], slips: float) -> str:
    """A citizen service number: the child's, or a slip, a sibling's, a parent's, a dummy."""
    chance = r.random() / max(slips, 0.01)
    siblings = [other for other in kids if other is not child and other.shares_parent(child)]
    if chance < 0.0060:
        return _mistyped_number(r, tags, child.bsn)
    if chance < 0.0085:
        return _mistyped_valid_number(r, tags, child.bsn)
    if chance < 0.0135 and siblings:
        sibling = r.choice(siblings)
        twins = [other for other in siblings if abs(other.birthday - child.birthday) <= 1]
        tags.append("bsn_sibling")
        return (r.choice(twins) if twins and r.random() < 0.7 else sibling).bsn
    if chance < 0.0150 and child.parents:
        tags.append("bsn_parent")
        return r.choice(child.parents).bsn
    if chance < 0.0160:
        tags.append("bsn_dummy")
        return r.choice(DUMMY_NUMBERS)
    return child.bsn


def _mistyped_number(r: Random, tags: list[str], bsn: str) -> str:
    for _ in range(10):
        written = digit_typo(r, bsn)
        if written != bsn and not passes_eleven_test(written):
            tags.append("bsn_typo_invalid")
            return written
    return bsn


def _mistyped_valid_number(r: Random, tags: list[str], bsn: str) -> str:
    for _ in range(200):  # two digits wrong, and it still passes the eleven-test
        written = digit_typo(r, digit_typo(r, bsn))
        if written != bsn and passes_eleven_test(written):
            tags.append("bsn_typo_valid")
            return written
    return bsn


def write_address(
    r: Random,
    record: dict[str, Any],
    tags: list[str],
    home: Home,
    *,
    slips: float,
    difficulty: Difficulty,
) -> None:
    """Postal code, number, letter, addition, street and city, in each other's fields at times."""
    code = _mistyped_code(r, tags, home.postal_code, slips)
    number = str(home.number)
    if r.random() < 0.011 * slips:
        number = digit_typo(r, number)
        tags.append("number_typo")
    letter, addition = _moved_parts(r, tags, home, slips)
    if (letter or addition) and r.random() < 0.15:
        number += r.choice(["", "-", " "]) + letter + (" " if letter and addition else "") + addition
        letter = addition = ""
        tags.append("number_glued")
    if addition and r.random() < 0.08:
        addition = addition.lower() if addition.lower() != addition else addition.upper()
    _write_code(r, record, tags, code, difficulty)
    if r.random() >= 0.012 * difficulty.missing:
        record["house_number"] = number
        if letter:
            record["house_letter"] = letter
        if addition:
            record["house_number_addition"] = addition
    else:
        tags.append("number_missing")
    _write_street(r, record, tags, home, slips)


def _mistyped_code(r: Random, tags: list[str], code: str, slips: float) -> str:
    if r.random() >= 0.013 * slips:
        return code
    tags.append("pc_typo")
    area, one, other = code[:4], code[4], code[5]
    if r.random() < 0.6:
        return digit_typo(r, area) + one + other
    return area + r.choice([other + one, one + r.choice(POSTAL_LETTERS), r.choice(POSTAL_LETTERS) + other])


def _moved_parts(r: Random, tags: list[str], home: Home, slips: float) -> tuple[str, str]:
    letter, addition = home.letter, home.addition
    if (letter or addition) and r.random() < 0.13 * slips:
        tags.append("addition_lost")
        return "", ""
    if letter and r.random() < 0.22:
        tags.append("letter_as_addition")
        return "", letter + addition
    if addition and len(addition) == 1 and addition.isalpha() and r.random() < 0.3:
        tags.append("addition_as_letter")
        return addition, ""
    return letter, addition


def _write_code(
    r: Random, record: dict[str, Any], tags: list[str], code: str, difficulty: Difficulty
) -> None:
    chance = r.random()
    if chance < 0.03 * difficulty.missing:
        tags.append("pc_missing")
    elif chance < 0.05 * difficulty.missing + 0.03:
        record["postcode"] = code[:4]
        tags.append("pc4_only")
    else:
        style = r.random()
        spaced = f"{code[:4]} {code[4:]}"
        record["postcode"] = code if style < 0.5 else spaced if style < 0.9 else code.lower()


def _write_street(r: Random, record: dict[str, Any], tags: list[str], home: Home, slips: float) -> None:
    if r.random() < 0.8:
        street = home.street
        if r.random() < 0.03 * slips:
            street = typo(r, street)
            tags.append("street_typo")
        elif r.random() < 0.06:
            street = street.replace("straat", "str.").replace("Burgemeester", "Burg.")
            street = street.replace("Dokter", "Dr.")
        record["street"] = street
    if r.random() < 0.85:
        known_as = home.city
        if home.aliases and r.random() < 0.25:
            known_as = r.choice(home.aliases)
        elif r.random() < 0.08:
            known_as = home.city.upper()
        record["city"] = known_as
