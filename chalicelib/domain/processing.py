"""For which processing of personal data an act is done: the activities of the region's register (D39).

The Dutch standard "Logboek Dataverwerkingen" has each log record name one, as the register of processing
activities does (GDPR, article 30).
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from chalicelib.domain.audit import Act


class Activity(StrEnum):
    """An activity of the register, by the name that a log record carries."""

    SIGNALLING = "signalling"
    TELLING = "telling-who-is-involved"
    REVIEWING = "deciding-doubtful-pairs"
    HISTORY = "opening-the-archive"
    RIGHTS = "handling-rights"
    RETENTION = "ending-and-erasing"
    OVERSIGHT = "watching-over-use"
    MANAGEMENT = "managing-the-region"


_BY_BEGINNING: Final = (
    ("SIGNAL_E", Activity.RETENTION),
    ("SIGNAL_RESTRICTED", Activity.RIGHTS),
    ("SIGNAL_RESTORED", Activity.RIGHTS),
    ("SIGNAL_CORRECTED", Activity.RIGHTS),
    ("ACCESS_ANSWERED", Activity.RIGHTS),
    ("SIGNAL_LEFT", Activity.RETENTION),
    ("SIGNAL", Activity.SIGNALLING),
    ("MATCH", Activity.TELLING),
    ("EXPLANATION", Activity.TELLING),
    ("NOTICE", Activity.TELLING),
    ("REVIEW", Activity.REVIEWING),
    ("VERDICT", Activity.REVIEWING),
    ("CONFIRMATION", Activity.REVIEWING),
    ("HISTORY", Activity.HISTORY),
    ("REQUEST", Activity.RIGHTS),
    ("ADVICE", Activity.RIGHTS),
    ("DECISION", Activity.RIGHTS),
    ("ERASURE", Activity.RIGHTS),
    ("SEARCHES", Activity.OVERSIGHT),
    ("TRAIL", Activity.OVERSIGHT),
    ("ACCESS_REFUSED", Activity.OVERSIGHT),
)
"""The first that fits counts."""


def activity_of(act: Act) -> Activity:
    """The activity that an act belongs to; what concerns no youth is the managing of the region."""
    fitting = (activity for beginning, activity in _BY_BEGINNING if act.startswith(beginning))
    return next(fitting, Activity.MANAGEMENT)
