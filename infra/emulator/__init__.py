"""The embedded AWS of local runs, tests and benchmarks: start it, use it, stop it."""

from infra.emulator.emulator import Emulator, free_port

__all__ = ["Emulator", "free_port"]
