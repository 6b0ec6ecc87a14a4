"""Writes grid.csv: a small network trained on diabetes.csv on a full grid of four values.

    python grid.py PLUMB DIABETES.CSV FOLDER

The objective is the least validation error (RMSE) in 30 epochs, the mean of three seeds.
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile

SPEC = """plumb: 1
data: {source: diabetes.csv, target: progression, target_scale: standard}
model: {hidden_layers: [16], dropout: 0}
training: {loss: mse, epochs: 30, early_stopping: {patience: 30}, metrics: [rmse]}
"""
RATES = [0.0003, 0.001, 0.003, 0.01, 0.03]
UNITS = [4, 16, 64, 256]
BATCHES = [8, 32, 128]
DROPOUTS = [0, 0.2, 0.4]


def error(plumb, folder, rate, units, batch, dropout, seed):
    run = os.path.join(folder, "run")
    values = {
        "training.learning_rate": rate, "model.hidden_layers": "[%d]" % units,
        "training.batch_size": batch, "model.dropout": dropout, "training.seed": seed}
    sets = [word for item in values.items() for word in ("--set", "%s=%s" % item)]
    out = subprocess.run(
        [plumb, "train", "spec.yaml", "--format", "json", "--quiet", "--run", run, *sets],
        cwd=folder, stdout=subprocess.PIPE, check=True).stdout
    shutil.rmtree(run)
    return json.loads(out)["metrics"]["validation"]["rmse"]


def main():
    plumb, table, target = map(os.path.abspath, sys.argv[1:4])
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(table, os.path.join(folder, "diabetes.csv"))
        with open(os.path.join(folder, "spec.yaml"), "w") as spec:
            spec.write(SPEC)
        with open(os.path.join(target, "grid.csv"), "w") as out:
            out.write("rate,units,batch,dropout,rmse\n")
            for rate in RATES:
                for units in UNITS:
                    for batch in BATCHES:
                        for dropout in DROPOUTS:
                            point = (rate, units, batch, dropout)
                            errors = [error(plumb, folder, *point, seed) for seed in (1, 2, 3)]
                            out.write("%s,%d,%d,%s,%.3f\n" % (*point, sum(errors) / 3))


main()
