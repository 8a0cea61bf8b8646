"""The tutorial runs, and its figures have lines."""

import os
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).resolve().parents[1] / "notebooks" / "from-a-file-to-a-figure.ipynb"


def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, unvotes: Path | None) -> nbformat.NotebookNode:
    """Runs the notebook in a folder of its own."""
    if unvotes is None:
        monkeypatch.delenv("UNVOTES", raising=False)
    else:
        monkeypatch.setenv("UNVOTES", str(unvotes))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    NotebookClient(notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}).execute()
    kept = os.environ.get("PLENARY_NOTEBOOK")
    if kept is not None:
        nbformat.write(notebook, kept)
    return notebook


def outputs(notebook: nbformat.NotebookNode, kind: str) -> list[str]:
    """What the cells show, in one form."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    shown = [output for cell in cells for output in cell.outputs]
    return [str(output["data"][kind]) for output in shown if kind in output.get("data", {})]


def test_the_tutorial_runs_on_the_compact_and_a_made_up_history(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    notebook = run(monkeypatch, tmp_path, None)
    texts = outputs(notebook, "text/plain")
    assert any("VNM" in text and "DDR" not in text for text in texts)
    (figure,) = outputs(notebook, "image/svg+xml")
    assert figure.count("<path") + figure.count("<polyline") >= 3


def test_the_tutorial_runs_on_the_record_of_the_assembly(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, shared: Path) -> None:
    notebook = run(monkeypatch, tmp_path, shared / "data" / "unvotes")
    figures = outputs(notebook, "image/svg+xml")
    assert len(figures) == 2
    printed = [output["text"] for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs if output.output_type == "stream"]
    assert any("pairs and years" in text for text in printed)
