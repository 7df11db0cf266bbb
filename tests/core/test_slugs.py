from core.slugs import free_slug


def test_a_free_word_stays_and_a_taken_one_gets_the_lowest_free_number() -> None:
    assert free_slug("bib", set()) == "bib"
    assert free_slug("bib", {"bib"}) == "bib-2"
    assert free_slug("bib", {"bib", "bib-2", "bib-4"}) == "bib-3"
