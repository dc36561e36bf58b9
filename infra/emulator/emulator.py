"""One embedded AWS on this machine: started, watched until healthy, and stopped."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from infra.emulator.running import HOME, Running, healthy, runs_in
from infra.errors import InfraError
from infra.isolation import LOCAL_ACCOUNT, LOCAL_CREDENTIALS, without_aws
from infra.places import ROOT

__all__ = ["HOME", "Emulator", "Running", "free_port"]

_HOST: Final = "127.0.0.1"
_START_LIMIT: Final = 120.0
_STOP_LIMIT: Final = 120.0
"""A busy machine needs long for either, and what is killed keeps no state."""
_LOOK: Final = 0.05
_NO_DOCKER: Final = "unix:///nonexistent/docker.sock"


class Emulator:
    """A context manager around the launcher's process.

    Args:
        region: the AWS region that calls without one get.
        port: a port on 127.0.0.1; None takes a free one.
        home: folder for state, what was deployed, worker files and the log; by default `HOME`.
        keep_state: save all state on a clean stop and load it at the next start in the same ``home``;
            without it every start is from nothing.
        enforce_roles: functions may do only what their roles allow; callers with the local credentials, all.
        parent: the process whose end ends the emulator; by default this one.
        watch: a file to which it writes, a line a second, what keeps it busy (`infra.emulator.watch`).
        brakes: a file that says by how much it and its functions are slowed (`infra.emulator.brakes`).
    """

    def __init__(
        self,
        *,
        region: str,
        port: int | None = None,
        home: Path | None = None,
        keep_state: bool = False,
        enforce_roles: bool = False,
        parent: int | None = None,
        watch: Path | None = None,
        brakes: Path | None = None,
    ) -> None:
        self.port = free_port() if port is None else port
        self.home = home or HOME
        self.log = self.home / "emulator.log"
        self._region = region
        self._keep_state = keep_state
        self._enforce_roles = enforce_roles
        self._parent = parent or os.getpid()
        self._told = [
            *([f"--watch={watch}"] if watch else []),
            *([f"--brakes={brakes}"] if brakes else []),
        ]
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The endpoint of every AWS service."""
        return f"http://{_HOST}:{self.port}"

    @property
    def mailbox(self) -> str:
        """Where sent mails can be read, as JSON, newest last."""
        return f"{self.url}/_ministack/ses/messages"

    @property
    def process(self) -> int | None:
        """The process id while it runs."""
        return self._process.pid if self._process else None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Start and return once healthy. Raises InfraError when the port is taken or the start fails."""
        if _taken(self.port):
            raise InfraError(
                f"port {self.port} on {_HOST} is in use: stop what runs there, or choose another port"
            )
        if runs_in(self.home):
            raise InfraError(
                f"an embedded AWS runs in {self.home} already: stop it, or give this one another home"
            )
        temporary = self._make_home()
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "infra.emulator.launcher",
                    f"--port={self.port}",
                    f"--parent={self._parent}",
                    *self._told,
                ],
                cwd=ROOT,
                env=self._environment(temporary),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._wait_until_healthy()
        Running(self.url, self.mailbox, self._process.pid).write(self.home)

    def stop(self) -> None:
        """End it cleanly (state is saved when kept); harmless when it does not run."""
        process, self._process = self._process, None
        if process is None:
            return
        Running.forget(self.home)
        process.terminate()
        try:
            process.wait(_STOP_LIMIT)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def wait(self) -> None:
        """Return when it ends by itself."""
        if self._process:
            self._process.wait()

    def _make_home(self) -> Path:
        """An empty folder for worker files, in a home that remembers only what it was asked to keep."""
        saved = any((self.home / "state").glob("*.json"))  # written at the end of a run that keeps its state
        goes_on = self._keep_state and saved
        forgotten = ("tmp",) if goes_on else ("tmp", "state", "s3", ".chalice")
        for name in forgotten:
            shutil.rmtree(self.home / name, ignore_errors=True)
        temporary = self.home / "tmp"
        temporary.mkdir(parents=True)
        return temporary

    def _environment(self, temporary: Path) -> dict[str, str]:
        settings = {
            "GATEWAY_PORT": str(self.port),
            "BIND_HOST": _HOST,
            "MINISTACK_REGION": self._region,
            "MINISTACK_ACCOUNT_ID": LOCAL_ACCOUNT,
            "AUTH": str(self._enforce_roles).lower(),
            "AWS_ACCESS_KEY_ID": LOCAL_CREDENTIALS,
            "AWS_SECRET_ACCESS_KEY": LOCAL_CREDENTIALS,
            "PERSIST_STATE": "1" if self._keep_state else "0",
            "STATE_DIR": str(self.home / "state"),
            "S3_DATA_DIR": str(self.home / "s3"),
            "S3_PERSIST": "1" if self._keep_state else "0",
            "TMPDIR": str(temporary),
            "DOCKER_HOST": _NO_DOCKER,
            "SFTP_ENABLED": "0",
            "IOT_MTLS_ENABLED": "0",
            "PYTHONUNBUFFERED": "1",
            "PYTHONNOUSERSITE": "1",
        }
        inherited = without_aws(os.environ)
        for stray in (
            "PYTHONPATH",
            "PYTHONHOME",
            "AUTH",
            "SERVICES",
            "EDGE_PORT",
            "LAMBDA_EXECUTOR",
            "SMTP_HOST",
        ):
            inherited.pop(stray, None)
        return inherited | settings

    def _wait_until_healthy(self) -> None:
        deadline = time.monotonic() + _START_LIMIT
        while time.monotonic() < deadline:
            if self._process is not None and self._process.poll() is not None:
                raise InfraError(
                    f"the embedded AWS ended at its start; its log is {self.log}\n{self._last_words()}"
                )
            if healthy(self.url):
                return
            time.sleep(_LOOK)
        self.stop()
        raise InfraError(f"the embedded AWS was not ready within {_START_LIMIT:.0f} s; its log is {self.log}")

    def _last_words(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-15:])


def free_port() -> int:
    """A port on the loopback interface that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((_HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def _taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((_HOST, port)) == 0
