"""What ships beside the code: pinned, and without what a function does not need."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from infra.errors import InfraError
from infra.vendor import compile_folder, shipped_requirements, slim


def test_everything_that_ships_is_pinned() -> None:
    """A deploy tomorrow ships what was tested today."""
    assert all(
        re.fullmatch(r"[A-Za-z0-9._-]+(\[[a-z,]+\])?==[0-9][^,;]*", line) for line in shipped_requirements()
    )


def test_chalice_brings_its_own_runtime() -> None:
    """Of the package only two modules are needed, and Chalice adds those to every bundle."""
    names = {line.split("==")[0].lower() for line in shipped_requirements()}

    assert "chalice" not in names
    assert {"pynamodb", "boto3", "botocore", "cryptography"} <= names


def test_compiled_files_are_not_checked_against_their_source(tmp_path: Path) -> None:
    """A cold start reads them as they are: the flags of PEP 552 say unchecked."""
    (tmp_path / "module.py").write_text("answer = 42\n")

    compile_folder(tmp_path)

    (compiled,) = tmp_path.glob("__pycache__/module.*.pyc")
    assert compiled.read_bytes()[4:8] == (0b01).to_bytes(4, "little")


def test_a_file_that_does_not_compile_stops_the_deploy(tmp_path: Path) -> None:
    """It would fail in the function only."""
    (tmp_path / "module.py").write_text("answer =\n")

    with pytest.raises(InfraError, match="compiles"):
        compile_folder(tmp_path)


def test_what_no_function_uses_does_not_ship(tmp_path: Path) -> None:
    """Every megabyte is a longer cold start."""
    useless = ("rapidfuzz/fuzz_cpp_avx2.so", "rapidfuzz/process_cpp_impl.so", "botocore/data/ec2/a.json")
    used = ("rapidfuzz/distance/metrics_cpp.so", "botocore/data/dynamodb/a.json")
    for name in (*useless, *used):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()

    slim(tmp_path)

    assert {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()} == set(used)
