"""What the mail and event adapters of this room say beyond the ports' errors."""

from chalicelib.ports.errors import DeliveryUnavailable


class DeliveryUncertain(DeliveryUnavailable):
    """No answer came: the message may have left or not; it stays SENDING and is tried again."""
