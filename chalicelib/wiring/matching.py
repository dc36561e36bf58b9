"""Reconcile and sweep, put together."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from chalicelib.matches.profile import profile_of
from chalicelib.matches.reconcile import Reconcile
from chalicelib.ports.world import IndexHasher
from chalicelib.security.hashing import index_hasher
from chalicelib.upkeep.backlog import LookAtBacklog
from chalicelib.upkeep.sweep import Sweep
from chalicelib.wiring import base
from chalicelib.wiring.matching_model import model


@lru_cache(maxsize=1)
def hasher() -> IndexHasher:
    """The one hasher of this process, so that its secret is not read for each batch."""
    return index_hasher(base.settings().index_secret, base.clock())


def reconcile(time_left: Callable[[], bool]) -> Reconcile:
    """Reconcile with this stage's profile; stops taking up work when time runs out."""
    settings = base.settings()
    return Reconcile(
        storage=base.storage(),
        hasher=hasher(),
        names=base.names(),
        clock=base.clock(),
        model=model(),
        profile=profile_of(settings.legal),
        stage_code=settings.stage_code,
        same_organisation=settings.legal.same_organisation,
        supervisor_notices=settings.legal.supervisor_notices,
        time_left=time_left,
    )


def sweep(
    reconcile_one: Callable[[str], object], deliver_to: Callable[[str], object], time_left: Callable[[], bool]
) -> Sweep:
    """The minute function over these two."""
    return Sweep(
        storage=base.storage(),
        clock=base.clock(),
        reconcile=reconcile_one,
        deliver=deliver_to,
        time_left=time_left,
    )


def backlog() -> LookAtBacklog:
    """The look at what waits after it."""
    return LookAtBacklog(storage=base.storage(), clock=base.clock())
