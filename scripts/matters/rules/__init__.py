"""The rules of the catalogue: one rule, one file. Each says every problem it finds in one locality."""

from collections.abc import Callable

from ..place import Place, Report
from . import (
    accounts,
    answers,
    candidates,
    certificates,
    counter,
    cycles,
    form,
    form_codes,
    labels,
    members,
    messages,
    notify,
    overrides,
    personal,
    placeholders,
    questions,
    reach,
    references,
    silent,
    time_limit,
    unused,
)

Rule = Callable[[Place, Report], None]

RULES: tuple[Rule, ...] = (
    references.check,
    answers.check,
    questions.check,
    certificates.check,
    cycles.check,
    members.check,
    reach.check,
    candidates.check,
    silent.check,
    counter.check,
    time_limit.check,
    accounts.check,
    form.check,
    unused.check,
    labels.check,
    form_codes.check,
    overrides.check,
    messages.check,
    personal.check,
    placeholders.check,
    notify.check,
)
