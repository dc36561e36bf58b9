"""The functions of app.py as operations sees them: names, limits and what wakes each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """One Lambda function.

    Attributes:
        name: short name, also the field of a stage's memory table.
        chalice_name: the key in Chalice's configuration and in its deployed state.
        timeout: seconds.
        reserved: reserved concurrent executions; None shares the account's.
        stream: the table (without prefix) whose stream wakes it.
        queue: the queue (without prefix) whose messages wake it.
        wakes_on: which records of that stream do; a row that goes is news of a signal, not of the outbox.
    """

    name: str
    chalice_name: str
    timeout: int
    reserved: int | None = None
    stream: str | None = None
    queue: str | None = None
    wakes_on: tuple[str, ...] = ("INSERT", "MODIFY", "REMOVE")

    def physical_name(self, stage_prefix: str) -> str:
        """The name in Lambda: Chalice calls the API's function after the stage alone."""
        return stage_prefix if self.name == "api" else f"{stage_prefix}-{self.name}"

    @property
    def failures_output(self) -> str:
        """The output of the services stack that gives the ARN of the queue for what it gave up on."""
        return f"{self.name.capitalize()}FailuresArn"


FUNCTIONS: Final = (
    Function(name="api", chalice_name="api_handler", timeout=28),
    Function(name="bearer", chalice_name="bearer", timeout=20),
    Function(name="match", chalice_name="match", timeout=120, stream="signals"),
    Function(
        name="deliver", chalice_name="deliver", timeout=120, stream="outbox", wakes_on=("INSERT", "MODIFY")
    ),
    Function(name="witness", chalice_name="witness", timeout=60, stream="audit"),
    Function(name="feedback", chalice_name="feedback", timeout=60, queue="mail-feedback"),
    Function(name="sweep", chalice_name="sweep", timeout=55, reserved=2),
    Function(name="expire", chalice_name="expire", timeout=900, reserved=2),
)
"""Every function; the sweep ends before its next minute.

The gateway waits 29 s for the API, which ends before that, and 10 s for the authorizer, which has longer
so that a retry can end.
What the clock wakes runs at most twice at once: by the clock, and by hand beside it.
"""

STREAM_FUNCTIONS: Final = tuple(function for function in FUNCTIONS if function.stream)
QUEUE_FUNCTIONS: Final = tuple(function for function in FUNCTIONS if function.queue)
MAPPED_FUNCTIONS: Final = STREAM_FUNCTIONS + QUEUE_FUNCTIONS
"""Those that a mapping wakes, from a stream or a queue; each has a queue for what it gave up on."""
