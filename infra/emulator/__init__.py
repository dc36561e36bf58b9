"""The embedded AWS of local runs, tests and benchmarks: start it, use it, stop it."""

from infra.emulator.emulator import Emulator, free_port
from infra.emulator.mailbox import Mail, read_mailbox

__all__ = ["Emulator", "Mail", "free_port", "read_mailbox"]
