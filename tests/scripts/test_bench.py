"""The bench: it runs and prints its lines, and both sides of a ratio do the same work. Never how fast anything is."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.measures import site, start
from scripts.measures.pairs import Comparison, compare
from scripts.measures.sample import application
from tests.architecture.imports import ROOT
from tests.catalogues import catalogue, compiled
from tests.services.world import World

LINE = re.compile(
    r"^(site|start|submission): .+ against .+: \d+\.\d\d \(\d+\.\d\d to \d+\.\d\d, 1 pair\)$", re.MULTILINE
)


def bench(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, ROOT / "scripts/bench.py", *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd="/", timeout=300)


def test_both_sides_run_in_turn_and_the_first_pair_is_not_counted() -> None:
    ran: list[str] = []
    times = iter([9.0, 9.0, 1.0, 2.0, 3.0, 2.0])

    def run(name: str) -> float:
        ran.append(name)
        return next(times)

    comparison = compare(lambda: run("ours"), lambda: run("bare"), 2, lambda _: None)
    assert ran == ["ours", "bare"] * 3
    assert comparison == Comparison(ours=(1.0, 3.0), bare=(2.0, 2.0))


def test_the_figure_is_the_median_of_the_pairs_ratios_with_its_spread() -> None:
    told = str(Comparison(ours=(1.0, 3.0, 0.002), bare=(2.0, 2.0, 0.002)))
    assert told == "1.00 s against 2.00 s: 1.00 (0.50 to 1.50, 3 pairs)"


@pytest.mark.parametrize("arguments", [("--rounds", "0"), ("--rounds", "many"), ("--only", "nothing")])
def test_a_wrong_option_is_refused_with_what_is_right(arguments: tuple[str, ...]) -> None:
    said = bench(*arguments)
    assert said.returncode == 2
    assert "a whole number from 1" in said.stderr or "choose from" in said.stderr


def test_help_says_what_is_measured() -> None:
    said = bench("--help")
    assert said.returncode == 0
    assert all(word in said.stdout for word in ("build", "cold start", "submission", "--rounds"))


@pytest.mark.parametrize("slug", compiled())
def test_the_sample_is_taken_everywhere_and_is_somebody_else_each_time(slug: str) -> None:
    world = World()
    for _ in range(2):
        outcome = world.submit(application(catalogue(slug)), slug)
        assert outcome.status == 201
        assert len(outcome.receipt["tasks"]) > 3
    people = [key for key in world.store.records if key.sk == "person"]
    assert len(people) == 2


@pytest.mark.slow
def test_the_application_starts_from_what_travels_with_it_alone(tmp_path: Path) -> None:
    imported, ready, bare = start.runs(tmp_path)
    assert all(run() > 0 for run in (imported, ready, bare))
    packages = {path.name for path in (tmp_path / "packages").iterdir()}
    assert {"chalice", "boto3", "botocore", "jwt", "cryptography"} <= packages
    assert not {"mkdocs", "jinja2", "weasyprint", "pytest"} & packages


@pytest.mark.stack
def test_the_plain_build_makes_the_same_pages(tmp_path: Path) -> None:
    ours, plain = site.runs(tmp_path)
    assert ours() > 0
    assert plain() > 0
    pages = [path.relative_to(tmp_path / "ours") for path in (tmp_path / "ours").rglob("*.html")]
    both = [path for path in pages if (tmp_path / "plain" / path).exists()]
    assert len(both) > 20
    assert all((tmp_path / "ours" / path).read_bytes() == (tmp_path / "plain" / path).read_bytes() for path in both)


@pytest.mark.stack
@pytest.mark.parametrize("name", ["site", "start", "submission"])
def test_each_measure_prints_its_line(name: str) -> None:
    said = bench("--rounds", "1", "--only", name)
    assert said.returncode == 0, said.stderr
    assert set(LINE.findall(said.stdout)) == {name}
    assert "pair 1 of 1" in said.stderr
