"""Who imports whom, read from the source without running it."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]


def imported(source: str, package: str) -> Iterator[str]:
    """Every module, or name in a module, that `source` imports; relative imports start from `package`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = _absolute(node, package)
            yield from (f"{module}.{alias.name}" for alias in node.names)


def modules(folder: Path) -> Iterator[tuple[Path, str]]:
    """Each Python file in `folder`, with the dotted name of the package that it stands in."""
    for path in sorted(folder.rglob("*.py")):
        yield path, ".".join(path.relative_to(folder.parent).parent.parts)


def _absolute(node: ast.ImportFrom, package: str) -> str:
    if not node.level:
        return node.module or ""
    start = package.split(".")[: len(package.split(".")) - node.level + 1]
    return ".".join([*start, *([node.module] if node.module else [])])
