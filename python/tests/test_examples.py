"""The examples of the documentation run."""

import doctest
import importlib
import re
from pathlib import Path

import plenary_un
import pytest

MODULES = ["plenary_un", "plenary_un._answers", "plenary_un._ask", "plenary_un._commands", "plenary_un._errors", "plenary_un._resolve"]
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def examples():
    for name in MODULES:
        module = importlib.import_module(name)
        for example in doctest.DocTestFinder(exclude_empty=True).find(module, name, module):
            if example.examples:
                yield pytest.param(example, id=example.name)
    text = (Path(__file__).resolve().parents[1] / "README.md").read_text(encoding="utf-8")
    # What ends a block of code is no output.
    text = re.sub(r"^```.*$", "", text, flags=re.MULTILINE)
    yield pytest.param(doctest.DocTestParser().get_doctest(text, {}, "README.md", "README.md", 0), id="README.md")


@pytest.mark.parametrize("example", examples())
def test_example(example, folder):
    failed, tried = doctest.DocTestRunner(optionflags=FLAGS).run(example)
    assert tried and not failed


def test_every_function_has_an_example():
    for name in plenary_un.__all__:
        value = getattr(plenary_un, name)
        if callable(value) and not isinstance(value, type):
            assert ">>> " in (value.__doc__ or ""), name
