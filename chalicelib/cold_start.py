"""Spares a starting function the garbage collector's work: what is imported stays for good.

Importing makes so many objects that the collector would look through all of them several times, in
vain, which costs a tenth to a third of a cold start (``make bench-cold-start``). So it begins later.
"""

from __future__ import annotations

import gc
from typing import Final

_OBJECTS_BEFORE_A_LOOK: Final = 100_000

gc.set_threshold(_OBJECTS_BEFORE_A_LOOK, 20, 20)
