"""The example notebooks run from top to bottom."""

from pathlib import Path

import nbclient
import nbformat
import pytest

NOTEBOOKS = sorted((Path(__file__).parents[2] / "examples" / "notebooks").glob("*.ipynb"))


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs(path):
    notebook = nbformat.read(path, as_version=4)
    done = nbclient.NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
    shown = [output for cell in done.cells if cell.cell_type == "code" for output in cell.outputs]
    assert shown
    assert not [output for output in shown if output.output_type == "error"]


def test_a_document_is_shown_as_html():
    notebook = nbformat.read(next(path for path in NOTEBOOKS if path.stem == "quick_start"), as_version=4)
    notebook.cells = notebook.cells[:2]
    done = nbclient.NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
    assert 'class="pullquote' in done.cells[1].outputs[0].data["text/html"]
