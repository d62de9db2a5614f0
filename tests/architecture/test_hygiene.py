"""What no file of the project may hold. The words are put together: not even this file holds them."""

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.architecture.imports import ROOT

LONGEST = 250
# One concept each, and long all the same: a protocol, a schema written out, a journal with its replay.
MAY_BE_LONGER = {
    "scripts/local/emulator/durable.py",
    "scripts/local/issuer.py",
    "scripts/local/supervisor.py",
    "scripts/matters/schema.py",
    "scripts/matters/shape.py",
}

REGISTRY = re.compile(
    "|".join(
        re.escape(host)
        for host in (
            "pypi" + ".org",
            "python" + "hosted.",
            "registry." + "npmjs",
            "registry." + "yarnpkg",
            "deb." + "debian.",
            "security." + "debian.",
        )
    )
)
MACHINE = re.compile(r"(?<![\w.~-])/(?:" + "work|farm|root|home/[a-z]+|Users/[A-Za-z]+" + r")/[\w.]")
OPEN_END = re.compile(
    r"\b(?:"
    + "|".join(["TO" + "DO", "FIX" + "ME", "NotImplemented" + "Error", "mark.sk" + "ip", "xf" + "ail"])
    + r")\b"
)
# What a browser would fetch from somewhere else by itself; a link that a person follows is another matter.
FOREIGN_ASSET = re.compile(
    r"""
    <(?:script|link|img|iframe|source|video|audio|embed|object|use|image)\b[^>]*?
        \b(?:src|href|srcset|data|poster)\s*=\s*["']?\s*(?:https?:)?//
    | url\(\s*["']?(?:https?:)?//
    | @import\s+["'](?:https?:)?//
    | \b(?:import|fetch|Worker|importScripts)\s*\(\s*["'`](?:https?:)?//
    | \bfrom\s+["'](?:https?:)?//
    """,
    re.VERBOSE | re.IGNORECASE,
)
FOREIGN_HOST = re.compile(r"https?://(?P<host>[a-z0-9-]+(?:\.[a-z0-9-]+)+)", re.IGNORECASE)
OUR_OWN = re.compile(r"127\.0\.0\.1|(?:.+\.)?(?:example|example\.(?:com|org|net)|test|invalid|localhost)")
# Names of formats, which nobody fetches.
NAMES_OF_FORMATS = {"www.w3.org", "json-schema.org", "spec.openapis.org"}

PAGES = ("templates/", "guide_src/", "mkdocs.yml")
# Where code may say what it follows: a comment, a docstring.
COMMENT = re.compile(r"/\*.*?\*/|^\s*//[^\n]*|\{#.*?#\}|<!--.*?-->", re.DOTALL | re.MULTILINE)
CODE = (".py", ".js", ".css", ".j2", ".html", ".svg")


@cache
def files() -> dict[str, str]:
    """Every text file that is or could be committed, by its path."""
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout.split("\0")
    return {name: text for name in listed if (text := _text(ROOT / name)) is not None}


def _text(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8") if path.is_file() else None
    except UnicodeDecodeError:
        return None


def places(pattern: re.Pattern[str], wanted: dict[str, str]) -> list[str]:
    return [
        f"{name}:{text.count(chr(10), 0, match.start()) + 1}: {match.group()}"
        for name, text in wanted.items()
        for match in pattern.finditer(text)
    ]


def at_work(name: str, text: str) -> str:
    """The part of some code that does something: no comments, no docstrings."""
    return "\n".join(_strings(ast.parse(text))) if name.endswith(".py") else COMMENT.sub("", text)


def _strings(node: ast.AST) -> Iterator[str]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Constant) and isinstance(child.value, str):
            yield child.value
        elif not _is_docstring(child):
            yield from _strings(child)


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def foreign_hosts(text: str) -> Iterator[str]:
    for match in FOREIGN_HOST.finditer(text):
        host = match["host"].lower()
        if host not in NAMES_OF_FORMATS and not OUR_OWN.fullmatch(host):
            yield host


