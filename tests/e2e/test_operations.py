"""The life of a stage: deployed twice, moved to another port with its state, repaired, taken down."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import boto3
import pytest

from infra.emulator import Emulator, free_port
from infra.errors import InfraError
from infra.isolation import local_environment
from infra.places import ROOT
from tests.e2e.region import PATIENCE_SECONDS

pytestmark = pytest.mark.e2e

REGION = "eu-central-1"
HOSTILE = {
    "AWS_PROFILE": "production",
    "AWS_ACCESS_KEY_ID": "AKIAREAL",
    "AWS_ENDPOINT_URL": "http://192.0.2.1:9",
    "AWS_SESSION_TOKEN": "real",
    "HTTP_PROXY": "http://192.0.2.1:9",
    "http_proxy": "http://192.0.2.1:9",
}


def infra(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """An operators' command, on a machine with an environment that leads astray."""
    command = [sys.executable, "-m", "infra", *arguments, "--home", str(home)]
    environment = {**os.environ, **HOSTILE}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def healthy(base_url: str) -> bool:
    """Whether the deployed API says that it is."""
    base = urlsplit(base_url)
    connection = http.client.HTTPConnection(base.netloc, timeout=PATIENCE_SECONDS)
    connection.request("GET", f"{base.path}/health")
    response = connection.getresponse()
    response.read()
    connection.close()
    return response.status == http.HTTPStatus.OK


def base_url(deployed: subprocess.CompletedProcess[str]) -> str:
    """What a deploy printed last."""
    assert deployed.returncode == 0, deployed.stdout + deployed.stderr
    return deployed.stdout.rsplit("base URL: ", 1)[1].strip()


def test_a_stage_lives_from_its_first_deploy_to_its_end(tmp_path: Path) -> None:
    """Deploy, fail to, restart elsewhere with all state, repair a table, change the law, destroy."""
    with Emulator(region=REGION, home=tmp_path, keep_state=True):
        assert "nothing is deployed" in infra(tmp_path, "status", "local").stdout
        assert healthy(base_url(infra(tmp_path, "deploy", "local")))

        broken = tmp_path / "broken"
        broken.mkdir()
        (broken / "app.py").write_text("raise RuntimeError('this app is broken')\n")
        failed = infra(tmp_path, "deploy", "local", "--source", str(broken))
        assert (failed.returncode, "error: chalice deploy failed" in failed.stderr) == (1, True)
        assert infra(tmp_path, "status", "local").returncode == 0

    with Emulator(region=REGION, home=tmp_path, keep_state=True) as emulator:
        again = infra(tmp_path, "deploy", "local")
        assert base_url(again).startswith(emulator.url)
        assert again.stdout.count(": unchanged") == 4
        assert "the mapping that wakes it" not in again.stdout
        assert healthy(base_url(again))
        assert infra(tmp_path, "status", "local").returncode == 0

        recreate(emulator, "verwijsindex-local-outbox")
        assert "! stream outbox → deliver" in infra(tmp_path, "status", "local").stdout
        hold_another_law(emulator)
        unreviewed = infra(tmp_path, "deploy", "local")
        assert (unreviewed.returncode, "legal compare local" in unreviewed.stderr) == (1, True)
        repaired = infra(tmp_path, "deploy", "local", *reviewed(infra(tmp_path, "legal", "compare", "local")))
        assert healthy(base_url(repaired))
        assert "reviewed by: N. Bakker" in infra(tmp_path, "legal", "show", "local").stdout
        assert "deliver: replacing the mapping that wakes it" in repaired.stdout
        assert infra(tmp_path, "status", "local").returncode == 0

        protect(emulator, "verwijsindex-local-audit", refuse=True)
        refused = infra(tmp_path, "destroy", "local", "--yes")
        assert refused.stderr.endswith("stands on:\n  the table verwijsindex-local-audit\n")
        assert infra(tmp_path, "status", "local").returncode == 0
        protect(emulator, "verwijsindex-local-audit", refuse=False)

        gone = infra(tmp_path, "destroy", "local", "--yes")
        assert gone.stdout.endswith("local is gone\n"), gone.stdout + gone.stderr
        assert remains(emulator) == []


def session() -> boto3.Session:
    """A session with the local credentials."""
    return boto3.Session(aws_access_key_id="local", aws_secret_access_key="local", region_name=REGION)


def recreate(emulator: Emulator, name: str) -> None:
    """Make a table anew behind the stack's back, as a restore from a backup does."""
    client = session().client("dynamodb", endpoint_url=emulator.url)
    table = client.describe_table(TableName=name)["Table"]
    client.delete_table(TableName=name)
    client.create_table(
        TableName=name,
        KeySchema=table["KeySchema"],
        AttributeDefinitions=table["AttributeDefinitions"],
        BillingMode="PAY_PER_REQUEST",
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "KEYS_ONLY"},
    )


