"""Keeping a council: one page with everything, and from it a form for each thing."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from areas.current import municipality_or_404
from core.changes import changes_of
from core.pages import answer_form, posted
from councils.composition import Verdict, judged, periods_of
from councils.forms import blocks, keep, members
from councils.makeup import DAY, by_name, makeup_of
from councils.models import Council, Hindrance, Membership, Office, PublicOffice, TextBlock
from councils.reading.textblocks import SHIPPED
from councils.reading.told import told
from councils.rulesets import BY_WORD, KINDS, ruled
from councils.views.shared import crumbs, kept_or_404

OF_COUNCIL: dict[str, type[keep.KeepForm]] = {
    "gegevens": keep.DetailsForm,
    "grondslag": keep.BasisForm,
    "stoppen": keep.EndCouncilForm,
    "periode": keep.TermForm,
    "plaatsen": keep.PlacesForm,
    "benoemen": members.AppointForm,
    "tekstblok": blocks.BlockForm,
}
OF_MEMBER: dict[str, type[keep.KeepForm]] = {
    "gegevens": members.MemberForm,
    "persoon": members.PersonForm,
    "functie": members.OfficeForm,
    "verhinderd": members.HinderForm,
    "mandaat": members.MandateForm,
    "weg": members.LeaveForm,
}
SHOWN = 50  # changes in the history


def row_of(council: Council, word: str, key: int) -> tuple[type[keep.KeepForm], Any]:
    """The form and the row that an address names; 404 when there is none in this council."""
    if word in ("periode", "plaatsen", "plaatsen-weg", "eigen-regel"):
        rows, form = {
            "periode": (council.terms, keep.TermForm),
            "plaatsen": (council.seats, keep.PlacesForm),
            "plaatsen-weg": (council.seats, keep.EndPlacesForm),
            "eigen-regel": (council.rule_choices, keep.EndRuleForm),
        }[word]
        return form, get_object_or_404(rows.select_related("council"), pk=key)  # type: ignore[attr-defined]
    if word in ("tekstblok", "tekstblok-weg"):
        block = get_object_or_404(TextBlock.objects.of_council(council), pk=key)
        own, shared = {
            "tekstblok": (blocks.BlockForm, blocks.SharedBlockForm),
            "tekstblok-weg": (blocks.RemoveBlockForm, blocks.RemoveSharedBlockForm),
        }[word]
        return (own if block.council_id else shared), block
    if word == "functie":
        return members.EndOfficeForm, get_object_or_404(
            Office.objects.select_related("council"), council=council, pk=key
        )
    if word == "verhinderd":
        found = Hindrance.objects.select_related("membership__council")
        return members.HinderForm, get_object_or_404(found, membership__council=council, pk=key)
    if word == "mandaat":
        offices = PublicOffice.objects.select_related("person")
        people = council.memberships.values("person")
        return members.EndMandateForm, get_object_or_404(offices, person__in=people, pk=key)
    raise Http404


@require_http_methods(["GET", "HEAD", "POST"])
def found(request: HttpRequest) -> HttpResponse:
    """A new council."""
    municipality = municipality_or_404(request, "councils.manage_council")
    form = keep.FoundForm(posted(request), municipality=municipality)
    return answer_form(
        request,
        form,
        do=lambda: form.apply(request.user),
        to=lambda council: reverse("councils:keep", args=[council.slug]),
        done=_("The council is there. Now its term, its places and who sits in it."),
        title=_("New council"),
        lead=_("Its page is public at once."),
        button=_("Add the council"),
        back=reverse("councils:list"),
        crumbs=crumbs((_("New council"), "")),
    )


@require_safe
def overview(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything that is kept of a council, with its verdict, what is coming and its history."""
    council = kept_or_404(request, slug)
    today = timezone.localdate()
    makeup = makeup_of(council)
    sees_gender = request.user.has_perm("councils.see_gender", council)
    judgement = judged(makeup, today)
    if not sees_gender:
        judgement = judgement.for_others()
    people = council.memberships.select_related("person", "seat").prefetch_related(
        "offices", "hindrances__replacement__person", "person__public_offices"
    )
    rows = sorted(people, key=lambda one: (one.rank or 9_999, by_name(one.person.name), one.pk))
    context = {
        "council": council,
        "today": today,
        "told": told(judgement, [], today=today),
        "sees_gender": sees_gender,
        "members": [one for one in rows if one.last_on is None or one.last_on >= today],
        "former": [one for one in rows if one.last_on is not None and one.last_on < today],
        "terms": council.terms.order_by("-first_on"),
        "seats": council.seats.exclude(last_on__lt=today),
        "rules": _rules(council),
        "blocks": TextBlock.objects.of_council(council),
        "shipped": SHIPPED,
        "manages": request.user.has_perm("councils.manage_council", council),
        "changes": changes_of(council, limit=SHOWN),
        "crumbs": crumbs((council.name, council.get_absolute_url()), (_("Keep the council"), "")),
    }
    return render(request, "councils/keep.html", context)


