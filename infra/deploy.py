"""One idempotent command deploys a stage: storage, then the functions, then what Chalice cannot express."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from infra.account import Account
from infra.bundle import bundle_file, keep_deployed, stage_folder
from infra.chalice_command import chalice
from infra.deployed import Deployed
from infra.finish.gateway import settle_gateway
from infra.finish.mappings import drop_stale_mappings, settle_mappings
from infra.index_steps import bring_up_tables
from infra.lock import deploy_lock
from infra.operators.desk import open_desk
from infra.operators.law import Review, require_reviewed, settle_law
from infra.places import ROOT
from infra.shared_state import fetch_record, only_deploy, share_record
from infra.stacks import Tell, bring_up, stack_after, stacks_before
from infra.stages import read_stages


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a deploy left: the base URL of the API and the size of the uploaded bundle in bytes."""

    base_url: str
    bundle_bytes: int


def deploy(account: Account, tell: Tell, source: Path = ROOT, *, review: Review | None = None) -> Outcome:
    """Deploy the account's stage from ``source`` (app.py and chalicelib).

    ``review`` is of a change of the legal profile. Raises InfraError, before a function is changed when there
    is such a change without it.
    """
    with deploy_lock(account):
        outputs: dict[str, str] = {}
        for stack in stacks_before(account.stage):
            outputs |= bring_up_tables(account, stack, tell)
        with only_deploy(account):
            fetch_record(account)
            require_reviewed(open_desk(account), review)
            outcome = _deploy_functions(account, outputs, tell, source)
            bring_up(account, stack_after(account.stage, outputs), tell)
            settle_law(open_desk(account), review, tell)
        return outcome


def _deploy_functions(account: Account, outputs: dict[str, str], tell: Tell, source: Path) -> Outcome:
    before = Deployed.read(account.deployed_file)
    drop_stale_mappings(account, before, tell)
    folder = _run_chalice(account, before, tell, source)
    after = Deployed.read(account.deployed_file)
    base_url = account.base_url(after.rest_api)
    if account.base_url(before.rest_api) != base_url:
        tell(f"this deploy made the API: once more, now that it is known to live at {base_url}")
        _run_chalice(account, after, tell, source)
    settle_mappings(account, after, outputs, tell)
    if after.rest_api:
        settle_gateway(account, after.rest_api, outputs, tell)
    return Outcome(base_url, bundle_file(folder).stat().st_size)


def _run_chalice(account: Account, known: Deployed, tell: Tell, source: Path) -> Path:
    folder = stage_folder(account, read_stages(), base_url=account.base_url(known.rest_api), source=source)
    chalice(account, folder, "deploy", tell)
    keep_deployed(account)
    share_record(account)
    return folder
