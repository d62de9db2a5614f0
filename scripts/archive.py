"""Opens one case file of the archive with the lead agency's key and prints it as JSON: it is personal data.

`python -m scripts.archive --locality jining --case "1234 5678 9012"`, with the application's environment and the
right to use the lead agency's key.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence

from chalicelib import wiring
from chalicelib.cases.numbers import tidy
from chalicelib.catalogue import localities
from chalicelib.services.archiving import read_archived
from chalicelib.services.refused import Refused


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    try:
        file = read_archived(
            wiring.ports(), wiring.sealing_key(), wiring.archive(), options.locality, tidy(options.case)
        )
    except Refused:
        print("档案里没有这一件", file=sys.stderr)
        return 1
    print(json.dumps(file, ensure_ascii=False, indent=2))
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m scripts.archive", description=__doc__)
    parser.add_argument("--locality", choices=localities(), required=True, help="地区")
    parser.add_argument("--case", required=True, help="受理编号")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
