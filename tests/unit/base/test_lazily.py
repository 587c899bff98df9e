"""Names that are imported when they are first asked for."""

from __future__ import annotations

import importlib
import pkgutil
import subprocess
import sys

import pytest

LAZY = ("vigens.desk", "vigens.engine", "vigens.journal", "vigens.lang")


@pytest.mark.parametrize("package", LAZY)
def test_every_public_name_is_there(package: str) -> None:
    module = importlib.import_module(package)
    for name in module.__all__:
        assert getattr(module, name) is not None


@pytest.mark.parametrize("package", LAZY)
def test_no_lazy_name_is_the_name_of_a_module(package: str) -> None:
    """The module, once loaded, would stand where the name is looked for."""
    module = importlib.import_module(package)
    for inner in pkgutil.iter_modules(module.__path__, f"{package}."):
        if inner.name.rpartition(".")[2] != "__main__":
            importlib.import_module(inner.name)
    wrong = [
        name
        for name in module.__all__
        if getattr(module, name) is sys.modules.get(f"{package}.{name}")
    ]
    assert not wrong


def test_what_is_no_name_is_said() -> None:
    module = importlib.import_module("vigens.journal")
    with pytest.raises(AttributeError, match=r"'vigens\.journal' has no .* 'jurnal'"):
        module.jurnal  # noqa: B018 - that it fails is the point
    with pytest.raises(ImportError, match="jurnal"):
        exec("from vigens.journal import jurnal")


def test_a_package_alone_loads_little() -> None:
    loads = "import sys, vigens.lang; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", loads], capture_output=True, text=True, check=True
    )
    assert "vigens.lang.parser" not in done.stdout.split()
