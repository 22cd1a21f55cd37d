"""What importing experta does to a process, and that our door undoes or notices it. Each in a fresh interpreter."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run(code: str, *options: str) -> subprocess.CompletedProcess[str]:
    """A fresh interpreter that runs `code` in the project's root."""
    return subprocess.run([sys.executable, *options, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)


def output(code: str, *options: str) -> str:
    done = run(code, *options)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout.strip()


@pytest.mark.skipif(sys.version_info < (3, 10), reason="Python had the name itself")
def test_collections_mapping_is_lent_for_the_import_only() -> None:
    assert output("import collections, assess.inference.door; print(hasattr(collections, 'Mapping'))") == "False"


def test_a_mapping_that_somebody_else_has_put_there_stays() -> None:
    code = (
        "import collections.abc; collections.Mapping = collections.abc.Mapping;"
        "import assess.inference.door; print(collections.Mapping is collections.abc.Mapping)"
    )
    assert output(code) == "True"


def test_the_import_warns_of_nothing() -> None:
    assert output("import assess.inference.door", "-W", "error") == ""


def test_the_root_logger_has_the_handlers_that_it_had() -> None:
    code = (
        "import logging, sys; own = logging.StreamHandler(sys.stdout); {}"
        "import assess.inference.door; print(logging.root.handlers == {})"
    )
    assert output(code.format("", "[]")) == "True"
    assert output(code.format("logging.root.addHandler(own); ", "[own]")) == "True"


def test_an_application_can_still_configure_its_own_logging() -> None:
    code = (
        "import assess.inference.door, logging, sys;"
        "logging.basicConfig(level=logging.DEBUG, stream=sys.stdout, format='%(message)s');"
        "logging.debug('heard')"
    )
    assert output(code) == "heard"


def test_an_experta_that_came_up_empty_is_noticed() -> None:
    """experta swallows the ImportError of a frozendict that is none, and would be a module without an engine."""
    broken = "import sys, types; sys.modules['frozendict'] = types.ModuleType('frozendict');"
    assert output(broken + "import experta; print(hasattr(experta, 'KnowledgeEngine'))") == "False"
    done = run(broken + "import assess.inference.door")
    assert done.returncode == 1
    assert done.stderr.strip().endswith(
        "ImportError: experta came up empty: its dependency frozendict could not be imported"
    )


def test_a_frozendict_that_is_missing_is_an_import_error_and_takes_the_lent_name_back() -> None:
    code = (
        "import sys, collections; sys.modules['frozendict'] = None\n"
        "try:\n    import assess.inference.door\n"
        "except ImportError:\n    print(hasattr(collections, 'Mapping'))"
    )
    assert output(code) == "False"
