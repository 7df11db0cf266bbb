from core.search import Hit
from portal.finding import grouped, sure_hit


def hit(title: str, score: float, kind: str = "Gebied") -> Hit:
    return Hit(title=title, url=f"/{title}/", kind=kind, score=score)


def test_answers_stand_in_groups_with_the_best_group_first() -> None:
    hits = [hit("a", 0.9, "Straat"), hit("b", 0.8), hit("c", 0.7, "Straat")]
    assert [(group.title, [one.title for one in group.hits]) for group in grouped(hits)] == [
        ("Straat", ["a", "c"]),
        ("Gebied", ["b"]),
    ]


def test_one_very_good_answer_is_sure() -> None:
    assert sure_hit([hit("a", 1.0)]) == hit("a", 1.0)
    assert sure_hit([hit("a", 1.0), hit("b", 0.4)]) == hit("a", 1.0)


def test_a_doubtful_answer_is_not_sure() -> None:
    assert sure_hit([]) is None
    assert sure_hit([hit("a", 0.6)]) is None
    assert sure_hit([hit("a", 1.0), hit("b", 0.95)]) is None
