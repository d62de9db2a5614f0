"""Read a YAML file into plain values, knowing the line and column of every key and every value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path as File
from typing import Any

import yaml
from yaml import events

from . import scalars
from .problem import WHOLE, Path, Problem, dotted, quote
from .syntax import before_parsing, explain, place_of

Position = tuple[int, int]
DEEPEST = 40
MOST_VALUES = 200_000
FAST: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Document:
    """`data` is None where nothing could be read. `keys` and `values` say where each stands, from 1;
    `troubled` are the values about which a problem was said already."""

    name: str
    data: Any
    keys: Mapping[Path, Position]
    values: Mapping[Path, Position]
    problems: tuple[Problem, ...]
    troubled: frozenset[Path]

    def where(self, path: Path) -> Position:
        """Where to look for a value: beside its key, or at the key when the value begins further down."""
        for length in range(len(path), 0, -1):
            key, value = self.keys.get(path[:length]), self.values.get(path[:length])
            if value and (not key or key[0] == value[0]):
                return value
            if key:
                return key
        return (1, 1)

    def where_key(self, path: Path) -> Position:
        return self.keys.get(path) or self.where(path)


def read_path(path: File, name: str = "") -> Document:
    """`name` is how problems call the file. A file that cannot be read is a problem, too."""
    name = name or str(path)
    try:
        content = path.read_bytes()
    except OSError as error:
        reason = "找不到这个文件" if isinstance(error, FileNotFoundError) else "这个文件读不出来"
        return _nothing(name, Problem(name, 1, 1, WHOLE, reason, "请核对路径"))
    return read(content, name)


def read(content: str | bytes, name: str) -> Document:
    """Every problem of the writing at once, or the one that stopped the reading."""
    text = _decode(content, name)
    if isinstance(text, Problem):
        return _nothing(name, text)
    if early := list(before_parsing(text, name)):
        return _nothing(name, *early)
    try:
        root = _parse(text, name)
    except _RefusedError as refused:
        return _nothing(name, refused.problem)
    if root is None:
        return _nothing(name, Problem(name, 1, 1, WHOLE, "文件是空的", "至少要有一项内容"))
    return _construct(root, name)


def _nothing(name: str, *problems: Problem) -> Document:
    return Document(name, None, {}, {}, problems, frozenset())


def _decode(content: str | bytes, name: str) -> str | Problem:
    if isinstance(content, str):
        return content.removeprefix("\ufeff")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8", "replace")
        line, column = place_of(before, len(before))
        return Problem(name, line, column, WHOLE, "文件不是 UTF-8 编码", "请在编辑器里另存为 UTF-8")


class _RefusedError(Exception):
    """The reading cannot go on."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


@dataclass(slots=True)
class _Node:
    """A scalar has no children; those of a mapping are its keys and values in turn."""

    event: Any
    children: list[_Node] = field(default_factory=list)

    @property
    def position(self) -> Position:
        return self.event.start_mark.line + 1, self.event.start_mark.column + 1

    @property
    def is_scalar(self) -> bool:
        return isinstance(self.event, events.ScalarEvent)

    @property
    def is_mapping(self) -> bool:
        return isinstance(self.event, events.MappingStartEvent)


def _parse(text: str, name: str) -> _Node | None:
    try:
        return _compose(yaml.parse(text, Loader=FAST), name)
    except yaml.YAMLError:
        pass
    try:  # The slower parser says more about what is wrong.
        return _compose(yaml.parse(text, Loader=yaml.SafeLoader), name)
    except yaml.YAMLError as error:
        raise _RefusedError(explain(error, text, name)) from None


def _compose(stream: Iterator[Any], name: str) -> _Node | None:
    """A tree of nodes from the parser's events, without recursion; an alias is the node it names."""
    top = _Node(None)
    open_nodes, anchors = [top], dict[str, _Node]()
    for event in stream:
        if isinstance(event, events.CollectionEndEvent):
            done = open_nodes.pop()
            if done.event.anchor:
                anchors[done.event.anchor] = done
        elif isinstance(event, events.NodeEvent):
            node = _node(event, anchors, name)
            open_nodes[-1].children.append(node)
            if isinstance(event, events.CollectionStartEvent):
                open_nodes.append(node)
                _limit(len(open_nodes) <= DEEPEST, node, name, "这里一层套一层，套得太深了")
    _limit(
        len(top.children) < 2, top.children[-1] if top.children else top, name, "一个文件里只能有一份内容", "请去掉 ---"
    )
    return top.children[0] if top.children else None


