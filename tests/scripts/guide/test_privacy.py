"""Who sees what must be what the items disclose, and nothing else."""

import pytest

from scripts.guide.privacy import matrix
from tests.scripts.guide.places import place


@pytest.mark.parametrize("slug", ["jining", "guyang"])
def test_every_disclosed_field_is_shown_at_every_agency_that_sees_it(slug: str) -> None:
    catalogue, shown = place(slug).catalogue, matrix(place(slug))
    disclosed = {(item.agency, path) for item in catalogue.items.values() for path in item.discloses}
    assert sum(seen for field in shown.fields for seen in field.seen) == len(disclosed)


def test_an_agency_that_handles_nothing_has_no_column() -> None:
    assert "市大数据中心" not in matrix(place("jining")).agencies


def test_only_the_police_see_the_police_station() -> None:
    shown = matrix(place("jining"))
    field = next(field for field in shown.fields if field.name == "逝者户籍所在的派出所")
    assert [name for name, seen in zip(shown.agencies, field.seen, strict=True) if seen] == ["公安机关"]


def test_the_groups_follow_the_form() -> None:
    assert list(matrix(place("guyang")).groups) == ["deceased", "applicant", "answers", "accounts"]