def _rules(council: Council) -> list[dict[str, Any]]:
    today, choices = timezone.localdate(), list(council.rule_choices.all())
    found = []
    for kind in KINDS.values():
        now = ruled(council.rules, choices, kind.key, today)
        own = [
            one for one in choices if one.rule == kind.key and (one.last_on is None or one.last_on >= today)
        ]
        found.append(
            {
                "kind": kind,
                "words": kind.words(now.value),
                "source": now.source,
                "is_own": now.is_own,
                "own": own,
            }
        )
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, slug: str, word: str) -> HttpResponse:
    """Something of the council itself."""
    form = OF_COUNCIL.get(word)
    if form is None:
        raise Http404
    council = kept_or_404(request, slug, form.permission)
    return _answer(request, council, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
def rule(request: HttpRequest, slug: str, word: str) -> HttpResponse:
    """Another rule than the set says; addresses of before have its key, and lead on."""
    council = kept_or_404(request, slug)
    if word in KINDS and word not in BY_WORD:
        return redirect(
            "councils:rule", council.slug, KINDS[word].word, permanent=True, preserve_request=True
        )
    if word not in BY_WORD:
        raise Http404
    return _answer(request, council, keep.RuleForm, BY_WORD[word].key)


@require_http_methods(["GET", "HEAD", "POST"])
def row(request: HttpRequest, slug: str, word: str, key: int) -> HttpResponse:
    """Something that is there: a term, places, an office, a hindrance, a mandate, an own rule."""
    council = kept_or_404(request, slug)
    form, found = row_of(council, word, key)
    if not request.user.has_perm(form.permission, council):
        raise Http404
    return _answer(request, council, form, found)


@require_http_methods(["GET", "HEAD", "POST"])
def member(request: HttpRequest, slug: str, uuid: UUID, word: str) -> HttpResponse:
    """Something of a member."""
    form = OF_MEMBER.get(word)
    if form is None:
        raise Http404
    council = kept_or_404(request, slug)
    found = get_object_or_404(
        Membership.objects.select_related("person", "seat", "council"), council=council, uuid=uuid
    )
    return _answer(request, council, form, found, name=found.person.name)


def _answer(
    request: HttpRequest, council: Council, kind: type[keep.KeepForm], row: Any, name: str = ""
) -> HttpResponse:
    form = kind(posted(request), council=council, by=request.user, row=row)
    there = reverse("councils:keep", args=[council.slug])
    title = f"{name}: {str(form.title)[:1].lower()}{str(form.title)[1:]}" if name else form.title

    def go_on(_saved: Any) -> str:
        _warn(request, council, form)
        return there

    return answer_form(
        request,
        form,
        do=form.apply,
        to=go_on,
        done=form.done,
        again=(lambda now: kind(None, council=council, by=request.user, row=now))
        if row is not None and name
        else None,
        template="councils/keep_form.html",
        title=title,
        lead=form.lead,
        button=form.button,
        back=there,
        crumbs=crumbs(
            (council.name, council.get_absolute_url()), (_("Keep the council"), there), (str(title), "")
        ),
    )


def _warn(request: HttpRequest, council: Council, form: keep.KeepForm) -> None:
    """Say which rule is not met from the day on of what was just written: it is written, and a person decides."""
    day = form.day
    makeup = makeup_of(Council.objects.get(pk=council.pk))
    if not makeup.members:
        return
    for one in periods_of(makeup, day, max(day, timezone.localdate()) + DAY)[:2]:
        judgement = one.judgement
        if not request.user.has_perm("councils.see_gender", council):
            judgement = judgement.for_others()
        wrong = [finding.words for finding in judgement.findings if finding.verdict is Verdict.NOT_MET]
        if wrong:
            values = {"day": date_format(one.first_on, "j F Y"), "words": " ".join(wrong)}
            messages.warning(
                request, _("From %(day)s on the council does not meet the rules: %(words)s") % values
            )
            return
