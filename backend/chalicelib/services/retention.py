"""Shred what is personal of cases that closed long enough ago: archived first, proven afterwards, safe to cut off.

A case is first marked, with everything in the clear emptied and nothing left that could start again; then its
envelopes go, and the proof says when. A run that was cut off leaves a proof that is not finished, and the next one
finishes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from ..cases.case import Case, Task
from ..cases.moments import beijing_date, iso
from ..catalogue import Catalogue
from . import person as people
from .archiving import exported
from .audit import Entry
from .call_backs import call_backs
from .casefile import CaseFile, changes, read_case
from .ports import Archive, Ports
from .records import (
    RENEWAL,
    case_partition,
    closed_partition,
    directory_key,
    person_key,
    proof_key,
    shredding_partition,
)
from .store import ConflictError, Delete, Index, Key, Patch, Put, Table, Value

MOST = 200
PAGE = 100
AT_ONCE = 50
SEALED_RECOVERY = timedelta(days=7)
TEXTS_RECOVERY = timedelta(days=35)
"""How long the tables of resources.yaml can be brought back to an earlier moment: that of envelopes, and the other."""
EMPTIED = ("envelopes", "person", "reason", "result", "certificate_number", "note", "notices")


def shred_due(ports: Ports, archive: Archive, locality: str, most: int = MOST) -> dict[str, int]:
    """How many were shredded, and how many are still due or cut off. Raises UnavailableError."""
    catalogue = ports.catalogue(locality)
    finished = [_finish(ports, locality, number) for number in list(_numbers(ports, shredding_partition(locality)))]
    last = beijing_date(ports.clock()) - timedelta(days=catalogue.retention_days)
    due = list(_numbers(ports, closed_partition(locality), f"{last.isoformat()}~"))
    started = 0
    for number in due:
        if started + len(finished) >= most:
            break
        if _start(ports, archive, catalogue, number):
            _finish(ports, locality, number)
            started += 1
    return {"shredded": len(finished) + started, "left": len(due) - started}


def _numbers(ports: Ports, partition: str, upto: str | None = None) -> Iterator[str]:
    """Read to the end before anything is changed: what is shredded leaves the list."""
    cursor: str | None = None
    while True:
        page = ports.store.page(Index.LIVE, partition, PAGE, cursor, upto)
        yield from (row["pk"].rpartition("#")[2] for row in page.rows)
        cursor = page.cursor
        if cursor is None:
            return


def _start(ports: Ports, archive: Archive, catalogue: Catalogue, number: str) -> bool:
    """Not while the family waits for a call, and not when somebody else writes to the case meanwhile."""
    locality = catalogue.slug
    file = read_case(ports.store, locality, number).file
    if file is None or not _due(file, catalogue, ports) or any(not task.ended for task in call_backs(file)):
        return False
    sealed = ports.store.read_partition(case_partition(locality, number), "envelope#", Table.ENVELOPES)
    keys = [directory_key(locality), person_key(file.case.person)]
    records = ports.store.read(keys)
    kept = exported(ports.store, catalogue, file, sealed, records[keys[0]]["keys"])
    archive.put(kept.name, kept.content)
    at = iso(ports.clock())
    proof = {
        "shredded_at": at,
        "closed_at": file.case.closed_at,
        "days": catalogue.retention_days,
        "catalogue": catalogue.version,
        "emptied": list(EMPTIED),
        "envelopes": [row["sk"].removeprefix("envelope#") for row in sealed],
        "archive": {"name": kept.name, "sha256": kept.sha256},
        "live": shredding_partition(locality),
        "live_sort": f"{at}#{number}",
    }
    writes = changes(file, _emptied(file, at), [Entry(at, "system", "shredded", fields=EMPTIED)])
    if keys[1] in records:
        writes.append(_unlinked(keys[1], records[keys[1]], number))
    try:
        ports.store.commit([*writes, Put(proof_key(locality, number), proof)])
    except ConflictError:
        return False
    return True


def _due(file: CaseFile, catalogue: Catalogue, ports: Ports) -> bool:
    case = file.case
    if not case.closed_at or case.shredded_at:
        return False
    return beijing_date(ports.clock()) - date.fromisoformat(case.closed_at[:10]) >= timedelta(catalogue.retention_days)


def _finish(ports: Ports, locality: str, number: str) -> str:
    partition = case_partition(locality, number)
    for table, prefix in ((Table.ENVELOPES, "envelope#"), (Table.CASES, RENEWAL)):
        while rows := ports.store.read_partition(partition, prefix, table):
            ports.store.commit(Delete(Key(partition, row["sk"], table)) for row in rows[:AT_ONCE])
    moment = ports.clock()
    day = beijing_date(moment)
    proven = {
        "deleted_at": iso(moment),
        "sealed_gone_on": (day + SEALED_RECOVERY).isoformat(),
        "texts_gone_on": (day + TEXTS_RECOVERY).isoformat(),
    }
    ports.store.commit([Patch(proof_key(locality, number), set=proven, remove=("live", "live_sort"), must_exist=True)])
    return number


def _emptied(file: CaseFile, at: str) -> CaseFile:
    """States, days, agencies, scores and accounts by kind stay, for statistics."""
    return CaseFile(_without_person(file.case, at), tuple(map(_without_texts, file.tasks)))


def _without_person(case: Case, at: str) -> Case:
    return replace(
        case,
        shredded_at=at,
        person="",
        name_hash="",
        fingerprint="",
        notices=(),
        others=(),
        standby=(),
        closed_reason="",
    )


def _without_texts(task: Task) -> Task:
    return replace(
        task,
        reason="",
        result="",
        certificate_number="",
        reports={},
        chases=tuple(replace(one, note="") for one in task.chases),
        marks=tuple(replace(one, said="") for one in task.marks),
    )


def _unlinked(key: Key, record: Value, number: str) -> Put:
    """Certificates stay on file for later applications, and so does that something was started by itself for the
    person, though not in which case."""
    known = {name: value for name, value in record.items() if name not in ("pk", "sk", "version")}
    known |= {name: "" for name, value in known.items() if name.startswith(people.SILENT) and str(value)[:12] == number}
    others = [one for one in people.cases(record) if one != number]
    return Put(key, {**known, people.CASES: others}, record["version"])
