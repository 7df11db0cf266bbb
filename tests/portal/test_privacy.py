from django.apps import apps
from django.utils import translation

from core.personal import declaration
from portal.privacy import held


def test_every_model_that_knows_people_says_why() -> None:
    without = [one.label for one in held() if not one.purpose]
    assert not without, f"say the purpose in the declaration of {without}"


def test_a_model_that_knows_nobody_has_no_purpose() -> None:
    said = {
        model._meta.label for model in apps.get_models() if (known := declaration(model)) and known.purpose
    }
    assert said == {one.label for one in held()}


def test_accounts_and_mails_are_told_with_how_long_they_stay() -> None:
    with translation.override("en"):
        told = {one.label: one for one in held()}
    assert "e-mail" in " ".join(told["accounts.User"].fields).lower()
    assert told["accounts.User"].kept == "As long as you have an account."
    assert told["core.OutgoingMail"].kept.startswith("30 days")
    assert told["core.OutgoingMail"].forgotten == "It is deleted."
