"""At night: what waits about plans is mailed to those who do it, all of it in one mail, once for each thing and term.

On days on which the municipality or the reader does not work nothing is mailed; the next working day finds it again. Who is away is
not written to: the deputy is, and without one the mail waits until they are back.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy, ngettext

from accounts.absences import reached_all, working
from accounts.models import RoleAssignment, User
from areas.models import Municipality
from areas.periods import working_days
from core.jobs import NightlyJob, nightly_jobs
from core.terms import Term, WorkingDays
from plans.models import PlanPerson, Reminded
from plans.reminding import Reminder, Soon, reminders
from plans.standing import REMINDED
from workplaces.models import TeamMember


def remind(*, dry_run: bool) -> int:
    """Mail what waits; how many reminders went out (or would)."""
    today = timezone.localdate()
    return sum(_remind(one, today, dry_run) for one in Municipality.objects.all())


@dataclass(frozen=True)
class Letter:
    """What one person is reminded of: `to` reads it, for `user`, whose work it is."""

    user: User
    to: User
    reminders: Sequence[Reminder]


def _remind(municipality: Municipality, today: dt.date, dry_run: bool) -> int:
    calendar = working_days(municipality)
    if not calendar.works(today):
        return 0
    found = reminders(
        Q(plan__municipality=municipality), Q(municipality=municipality), today, _soon(calendar, today)
    )
    letters = _letters(found, municipality, today)
    if letters and not dry_run:
        _send(letters, municipality)
    return sum(len(letter.reminders) for letter in letters)


def _soon(calendar: WorkingDays, today: dt.date) -> Soon:
    """Whether today is the working day on which two weeks are left, or a later one."""
    term = Term(REMINDED.days)
    return lambda day: today >= term.before(day, calendar)


def _letters(found: Sequence[Reminder], municipality: Municipality, today: dt.date) -> list[Letter]:
    people = _people(found, municipality, today)
    users = {user.pk: user for some in people.values() for user in some}
    told = set(Reminded.objects.filter(user__in=users).values_list("user", "kind", "subject", "term"))
    by_user: dict[int, list[Reminder]] = defaultdict(list)
    for reminder in found:
        for user in people.get(_whose(reminder), ()):
            if (user.pk, *reminder.key) not in told:
                told.add((user.pk, *reminder.key))
                by_user[user.pk].append(reminder)
    reached = reached_all([users[key] for key in by_user], municipality, today)
    working_today = working([one.person for one in reached.values()], today)
    return [
        Letter(users[key], reached[key].person, some)
        for key, some in by_user.items()
        if reached[key].person.pk in working_today
        and (reached[key].absence is None or reached[key].stands_in)
    ]


Whose = tuple[str, int]


def _whose(reminder: Reminder) -> Whose:
    """The team whose work it is, or without one the plan of which people are named."""
    return ("team", reminder.team_id) if reminder.team_id else ("plan", reminder.plan.pk)


def _people(
    found: Iterable[Reminder], municipality: Municipality, today: dt.date
) -> Mapping[Whose, list[User]]:
    """Those who work in each team, or on each plan that is of no team; two queries."""
    keys: dict[str, set[int]] = {"team": set(), "plan": set()}
    for reminder in found:
        word, key = _whose(reminder)
        keys[word].add(key)
    people: dict[Whose, list[User]] = defaultdict(list)
    members = TeamMember.objects.current(today).filter(team__in=keys["team"])
    for member in members.filter(_works_here(municipality, today)).select_related("user").order_by("pk"):
        people["team", member.team_id].append(member.user)
    named = PlanPerson.objects.filter(_works_here(municipality, today), plan__in=keys["plan"])
    for person in named.select_related("user").order_by("pk"):
        people["plan", person.plan_id].append(person.user)
    return people


def _works_here(municipality: Municipality, today: dt.date) -> Q:
    roles = RoleAssignment.objects.current(today).filter(municipality=municipality, user=OuterRef("user"))
    found = Q(Exists(roles)) & Q(user__is_active=True)
    return found if settings.DEMO else found & Q(user__is_demo=False)


@transaction.atomic
def _send(letters: Sequence[Letter], municipality: Municipality) -> None:
    """All mails of a night, and what they said, at once."""
    by_reader: dict[int, list[Letter]] = defaultdict(list)
    for letter in letters:
        by_reader[letter.to.pk].append(letter)
    Reminded.objects.bulk_create(
        (
            Reminded(user=letter.user, kind=one.kind, subject=one.subject, term=one.term)
            for letter in letters
            for one in letter.reminders
        ),
        ignore_conflicts=True,
    )
    get_connection().send_messages([_mail(some, municipality) for some in by_reader.values()])


def _mail(letters: Sequence[Letter], municipality: Municipality) -> EmailMessage:
    """One mail: one's own first, then for each person for whom one stands in."""
    reader = letters[0].to
    letters = sorted(letters, key=lambda letter: (letter.user.pk != reader.pk, letter.user.pk))
    number = sum(len(letter.reminders) for letter in letters)
    with translation.override(settings.LANGUAGE_CODE):
        facts = {
            "letters": letters,
            "reader": reader,
            "site": municipality.site,
            "municipality": municipality,
        }
        body = render_to_string("plans/mail/reminders.txt", facts)
        subject = ngettext("%(number)d thing about your plans", "%(number)d things about your plans", number)
        return EmailMessage(subject=subject % {"number": number}, body=body, to=[reader.email])


nightly_jobs.register(
    NightlyJob(name="plans.reminders", title=gettext_lazy("Mail what waits about plans"), run=remind)
)
