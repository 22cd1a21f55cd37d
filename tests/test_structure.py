"""The house: nothing medical in the code, closed words apart from ids, modules that can be read in one go."""

from __future__ import annotations

import ast
from pathlib import Path

from assess.loading.links.duplicate_id import closed_words
from assess.model.knowledge import KnowledgeBase

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "assess").rglob("*.py"))
WORDS = {"walking"}
"""Ids that are also plain English in a sentence of the code's own front end; none is looked up."""


def strings_and_names(tree: ast.AST) -> set[str]:
    """Every string and name of a module, docstrings excepted."""
    docs = {
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in docs:
            found.add(node.value)
        elif isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
    return found


def test_no_id_of_the_knowledge_stands_in_the_code(knowledge: KnowledgeBase) -> None:
    ids = {item.id for item in knowledge.items()} | set(knowledge.findings)
    hits = {
        str(file.relative_to(ROOT)): sorted(ids & strings_and_names(ast.parse(file.read_text("utf-8"))) - WORDS)
        for file in MODULES
    }
    assert {file: found for file, found in hits.items() if found} == {}


def test_no_id_is_a_word_of_the_rule_language(knowledge: KnowledgeBase) -> None:
    assert {item.id for item in knowledge.items()} & closed_words() == set()


def test_modules_can_be_read_in_one_go() -> None:
    long = {str(f.relative_to(ROOT)): n for f in MODULES if (n := len(f.read_text("utf-8").splitlines())) > 330}
    assert long == {}


def test_the_gate_ends_with_the_readmes_test_command() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    gate = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()
    assert gate[-1] in readme
    assert "  .venv/bin/assess" in readme
