"""What is known of a deceased person across cases: shared certificates, silent items, and which cases there are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..cases.case import Task
from ..cases.hashes import identity_hash, name_hash
from ..catalogue import OnFile
from .ports import Secrets

CERTIFICATE = "certificate:"
SILENT = "silent:"
CASES = "cases"
MOST_CASES = 20
MOST_CERTIFICATES = 50
"""How many cases a person's record lists; later ones are flagged to the lead agency all the same."""

Person = Mapping[str, Any]


def identify(secrets: Secrets, locality: str, id_number: str, name: str) -> tuple[str, str]:
    """Keyed hashes: the person's, by which records are found, and the name's, which must match too."""
    version = secrets.identity_version
    person = identity_hash(secrets.identity, version, locality, id_number)
    return person, name_hash(secrets.identity, version, locality, id_number, name)


def certificate(kind: str, reference: str = "") -> str:
    """The attribute of a certificate: one for each reference that systems sent, one for what a task issued."""
    return f"{CERTIFICATE}{kind}#{reference}" if reference else f"{CERTIFICATE}{kind}"


def on_file(person: Person, name: str) -> OnFile:
    """The certificates shared for this ID number and this name."""
    return OnFile(
        shared=frozenset(
            key.removeprefix(CERTIFICATE).partition("#")[0]
            for key, value in person.items()
            if key.startswith(CERTIFICATE) and value["name_hash"] == name
        )
    )


def running(person: Person) -> dict[str, str]:
    """Silent items that were started for this person, with the ids of their tasks."""
    return {key.removeprefix(SILENT): value for key, value in person.items() if key.startswith(SILENT)}


def started(tasks: Iterable[Task]) -> dict[str, str]:
    """The attributes that keep silent items from starting twice, for tasks that have just started."""
    return {f"{SILENT}{task.item}": task.task_id for task in tasks if task.silent and not task.first}


def concerned(person: Person) -> tuple[str, ...]:
    """The numbers of all cases: those that families brought, and those that a certificate alone started."""
    silent = (str(value).partition("-")[0] for key, value in person.items() if key.startswith(SILENT) and value)
    return tuple(dict.fromkeys((*cases(person), *silent)))


def cases(person: Person) -> tuple[str, ...]:
    return tuple(person.get(CASES, ()))
