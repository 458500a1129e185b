"""Who comes to which course: mostly new clients, some known ones, some persons at two providers.

Identity codes are of the range that is never given to anyone.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from akva.demo.cohort import plans
from akva.demo.cohort.calibration import (
    RESIDENTS,
    SECOND_COURSE_OTHER_PROVIDER,
    SECOND_COURSE_SAME_PROVIDER,
)
from akva.demo.cohort.courses import Client, Person
from akva.demo.cohort.draws import pick, quotas
from akva.demo.cohort.lines import LINES, SECOND_LINES
from akva.demo.cohort.plans import Plan
from akva.model.clients import Sex
from akva.model.hetu import Hetu

PROVIDERS = {f"malli-{number}": f"Mallituottaja {number} (simuloitu)" for number in range(1, 9)}
SIZES = {code: 1 / rank for rank, code in enumerate(PROVIDERS, start=2)}  # assumed
SECOND_AGES = range(35, 59)  # every second line takes them
CHECK_CHARACTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY"  # the nine digits modulo 31
TEST_RANGE = (900, 999)  # 900-999 are temporary codes, never a person's own
# The separators of 1900 and of 2000, with those in use since 2023; the old ones are far commoner.
SEPARATORS = {1900: {"-": 0.94, "Y": 0.03, "X": 0.03}, 2000: {"A": 0.94, "B": 0.03, "C": 0.03}}


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A client and the course planned for that client."""

    client: Client
    plan: Plan


def enrol(rng: np.random.Generator, clients: int) -> list[Enrolment]:
    """Plan a course for each client and a second one for a few; `clients` counts records.

    A person known to two providers is two clients with one identity code.
    """
    elsewhere = round(clients * SECOND_COURSE_OTHER_PROVIDER)
    again = round(clients * SECOND_COURSE_SAME_PROVIDER)
    first = first_courses(rng, clients - elsewhere)
    settled = [one for one in first if one.plan.age in SECOND_AGES]
    chosen = rng.choice(len(settled), size=elsewhere + again, replace=False)
    seconds = [
        second_course(rng, settled[index], number=len(first) + order, moves=order < elsewhere)
        for order, index in enumerate(chosen)
    ]
    return first + seconds


def first_courses(rng: np.random.Generator, clients: int) -> list[Enrolment]:
    make = maker(rng)
    shares = quotas(clients, {service: line.persons for service, line in LINES.items()})
    services = [service for service, count in shares.items() for _ in range(count)]
    courses = [plans.draw(rng, number, service) for number, service in enumerate(services)]
    return [
        Enrolment(registered(make(plan.age, plan.sex, plan.decided_on), plan.number, at), plan)
        for plan in courses
        for at in [pick(rng, SIZES)]
    ]


def second_course(
    rng: np.random.Generator, known: Enrolment, *, number: int, moves: bool
) -> Enrolment:
    """Plan another line for a known client, at the same provider or as a client of another one."""
    service = str(rng.choice([line for line in SECOND_LINES if line != known.plan.service]))
    drawn = plans.draw(rng, number, service)
    plan = replace(drawn, sex=known.plan.sex, age=known.plan.age)
    if not moves:
        return Enrolment(known.client, plan)
    others = {code: size for code, size in SIZES.items() if code != known.client.provider}
    return Enrolment(registered(known.client.person, number, pick(rng, others)), plan)


def registered(person: Person, number: int, provider: str) -> Client:
    """Give the person the provider's own reference, a canary."""
    return Client(provider=provider, reference=f"KANARIA-VIITE-{number:06d}", person=person)


def maker(rng: np.random.Generator) -> Callable[[int, Sex, date], Person]:
    """Give a function that makes a person of that age on that day, each with a code of its own."""
    taken: set[str] = set()

    def make(age: int, sex: Sex, on: date) -> Person:
        while (code := draw_code(rng, born_on(rng, age, on), sex)) in taken:
            pass
        taken.add(code)
        hetu = Hetu.parse(code)
        area = pick(rng, RESIDENTS)
        return Person(hetu=hetu, birth_year=hetu.born_on.year, sex=sex, area=area)

    return make


def born_on(rng: np.random.Generator, age: int, on: date) -> date:
    """Draw a day of birth that makes the person that old on the day."""
    days = int(rng.integers(0, 364))
    return date(on.year - age, on.month, min(on.day, 28)) - timedelta(days=days)


def draw_code(rng: np.random.Generator, born: date, sex: Sex) -> str:
    """Draw a code whose number is odd for a man and even for a woman, with its check character."""
    low, high = TEST_RANGE
    number = int(rng.integers(low, high + 1)) // 2 * 2 + (sex is Sex.MALE)
    separator = pick(rng, SEPARATORS[born.year // 100 * 100])
    check = CHECK_CHARACTERS[int(f"{born:%d%m%y}{number}") % len(CHECK_CHARACTERS)]
    return f"{born:%d%m%y}{separator}{number}{check}"
