"""One way to write a value as bytes, so that equal values seal, hash and compare equally."""

import json


def canonical(value: object) -> bytes:
    """Canonical JSON in UTF-8: sorted keys, no spaces, no NaN."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    # A lone surrogate in a hostile request must not crash this; json.loads reads it back the same way.
    return text.encode("utf-8", "surrogatepass")
