from decimal import Decimal
from itertools import product

from hypothesis import given
from hypothesis import strategies as st
from made_items import item

from checks.failures.constraints import Constraints, Interval
from checks.records import Evaluated, Term, place_of

ONE, OTHER, THIRD = (item("three_public", name, "0", line=line) for line, name in enumerate("甲乙丙", start=1))
PLACES = [place_of(each) for each in (ONE, OTHER, THIRD)]


def weighed(signs, difference, tolerance, relation="equal"):
    terms = tuple(
        Term(place_of(each), sign, each) for each, sign in zip((ONE, OTHER, THIRD), signs, strict=True) if sign
    )
    fails = difference > tolerance or (relation == "equal" and -difference > tolerance)
    verdict = "fails" if fails else "holds"
    return Evaluated("made.check", "", relation, Decimal(difference), Decimal(0), Decimal(tolerance), verdict, terms)


SIGNS = [(1, 0, 0), (0, -1, 1), (1, 1, -1), (-1, -1, 0), (1, -1, 0), (-1, 1, 1)]
checks = st.lists(
    st.builds(
        weighed,
        st.sampled_from(SIGNS),
        st.integers(-4, 4),
        st.integers(0, 2),
        st.sampled_from(["equal", "at_most"]),
    ),
    max_size=6,
)


@given(checks)
def test_two_amounts_can_settle_their_checks_exactly_where_some_changes_do(found):
    constraints = Constraints([*found, weighed((1, 0, 0), 0, 6), weighed((0, 1, 0), 0, 6)])
    changes = constraints.change_together(*PLACES[:2])
    halves = [Decimal(number) / 2 for number in range(-12, 13)]
    possible = any(
        constraints.satisfied_by(dict(zip(PLACES[:2], pair, strict=True))) for pair in product(halves, repeat=2)
    )
    assert (changes is not None) == possible
    assert changes is None or constraints.satisfied_by(changes)


@given(checks)
def test_one_amount_can_settle_its_checks_exactly_within_its_interval(found):
    constraints = Constraints([*found, weighed((1, 0, 0), 0, 30)])
    interval = constraints.change_alone(PLACES[0])
    for change in map(Decimal, range(-20, 21)):
        assert constraints.satisfied_by({PLACES[0]: change}) == (interval.low <= change <= interval.high)


def test_an_inequality_bounds_one_end_alone():
    constraints = Constraints([weighed((1, -1, 0), 3, 1, "at_most")])
    assert constraints.change_alone(PLACES[0]) == Interval(high=Decimal(-2))
    assert constraints.change_alone(PLACES[1]) == Interval(low=Decimal(2))
