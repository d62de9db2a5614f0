"""In the code on a printed form every matter is told from every other."""

import itertools

from chalicelib.catalogue.form_signs import sign_of
from tests.scripts.matters.small import changed, said


def twin() -> str:
    """Another name that stands for the same two characters as `pension`."""
    return next(name for name in (f"m{n}" for n in itertools.count()) if sign_of(name) == sign_of("pension"))


def test_two_matters_that_look_alike_in_the_code_are_told() -> None:
    problems = said(changed("      licence:\n        name: 驾驶证", f"      {twin()}:\n        name: 驾驶证"))
    assert any(f"{twin()} 和 pension 在申请表的编码里分不清" in one for one in map(str, problems))
