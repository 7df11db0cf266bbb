"""A closed vote in words: how it was counted, what came of it, and who chose what when it was by name."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from councils.counting import named_options
from councils.models import Meeting, SecretCount, Vote, Voter


def vote_told(vote: Vote) -> dict[str, Any]:
    """A closed vote as data: how it was counted, what was chosen, by whom when it was by name, and the words of the minutes."""
    told = {
        "uuid": str(vote.uuid), "question": vote.question, "how": vote.how, "how_words": str(vote.get_how_display()),
        "base": str(vote.get_base_display()), "majority": str(vote.get_majority_display()),
        "entitled": vote.entitled, "present": vote.present, "result": vote.result,
        "result_words": str(vote.get_result_display()), "chosen": vote.chosen,
        "for": vote.in_favour, "against": vote.against, "abstained": vote.abstained, "apart": vote.apart,
        "names": _names(vote), "papers": _papers(vote),
        "voters": [str(one.membership.uuid) for one in vote.voters.all()],
    }  # fmt: skip
    return {**told, "words": _words(vote, told)}


def _names(vote: Vote) -> dict[str, list[dict[str, str]]]:
    """Who chose what, when it was by name; who chose nothing stands where that was counted."""
    if vote.how != Vote.How.NAMES:
        return {}
    silent = Voter.Choice.ABSTAINS if vote.silent == Vote.Silent.ABSTAINS else Voter.Choice.APART
    found: dict[str, list[dict[str, str]]] = {}
    for voter in vote.voters.all():
        name = voter.membership.person.name
        if voter.proxy is not None:
            name = _("%(giver)s (by %(holder)s)") % {"giver": name, "holder": voter.proxy.holder.person.name}
        found.setdefault(str(voter.choice or silent), []).append(
            {"member": str(voter.membership.uuid), "name": name}
        )
    return found


def votes_ready(meeting: Meeting) -> dict[int, list[Any]]:
    """The votes that are prepared, by the key of their item; each knows the names it chooses from."""
    found: dict[int, list[Any]] = {}
    rows: list[Any] = list(
        Vote.objects.filter(item__meeting=meeting, state=Vote.State.PREPARED).order_by("pk")
    )
    for one in rows:
        one.named_options = named_options(one)
        found.setdefault(one.item_id, []).append(one)
    return found


def option_words(option: str) -> str:
    """A choice of a secret vote as people read it."""
    return {"for": _("for"), "against": _("against")}.get(option, option)


def _papers(vote: Vote) -> list[dict[str, Any]]:
    if vote.how != Vote.How.SECRET:
        return []
    counts = {one.option: one.number for one in vote.secret_counts.all()}
    rows = [
        {"name": option_words(option), "number": counts.get(place, 0)}
        for place, option in enumerate(vote.options, 1)
    ]
    rows.append({"name": _("blank"), "number": counts.get(SecretCount.BLANK, 0)})
    rows.append({"name": _("not valid"), "number": counts.get(SecretCount.INVALID, 0)})
    return rows


def _words(vote: Vote, told: Mapping[str, Any]) -> str:
    if vote.how == Vote.How.AGREEMENT:
        agreed = vote.result == Vote.Result.ADOPTED
        words = (
            _("The council agrees, without a vote: %(question)s")
            if agreed
            else _("There is no agreement about: %(question)s")
        )
        return words % told
    ways = {
        Vote.How.SECRET: _("The council votes in secret: %(question)s"),
        Vote.How.NAMES: _("The council votes by name: %(question)s"),
    }
    asked = told["question"].rstrip()
    asked += "" if asked.endswith((".", "?", "!", "”")) else "."
    parts = [
        ways[Vote.How(vote.how)] % {"question": asked},
        _("100 %% is: %(base)s; needed: %(majority)s.") % told,
    ]
    if vote.how == Vote.How.SECRET:
        rows = [f"{one['name']} {one['number']}" for one in told["papers"] if one["number"]]
        parts.append(
            _("%(voters)d voters. Ballot papers: %(rows)s.")
            % {"voters": vote.present or 0, "rows": ", ".join(rows)}
        )
    else:
        parts += _sides(told)
    return " ".join([*parts, _outcome(vote, told)])


def _sides(told: Mapping[str, Any]) -> list[str]:
    sides = (
        (_("For"), "for", "for"), (_("Against"), "against", "against"),
        (_("Abstained"), "abstains", "abstained"), (_("Not taking part"), "apart", "apart"),
    )  # fmt: skip
    found = []
    for label, choice, key in sides:
        names = ", ".join(one["name"] for one in told["names"].get(choice, []))
        if told[key]:
            found.append(f"{label}: {told[key]} ({names}).")
    return found


def _outcome(vote: Vote, told: Mapping[str, Any]) -> str:
    if vote.result == Vote.Result.CHOSEN:
        return _("%(chosen)s is chosen.") % told
    return {
        Vote.Result.ADOPTED: _("It is adopted."),
        Vote.Result.REJECTED: _("It is not adopted."),
        Vote.Result.AGAIN: _("It is undecided: there is another vote."),
    }[Vote.Result(vote.result)]
