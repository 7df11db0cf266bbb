from django.utils import translation

from portal.privacy import PURPOSES, held


def test_every_model_that_knows_people_says_why() -> None:
    without = [one.label for one in held() if not one.purpose]
    assert not without, f"add a purpose to portal.privacy.PURPOSES for {without}"


def test_no_purpose_is_left_of_a_model_that_is_gone() -> None:
    assert set(PURPOSES) - {one.label for one in held()} == set()


def test_accounts_and_mails_are_told_with_how_long_they_stay() -> None:
    with translation.override("en"):
        told = {one.label: one for one in held()}
    assert "e-mail" in " ".join(told["accounts.User"].fields).lower()
    assert told["accounts.User"].kept == "As long as you have an account."
    assert told["core.OutgoingMail"].kept.startswith("30 days")
    assert told["core.OutgoingMail"].forgotten == "It is deleted."
