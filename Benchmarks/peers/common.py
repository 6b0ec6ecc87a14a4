"""What all peers share: the workload, its rows as plumb sees them, and the line they print."""

import argparse
import json
import pathlib

import numpy as np


class Workload:
    """A workload's fields as attributes; see workloads/*.json."""

    def __init__(self, path):
        self.path = pathlib.Path(path)
        self.__dict__.update(json.loads(self.path.read_text()))
        self.is_binary = self.outputs == 1
        self.is_image = len(self.inputs) > 1

    def load(self):
        """Features as float32 of shape [rows, width] and classes as int64."""
        folder = self.path.parent.parent / ".data"
        if self.layout == "csv":
            table = np.loadtxt(folder / f"{self.data}.csv", dtype=np.float32, delimiter=",", skiprows=1)
            return np.ascontiguousarray(table[:, :-1]), table[:, -1].astype(np.int64)
        values = idx(folder / f"{self.data}.idx").reshape(self.rows, -1).astype(np.float32)
        values -= values.mean(0)
        values /= values.std(0)
        return values, idx(folder / f"{self.data}.labels.idx").astype(np.int64)


def idx(path):
    """The unsigned bytes of an IDX file, without their header."""
    return np.fromfile(path, dtype=np.uint8)[4 + 4 * np.fromfile(path, dtype=np.uint8, count=4)[3] :]


def arguments(**options):
    """The workload of the command line, and further options by name with their defaults."""
    parser = argparse.ArgumentParser()
    parser.add_argument("workload")
    for name, value in options.items():
        parser.add_argument(f"--{name}", type=type(value), default=value)
    parsed = parser.parse_args()
    return Workload(parsed.workload), parsed


def report(samples, seconds, loss, version):
    """Prints what the benchmark reads."""
    print(
        json.dumps(
            {
                "training_samples_per_second": samples / seconds,
                "seconds": seconds,
                "loss": float(loss),
                "version": version,
            }
        )
    )
