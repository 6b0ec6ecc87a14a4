"""Every loss of plumb as PyTorch has it."""

import numpy as np
import torch
from torch.nn import functional as F


def mse(outputs, targets, smoothing):
    return F.mse_loss(outputs, targets, reduction="none").mean(1)


def mae(outputs, targets, smoothing):
    return F.l1_loss(outputs, targets, reduction="none").mean(1)


def huber(delta):
    return lambda outputs, targets, smoothing: F.huber_loss(
        outputs, targets, reduction="none", delta=delta
    ).mean(1)


def cross_entropy(outputs, targets, smoothing):
    return F.cross_entropy(
        outputs, targets[:, 0].long(), reduction="none", label_smoothing=smoothing
    )


def binary_cross_entropy(outputs, targets, smoothing):
    softened = targets * (1 - smoothing) + smoothing / 2
    return F.binary_cross_entropy_with_logits(outputs, softened, reduction="none").mean(1)


class Loss:
    """A loss with its fields as a spec writes them; `rows` gives the loss of each row."""

    def __init__(self, name, fields="", rows=mse, kind="numbers"):
        self.name, self.fields, self.rows, self.kind = name, fields, rows, kind

    def targets(self, source, shape):
        if self.kind == "classes":
            return torch.tensor(source.integers(0, shape[1], (shape[0], 1)), dtype=torch.float64)
        if self.kind == "binary":
            return torch.tensor(source.integers(0, 2, shape), dtype=torch.float64)
        if self.kind == "counts":
            return torch.tensor(source.poisson(2.0, shape), dtype=torch.float64)
        return torch.tensor(np.round(source.normal(size=shape), 2))

    def mean(self, outputs, targets, weights, smoothing):
        """The weighted mean over the rows."""
        values = self.rows(outputs, targets, smoothing)
        return (values * weights).sum() / weights.sum()


def all():
    """Each loss with its number of outputs, the weights of the rows and the smoothing."""
    weights = [0.5, 2.0, 1.0, 0.25, 3.0]
    numbers = [
        Loss("mse"), Loss("mae", "", mae), Loss("huber", "", huber(1.35)),
        Loss("huber", "delta: 0.5", huber(0.5)),
    ]
    classes = Loss("cross_entropy", "", cross_entropy, "classes")
    binary = Loss("binary_cross_entropy", "", binary_cross_entropy, "binary")
    return [
        *((loss, 2, None, 0.0) for loss in numbers),
        *((loss, 1, weights, 0.0) for loss in numbers),
        (classes, 3, None, 0.0), (classes, 4, None, 0.1), (classes, 3, weights, 0.0),
        (classes, 3, weights, 0.2),
        (binary, 1, None, 0.0), (binary, 3, None, 0.0), (binary, 1, weights, 0.1),
    ]
