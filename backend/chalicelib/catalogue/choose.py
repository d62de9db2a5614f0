"""From ticked matters and answers to items: certain ones, undetermined ones, and matters that are left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .model import Catalogue, Channel, Matter
from .problem import Problem
from .when import Answers, Verdict, When, verdict

MOST_MATTERS = 100


@dataclass(frozen=True, slots=True)
class Chosen:
    """One item, or the candidates among which an agency decides, and the matter it is asked for under."""

    matter: str
    candidates: tuple[str, ...]
    certain: bool


@dataclass(frozen=True, slots=True)
class Selection:
    """`left_out`: (matter, reason); `counter_only`: (item, reason); `done`: items whose certificate is on file."""

    chosen: tuple[Chosen, ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()
    counter_only: tuple[tuple[str, str], ...] = ()
    done: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def ticked(catalogue: Catalogue, matters: Iterable[str] | None, answers: Answers) -> tuple[list[Matter], list[Problem]]:
    """The matters in the catalogue's order. Where answers tick them, leaving `matters` out means all they tick."""
    if matters is None and catalogue.ticked_by == "answers":
        return [matter for matter in catalogue.matters.values() if _applies(catalogue, matter, answers)], []
    named = list(matters or ())
    if len(named) > MOST_MATTERS:
        return [], [Problem("too_many", "matters")]
    wanted = [matter for matter in catalogue.matters.values() if matter.required or matter.slug in named]
    return wanted, list(_matter_problems(catalogue, named, wanted))


def asked(catalogue: Catalogue, matters: Iterable[Matter], answers: Answers) -> tuple[str, ...]:
    """The questions that these matters need an answer to, given the other answers."""
    slugs = {matter.slug for matter in matters}
    return tuple(
        question.slug
        for question in catalogue.questions.values()
        if (not question.asked_for or slugs.intersection(question.asked_for))
        and _may_hold(question.asked_when, answers)
    )


def select(
    catalogue: Catalogue, matters: Iterable[Matter], answers: Answers, channel: Channel, on_file: frozenset[str]
) -> Selection:
    """`on_file`: certificates of any kind of evidence that count for this case."""
    chosen: list[Chosen] = []
    left_out: list[tuple[str, str]] = []
    counter_only: dict[str, str] = {}
    done: dict[str, None] = {}
    open_groups: dict[str, tuple[str, list[str]]] = {}
    for matter in matters:
        verdicts = {slug: _item_verdict(catalogue, slug, answers) for slug in matter.items}
        live = {slug: found for slug, found in verdicts.items() if found is not Verdict.NEVER}
        if not live:
            left_out.append((matter.slug, _reason(catalogue, matter, answers)))
        for slug, found in live.items():
            item = catalogue.items[slug]
            if channel not in item.channels:
                counter_only[slug] = item.counter_reason
            elif item.issues in on_file:
                done[slug] = None
            elif found is Verdict.CERTAIN:
                chosen.append(Chosen(matter.slug, (slug,), True))
            else:
                open_groups.setdefault(matter.group, (matter.group, []))[1].append(slug)
    chosen += (Chosen(group, tuple(items), False) for group, items in open_groups.values())
    return Selection(tuple(_without_repeats(chosen)), tuple(left_out), tuple(counter_only.items()), tuple(done))


def _without_repeats(chosen: Iterable[Chosen]) -> Iterator[Chosen]:
    """Two matters that lead to the same items make one task, under the matter that comes first."""
    seen: set[str] = set()
    for one in chosen:
        new = tuple(slug for slug in one.candidates if slug not in seen)
        seen.update(new)
        if new:
            yield Chosen(one.matter, new, one.certain)


def _applies(catalogue: Catalogue, matter: Matter, answers: Answers) -> bool:
    if matter.not_offered:
        return False
    return matter.required or any(_item_verdict(catalogue, slug, answers) is not Verdict.NEVER for slug in matter.items)


def _item_verdict(catalogue: Catalogue, slug: str, answers: Answers) -> Verdict:
    return verdict(catalogue.items[slug].when, answers, catalogue.options)


def _may_hold(when: When, answers: Answers) -> bool:
    """`asked_when` names `unknown` itself where not knowing leaves the question open."""
    return all(answers.get(key) in allowed for key, allowed in when.items())


def _reason(catalogue: Catalogue, matter: Matter, answers: Answers) -> str:
    fitting = (one for one in matter.left_out if verdict(one.when, answers, catalogue.options) is not Verdict.NEVER)
    return next((one.reason for one in fitting), "")


def _matter_problems(catalogue: Catalogue, named: list[str], wanted: list[Matter]) -> Iterator[Problem]:
    for slug in dict.fromkeys(named):
        if slug not in catalogue.matters:
            yield Problem("unknown_matter", "matters", {"name": slug[:40]})
        elif reason := catalogue.matters[slug].not_offered:
            yield Problem("not_offered", "matters", {"name": catalogue.matters[slug].name, "reason": reason})
    if not wanted and not named:
        yield Problem("nothing_chosen", "matters")
