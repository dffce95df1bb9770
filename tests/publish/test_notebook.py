"""The notebook in docs runs from the first cell to the last on a ledger."""

from __future__ import annotations

from pathlib import Path

import pytest

from .sample import fill

NOTEBOOK = Path(__file__).resolve().parents[2] / "docs/notebook.ipynb"


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_notebook_runs(tmp_path, monkeypatch):
    nbclient = pytest.importorskip("nbclient")
    nbformat = pytest.importorskip("nbformat")
    pytest.importorskip("ipykernel")
    fill(tmp_path / "ledger.sqlite").close()
    monkeypatch.setenv("REPORTEDLY_LEDGER", str(tmp_path / "ledger.sqlite"))
    monkeypatch.setenv("REPORTEDLY_DATA", str(tmp_path))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    assert all(
        not cell.get("outputs") for cell in notebook.cells
    )  # kept without answers: they are of somebody's ledger
    nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    shown = str([cell.get("outputs") for cell in notebook.cells])
    assert "12 claims" in shown
    assert "against interest" in shown
    assert "Bakhmut" in shown
