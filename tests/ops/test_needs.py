import pytest

from tests import needs


@pytest.fixture
def marked(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> pytest.Item:
    """This very test, as if it were a browser test on a machine without a browser."""
    item: pytest.Item = request.node
    monkeypatch.setattr(needs, "NEEDS", {"nobody": [("no-such-program",)]})
    monkeypatch.setattr(item, "get_closest_marker", lambda name: object() if name == "nobody" else None)
    return item


def test_a_missing_program_skips(marked: pytest.Item, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="no-such-program"):
        needs.pytest_runtest_setup(marked)


def test_a_missing_program_fails_in_ci(marked: pytest.Item, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="no-such-program"):
        needs.pytest_runtest_setup(marked)


def test_a_present_program_passes(marked: pytest.Item, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(needs, "NEEDS", {"nobody": [("no-such-program", "bash")]})
    needs.pytest_runtest_setup(marked)
