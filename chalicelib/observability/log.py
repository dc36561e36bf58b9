"""One way to log: a code with ids and counts, as a JSON line (Powertools)."""

from __future__ import annotations

import logging
from functools import lru_cache

from aws_lambda_powertools import Logger

from chalicelib.observability.codes import Code


@lru_cache(maxsize=1)
def _logger() -> Logger:
    return Logger(service="verwijsindex-functions", use_rfc3339=True, utc=True)


def log(code: Code, **fields: str | float | None) -> None:
    """Write one line. Fields hold opaque ids, route templates, error class names and counts, nothing else.

    Exceptions are never passed on: their texts may quote what they choked on.
    """
    write = {logging.INFO: _logger().info, logging.WARNING: _logger().warning, logging.ERROR: _logger().error}
    write[code.level](code.text, extra={"code": code.name, **fields})
