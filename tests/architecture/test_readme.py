"""The READMEs tell the truth: each path, script, address and setting that they name is there, and none is forgotten."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

import app as application
from tests.architecture.imports import ROOT
from tests.architecture.test_makefile import COMMAND, targets

READMES = ("README.md", "README.zh-CN.md")
SPAN = re.compile(r"`([^`\n]+)`")
BLOCK = re.compile(r"^```\w*\n(.*?)^```", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:)([^)#]+)\)")
# A folder, a file in one, or a file of the root with an ending that files here have.
PATH = re.compile(r"(?:[\w.-]+/)+[\w.-]*|[\w.-]+\.(?:md|yaml|yml|toml|py)")
SCRIPT = re.compile(r"\b(?:scripts|tests)/[\w/.-]+\.\w+")
ADDRESS = re.compile(r"/api/[\w/{}$.-]+")
SETTING = re.compile(r"^\| (`[A-Z_]+`(?:[,、 ]+`[A-Z_]+`)*) \|", re.MULTILINE)
LARGEST_PICTURE = 300_000


def text_of(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def blocks(text: str) -> str:
    return "\n".join(BLOCK.findall(text))


def paths(text: str) -> Iterator[str]:
    prose = BLOCK.sub("", text)
    yield from (span for span in SPAN.findall(prose) if PATH.fullmatch(span))
    yield from SCRIPT.findall(blocks(text))
    yield from LINK.findall(text)


def addresses(text: str) -> Iterator[str]:
    """As the routes spell them: a place, a task and a certificate are parameters there."""
    for found in ADDRESS.findall(text):
        path = found.rstrip(".").replace("/jining", "/{locality}").replace("/$TASK", "/{task_id}")
        yield re.sub(r"/certificates/[\w-]+/[\w-]+", "/certificates/{kind}/{reference}", path)


def settings(text: str) -> list[str]:
    return [name for row in SETTING.findall(text) for name in re.findall(r"[A-Z_]+", row)]


def read_by_the_application() -> set[str]:
    source = ast.parse((ROOT / "backend/chalicelib/settings.py").read_text())
    constants = (node.value for node in ast.walk(source) if isinstance(node, ast.Constant))
    return {one for one in constants if isinstance(one, str) and re.fullmatch(r"[A-Z]+(?:_[A-Z]+)*", one)}


def built(path: str) -> bool:
    """What git ignores is made by a command."""
    asked = ["git", "-c", "safe.directory=*", "check-ignore", "--quiet", path]
    return subprocess.run(asked, cwd=ROOT, check=False).returncode == 0


@pytest.mark.parametrize("name", READMES)
def test_every_path_is_there_or_built(name: str) -> None:
    named = set(paths(text_of(name)))
    assert len(named) > 20
    assert not {path for path in named if not (ROOT / path).exists() and not built(path)}


@pytest.mark.parametrize("name", READMES)
def test_every_make_target_is_there_and_every_target_is_named(name: str) -> None:
    text = text_of(name)
    named = {*COMMAND.findall(text), *COMMAND.findall(blocks(text))}
    assert named <= targets()
    assert {"serve", "test", "check", "build", "bench", "lock"} <= named


@pytest.mark.parametrize("name", READMES)
def test_every_address_of_the_api_is_answered(name: str) -> None:
    named = set(addresses(text_of(name)))
    assert named >= {"/api/{locality}/applications", "/api/{locality}/tasks/{task_id}/report"}
    assert named <= set(application.app.routes)


@pytest.mark.parametrize("name", READMES)
def test_every_setting_of_the_application_is_explained_and_no_other(name: str) -> None:
    listed = settings(text_of(name))
    assert len(listed) == len(set(listed))
    assert set(listed) == read_by_the_application()


def test_both_languages_name_the_same_commands_paths_and_words() -> None:
    english, chinese = map(text_of, READMES)
    assert blocks(english).splitlines()[0].startswith("make serve")
    assert [line.split("#")[0].rstrip() for line in _commands(english)] == [
        line.split("#")[0].rstrip() for line in _commands(chinese)
    ]
    assert set(paths(english)) - set(READMES) == set(paths(chinese)) - set(READMES)
    assert english.count("\n| ") == chinese.count("\n| ")


def _commands(text: str) -> list[str]:
    return [line for line in blocks(text).splitlines() if re.match(r"make |curl |\.venv|TOKEN=|  -[dH] ", line)]


@pytest.mark.parametrize("name", READMES)
def test_pictures_are_small(name: str) -> None:
    pictures = [ROOT / path for path in LINK.findall(text_of(name)) if path.endswith(".png")]
    assert pictures
    assert all(path.stat().st_size < LARGEST_PICTURE for path in pictures)


def test_what_is_named_is_seen() -> None:
    text = "See `scripts/check.py`, `docs/`, `a word`, `/api/x`.\n```sh\nrun scripts/token.py --x\n```\n[a](docs/b.png)"
    assert list(paths(text)) == ["scripts/check.py", "docs/", "scripts/token.py", "docs/b.png"]
    assert list(addresses("`POST /api/{locality}/lookup`, http://h/api/jining/tasks?state=open")) == [
        "/api/{locality}/lookup",
        "/api/{locality}/tasks",
    ]
    assert settings("| `A`, `B_C` | x |\n| `D` | y |") == ["A", "B_C", "D"]
    assert Path(ROOT / "README.md").exists()
