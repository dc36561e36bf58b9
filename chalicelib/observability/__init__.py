"""What the functions say of themselves: coded lines and counts, never a value of a person."""

from chalicelib.observability.codes import Code
from chalicelib.observability.log import log

__all__ = ["Code", "log"]
