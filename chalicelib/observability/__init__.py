"""What the functions say of themselves: coded lines and counts, never a value of a person."""

from chalicelib.observability.codes import Code
from chalicelib.observability.log import log
from chalicelib.observability.metrics import Metric, measure

__all__ = ["Code", "Metric", "log", "measure"]
