"""Verifies the audit chains and the nightly checkpoints, and says where somebody put a hand to them.

`python -m scripts.audit verify`, with the application's environment; leaves 1 where anything was found.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from chalicelib import wiring
from chalicelib.cases.chain import Fault
from chalicelib.cases.numbers import group, is_case_number, tidy
from chalicelib.catalogue import localities
from chalicelib.services.audit_verify import Finding, verify, verify_case
from chalicelib.services.casefile import read_case
from chalicelib.services.checkpoints import checkpoints, heads_of
from chalicelib.services.ports import Archive, Ports

WORDS = {
    Fault.EDITED: "被改过",
    Fault.MISPLACED: "与前一条接不上（插入、调换或者重写过）",
    Fault.MISSING: "不见了",
    Fault.EXTRA: "是多出来的",
    Fault.CONTRADICTED: "与当晚存证的不一致",
}
HOW = """\
要有应用的环境变量。本机正在运行时（make serve）：

  set -a; . .state/environment; set +a
  .venv/bin/python -P -m scripts.audit verify
  .venv/bin/python -P -m scripts.audit verify --locality jining --case "1234 5678 9012"

没有发现问题返回 0；发现问题逐条打印位置，返回 1；写错参数返回 2。
"""


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    ports, archive = wiring.ports(), wiring.archive()
    found, known = 0, False
    for locality in options.locality:
        for finding in _findings(ports, archive, locality, options.case):
            print(f"{locality}: {told(finding)}")
            found += 1
        known = known or not options.case or _is_known(ports, locality, options.case)
        print(f"{locality}: {_nights(ports, locality)}")
    if not known:
        print("没有这个受理编号，存证里也没有。", file=sys.stderr)
        return 2
    print(f"发现 {found} 处问题。" if found else "没有发现问题。")
    return 1 if found else 0


def told(finding: Finding) -> str:
    what = f"受理编号 {group(finding.where)}" if is_case_number(finding.where) else finding.where
    place = f"第 {finding.place} 条" if finding.place else "整个记录"
    return f"{what} {place}{WORDS[finding.fault]}"


def _findings(ports: Ports, archive: Archive, locality: str, number: str) -> Iterable[Finding]:
    if not number:
        return verify(ports, locality, archive)
    return verify_case(ports.store, locality, number, _anchors(ports, locality, number))


def _is_known(ports: Ports, locality: str, number: str) -> bool:
    return bool(_anchors(ports, locality, number)) or read_case(ports.store, locality, number).file is not None


def _anchors(ports: Ports, locality: str, number: str) -> list[dict[str, Any]]:
    """Looked for among all, so that a case that was taken away whole is missed too."""
    return [head for head in heads_of(ports.store, locality) if head["name"] == number]


def _nights(ports: Ports, locality: str) -> str:
    nights = checkpoints(ports.store, locality)
    return f"存证到 {nights[-1]['day']}" if nights else "还没有存证"


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m scripts.audit", description=__doc__, epilog=HOW, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("command", choices=["verify"], help="核对审计记录")
    parser.add_argument("--locality", choices=localities(), action="append", help="只核对这个地区；默认全部")
    parser.add_argument("--case", help="只核对这一件，写受理编号")
    options = parser.parse_args(arguments)
    given = options.case
    options.case = tidy(options.case or "")
    if given is not None and not is_case_number(options.case):
        parser.error("受理编号不对，请核对 12 位数字")
    options.locality = options.locality or localities()
    return options


if __name__ == "__main__":
    sys.exit(main())
