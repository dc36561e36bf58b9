"""Every line the functions may log: its code, level and text in one place."""

from __future__ import annotations

import logging
from enum import Enum


class Code(Enum):
    """A log line. Values: (level, text); the name is the code operators search for."""

    REQUEST_SERVED = (logging.INFO, "a request was answered")
    REQUEST_FAILED = (logging.ERROR, "a request failed for a reason of ours")
    REQUEST_NOT_COUNTED = (logging.WARNING, "a request was let in without being counted against a limit")
    SEARCH_SUSPECTED = (logging.WARNING, "somebody retracts signals after reading their matches too often")
    TOKEN_REFUSED = (logging.WARNING, "an access token was refused")
    CLIENT_REFUSED = (logging.WARNING, "a system that asked for an access token was refused")
    SIGNAL_RECONCILED = (logging.INFO, "a signal was reconciled")
    RECONCILE_FAILED = (logging.WARNING, "a reconcile has to be tried again")
    CLOSURE_TOO_LARGE = (logging.ERROR, "more signals hang together than one reconcile may settle")
    NOTICES_DELIVERED = (logging.INFO, "the notices of a receiver were delivered")
    DELIVERY_FAILED = (logging.WARNING, "a delivery has to be tried again")
    MAIL_HEARD_OF = (logging.INFO, "what became of a mail was recorded")
    MAIL_UNKNOWN = (logging.WARNING, "something was heard of a mail that no notice knows")
    ADDRESS_FLAGGED = (logging.WARNING, "an address gets no more mail until the card has another")
    FEEDBACK_FAILED = (logging.WARNING, "what became of a mail has to be recorded again")
    WORK_SWEPT = (logging.INFO, "work that a stream lost was taken up")
    ERASURES_TAKEN_UP = (logging.INFO, "what outlives the record of erased signals was looked at")
    AUDIT_KEPT = (logging.INFO, "audit entries were copied to where nobody can change them")
    AUDIT_NOT_KEPT = (logging.WARNING, "a copy of an audit entry has to be tried again")
    AUDIT_TOUCHED = (logging.ERROR, "an audit entry was changed or removed after it was written")
    REQUESTS_WORKED_OFF = (logging.INFO, "what was due for requests of families was done")
    SIGNALS_EXPIRED = (logging.INFO, "signals past their last day were ended")

    @property
    def level(self) -> int:
        """The level of :mod:`logging`."""
        return self.value[0]

    @property
    def text(self) -> str:
        """The fixed text; nothing is ever filled into it."""
        return self.value[1]
