"""What the stock MiniStack lacks and a Chalice deployment needs (docs/embedded-aws.md lists every gap).

Each lesson replaces one function of MiniStack's modules by name. That is brittle by nature: so the exact
version is pinned, and tests/e2e proves every lesson through the public AWS calls.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from ministack.core import lambda_runtime
from ministack.services import lambda_svc

from infra.emulator import (
    api_documents,
    brakes,
    mail_events,
    object_locks,
    quick_functions,
    role_checks,
    stream_retries,
    whole_mails,
)


def teach(braked: Path | None = None) -> None:
    """Teach all lessons; called once, before the first request. ``braked``: see `infra.emulator.brakes`."""
    api_documents.teach()
    whole_mails.teach()
    mail_events.teach()
    role_checks.teach()
    stream_retries.teach()
    object_locks.teach()
    quick_functions.teach()
    if braked is not None:
        brakes.teach(braked)
    _run_functions_without_the_workshop()
    _settle_functions_at_once()
    _read_streams_from_their_start_after_a_restart()


def _run_functions_without_the_workshop() -> None:
    """Functions see their own bundle and a bare interpreter, not the packages of this virtual environment."""
    stock = lambda_runtime._detect_runtime_binary
    bare = getattr(sys, "_base_executable", sys.executable)

    def detect(runtime: str) -> tuple[str, str]:
        binary, script = stock(runtime)
        return (bare if runtime.startswith("python") else binary), script

    lambda_runtime._detect_runtime_binary = detect


def _settle_functions_at_once() -> None:
    """A new or changed function is ready at once, which spares the deploying client a poll of 5 s each."""
    lambda_svc._LAMBDA_STATE_TRANSITION_DELAY = 0.0


def _read_streams_from_their_start_after_a_restart() -> None:
    """Kept state holds how far each stream was read but not its records: they count from nothing again."""
    stock = lambda_svc.get_state

    def get_state() -> dict[str, Any]:
        return {**stock(), "dynamodb_stream_positions": {}}

    lambda_svc.get_state = get_state
