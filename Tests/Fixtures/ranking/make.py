"""Writes ranking.json: what scikit-learn says of sixty rows with their probabilities."""

import json
import pathlib

import numpy as np
from sklearn.calibration import calibration_curve
from sklearn.metrics import average_precision_score, precision_recall_curve, roc_auc_score, roc_curve

random = np.random.default_rng(7)
truth = (random.random(60) < 0.4).astype(int)
scores = np.clip(np.round(0.3 * truth + 0.15 + random.normal(0, 0.22, 60), 2), 0, 1)
fpr, tpr, _ = roc_curve(truth, scores, drop_intermediate=False)
precision, recall, _ = precision_recall_curve(truth, scores)
observed, predicted = calibration_curve(truth, scores, n_bins=10)
bins = np.searchsorted(np.linspace(0, 1, 11)[1:-1], scores)
error = sum(
    abs(truth[bins == k].mean() - scores[bins == k].mean()) * (bins == k).sum() / len(truth)
    for k in np.unique(bins)
)
figures = {
    "truth": truth, "scores": scores, "fpr": fpr, "tpr": tpr, "precision": precision,
    "recall": recall, "observed": observed, "predicted": predicted,
}
areas = {
    "auc": roc_auc_score(truth, scores), "ap": average_precision_score(truth, scores), "ece": error,
}
text = json.dumps({**{k: v.tolist() for k, v in figures.items()}, **areas}, indent=1)
pathlib.Path(__file__).with_name("ranking.json").write_text(text + "\n")
