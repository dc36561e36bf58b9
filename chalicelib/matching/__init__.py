"""The pure matching core: fold, keys, compare, decide, explain.

Functions over frozen values: no storage, no clock, no environment, no randomness. The same signals,
verdicts, excluded addresses, model and profile give the same groups and matches in any order.
"""

from chalicelib.matching.address import AddressForms, address_forms
from chalicelib.matching.archive import archive_keys, archive_lookup_keys, earlier_in_archive
from chalicelib.matching.closure import Relation, related
from chalicelib.matching.compare import Comparison, compare
from chalicelib.matching.decide import MatchingProfile, Verdict, decide
from chalicelib.matching.decision import (
    Basis,
    DecidedMatch,
    Decision,
    Explanation,
    FieldEvidence,
    MatchKind,
    Outcome,
    PossiblePair,
)
from chalicelib.matching.every_fold import (
    FOLDS,
    is_in_fold,
    looked_up_archive_keys,
    looked_up_keys,
    looked_up_person_keys,
    stored_archive_keys,
    stored_keys,
)
from chalicelib.matching.fold import MatchRecord, eleven_test, fold
from chalicelib.matching.folded import FoldedParent, FoldedYouth
from chalicelib.matching.homes import homes_left
from chalicelib.matching.keys import (
    FOLD_VERSION,
    MatchKey,
    household_keys,
    lookup_keys,
    match_keys,
    person_keys,
)
from chalicelib.matching.model import MODEL_VERSION, Model, ModelError, default_model, read_model
from chalicelib.matching.pairs import Pair, ordered
from chalicelib.matching.records import Address, AddressKind, Parent, PartialDate, Sex, Youth
from chalicelib.matching.weigh import Evidence

__all__ = [
    "FOLDS",
    "FOLD_VERSION",
    "MODEL_VERSION",
    "Address",
    "AddressForms",
    "AddressKind",
    "Basis",
    "Comparison",
    "DecidedMatch",
    "Decision",
    "Evidence",
    "Explanation",
    "FieldEvidence",
    "FoldedParent",
    "FoldedYouth",
    "MatchKey",
    "MatchKind",
    "MatchRecord",
    "MatchingProfile",
    "Model",
    "ModelError",
    "Outcome",
    "Pair",
    "Parent",
    "PartialDate",
    "PossiblePair",
    "Relation",
    "Sex",
    "Verdict",
    "Youth",
    "address_forms",
    "archive_keys",
    "archive_lookup_keys",
    "compare",
    "decide",
    "default_model",
    "earlier_in_archive",
    "eleven_test",
    "fold",
    "homes_left",
    "household_keys",
    "is_in_fold",
    "looked_up_archive_keys",
    "looked_up_keys",
    "looked_up_person_keys",
    "lookup_keys",
    "match_keys",
    "ordered",
    "person_keys",
    "read_model",
    "related",
    "stored_archive_keys",
    "stored_keys",
]
