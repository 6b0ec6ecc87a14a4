"""Checks exported PyTorch files: imported as a module, and run on the case's table."""

import csv
import importlib.util
import io
import json
import subprocess
import sys

import cases


def module(path):
    """The module that a file of Python is."""
    spec = importlib.util.spec_from_file_location(f"case_{path.parent.name}", path)
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


def printed(path, case):
    """What the file prints for the table, as columns."""
    text = subprocess.run(
        [sys.executable, str(path), str(case / "table.csv")], check=True, capture_output=True,
        text=True).stdout
    rows = list(csv.reader(io.StringIO(text)))
    return rows[0], rows[1:]


def check(case):
    path = case / "model.py"
    loaded = module(path)
    columns = cases.table(case)
    if "images" in loaded.encode.__code__.co_varnames[:1]:
        names = [entry["column"] for entry in json.loads(loaded.texts["inputs"])]
        columns = [[float(columns[name][row]) for name in names]
                   for row in range(len(columns[names[0]]))]
    outputs = loaded.predict(columns)
    if (case / "refused").exists():
        name = (case / "refused").read_text()
        try:
            loaded.predict({**columns, name: ["never seen"] * len(columns[name])})
            return False, f"it takes any level in {name}"
        except ValueError:
            pass
    if (case / "printed").exists():
        head, rows = printed(path, case)
        if head[0] != "prediction" or len(rows) != len(next(iter(outputs.values()))):
            return False, "what it prints is not what it predicts"
    if "class" in outputs:
        values = outputs.get("probabilities", outputs.get("scores"))
        return cases.compare(case, "values", values.flatten().tolist(), outputs["class"])
    if "quantiles" in outputs:
        is_right, words = cases.compare(case, "values", outputs["value"].flatten().tolist())
        if not is_right:
            return is_right, words
        return cases.compare(case, "quantiles", outputs["quantiles"].flatten().tolist())
    return cases.compare(case, "values", outputs["value"].flatten().tolist())


cases.main(check)
