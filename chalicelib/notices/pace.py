"""No more mails in a second than the mail service allows this stage, over all functions together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from chalicelib.clock import Clock
from chalicelib.ports.errors import DeliveryUnavailable, StorageBusy
from chalicelib.ports.world import Mail, Mailer


class Turns(Protocol):
    """Counts what is sent in a second."""

    def take(self, second: int) -> int:
        """Take a turn in a second since 1970; how many that makes. Raises StorageBusy."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PacedMailer:
    """A mailer that refuses what is too much for now; who delivers sets a later time and goes on.

    Nobody waits: a function that slept for its turn would be paid for sleeping. When turns cannot be
    counted the mail is held back too, and comes later.
    """

    mailer: Mailer
    turns: Turns
    clock: Clock
    per_second: int

    def send(self, mail: Mail) -> str:
        """The mail service's id. Raises DeliveryUnavailable, also out of turn; DeliveryRejected."""
        try:
            taken = self.turns.take(int(self.clock.now().timestamp()))
        except StorageBusy:
            raise DeliveryUnavailable("turns cannot be counted now") from None
        if taken > self.per_second:
            raise DeliveryUnavailable("enough mails for this second")
        return self.mailer.send(mail)
