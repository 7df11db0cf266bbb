from django.urls import resolve

from workplaces.slugs import RESERVED, word_for
from workplaces.urls import urlpatterns


def test_the_reserved_words_are_the_other_addresses() -> None:
    first = {str(pattern.pattern).split("/", 1)[0] for pattern in urlpatterns}
    assert {word for word in first if word.isalpha()} == RESERVED
    for word in RESERVED:
        assert resolve(f"/werklocaties/{word}/").url_name != "detail"


def test_a_name_without_letters_still_gets_a_word() -> None:
    assert word_for("Bibliotheek De Muze") == "bibliotheek-de-muze"
    assert word_for("!") == "werklocatie"
    assert len(word_for("a" * 200)) == 70
