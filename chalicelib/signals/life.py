"""The life of a signal: its states, and everything that may happen to it, in one table (D7, D8, D34, D35).

Every transition asks this table what follows; docs/life.md is printed from it (``python -m docs.life``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from chalicelib.domain.errors import SignalAlreadyEnded, SignalRestricted
from chalicelib.domain.signal import SignalState


class Step(StrEnum):
    """What can happen to a signal."""

    GIVE = "GIVE"
    CHANGE = "CHANGE"
    RENEW = "RENEW"
    OPEN_HISTORY = "OPEN_HISTORY"
    RESTRICT = "RESTRICT"
    RELEASE = "RELEASE"
    CLOSE = "CLOSE"
    RETRACT = "RETRACT"
    EXPIRE = "EXPIRE"
    COME_OF_AGE = "COME_OF_AGE"
    LEAVE_ARCHIVE = "LEAVE_ARCHIVE"
    DIE = "DIE"
    ERASE = "ERASE"


class Keeps(StrEnum):
    """What stays of the person record after a step.

    RECORD: all of it, the signal goes on. HISTORY: what the history archive keeps, for as long as it may
    (D35). NOTHING: no record, and no hash of what it held.
    """

    RECORD = "RECORD"
    HISTORY = "HISTORY"
    NOTHING = "NOTHING"


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """One row of the table.

    Attributes:
        sources: the states from which it can happen; none for what makes a signal.
        target: the state after it; None when it stays as it is.
        by: who brings it about.
        rules: of the domain, that say so.
    """

    step: Step
    sources: frozenset[SignalState]
    target: SignalState | None
    keeps: Keeps
    by: str
    means: str
    rules: tuple[str, ...]


_ACTIVE: Final = frozenset({SignalState.ACTIVE})
_RESTRICTED: Final = frozenset({SignalState.RESTRICTED})
OPEN_STATES: Final = _ACTIVE | _RESTRICTED
"""The states that a signal can still end from (D8)."""
_ANY: Final = frozenset(SignalState) - {SignalState.ERASED}

_PROFESSIONAL: Final = "the professional's organisation"
_INDEX: Final = "the index itself"
_HANDLER: Final = "who handles a request"

LIFE: Final = (
    Transition(
        step=Step.GIVE,
        sources=frozenset(),
        target=SignalState.ACTIVE,
        keeps=Keeps.RECORD,
        by=_PROFESSIONAL,
        means="somebody is involved with a youth, and says so",
        rules=("D1", "D7"),
    ),
    Transition(
        step=Step.CHANGE,
        sources=OPEN_STATES,
        target=None,
        keeps=Keeps.RECORD,
        by=_PROFESSIONAL,
        means="moved, corrected, a BSN that arrived, another professional, an earlier end; never a later one",
        rules=("D5", "D7", "D23", "D28"),
    ),
    Transition(
        step=Step.RENEW,
        sources=_ACTIVE,
        target=SignalState.CLOSED,
        keeps=Keeps.NOTHING,
        by=_PROFESSIONAL,
        means="a new signal takes its place, and takes the record, the matches and the verdicts over",
        rules=("D7",),
    ),
    Transition(
        step=Step.OPEN_HISTORY,
        sources=_ACTIVE,
        target=None,
        keeps=Keeps.RECORD,
        by="the professional, once, on giving it",
        means="who gave earlier signals about the youth is shown",
        rules=("D36",),
    ),
    Transition(
        step=Step.RESTRICT,
        sources=_ACTIVE,
        target=SignalState.RESTRICTED,
        keeps=Keeps.RECORD,
        by=_HANDLER,
        means="a right is being decided: nothing finds it meanwhile",
        rules=("D8", "D33"),
    ),
    Transition(
        step=Step.RELEASE,
        sources=_RESTRICTED,
        target=SignalState.ACTIVE,
        keeps=Keeps.RECORD,
        by=_HANDLER,
        means="the right was decided, and the signal stays: it matches again",
        rules=("D8", "D33"),
    ),
    Transition(
        step=Step.CLOSE,
        sources=OPEN_STATES,
        target=SignalState.CLOSED,
        keeps=Keeps.HISTORY,
        by=f"{_PROFESSIONAL}, or {_HANDLER}",
        means="no longer needed: the risk is gone",
        rules=("D33", "D34", "D35"),
    ),
    Transition(
        step=Step.RETRACT,
        sources=OPEN_STATES,
        target=SignalState.RETRACTED,
        keeps=Keeps.NOTHING,
        by=_PROFESSIONAL,
        means="it was wrongly made",
        rules=("D34", "D35"),
    ),
    Transition(
        step=Step.EXPIRE,
        sources=OPEN_STATES,
        target=SignalState.EXPIRED,
        keeps=Keeps.HISTORY,
        by=_INDEX,
        means="its last day is past: the planned end, or two years",
        rules=("D7", "D34", "D35"),
    ),
    Transition(
        step=Step.COME_OF_AGE,
        sources=OPEN_STATES,
        target=SignalState.ERASED,
        keeps=Keeps.NOTHING,
        by=_INDEX,
        means="the youth turned 23",
        rules=("D1", "D34", "D35"),
    ),
    Transition(
        step=Step.LEAVE_ARCHIVE,
        sources=frozenset({SignalState.CLOSED, SignalState.EXPIRED}),
        target=SignalState.ERASED,
        keeps=Keeps.NOTHING,
        by=_INDEX,
        means="its last day in the archive is past: five years after it ended, or the youth turned 23",
        rules=("D35", "D38"),
    ),
    Transition(
        step=Step.DIE,
        sources=_ANY,
        target=SignalState.ERASED,
        keeps=Keeps.NOTHING,
        by=f"{_PROFESSIONAL}, or {_HANDLER}",
        means="the youth died",
        rules=("D34", "D35"),
    ),
    Transition(
        step=Step.ERASE,
        sources=_ANY,
        target=SignalState.ERASED,
        keeps=Keeps.NOTHING,
        by=_HANDLER,
        means="a right of the family was granted, or a wrong signal is taken out whole",
        rules=("D33", "D35"),
    ),
)
"""Everything that can happen to a signal; what is not in it does not happen."""

TRANSITIONS: Final[Mapping[Step, Transition]] = MappingProxyType({row.step: row for row in LIFE})
"""The row of each step."""


def require(state: SignalState, step: Step) -> Transition:
    """The row of a step that a signal in this state may take.

    Raises SignalAlreadyEnded for a state that nothing of the kind follows any more, SignalRestricted when
    a right has to be decided first.
    """
    row = TRANSITIONS[step]
    if state in row.sources:
        return row
    if state in OPEN_STATES:
        raise SignalRestricted(state)
    raise SignalAlreadyEnded(state)


def has_ended(state: SignalState) -> bool:
    """Whether a state is final: nothing is active after it (D8)."""
    return state not in OPEN_STATES
