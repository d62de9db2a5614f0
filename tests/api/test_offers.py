from dataclasses import replace

from chalicelib.api.body import Body
from chalicelib.api.offers import offers, still_wanted
from tests import applications
from tests.catalogues import catalogue


def test_where_the_applicant_ticks_nothing_is_offered_not_even_what_is_required() -> None:
    place = catalogue("jining")
    required = {slug: replace(one, required=True) for slug, one in place.matters.items()}
    assert offers(replace(place, matters=required), Body(applications.jining())) == []


def test_only_what_was_listed_can_have_been_unticked() -> None:
    offered = offers(catalogue("guyang"), Body(applications.guyang()))
    slugs = [matter.slug for matter in offered]
    assert still_wanted(offered, {}) == still_wanted(offered, {"matters": ["medical-account"]}) == slugs
    unticked = still_wanted(offered, {"matters_listed": slugs, "matters": slugs[:1]})
    assert unticked == slugs[:1]
