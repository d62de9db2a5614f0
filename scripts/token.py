#!/usr/bin/env python3
"""Prints a bearer token of the running local issuer: `--locality jining --role agency --agency 公安机关`."""

import sys
from pathlib import Path

if __name__ == "__main__":
    here = str(Path(__file__).resolve().parent)
    root = str(Path(__file__).resolve().parents[1])
    # This file's folder on the path would let it hide the standard library's `token`.
    sys.path[:] = [root, *(entry for entry in sys.path if entry not in (here, ""))]

    from scripts.local.sign_in import main

    sys.exit(main())
