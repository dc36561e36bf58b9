"""The mailer over Amazon SES."""

from __future__ import annotations

from email.utils import parseaddr
from functools import cached_property
from typing import TYPE_CHECKING

from chalicelib.notices.mime import to_bytes
from chalicelib.notices.outcome import as_delivery_errors
from chalicelib.ports.world import Mail

if TYPE_CHECKING:
    from mypy_boto3_ses import SESClient

_REFUSALS = frozenset({"MessageRejected", "InvalidParameterValue"})


class SesMailer:
    """Sends raw mail through SES under a configuration set.

    One attempt per call: SES knows no repeat, so a client that tries again after a time-out may send
    twice. Delivery decides when to try again.
    """

    def __init__(self, *, sender: str, configuration_set: str) -> None:
        self._sender = sender
        self._address = parseaddr(sender)[1]
        self._configuration_set = configuration_set

    def send(self, mail: Mail) -> str:
        """SES's message id. Raises DeliveryUnavailable (DeliveryUncertain), DeliveryRejected."""
        message = to_bytes(mail, self._sender)
        with as_delivery_errors(_REFUSALS):
            answer = self._client.send_raw_email(
                Source=self._address,
                Destinations=[mail.to],
                RawMessage={"Data": message},
                ConfigurationSetName=self._configuration_set,
            )
        return answer["MessageId"]

    @cached_property
    def _client(self) -> SESClient:
        import boto3  # noqa: PLC0415 - slow to import, and only needed once something leaves
        from botocore.config import Config  # noqa: PLC0415 - as above

        once = Config(
            connect_timeout=2, read_timeout=10, retries={"total_max_attempts": 1, "mode": "standard"}
        )
        return boto3.client("ses", config=once)
