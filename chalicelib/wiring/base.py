"""What every function shares: settings, clock, storage and names; made once per process."""

from __future__ import annotations

from functools import lru_cache

from chalicelib.clock import Clock, SystemClock
from chalicelib.models.storage import open_storage
from chalicelib.ports.storage import Storage
from chalicelib.ports.world import Names
from chalicelib.security.naming import RandomNames
from chalicelib.settings import Settings


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of the stage this process runs in. Raises SettingsError."""
    return Settings.from_environment()


@lru_cache(maxsize=1)
def clock() -> Clock:
    """The one clock."""
    return SystemClock()


@lru_cache(maxsize=1)
def names() -> Names:
    """Ids and references of this stage."""
    return RandomNames(settings().stage_code)


@lru_cache(maxsize=1)
def storage() -> Storage:
    """The region's storage."""
    return open_storage(settings(), clock())
