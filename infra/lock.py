"""One deploy of a stage at a time on this machine."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from infra.account import Account
from infra.errors import InfraError


@contextmanager
def deploy_lock(account: Account) -> Iterator[None]:
    """Hold the stage's lock. Raises InfraError when somebody else deploys or destroys it right now."""
    path = account.build.with_suffix(".lock")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise InfraError(
                f"{account.stage.name} is being deployed by another process; wait for it"
            ) from error
        yield
