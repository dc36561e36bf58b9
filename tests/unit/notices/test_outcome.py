"""What a failure of SES or SNS means for the message."""

from __future__ import annotations

import pytest
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectionClosedError,
    ConnectTimeoutError,
    EndpointConnectionError,
    ParamValidationError,
    ReadTimeoutError,
)

from chalicelib.notices.errors import DeliveryUncertain
from chalicelib.notices.outcome import as_delivery_errors
from chalicelib.ports.errors import DeliveryError, DeliveryRejected, DeliveryUnavailable

REFUSALS = frozenset({"MessageRejected"})


def refused(code: str, message: str = "about j.jansen@regenboog.example") -> ClientError:
    """What boto3 raises when AWS answers with an error."""
    return ClientError({"Error": {"Code": code, "Message": message}}, "SendRawEmail")


@pytest.mark.parametrize(
    ("raised", "meant"),
    [
        (refused("MessageRejected"), DeliveryRejected),
        (refused("MessageRejected", "Email address is not verified."), DeliveryUnavailable),
        (refused("Throttling"), DeliveryUnavailable),
        (refused("AccessDenied"), DeliveryUnavailable),
        (refused("ConfigurationSetDoesNotExist"), DeliveryUnavailable),
        (refused("InternalFailure"), DeliveryUnavailable),
        (ClientError({}, "SendRawEmail"), DeliveryUnavailable),
        (ParamValidationError(report="x"), DeliveryRejected),
        (ConnectTimeoutError(endpoint_url="x"), DeliveryUnavailable),
        (EndpointConnectionError(endpoint_url="x"), DeliveryUnavailable),
        (ReadTimeoutError(endpoint_url="x"), DeliveryUncertain),
        (ConnectionClosedError(endpoint_url="x"), DeliveryUncertain),
        (BotoCoreError(), DeliveryUnavailable),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else None,
)
def test_only_what_is_about_this_very_message_is_final(raised: Exception, meant: type[DeliveryError]) -> None:
    """A fault of our own set-up loses no notice; no answer is no certainty."""
    with pytest.raises(DeliveryError) as caught, as_delivery_errors(REFUSALS):
        raise raised

    assert type(caught.value) is meant


def test_what_aws_says_of_an_address_is_not_passed_on() -> None:
    """Errors end in logs."""
    with pytest.raises(DeliveryRejected) as caught, as_delivery_errors(REFUSALS):
        raise refused("MessageRejected")

    assert str(caught.value) == "MessageRejected"
    assert caught.value.__suppress_context__
