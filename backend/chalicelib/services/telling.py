"""What a delivery says, in the words of its template: numbers, names of items and agencies, addresses.

Nothing personal: the checker lets no template ask for more than stands here.
"""

from __future__ import annotations

from ..cases.case import Task
from ..cases.numbers import group
from ..catalogue import Catalogue
from .casefile import CaseFile
from .digest import DIGEST, digest_values
from .ports import Message, Ports
from .store import Value


def message_of(ports: Ports, delivery: Value, file: CaseFile | None) -> Message:
    """A message about no single case has no file."""
    catalogue = ports.catalogue(delivery["locality"])
    template = catalogue.texts["messages"][delivery["message"]]
    values = values_of(ports.origin, catalogue, delivery, file)
    if delivery["message"] == DIGEST:
        values |= digest_values(ports, catalogue)
    subject, text = template.get("subject", ""), template["text"]
    return Message(
        message_id=delivery["delivery_id"],
        since=delivery["since"],
        template=delivery["message"],
        variables={name: one for name, one in values.items() if f"{{{name}}}" in subject + text},
        subject=subject.format_map(values),
        text=text.format_map(values).strip(),
        about={name: delivery[name] for name in ("locality", "case_number", "task_id") if name in delivery},
    )


def values_of(origin: str, catalogue: Catalogue, delivery: Value, file: CaseFile | None) -> dict[str, str]:
    """Everything that a template can ask for; links begin with `origin`."""
    agency = catalogue.agencies[delivery["agency"]].name if "agency" in delivery else ""
    phones = (one["number"] for one in catalogue.texts["telephones"] if one.get("number"))
    values = {
        "theme": catalogue.theme,
        "agency": agency,
        "phone": next(phones, ""),
        "address": f"{origin}/{catalogue.slug}/lookup/",
    }
    if file is None:
        return values
    task = file.task(delivery.get("task_id", ""))
    about_task = _about(catalogue, task) if task else {"item": "", "state": ""}
    return {
        **values,
        **about_task,
        "agency": agency or (task.agency_name if task else ""),
        "case_number": group(file.case.number),
        "count": str(_applied_for(file)),
        "link": f"{origin}/{catalogue.slug}/staff/" + (f"agency/#/task/{task.task_id}" if task else ""),
    }


def _about(catalogue: Catalogue, task: Task) -> dict[str, str]:
    return {"item": task.name, "state": str(catalogue.texts["wording"]["states"][task.state]["name"])}


def _applied_for(file: CaseFile) -> int:
    """What started by itself was not applied for."""
    return len([one for one in file.tasks if one.first])
