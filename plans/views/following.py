"""Following an action, by its team: one page with all of it, and a form for each thing that is told."""

from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.views.access import me, site_of
from areas.current import municipality_or_404
from core.access import permitted_or_404
from core.pages import answer_button, answer_form, posted
from plans.actions import following
from plans.forms.following import FollowingForm, NewsForm, StandingForm, StepForm, UnchangedForm
from plans.models import Action, News, Step
from plans.reading.news import heard_in
from plans.standing import standing, steps_ahead
from plans.views.shared import plan_crumbs

M = TypeVar("M", bound=Model)
SHOWN = 30  # news on one page; what is older stands on the page of the action
SHOWN_AT = {"set_state": "state", "set_state_reason": "reason"}


@require_safe
def overview(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """How an action stands and why, what was told, what comes next, and progress."""
    action = action_or_404(request, slug, number)
    news = list(action.news.select_related("author", "team").order_by("-on", "-pk")[:SHOWN])
    steps = list(action.steps.all())
    heard = heard_in(news)
    stands = standing(action, action.plan, heard=heard, steps=steps, today=timezone.localdate())
    done = sorted(
        (step for step in steps if step.done_on), key=lambda step: (step.done_on, step.pk), reverse=True
    )
    context = {
        "action": action,
        "stands": stands,
        "news": news,
        "may_say_unchanged": heard.unchanged is None,
        "ahead": steps_ahead(steps),
        "done": done,
        "progress": action.progress.all(),
        "may_write_plan": request.user.has_perm("plans.report_progress", action.plan),
        "crumbs": crumbs(action),
    }
    return render(request, "plans/following/overview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def news_new(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Tell what is new."""
    action = action_or_404(request, slug, number)
    form = NewsForm(posted(request), about=action, by=me(request))
    return answer(request, form, action, title=_("Tell what is new"), done=_("The news is told."))


@require_http_methods(["GET", "HEAD", "POST"])
def unchanged(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Say that nothing changed."""
    action = action_or_404(request, slug, number)
    form = UnchangedForm(posted(request), about=action, by=me(request))
    return answer(
        request,
        form,
        action,
        title=_("Nothing changed"),
        done=_("It is said that nothing changed."),
        lead=_(
            "You can say this once. After that there is news, or the action is asleep and the page says so."
        ),
        shown_at={"title": "text"},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def news_edit(request: HttpRequest, slug: str, number: int, identifier: UUID) -> HttpResponse:
    """Correct what was told."""
    action = action_or_404(request, slug, number)
    news = get_object_or_404(News, action=action, uuid=identifier)
    news.action = action
    is_news = news.kind == News.Kind.NEWS
    form = (NewsForm if is_news else UnchangedForm)(posted(request), about=action, by=me(request), row=news)
    return answer(
        request,
        form,
        action,
        title=_("Correct what was told"),
        done=_("Saved."),
        shown_at={} if is_news else {"title": "text"},
    )


@require_POST
def news_remove(request: HttpRequest, slug: str, number: int, identifier: UUID) -> HttpResponse:
    """Take back what was told by mistake."""
    action = action_or_404(request, slug, number)
    news = get_object_or_404(News.objects.select_related("action"), action=action, uuid=identifier)
    return answer_button(
        request,
        do=lambda: following.remove_news(news=news, by=me(request)),
        to=_overview(action),
        done=_("It is taken back."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def step_new(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Say what comes next."""
    action = action_or_404(request, slug, number)
    form = StepForm(posted(request), about=action, by=me(request))
    return answer(request, form, action, title=_("What comes next"), done=_("The step is added."))


@require_http_methods(["GET", "HEAD", "POST"])
def step_edit(request: HttpRequest, slug: str, number: int, key: int) -> HttpResponse:
    """Change what comes next."""
    action = action_or_404(request, slug, number)
    step = _step(action, key)
    form = StepForm(posted(request), about=action, by=me(request), row=step)
    return answer(request, form, action, title=_("Change a step"), done=_("Saved."))


@require_POST
def step_done(request: HttpRequest, slug: str, number: int, key: int) -> HttpResponse:
    """A step was done today, or is not done after all."""
    action = action_or_404(request, slug, number)
    step = _step(action, key)
    on = None if step.done_on else timezone.localdate()
    return answer_button(
        request,
        do=lambda: following.finish_step(step=step, by=me(request), on=on),
        to=_overview(action),
        done=_("The step is done.") if on else _("The step is ahead again."),
    )


@require_POST
def step_remove(request: HttpRequest, slug: str, number: int, key: int) -> HttpResponse:
    """Take a step away."""
    action = action_or_404(request, slug, number)
    step = _step(action, key)
    return answer_button(
        request,
        do=lambda: following.remove_step(step=step, by=me(request)),
        to=_overview(action),
        done=_("The step is taken away."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def stands(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Say how far it is, and whether that is all right."""
    action = action_or_404(request, slug, number)
    form = StandingForm(posted(request), about=action, by=me(request), row=action)
    return answer(request, form, action, title=_("How it stands"), done=_("Saved."), shown_at=SHOWN_AT)


def answer(
    request: HttpRequest, form: FollowingForm, action: Action, *, title: str, done: str, **page: Any
) -> HttpResponse:
    """Show the form or do what it says; in a period that asks first, it asks."""
    asks = form.period is not None
    return answer_form(
        request,
        form,
        do=lambda: form.apply(site=site_of(request)),
        to=_overview(action),
        done=_("It waits for an answer, and goes out after a yes.") if asks else done,
        again=lambda now: type(form)(about=action, by=me(request), row=now),
        title=title,
        button=_("Ask first") if asks else _("Save"),
        back=_overview(action),
        crumbs=crumbs(action, (title, "")),
        **{"lead": action.name, **page},
    )


def action_or_404(request: HttpRequest, slug: str, number: int) -> Action:
    """The action about which the person reports; for others it is not there."""
    known = Action.objects.of(municipality_or_404(request)).select_related("plan__municipality", "team")
    return permitted_or_404(known, request.user, "plans.report", plan__slug=slug, number=number)


def crumbs(action: Action, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """The way to a page about an action."""
    here = (_("Follow-up"), _overview(action) if more else "")
    return plan_crumbs(action.plan, (action.name, action.get_absolute_url()), here, *more)


def _overview(action: Action) -> str:
    return reverse("plans:following", args=[action.plan.slug, action.number])


def _step(action: Action, key: int) -> Step:
    step = get_object_or_404(Step, action=action, pk=key)
    step.action = action
    return step
