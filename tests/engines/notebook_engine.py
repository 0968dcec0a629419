#!/usr/bin/env python3
"""The notebook of examples/notebook, made from its script in percent format.

    notebook_engine.py check SCRIPT NOTEBOOK    fails where the cells of the two differ
    notebook_engine.py write SCRIPT NOTEBOOK    runs the cells (needs nbclient and ipykernel) and keeps what they show

The script is what people edit and what the gate runs; the notebook is the same with its figures.
"""

import json
import sys
from pathlib import Path


def cells(script):
    """Kind and source of each cell."""
    found = []
    for block in ("\n" + script).split("\n# %%")[1:]:
        head, _, source = block.partition("\n")
        source = source.strip("\n")
        if "[markdown]" in head:
            source = "\n".join(line.removeprefix("#").removeprefix(" ") for line in source.splitlines())
            found.append(("markdown", source))
        else:
            found.append(("code", source))
    return found


def check(script, notebook):
    kept = [(cell["cell_type"], "".join(cell["source"])) for cell in json.loads(notebook.read_text())["cells"]]
    wanted = cells(script.read_text())
    if kept != wanted:
        where = next((at for at, (a, b) in enumerate(zip(kept, wanted)) if a != b), min(len(kept), len(wanted)))
        sys.exit(f"{notebook} differs from {script} in cell {where}: run the test with UPDATE_NOTEBOOK=1")
    shown = json.loads(notebook.read_text())["cells"]
    figures = sum("image/png" in output.get("data", {}) for cell in shown for output in cell.get("outputs", []))
    print(f"{len(kept)} cells, {figures} figures")


def write(script, notebook):
    import nbclient
    import nbformat

    book = nbformat.v4.new_notebook(metadata={
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
        "language_info": {"name": "python"},
    })
    for number, (kind, source) in enumerate(cells(script.read_text())):
        make = nbformat.v4.new_markdown_cell if kind == "markdown" else nbformat.v4.new_code_cell
        # Ids by place, not by chance: the same script gives the same cells.
        book.cells.append(make(source, id=f"cell-{number}"))
    nbclient.NotebookClient(book, resources={"metadata": {"path": str(script.parent)}}, record_timing=False).execute()
    nbformat.write(book, notebook)


{"check": check, "write": write}[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
