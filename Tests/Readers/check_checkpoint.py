"""Checks a checkpoint with the safetensors package, beside the weights of the run that it is of."""

import json
import sys

import numpy
from safetensors import safe_open

run = sys.argv[1]
with safe_open(f"{run}/weights.safetensors", framework="numpy") as file:
    weights = {name: file.get_tensor(name) for name in file.keys()}
with safe_open(f"{run}/checkpoint.safetensors", framework="numpy") as file:
    tensors = {name: file.get_tensor(name) for name in file.keys()}
    facts = file.metadata()

assert all(tensor.dtype == numpy.float32 for tensor in tensors.values())
for part in ["last", "best"]:
    own = {name.removeprefix(f"{part}."): t for name, t in tensors.items() if name.startswith(part)}
    assert own.keys() == weights.keys(), own.keys()
    assert all(own[name].shape == weights[name].shape for name in weights)
# The run keeps the weights of its best epoch.
assert all(numpy.array_equal(tensors[f"best.{name}"], weights[name]) for name in weights)
assert any(not numpy.array_equal(tensors[f"last.{name}"], weights[name]) for name in weights)
parameters = sum(tensor.size for tensor in weights.values())
flat = [tensor.size for name, tensor in tensors.items() if name.startswith("optimizer.")]
# In the layout of the program, which leaves gaps.
assert len(flat) == 2 and min(flat) >= parameters, flat
assert facts["format"] == "plumb checkpoint 1"
epochs = [json.loads(line) for line in facts["epochs"].split("\n")]
with open(f"{run}/metrics.jsonl") as file:
    assert epochs == [json.loads(line) for line in file]
assert json.loads(facts["state"])["step"] == epochs[-1]["step"]
print(len(tensors), "tensors")
