"""Evaluates the part of CloudFormation's template language that resources.yaml uses."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml

Value = Any
NO_VALUE = "AWS::NoValue"  # a property of this value is left out


class TemplateError(Exception):
    """The template asks for something that the local stack cannot give."""


class _Loader(yaml.SafeLoader):
    """Reads the short forms (`!Ref X`) as the long ones (`{Ref: X}`)."""


def load(path: Path) -> dict[str, Any]:
    template: dict[str, Any] = yaml.load(path.read_text("utf-8"), _Loader)  # noqa: S506 - a SafeLoader
    return template


class Evaluator:
    """Replaces functions by values. `reference` and `attribute` know the resources that were made."""

    def __init__(
        self,
        template: Mapping[str, Any],
        pseudo: Mapping[str, str],
        reference: Callable[[str], str],
        attribute: Callable[[str, str], str],
    ) -> None:
        self._parameters = template.get("Parameters", {})
        self._conditions = template.get("Conditions", {})
        self._pseudo, self._reference, self._attribute = pseudo, reference, attribute

    def value(self, node: Value) -> Value:
        if isinstance(node, list):
            return [self.value(part) for part in node]
        if not isinstance(node, dict):
            return node
        if len(node) == 1:
            ((name, argument),) = node.items()
            if name in _FUNCTIONS:
                return _FUNCTIONS[name](self, argument)
            if str(name).startswith("Fn::"):
                raise TemplateError(f"{name} is not known to the local stack")
        values = {key: self.value(part) for key, part in node.items()}
        return {key: value for key, value in values.items() if value != NO_VALUE}

    def ref(self, name: str) -> str:
        """A parameter without a default is a setting of the deployment: empty here, set by the local stack."""
        if name in self._pseudo:
            return self._pseudo[name]
        if name in self._parameters:
            return str(self._parameters[name].get("Default", ""))
        return self._reference(name)

    def get_att(self, argument: Value) -> str:
        resource, _, attribute = (argument if isinstance(argument, str) else ".".join(argument)).partition(".")
        return self._attribute(resource, attribute)

    def sub(self, argument: Value) -> str:
        text, more = (argument, {}) if isinstance(argument, str) else (argument[0], self.value(argument[1]))

        def replace(match: re.Match[str]) -> str:
            name = match[1]
            if name in more:
                return str(more[name])
            return self.get_att(name) if "." in name else self.ref(name)

        return re.sub(r"\$\{([\w.:]+)\}", replace, text)

    def join(self, argument: Value) -> str:
        return str(argument[0]).join(str(part) for part in self.value(argument[1]))

    def choose(self, argument: Value) -> Value:
        name, then, otherwise = argument
        return self.value(then if self.condition(name) else otherwise)

    def condition(self, name: str) -> bool:
        return bool(self.value(self._conditions[name]))


_FUNCTIONS: dict[str, Callable[[Evaluator, Value], Value]] = {
    "Ref": Evaluator.ref,
    "Fn::GetAtt": Evaluator.get_att,
    "Fn::Sub": Evaluator.sub,
    "Fn::Join": Evaluator.join,
    "Fn::If": Evaluator.choose,
    "Condition": Evaluator.condition,
    "Fn::Equals": lambda self, pair: self.value(pair[0]) == self.value(pair[1]),
    "Fn::Not": lambda self, one: not self.value(one[0]),
    "Fn::And": lambda self, parts: all(self.value(part) for part in parts),
    "Fn::Or": lambda self, parts: any(self.value(part) for part in parts),
}


def _long_form(loader: _Loader, tag: str, node: yaml.Node) -> dict[str, Value]:
    name = tag if tag in ("Ref", "Condition") else f"Fn::{tag}"
    if isinstance(node, yaml.ScalarNode):
        return {name: loader.construct_scalar(node)}
    if isinstance(node, yaml.SequenceNode):
        return {name: loader.construct_sequence(node, deep=True)}
    raise TemplateError(f"line {node.start_mark.line + 1}: !{tag} takes a text or a list here")


_Loader.add_multi_constructor("!", _long_form)
