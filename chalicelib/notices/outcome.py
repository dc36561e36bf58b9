"""What an AWS call's failure means for a message: again later, never, or nobody knows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectionClosedError,
    ParamValidationError,
    ReadTimeoutError,
)

from chalicelib.notices.errors import DeliveryUncertain
from chalicelib.ports.errors import DeliveryRejected, DeliveryUnavailable

_OUR_FAULT = ("not verified", "sending has been disabled")


@contextmanager
def as_delivery_errors(refusals: frozenset[str]) -> Iterator[None]:
    """Turn what boto3 raises into the ports' errors; ``refusals`` are codes that hold for good.

    Whatever is not known to be about this very message counts as unavailable, so that a fault in
    our own set-up (a right, an identity, a quota) loses nothing. Messages of AWS may hold an
    address and are not passed on.
    """
    try:
        yield
    except ClientError as error:
        detail = error.response.get("Error", {})
        code, message = detail.get("Code", "Unknown"), detail.get("Message", "")
        if code in refusals and not any(fault in message for fault in _OUR_FAULT):
            raise DeliveryRejected(code) from None
        raise DeliveryUnavailable(code) from None
    except ParamValidationError:
        raise DeliveryRejected("ParamValidationError") from None
    except (ReadTimeoutError, ConnectionClosedError) as error:
        raise DeliveryUncertain(type(error).__name__) from None
    except BotoCoreError as error:
        raise DeliveryUnavailable(type(error).__name__) from None
