"""检查事项目录 matters.yaml：一次列出所有问题，每个问题说明在第几行第几列、错在哪里、可以怎么写。"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# Run by file name, this folder comes first on the path, and its token.py would hide the standard library's.
sys.path[:] = [str(ROOT), str(ROOT / "backend"), *(one for one in sys.path if Path(one) != ROOT / "scripts")]

from scripts.matters.cases import catalogues, read_cases, run  # noqa: E402
from scripts.matters.check import Checked, examine  # noqa: E402
from scripts.matters.read import read_path  # noqa: E402


def main(arguments: Sequence[str] | None = None) -> int:
    for stream in (sys.stdout, sys.stderr):  # whatever the terminal's language
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(encoding="utf-8", errors="replace")
    options = _options(arguments)
    name = options.matters or "matters.yaml"
    checked = examine(read_path(Path(options.matters or ROOT / "matters.yaml"), name))
    if checked.problems:
        return _say_all(checked.problems, f"{name} 有 {len(checked.problems)} 个问题，请改好后再检查。")
    print(f"{name} 没有问题：{_counted(checked)}。")
    return _run_cases(checked, options.cases) if options.cases else 0


def _run_cases(checked: Checked, path: str) -> int:
    known = catalogues(checked.document)
    cases, problems = read_cases(Path(path), known, path)
    if problems:
        return _say_all(problems, f"{path} 有 {len(problems)} 个问题，请改好后再检查。")
    differing = list(run(cases, known))
    if differing:
        count = len({difference.case for difference in differing})
        return _say_all(differing, f"{len(cases)} 种情形里有 {count} 种和预期不一样。")
    print(f"{path} 没有问题：{len(cases)} 种情形都和预期一样。")
    return 0


def _say_all(lines: Sequence[object], last: str) -> int:
    print(*lines, last, sep="\n")
    return 1


def _counted(checked: Checked) -> str:
    return "，".join(f"{called} {count}" for called, count in checked.counts().items())


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/check.py", description=__doc__)
    parser.add_argument("--matters", metavar="PATH", help="要检查的目录（默认是项目里的 matters.yaml）")
    parser.add_argument(
        "--cases", metavar="PATH", help="情形文件：逐一核对每种情形办哪些、等什么，例如 tests/routing.yaml"
    )
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
