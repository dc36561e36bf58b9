"""An operator's desk: the use cases, opened on a stage with the settings that its functions have."""

from __future__ import annotations

import os
from dataclasses import dataclass

import boto3

from chalicelib.clock import Clock, SystemClock
from chalicelib.matches.profile import profile_of
from chalicelib.matches.reconcile import Reconcile
from chalicelib.matching import default_model
from chalicelib.models.storage import open_storage
from chalicelib.organisations.cards import KeepCards
from chalicelib.organisations.change import ChangeOrganisation
from chalicelib.organisations.edit import EditOrganisation
from chalicelib.organisations.exclude_address import ExcludeAddress
from chalicelib.organisations.issue_token import IssueToken
from chalicelib.organisations.keep_keys import KeepKeys
from chalicelib.organisations.register import RegisterOrganisation
from chalicelib.organisations.sns import SnsTopics
from chalicelib.organisations.topics import Topics
from chalicelib.organisations.trail import OperatorTrail
from chalicelib.ports.storage import Storage
from chalicelib.ports.world import IndexHasher, Names
from chalicelib.security.clients import kms_client, secrets_client
from chalicelib.security.hashing import index_hasher
from chalicelib.security.index_versions import SecretVersions, StoredVersions
from chalicelib.security.naming import RandomNames
from chalicelib.security.token_key import KmsTokenKey, TokenKey
from chalicelib.security.tokens import TokenIssuer
from chalicelib.settings import Settings
from chalicelib.upkeep.audit_bucket import AuditBucket
from chalicelib.upkeep.keysets import Keysets
from chalicelib.upkeep.rekeying import Rekeying
from infra.account import Account
from infra.audit_copies import bucket_of
from infra.chalice_config import environment
from infra.deployed import Deployed
from infra.token_keys import TokenKeys


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What an operator's use cases need of a stage."""

    settings: Settings
    storage: Storage
    hasher: IndexHasher
    versions: SecretVersions
    topics: Topics
    token_key: TokenKey
    names: Names
    clock: Clock

    @property
    def trail(self) -> OperatorTrail:
        """Where operators' acts are written down."""
        return OperatorTrail(self.names, self.clock)

    @property
    def register(self) -> RegisterOrganisation:
        """Registering an organisation."""
        return RegisterOrganisation(
            storage=self.storage, topics=self.topics, names=self.names, trail=self.trail
        )

    @property
    def change(self) -> ChangeOrganisation:
        """Changing one."""
        return ChangeOrganisation(storage=self.storage, trail=self.trail)

    @property
    def edit(self) -> EditOrganisation:
        """Changing on which terms one takes part."""
        return EditOrganisation(storage=self.storage, topics=self.topics, trail=self.trail)

    @property
    def cards(self) -> KeepCards:
        """Contact cards and supervisors."""
        return KeepCards(storage=self.storage, trail=self.trail)

    @property
    def issue_token(self) -> IssueToken:
        """Access tokens."""
        issuer = TokenIssuer(
            key=self.token_key,
            issuer=self.settings.issuer,
            audience=self.settings.audience,
            names=self.names,
            clock=self.clock,
        )
        return IssueToken(storage=self.storage, issuer=issuer, trail=self.trail)

    @property
    def keep_keys(self) -> KeepKeys:
        """The keys by which organisations' systems sign in."""
        return KeepKeys(storage=self.storage, names=self.names, clock=self.clock)

    @property
    def token_keys(self) -> TokenKeys:
        """The keys that sign access tokens, in the account of whoever is at the desk."""
        return TokenKeys(alias=self.settings.token_key, stage=self.settings.stage, kms=kms_client)

    @property
    def reconcile(self) -> Reconcile:
        """Matching by the model of this working copy and the switches of the stage."""
        return Reconcile(
            storage=self.storage,
            hasher=self.hasher,
            names=self.names,
            clock=self.clock,
            model=default_model().at_scale(self.settings.expected_signals),
            profile=profile_of(self.settings.legal),
            stage_code=self.settings.stage_code,
            same_organisation=self.settings.legal.same_organisation,
            supervisor_notices=self.settings.legal.supervisor_notices,
        )

    @property
    def audit_bucket(self) -> AuditBucket:
        """The locked copies of the audit trail, in the account of whoever is at the desk."""
        return AuditBucket(bucket_of(self.settings.table_prefix, boto3.client("sts")))

    @property
    def keysets(self) -> Keysets:
        """The key sets of the index."""
        return Keysets(storage=self.storage, versions=self.versions, trail=self.trail, clock=self.clock)

    @property
    def rekeying(self) -> Rekeying:
        """The walks of a change of key set."""
        return Rekeying(storage=self.storage, hasher=self.hasher, keysets=self.keysets)

    @property
    def exclude_address(self) -> ExcludeAddress:
        """The register of excluded addresses."""
        return ExcludeAddress(storage=self.storage, hasher=self.hasher, trail=self.trail, clock=self.clock)


def open_desk(account: Account) -> Desk:
    """The desk of a stage, with its settings; nothing is asked of AWS before the first act."""
    os.environ["AWS_DEFAULT_REGION"] = account.stage.region  # a stage's keys and tables are in its region
    base_url = account.base_url(Deployed.read(account.deployed_file).rest_api)
    settings = Settings.from_environment(environment(account.stage, base_url=base_url))
    clock = SystemClock()
    return Desk(
        settings=settings,
        storage=open_storage(settings, clock),
        hasher=index_hasher(settings.index_secret, clock),
        versions=StoredVersions(settings.index_secret, secrets_client),
        topics=SnsTopics(settings.table_prefix),
        token_key=KmsTokenKey(settings.token_key, clock),
        names=RandomNames(settings.stage_code),
        clock=clock,
    )
