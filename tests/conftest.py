"""What the tests share: the real knowledge, the moment that stories are told at, and a person laid over health."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from assess.loading.load import load
from assess.model.knowledge import KnowledgeBase

AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="session", autouse=True)
def _no_cache_of_the_user(tmp_path_factory: pytest.TempPathFactory) -> object:
    """Tests never touch the user's cache or data directory."""
    patch = pytest.MonkeyPatch()
    home = tmp_path_factory.mktemp("home")
    for name in ("XDG_CACHE_HOME", "XDG_DATA_HOME", "HOME"):
        patch.setenv(name, str(home))
    yield
    patch.undo()


@pytest.fixture(scope="session")
def knowledge() -> KnowledgeBase:
    """The real knowledge."""
    return load()


@pytest.fixture(scope="session")
def at() -> datetime:
    """The moment of triage in stories and cases."""
    return AT
