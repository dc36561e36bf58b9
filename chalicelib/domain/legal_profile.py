"""The legal profile of a region: every period, age limit and switch of the law in one validated value.

The legal basis is under debate, so none of these is written into code; the default is Dutch law and
practice as of today (D1, D7, D13, D14, D17, D30, D31, D34 to D37, D39).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Final, Self


class LegalProfileRefused(ValueError):  # noqa: N818 - as the domain's other refusals
    """A profile that cannot be meant; ``mistakes`` names all of them."""

    def __init__(self, mistakes: tuple[str, ...]) -> None:
        super().__init__("; ".join(mistakes))
        self.mistakes = mistakes


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalProfile:
    """What the law of a region asks; checked when it is made.

    Attributes:
        name: what people call it.
        age_limit: signals are about persons under this age, and go on that birthday (D1).
        longest_years: a signal ends this long after it was given (D7).
        informs_youth_from: the age from which the youth is informed beside the representative (D30).
        informs_youth_alone_from: the age from which only the youth is, and files requests alone (D31).
        inform_within_days: in which the family is informed, unless there is a lawful ground (D30).
        remind_before_inform_days: the professional hears so long before that term ends.
        remind_before_end_days: the professional hears so long before the planned end.
        archive: whether closed and expired signals stay in the history archive (D35).
        archive_years: how long they do, at the most.
        shown_ended_days: how long one that no archive keeps shows, by its reference, that it ended.
        opening_within_days: of giving a signal, in which the archive can be opened (D36).
        answer_within_days: in which a request is answered (D31).
        warn_before_answer_days: the handler hears so long before that term ends.
        audit_years: how long the trail is kept (D39).
        backup_days: how far back a table can be restored, so how long an erased row could return.
        address_match: whether a shared address counts for a household match (D13).
        address_alone: whether it makes one by itself (D12), or only beside a surname or a parent's name.
        same_organisation: whether signals of one organisation match (D14).
        supervisor_notices: whether the municipal supervisor hears of matches (D17).
        end_notices: whether the other side hears that a signal ended (D37).

    Raises LegalProfileRefused that names every mistake.
    """

    name: str = "Dutch default"
    age_limit: int = 23
    longest_years: int = 2
    informs_youth_from: int = 12
    informs_youth_alone_from: int = 16
    inform_within_days: int = 28
    remind_before_inform_days: int = 7
    remind_before_end_days: int = 14
    archive: bool = True
    archive_years: int = 5
    shown_ended_days: int = 28
    opening_within_days: int = 1
    answer_within_days: int = 28
    warn_before_answer_days: int = 7
    audit_years: int = 5
    backup_days: int = 35
    address_match: bool = True
    address_alone: bool = True
    same_organisation: bool = False
    supervisor_notices: bool = True
    end_notices: bool = True

    def __post_init__(self) -> None:
        mistakes = tuple(_mistakes(asdict(self)))
        if mistakes:
            raise LegalProfileRefused(mistakes)

    @classmethod
    def of(cls, differences: Mapping[str, object]) -> Self:
        """The Dutch default but for these. Raises LegalProfileRefused, for unknown names too."""
        known = {field.name for field in fields(cls)}
        strange = [f"{name}: there is no such setting" for name in differences if name not in known]
        wanted = {name: value for name, value in differences.items() if name in known}
        mistakes = (*strange, *_mistakes(asdict(DUTCH_DEFAULT) | wanted))
        if mistakes:
            raise LegalProfileRefused(mistakes)
        return cls(**wanted)  # type: ignore[arg-type]  # the mistakes include those of type

    @classmethod
    def from_text(cls, text: str) -> Self:
        """The profile of :meth:`as_text`. Raises LegalProfileRefused."""
        try:
            values = json.loads(text)
        except json.JSONDecodeError as error:
            raise LegalProfileRefused(("it is not JSON",)) from error
        if not isinstance(values, dict):
            raise LegalProfileRefused(("it is not an object",))
        return cls.of(values)

    def as_text(self) -> str:
        """Compact JSON of all of it, in one order: functions and reports are held to the same text."""
        return json.dumps(asdict(self), sort_keys=True, separators=(",", ":"))


_LONGEST_NAME: Final = 80
_RANGES: Final = {
    "age_limit": (18, 27),
    "longest_years": (1, 5),
    "informs_youth_from": (0, 27),
    "informs_youth_alone_from": (0, 27),
    "inform_within_days": (1, 365),
    "remind_before_inform_days": (1, 364),
    "remind_before_end_days": (1, 180),
    "archive_years": (1, 20),
    "shown_ended_days": (1, 92),
    "opening_within_days": (1, 31),
    "answer_within_days": (1, 92),
    "warn_before_answer_days": (1, 91),
    "audit_years": (1, 20),
    "backup_days": (1, 35),
}
"""Within which a value can be meant; a table is restored 35 days back at most."""
_ASCENDING: Final = (
    ("informs_youth_from", "informs_youth_alone_from"),
    ("informs_youth_alone_from", "age_limit"),
)
_BEFORE: Final = (
    ("remind_before_inform_days", "inform_within_days"),
    ("warn_before_answer_days", "answer_within_days"),
)
"""What comes before a term ends, after it began."""


def _mistakes(values: Mapping[str, object]) -> Iterator[str]:
    wrong = {name: told for name, value in values.items() if (told := _wrong(name, value)) is not None}
    yield from (f"{name}: {told}" for name, told in wrong.items())
    for low, high in _ASCENDING:
        if not {low, high} & wrong.keys() and _number(values[low]) > _number(values[high]):
            yield f"{low}: not above {high}"
    for before, term in _BEFORE:
        if not {before, term} & wrong.keys() and _number(values[before]) >= _number(values[term]):
            yield f"{before}: less than {term}"


def _wrong(name: str, value: object) -> str | None:
    """What could be meant in the place of a value; None when the value can be."""
    if name == "name":
        fits = isinstance(value, str) and 1 <= len(value) <= _LONGEST_NAME
        return None if fits else f"a text of 1 to {_LONGEST_NAME} characters"
    if name not in _RANGES:
        return None if isinstance(value, bool) else "true or false"
    low, high = _RANGES[name]
    fits = isinstance(value, int) and not isinstance(value, bool) and low <= value <= high
    return None if fits else f"a whole number from {low} to {high}"


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


DUTCH_DEFAULT: Final = LegalProfile()
