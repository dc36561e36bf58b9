"""An organisation's own topic for events, which nobody else can subscribe to."""

from __future__ import annotations

from typing import Protocol


class Topics(Protocol):
    """Makes topics."""

    def open_to(self, organisation_id: str, account: str) -> str:
        """The ARN of the organisation's topic, made when it is not there.

        Only ``account`` (an AWS account of 12 digits) can subscribe: a filter policy would be no
        access control. Asking again for another account closes the topic to the first one.
        """
        ...

    def close(self, topic_arn: str) -> None:
        """Take a topic away with all who are subscribed to it; it need not be there."""
        ...
