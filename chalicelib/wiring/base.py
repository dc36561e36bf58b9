"""What every function shares: settings, clock, storage, hashes and names; made once per process."""

from __future__ import annotations

from functools import lru_cache

from chalicelib.clock import Clock, SystemClock
from chalicelib.settings import Settings
