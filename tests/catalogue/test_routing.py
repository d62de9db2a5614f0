"""Every routing case through the planner: what a family with these answers gets."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from chalicelib.catalogue import Catalogue
from scripts.matters.cases import catalogues, differences, read_cases
from scripts.matters.read import read_path

ROOT = Path(__file__).resolve().parents[2]
CATALOGUES: Mapping[str, Catalogue] = catalogues(read_path(ROOT / "matters.yaml"))
CASES, PROBLEMS = read_cases(ROOT / "tests" / "routing.yaml", CATALOGUES, "routing.yaml")


def test_the_cases_themselves_are_well_written() -> None:
    assert [str(problem) for problem in PROBLEMS] == []
    assert len({case["name"] for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_planner_agrees(case: Mapping[str, Any]) -> None:
    assert [str(one) for one in differences(case, CATALOGUES[case["locality"]])] == []
