"""The examples in the kinds' docstrings are true, and every kind has some."""

import doctest
import importlib
import pkgutil

import pytest

from chalicelib.catalogue import kinds

MODULES = sorted(module.name for module in pkgutil.iter_modules(kinds.__path__) if module.name != "errors")


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_the_docstring_are_true(name: str) -> None:
    module = importlib.import_module(f"chalicelib.catalogue.kinds.{name}")
    result = doctest.testmod(module)
    assert result.attempted
    assert not result.failed


def test_every_module_of_a_kind_is_registered() -> None:
    assert {name.replace("_", "-") for name in MODULES} - {"tidy"} == set(kinds.KINDS)
