"""Build time and operations. Importing it makes the backend's `chalicelib` importable, whoever starts a script."""

import sys
from pathlib import Path

_BACKEND = str(Path(__file__).parents[1] / "backend")
if _BACKEND not in sys.path:
    sys.path.insert(0, _BACKEND)