def test_no_file_names_a_package_registry() -> None:
    assert not places(REGISTRY, files())


def test_no_file_holds_a_path_of_somebodys_machine() -> None:
    assert not places(MACHINE, files())


def test_nothing_is_left_open_in_the_code() -> None:
    code = {name: text for name, text in files().items() if name.endswith((*CODE, ".yaml", ".yml"))}
    assert not places(OPEN_END, code)


def test_the_pages_ask_no_third_party_for_anything() -> None:
    assert not places(FOREIGN_ASSET, {name: text for name, text in files().items() if name.startswith(PAGES)})


def test_no_code_knows_a_host_of_the_world() -> None:
    found = [
        f"{name}: {host}"
        for name, text in files().items()
        if name.endswith(CODE) and not name.startswith("tests/")
        for host in foreign_hosts(at_work(name, text))
    ]
    assert not found, "\n".join(found)


def test_no_module_has_grown_past_two_concepts() -> None:
    long = {
        name: text.count("\n")
        for name, text in files().items()
        if name.endswith((".py", ".js")) and not name.startswith("tests/") and text.count("\n") > LONGEST
    }
    assert set(long) == MAY_BE_LONGER, long


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (REGISTRY, "--index-url https://" + "pypi" + ".org/simple"),
        (REGISTRY, "https://files.python" + "hosted.org/x.whl"),
        (MACHINE, "cd /" + "work/main"),
        (MACHINE, 'Path("/' + 'root/.cache")'),
        (MACHINE, "see /" + "home/mei/notes"),
        (OPEN_END, "# TO" + "DO: later"),
        (OPEN_END, "@pytest.mark.sk" + "ip"),
        (FOREIGN_ASSET, '<script defer src="https://cdn.example/x.js">'),
        (FOREIGN_ASSET, '<link rel="stylesheet"\n  href="//cdn.example/x.css">'),
        (FOREIGN_ASSET, "@font-face { src: url(https://cdn.example/x.woff2) }"),
        (FOREIGN_ASSET, 'import("https://cdn.example/x.js")'),
    ],
)
def test_what_is_forbidden_is_seen(pattern: re.Pattern[str], text: str) -> None:
    assert pattern.search(text)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (MACHINE, "https://a.example/" + "work/plan"),
        (MACHINE, "templates/" + "work/plan.html"),
        (FOREIGN_ASSET, '<a href="https://a.example/">'),
        (FOREIGN_ASSET, '<svg xmlns="http://www.w3.org/2000/svg">'),
        (FOREIGN_ASSET, '<script src="/assets/form.js">'),
    ],
)
def test_what_is_allowed_is_let_through(pattern: re.Pattern[str], text: str) -> None:
    assert not pattern.search(text)


def test_hosts_of_the_world_are_told_from_our_own() -> None:
    text = "http://127.0.0.1:8000 https://mail.a.example http://www.w3.org/2000/svg https://cdn.a.com/x"
    assert list(foreign_hosts(text)) == ["cdn.a.com"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.py", '"""See http://cdn.a.com/x."""\nx = 1  # http://cdn.a.com/y\n'),
        ("a.py", 'class A:\n    """See http://cdn.a.com/x."""\n'),
        ("a.js", "// http://cdn.a.com/x\nlet x = 1; /* http://cdn.a.com/y */"),
        ("a.j2", "{# http://cdn.a.com/x #}"),
    ],
)
def test_code_may_cite_what_it_follows(name: str, text: str) -> None:
    assert not list(foreign_hosts(at_work(name, text)))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.py", 'def f() -> str:\n    return "http://cdn.a.com/x"'),
        ("a.py", 'x = f"http://cdn.a.com/{1}"'),
        ("a.js", 'let x = "http://cdn.a.com/x"'),
        ("a.css", "a { background: url(http://cdn.a.com/x) }"),
    ],
)
def test_code_may_not_call_what_it_cites(name: str, text: str) -> None:
    assert list(foreign_hosts(at_work(name, text))) == ["cdn.a.com"]