def hold_another_law(emulator: Emulator) -> None:
    """As if the stage had been deployed under another legal profile than this working copy has."""
    client = session().client("dynamodb", endpoint_url=emulator.url)
    name = {"name": {"S": "legal#held"}}
    held = client.get_item(TableName="verwijsindex-local-settings", Key=name)["Item"]
    report = json.loads(held["report"]["S"])
    profile = json.loads(report["profile"]) | {"age_limit": 25}
    held["report"]["S"] = json.dumps(report | {"profile": json.dumps(profile)})
    client.put_item(TableName="verwijsindex-local-settings", Item=held)


def reviewed(compared: subprocess.CompletedProcess[str]) -> list[str]:
    """What a deploy is told after somebody read a comparison."""
    assert "age_limit: 25 -> 23" in compared.stdout, compared.stdout + compared.stderr
    digest = compared.stdout.partition("report: ")[2].partition(",")[0]
    return ["--legal-reviewed-by", "N. Bakker", "--legal-report", digest]


def protect(emulator: Emulator, name: str, *, refuse: bool) -> None:
    """Have a table refuse to be deleted, or no longer."""
    client = session().client("dynamodb", endpoint_url=emulator.url)
    client.update_table(TableName=name, DeletionProtectionEnabled=refuse)


def remains(emulator: Emulator) -> list[str]:
    """Functions, tables and APIs that are still there."""
    functions_of = session().client("lambda", endpoint_url=emulator.url)
    tables_of = session().client("dynamodb", endpoint_url=emulator.url)
    apis_of = session().client("apigateway", endpoint_url=emulator.url)
    functions = [one["FunctionName"] for one in functions_of.list_functions()["Functions"]]
    apis = [one["name"] for one in apis_of.get_rest_apis()["items"]]
    return [*functions, *tables_of.list_tables()["TableNames"], *apis]


def test_a_real_stage_is_not_destroyed_from_here(tmp_path: Path) -> None:
    """Neither with the environment of a local run, nor without credentials of its account."""
    done = infra(tmp_path, "destroy", "limburg", "--yes")

    assert done.returncode == 1
    assert done.stderr.startswith("error: ")
    assert "Traceback" not in done.stderr


def test_without_an_embedded_aws_a_local_command_says_so(tmp_path: Path) -> None:
    """And what to do about it."""
    done = infra(tmp_path, "deploy", "local")

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "error: no embedded AWS runs here: start one with `python -m infra emulator`\n"


def test_a_taken_port_is_said_plainly(tmp_path: Path) -> None:
    """No process is left behind."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        emulator = Emulator(region=REGION, home=tmp_path, port=port)

        with pytest.raises(InfraError, match=f"port {port} on 127.0.0.1 is in use"):
            emulator.start()

    assert emulator.process is None


def test_one_home_serves_one_embedded_aws(tmp_path: Path) -> None:
    """Two would overwrite each other's state."""
    with (
        Emulator(region=REGION, home=tmp_path),
        pytest.raises(InfraError, match=r"an embedded AWS runs in .* already"),
        Emulator(region=REGION, home=tmp_path),
    ):
        pass


def test_it_listens_on_the_loopback_interface_only(tmp_path: Path) -> None:
    """Nobody else on the network can reach what runs here."""
    with Emulator(region=REGION, home=tmp_path, port=free_port()) as emulator:
        address = f"{emulator.port:04X}"
        listening = [
            line.split()[1]
            for table in ("/proc/net/tcp", "/proc/net/tcp6")
            if Path(table).exists()
            for line in Path(table).read_text().splitlines()[1:]
            if line.split()[1].endswith(f":{address}") and line.split()[3] == "0A"
        ]

    assert set(listening) <= {f"0100007F:{address}"}


def test_it_ends_with_the_process_it_serves(tmp_path: Path) -> None:
    """Whoever is killed without a chance to clean up leaves no server behind."""
    starter = (
        "import os, sys; from pathlib import Path; from infra.emulator import Emulator\n"
        f"emulator = Emulator(region={REGION!r}, home=Path({str(tmp_path)!r})); emulator.start()\n"
        "print(emulator.process, flush=True); os._exit(1)"
    )
    environment = local_environment(os.environ, endpoint="http://127.0.0.1:1", region=REGION)
    command = [sys.executable, "-c", starter]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    assert ended(int(done.stdout), within=PATIENCE_SECONDS)
    assert list((tmp_path / "tmp").iterdir()) == []


def ended(process: int, *, within: float) -> bool:
    """Whether a process that is not our child ends in time."""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        if Path(f"/proc/{process}/stat").exists() and " Z " in Path(f"/proc/{process}/stat").read_text():
            return True
        time.sleep(0.05)
    return False
