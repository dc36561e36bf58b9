"""What all rows share: the name of their table, and how a row class is bound to a stage's table."""

from __future__ import annotations

from types import new_class
from typing import ClassVar, Final, TypeVar, cast

from pynamodb.connection import Connection
from pynamodb.constants import PAY_PER_REQUEST_BILLING_MODE, STREAM_KEYS_ONLY
from pynamodb.models import Model

CONNECT_TIMEOUT_SECONDS: Final = 1
READ_TIMEOUT_SECONDS: Final = 3
RETRIES: Final = 2


class Row(Model):
    """A row of a table whose physical name is known only when the settings are."""

    table: ClassVar[str]
    stream: ClassVar[bool] = False
    stream_view: ClassVar[str] = STREAM_KEYS_ONLY


AnyRow = TypeVar("AnyRow", bound=Row)


def new_connection() -> Connection:
    """A connection that gives up early; its client is made at the first request.

    The endpoint and region are those of the environment (``AWS_ENDPOINT_URL``, ``AWS_DEFAULT_REGION``).
    """
    return Connection(
        connect_timeout_seconds=CONNECT_TIMEOUT_SECONDS,
        read_timeout_seconds=READ_TIMEOUT_SECONDS,
        max_retry_attempts=RETRIES,
    )


def bind(row: type[AnyRow], prefix: str, connection: Connection) -> type[AnyRow]:
    """The row class over the table ``<prefix><row.table>``; all bound rows share one connection.

    PynamoDB would give each table a connection, and so a client and its start-up time, of its own.
    """
    settings: dict[str, object] = {
        "table_name": prefix + row.table,
        "billing_mode": PAY_PER_REQUEST_BILLING_MODE,
        "connect_timeout_seconds": CONNECT_TIMEOUT_SECONDS,
        "read_timeout_seconds": READ_TIMEOUT_SECONDS,
        "max_retry_attempts": RETRIES,
    }
    if row.stream:
        settings["stream_view_type"] = row.stream_view
    body = {"Meta": type("Meta", (), settings), "__module__": row.__module__}
    bound = cast("type[AnyRow]", new_class(row.__name__, (row,), exec_body=lambda names: names.update(body)))
    own = bound._get_connection()  # noqa: SLF001 - the only way to hand PynamoDB a shared connection
    connection.add_meta_table(own.get_meta_table())
    own.connection = connection
    return bound
