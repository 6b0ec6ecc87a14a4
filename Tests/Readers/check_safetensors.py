"""Checks exported weights with the safetensors package: names, shapes and what lies beside them."""

import json

from safetensors import safe_open

import cases


def check(case):
    facts = json.loads((case / "tensors.json").read_text())
    expected = {fact["name"]: (fact["shape"], fact["sum"]) for fact in facts}
    with safe_open(case / "model.safetensors", framework="numpy") as file:
        shapes = {name: list(file.get_tensor(name).shape) for name in file.keys()}
        sums = {name: float(file.get_tensor(name).sum(dtype="float64")) for name in file.keys()}
        facts = file.metadata()
    for name, (shape, total) in expected.items():
        if shapes.get(name) != shape or abs(sums[name] - total) > 1e-9 * max(1, abs(total)):
            return False, f"{name} has the shape {shapes.get(name)}"
    if len(shapes) != len(expected):
        return False, "there are other tensors"
    json.loads(facts["preprocessing"])
    for name in ["version", "name", "seed", "task", "target", "inputs", "resolved_spec_sha256"]:
        facts[name]
    return True, f"{len(shapes)} tensors"


cases.main(check)