def _node(event: Any, anchors: dict[str, _Node], name: str) -> _Node:
    if isinstance(event, events.AliasEvent):
        what = f"没有叫{quote(event.anchor)}的锚点；* 在开头有特殊的意思"
        _limit(str(event.anchor) in anchors, _Node(event), name, what, "要的是文字就加上引号")
        return anchors[str(event.anchor)]
    tagged = event.tag is not None and event.tag != "!"
    _limit(not tagged, _Node(event), name, "! 在开头有特殊的意思", "请把整句加上引号")
    node = _Node(event)
    if event.anchor and node.is_scalar:
        anchors[event.anchor] = node
    return node


def _limit(kept: bool, node: _Node, name: str, what: str, allowed: str = "请检查括号和缩进") -> None:
    if not kept:
        raise _RefusedError(Problem(name, *node.position, WHOLE, what, allowed))


@dataclass(slots=True)
class _Construction:
    name: str
    keys: dict[Path, Position] = field(default_factory=dict)
    values: dict[Path, Position] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    troubled: set[Path] = field(default_factory=set)

    def build(self, node: _Node, path: Path) -> Any:
        self.values[path] = node.position
        too_much = len(self.values) > MOST_VALUES or len(path) > DEEPEST
        _limit(not too_much, node, self.name, "引用（*）展开以后太多了", "请把内容写全，不用引用")
        if node.is_scalar:
            return self._scalar(node, path)
        if not node.is_mapping:
            return [self.build(child, (*path, number)) for number, child in enumerate(node.children)]
        return self._mapping(zip(node.children[::2], node.children[1::2], strict=True), path)

    def _mapping(self, pairs: Iterator[tuple[_Node, _Node]], path: Path) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        for key_node, value_node in pairs:
            key = self._key(key_node, path)
            if key in mapping:
                first = self.keys[*path, key][0]
                what = f"{quote(key)}写了两次，第一次在第 {first} 行"
                allowed = "同一层里每个名字只能写一次，请留一个"
                self.problems.append(Problem(self.name, *key_node.position, dotted((*path, key)), what, allowed))
            else:
                self.keys[*path, key] = key_node.position
                mapping[key] = self.build(value_node, (*path, key))
        return mapping

    def _key(self, node: _Node, path: Path) -> str:
        if not node.is_scalar:
            self._say(node, path, "冒号左边只能是一个名字", "文字里有 { } [ ] 的要加上引号")
            return "?"
        text = str(node.event.value)
        if node.event.implicit[0] and text not in {"y", "n"}:
            found = scalars.value(text)
            if isinstance(found, scalars.Trap):
                self._say(node, (*path, text), found.what, f'当名字用要加引号："{text[:40]}"')
            elif not isinstance(found, str):
                what = f"名字{quote(text)}会被当成数字、日期或者判断"
                self._say(node, (*path, text), what, f'当名字用要加引号："{text[:40]}"')
        return text

    def _scalar(self, node: _Node, path: Path) -> scalars.Scalar:
        text = str(node.event.value)
        if not node.event.implicit[0]:
            return text
        found = scalars.value(text)
        if isinstance(found, scalars.Trap):
            self._say(node, path, found.what, found.allowed, found.guess)
            return text
        return found

    def _say(self, node: _Node, path: Path, what: str, allowed: str, guess: str = "") -> None:
        self.troubled.add(path)
        self.problems.append(Problem(self.name, *node.position, dotted(path), what, allowed, guess))


def _construct(root: _Node, name: str) -> Document:
    work = _Construction(name)
    try:
        data = work.build(root, ())
    except _RefusedError as refused:
        return _nothing(name, *work.problems, refused.problem)
    return Document(name, data, work.keys, work.values, tuple(work.problems), frozenset(work.troubled))
