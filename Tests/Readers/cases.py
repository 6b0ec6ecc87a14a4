"""What the checks of exported models share: tables, and predictions to compare with.

A case is a folder with `table.csv`, `expected.json` and the exported files; the first argument of
a check is the folder that holds the cases. It prints a line for each case and ends with 1 if one
of them is wrong.
"""

import csv
import json
import sys
from pathlib import Path

TOLERANCE = 1e-5


def table(case):
    """The columns of a case's table as texts."""
    with open(case / "table.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    return {name: [row[place] for row in rows[1:]] for place, name in enumerate(rows[0])}


def compare(case, name, values, classes=None):
    """Whether values are near enough to what plumb itself predicts, and a line that says so.

    That is within 1e-5 of a number's size, or of the usual size of all, but at least of 1: the
    network computes in single precision on a scale of its own.
    """
    expected = json.loads((case / "expected.json").read_text())
    wanted = expected[name]
    if len(wanted) != len(values):
        return False, f"{name} has {len(values)} numbers in place of {len(wanted)}"
    usual = max(1, sum(map(abs, wanted)) / max(1, len(wanted)))
    worst = max(
        (abs(a - b) / max(usual, abs(b)) if a == a else float("inf") for a, b in zip(values, wanted)),
        default=0)
    if classes is not None and classes != expected["class"]:
        return False, "the classes differ"
    return worst <= TOLERANCE, f"{name} within {worst:.1e}"


def main(check):
    """Runs a check on every case."""
    failed = 0
    for case in sorted(path for path in Path(sys.argv[1]).iterdir() if path.is_dir()):
        try:
            is_right, words = check(case)
        except Exception as error:
            is_right, words = False, f"{type(error).__name__}: {error}".replace("\n", " ")
        failed += not is_right
        print(f"{'ok' if is_right else 'WRONG'} {case.name}: {words}")
    sys.exit(1 if failed else 0)
