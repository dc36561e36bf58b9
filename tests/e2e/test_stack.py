"""The stack itself: what a deploy leaves on the embedded AWS, and what it was taught for that."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
import zipfile
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit

import boto3
import pytest
from botocore.exceptions import ClientError

from chalicelib.api.gateway import gateway_responses
from infra.functions import FUNCTIONS, STREAM_FUNCTIONS
from infra.places import ROOT
from tests.e2e.deployed_stack import Stack
from tests.e2e.region import PATIENCE_SECONDS

pytestmark = pytest.mark.e2e

LARGEST_BUNDLE = 20_000_000
WORKSHOP = ("infra", "tests", "benchmarks", "examples", "docs", ".chalice")
TOOLS = (
    "pytest",
    "moto",
    "ministack",
    "mypy",
    "ruff",
    "hypothesis",
    "cfnlint",
    "samtranslator",
    "mypy_boto3_kms",
    "pip",
)


def bundle(stack: Stack) -> Path:
    """The package that was uploaded for every function."""
    (package,) = Path(stack.home).glob("build/local/.chalice/deployments/*.zip")
    return package


def ask(stack: Stack, method: str, path: str) -> tuple[int, dict[str, str], dict[str, object]]:
    """A request without a token: status, headers by lower-case name, and body."""
    base = urlsplit(stack.base_url)
    connection = http.client.HTTPConnection(base.netloc, timeout=PATIENCE_SECONDS)
    connection.request(method, f"{base.path}{path}")
    response = connection.getresponse()
    headers = {name.lower(): value for name, value in response.getheaders()}
    body: dict[str, object] = json.loads(response.read())
    connection.close()
    return response.status, headers, body


def test_every_function_is_deployed(stack: Stack) -> None:
    """A deploy leaves exactly the functions that app.py declares."""
    found = {function["FunctionName"] for function in stack.client("lambda").list_functions()["Functions"]}

    assert {function.physical_name("verwijsindex-local") for function in FUNCTIONS} == found


def test_stream_mappings_have_the_options_that_chalice_cannot_give(stack: Stack) -> None:
    """A failed record comes back alone, at most five times, and then waits in a queue."""
    client = stack.client("lambda")
    for function in STREAM_FUNCTIONS:
        name = function.physical_name("verwijsindex-local")
        (mapping,) = client.list_event_source_mappings(FunctionName=name)["EventSourceMappings"]

        assert f"table/verwijsindex-local-{function.stream}/stream/" in mapping["EventSourceArn"]
        assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
        assert (mapping["BisectBatchOnFunctionError"], mapping["MaximumRetryAttempts"]) == (True, 5)
        assert mapping["DestinationConfig"]["OnFailure"]["Destination"].endswith(f"-{function.name}-failures")


def test_the_apis_stage_is_throttled_traced_and_logged(stack: Stack) -> None:
    """And its access log holds no path, query, address or header."""
    stage = stack.client("apigateway").get_stage(restApiId="verwijsindex", stageName="v1")

    settings = stage["methodSettings"]["*/*"]
    assert (settings["throttlingRateLimit"], settings["throttlingBurstLimit"]) == (200, 400)
    assert (stage["tracingEnabled"], settings["dataTraceEnabled"]) == (True, False)
    told = set(json.loads(stage["accessLogSettings"]["format"]).values())
    assert not told & {"$context.path", "$context.identity.sourceIp", "$context.identity.userAgent"}


@pytest.mark.parametrize(
    ("method", "path", "kind"),
    [("GET", "/signals", "UNAUTHORIZED"), ("TRACE", "/signals", "MISSING_AUTHENTICATION_TOKEN")],
)
def test_the_gateways_own_answers_have_our_shape(stack: Stack, method: str, path: str, kind: str) -> None:
    """The document that was deployed carries them, and the gateway honours them."""
    status, headers, problem = ask(stack, method, path)

    expected = gateway_responses(stack.base_url)[kind]
    shape = json.loads(expected["responseTemplates"]["application/json"])
    assert status == int(expected["statusCode"])
    assert {name: problem[name] for name in ("type", "status")} == {
        name: shape[name] for name in ("type", "status")
    }
    assert str(problem["instance"]).startswith("urn:uuid:")
    assert headers["content-type"] == "application/problem+json"


def test_a_raw_mail_keeps_its_headers(stack: Stack) -> None:
    """The mailbox shows the message as it was sent."""
    message = EmailMessage()
    message["From"], message["To"], message["X-Notice-Id"] = (
        "verwijsindex@local.example",
        "to@local.example",
        "n-1",
    )
    message.set_content("Goedemorgen")
    sent = stack.client("ses").send_raw_email(RawMessage={"Data": message.as_bytes()})["MessageId"]

    (found,) = [mail for mail in stack.mails() if mail.message_id == sent]

    assert (found.message["X-Notice-Id"], found.text.strip()) == ("n-1", "Goedemorgen")


def test_the_bundle_is_small_and_compiled(stack: Stack) -> None:
    """At most 20 MB zipped; every module that ships has its compiled form beside it."""
    names = set(zipfile.ZipFile(bundle(stack)).namelist())
    tag = sys.implementation.cache_tag
    sources = {
        name
        for name in names
        if name.startswith(("app.py", "chalicelib/", "chalice/")) and name.endswith(".py")
    }

    missing = {
        name
        for name in sources
        if f"{name.rpartition('/')[0]}/__pycache__/{Path(name).stem}.{tag}.pyc".lstrip("/") not in names
    }

    assert bundle(stack).stat().st_size <= LARGEST_BUNDLE
    assert missing == set()


def test_the_workshop_does_not_ship(stack: Stack) -> None:
    """No tests, templates, emulators or linters in a function."""
    tops = {name.split("/")[0] for name in zipfile.ZipFile(bundle(stack)).namelist()}

    assert tops >= {"app.py", "chalicelib", "chalice", "boto3", "pynamodb", "cryptography"}
    assert not tops & {*WORKSHOP, *TOOLS}


@pytest.mark.xdist_group("whole-region")
def test_status_finds_everything_as_it_should_be(stack: Stack) -> None:
    """Stacks as the templates say, functions with their settings, streams that wake, empty queues."""
    command = [sys.executable, "-m", "infra", "status", "local", "--home", stack.home]

    done = subprocess.run(
        command, cwd=ROOT, env=stack.environment, capture_output=True, text=True, check=False
    )

    assert (done.returncode, [line for line in done.stdout.splitlines() if line.startswith("!")]) == (0, [])


@pytest.mark.rule("D39")
def test_a_role_is_held_to(stack: Stack) -> None:
    """Whoever takes over the API's function still cannot touch the audit log."""
    role = stack.client("iam").get_role(RoleName="verwijsindex-local-api_handler")["Role"]["Arn"]
    taken = stack.client("sts").assume_role(RoleArn=role, RoleSessionName="taken-over")["Credentials"]
    intruder = boto3.client(
        "dynamodb",
        region_name=stack.region,
        endpoint_url=stack.endpoint,
        aws_access_key_id=taken["AccessKeyId"],
        aws_secret_access_key=taken["SecretAccessKey"],
        aws_session_token=taken["SessionToken"],
    )

    with pytest.raises(ClientError, match="AccessDenied"):
        intruder.scan(TableName=f"{stack.prefix}audit")
    with pytest.raises(ClientError, match="AccessDenied"):
        intruder.delete_item(
            TableName=f"{stack.prefix}audit", Key={"organisationId": {"S": "x"}, "entryId": {"S": "y"}}
        )
