"""Checks exported ONNX models: the format's own checker, then ONNX Runtime on the case's table."""

import json
import math
from datetime import datetime, timezone

import numpy as np
import onnx
import onnxruntime

import cases

YES = {"yes", "true", "y", "t", "on", "1", "1.0"}


def cell(text, kind, element):
    """A cell as a user would feed it."""
    if element == "tensor(string)":
        return text
    if text in ("", "NA"):
        return math.nan
    if kind == "boolean":
        return float(text.lower() in YES)
    if kind == "date":
        return datetime.fromisoformat(text).replace(tzinfo=timezone.utc).timestamp()
    return float(text)


def check(case):
    path = str(case / "model.onnx")
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    facts = {entry.key: entry.value for entry in model.metadata_props}
    kinds = {entry["column"]: entry["kind"] for entry in json.loads(facts["inputs"])}
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    types = {"tensor(float)": np.float32, "tensor(double)": np.float64, "tensor(string)": object}
    columns = cases.table(case)
    inputs = session.get_inputs()
    if len(inputs[0].shape) > 2:
        rows = np.array([columns[name] for name in kinds], dtype=np.float32).T
        feed = {inputs[0].name: rows.reshape(-1, *inputs[0].shape[1:])}
    else:
        feed = {}
        for value in inputs:
            cells = [cell(text, kinds[value.name], value.type) for text in columns[value.name]]
            feed[value.name] = np.array(cells, dtype=types[value.type]).reshape(-1, 1)
    names = [value.name for value in session.get_outputs()]
    outputs = dict(zip(names, session.run(None, feed)))
    for value in session.get_outputs():
        if list(outputs[value.name].shape[1:]) != list(value.shape[1:]):
            return False, f"{value.name} has the shape {outputs[value.name].shape}"
    if "class" in outputs:
        if sorted(set(outputs["class"])) != sorted(
                set(outputs["class"]) & set(json.loads(facts["classes"]))):
            return False, "a class is not among those of the metadata"
        values = outputs.get("probabilities", outputs.get("scores"))
        return cases.compare(
            case, "values", values.ravel().tolist(), outputs["class"].tolist())
    name = "quantiles" if "quantiles" in outputs else "values"
    values = outputs.get("quantiles", outputs["value"])
    if "quantiles" in outputs:
        is_right, words = cases.compare(case, "values", outputs["value"].ravel().tolist())
        if not is_right:
            return is_right, words
    return cases.compare(case, name, values.ravel().tolist())


cases.main(check)
