"""Writes what PyTorch computes for every operation, loss and optimiser: ops.json and so on.

    python make.py            # needs torch; writes the files beside this one

A case is a small network with given weights that takes a few steps on given rows, in double
precision. Its network is that of `network(around:)` in NetworkGraphTests: a dense layer `source0`,
`source1`, … for each input of the operation, so that the gradients of the inputs show as well, and
then the operation itself as `subject`. What a case stores is in `Case.record`.
"""

import json
import math
import pathlib

import numpy as np
import torch

import losses
import operations
import optimizers

torch.set_default_dtype(torch.float64)


def rounded(values, digits=2):
    """Numbers short enough to be read, and the same in single and double precision to 1e-7."""
    return torch.tensor(np.round(values, digits))


class Case:
    """One network, its rows and how it is trained."""

    rows = 5

    def __init__(self, op, loss, optimizer, steps=3, rate=0.5, weights=None, smoothing=0.0):
        self.op, self.loss, self.optimizer = op, loss, optimizer
        self.steps, self.rate, self.weights, self.smoothing = steps, rate, weights, smoothing
        # Images come from one feature, so that not most numbers of a case are those of `source0`.
        self.width = 1 if len(op.inputs[0]) > 1 else 3

    def record(self, index):
        """The case as it is stored: what is given, and what comes out of each step."""
        source = np.random.default_rng(index)
        inputs = rounded(source.normal(size=(self.rows, self.width)))
        if self.op.values:
            inputs = torch.tensor(source.integers(0, self.op.values, (self.rows, self.width)))
            inputs = inputs.to(torch.float64)
        tensors = self.start(source)
        given = [
            {"name": name, "shape": list(t.shape), "values": t.flatten().tolist()}
            for name, t in tensors.items()
        ]
        state = {name: t.clone() for name, t in self.op.state.items()}
        with torch.no_grad():
            outputs = self.forward(inputs, tensors, {k: v.clone() for k, v in state.items()})
        targets = self.loss.targets(source, *outputs.flatten(1).shape)
        for name, t in tensors.items():
            t.requires_grad_(True)
        optimizer = self.optimizer.make(tensors, self.rate)
        weights = torch.ones(self.rows) if self.weights is None else torch.tensor(self.weights)
        steps = []
        for _ in range(self.steps):

            def loss():
                optimizer.zero_grad()
                outputs = self.forward(inputs, tensors, state).flatten(1)
                value = self.loss.mean(outputs, targets, weights, self.smoothing)
                value.backward()
                return value

            value = optimizer.step(loss)
            results = [t.detach() for t in tensors.values()] + list(state.values())
            steps.append(
                {"loss": short(value.item()), "tensors": [numbers(t) for t in results]}
            )
        return {
            "op": self.op.name, "op_fields": self.op.fields,
            "inputs": [] if self.op.values else self.op.inputs,
            "next": self.op.next.name if self.op.next else None,
            "next_fields": self.op.next.fields if self.op.next else "",
            "loss": self.loss.name, "loss_fields": self.loss.fields,
            "optimizer": self.optimizer.name, "optimizer_fields": self.optimizer.fields,
            "rate": self.rate, "smoothing": self.smoothing, "weights": self.weights,
            "features": numbers(inputs), "width": self.width,
            "targets": numbers(targets), "target_count": targets.shape[1],
            "start": given
            + [{"name": f"subject.{n}", "shape": list(t.shape), "values": numbers(t)}
               for n, t in self.op.state.items()],
            "steps": steps,
        }

    def start(self, source):
        """Weights by name, drawn at random."""
        tensors = {}
        if not self.op.values:
            for index, shape in enumerate(self.op.inputs):
                count = math.prod(shape)
                tensors[f"source{index}.weight"] = rounded(source.normal(size=(count, self.width)))
                tensors[f"source{index}.bias"] = rounded(0.5 * source.normal(size=count))
        for name, shape in self.op.parameters.items():
            scale = 1 / math.sqrt(max(1, math.prod(shape[1:])))
            tensors[f"subject.{name}"] = rounded(scale * source.normal(size=shape))
        return tensors

    def forward(self, inputs, tensors, state):
        own = {n.removeprefix("subject."): t for n, t in tensors.items() if n.startswith("subject.")}
        if self.op.values:
            return self.op.forward([inputs], own, state)
        after = self.op.next.forward if self.op.next else lambda x, p, s: x[0]
        sources = [
            torch.nn.functional.linear(
                inputs, tensors[f"source{i}.weight"], tensors[f"source{i}.bias"]
            ).reshape(len(inputs), *shape)
            for i, shape in enumerate(self.op.inputs)
        ]
        return after([self.op.forward(sources, own, state)], {}, {})


def short(value):
    return float(f"{value:.8g}")


def numbers(tensor):
    return [short(value) for value in tensor.flatten().tolist()]


def write(name, cases):
    """One case a line, so that a change of one is a change of its line."""
    lines = [json.dumps(case.record(index), separators=(",", ":")) for index, case in enumerate(cases)]
    path = pathlib.Path(__file__).with_name(name)
    path.write_text("[\n" + ",\n".join(lines) + "\n]\n")
    print(name, len(cases), "cases,", path.stat().st_size // 1000, "KB")


mse, sgd = losses.Loss("mse"), optimizers.Optimizer("sgd")
# Sines are steep, so that after a long step the rounding of single precision would show.
rates = {"periodic": 0.02}
write(
    "operations.json",
    [Case(op, mse, sgd, steps=2, rate=rates.get(op.name, 0.5)) for op in operations.all()],
)
write(
    "losses.json",
    [
        Case(operations.dense(units), loss, sgd, rate=0.1, weights=weights, smoothing=smoothing)
        for loss, units, weights, smoothing in losses.all()
    ],
)
write(
    "optimizers.json",
    [
        Case(operations.dense(3, "tanh"), mse, optimizer, steps=7, rate=rate)
        for optimizer, rate in optimizers.all()
    ],
)
