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


def log_cosh(outputs, targets, smoothing):
    error = (outputs - targets).abs()
    return (error + F.softplus(-2 * error) - np.log(2)).mean(1)


def quantile(*levels):
    """The outputs of one level after those of another; PyTorch has no such loss of its own."""

    def rows(outputs, targets, smoothing):
        parts = [
            torch.maximum(level * (targets - part), (level - 1) * (targets - part))
            for level, part in zip(levels, outputs.chunk(len(levels), 1))
        ]
        return torch.cat(parts, 1).mean(1)

    return rows


def poisson(outputs, targets, smoothing):
    return F.poisson_nll_loss(outputs, targets, log_input=True, reduction="none").mean(1)


def focal(gamma):
    def rows(outputs, targets, smoothing):
        surprise = F.cross_entropy(outputs, targets[:, 0].long(), reduction="none")
        return (1 - torch.exp(-surprise)) ** gamma * surprise

    return rows


def hinge(power):
    """Against the best of the other classes; with one output its sign tells two classes apart."""

    def rows(outputs, targets, smoothing):
        if outputs.shape[1] == 1:
            margin = outputs[:, 0] * (2 * targets[:, 0] - 1)
        else:
            right = targets.long()
            others = outputs.scatter(1, right, -torch.inf).amax(1)
            margin = outputs.gather(1, right)[:, 0] - others
        return F.relu(1 - margin) ** power

    return rows


class Loss:
    """A loss with its fields as a spec writes them; `rows` gives the loss of each row.

    `share` is how many outputs there are for each target.
    """

    def __init__(self, name, fields="", rows=mse, kind="numbers", share=1):
        self.name, self.fields, self.rows, self.kind = name, fields, rows, kind
        self.share = share

    def targets(self, source, rows, outputs):
        shape = (rows, outputs // self.share)
        if self.kind == "classes":
            values = source.integers(0, max(2, outputs), (rows, 1))
        elif self.kind == "binary":
            values = source.integers(0, 2, shape)
        elif self.kind == "counts":
            values = source.poisson(2.0, shape)
        else:
            values = np.round(source.normal(size=shape), 2)
        return torch.tensor(values, dtype=torch.float64)

    def mean(self, outputs, targets, weights, smoothing):
        """The weighted mean over the rows."""
        values = self.rows(outputs, targets, smoothing)
        return (values * weights).sum() / weights.sum()


def all():
    """Each loss with its number of outputs, the weights of the rows and the smoothing."""
    weights = [0.5, 2.0, 1.0, 0.25, 3.0]
    numbers = [
        Loss("mse"), Loss("mae", "", mae), Loss("huber", "", huber(1.35)),
        Loss("huber", "delta: 0.5", huber(0.5)), Loss("log_cosh", "", log_cosh),
        Loss("quantile", "levels: [0.3]", quantile(0.3)),
        Loss("poisson", "", poisson, "counts"),
    ]
    intervals = Loss("quantile", "levels: [0.1, 0.5, 0.9]", quantile(0.1, 0.5, 0.9), share=3)
    classes = Loss("cross_entropy", "", cross_entropy, "classes")
    binary = Loss("binary_cross_entropy", "", binary_cross_entropy, "binary")
    margins = [Loss("hinge", "", hinge(1), "classes"), Loss("squared_hinge", "", hinge(2), "classes")]
    return [
        *((loss, 2, None, 0.0) for loss in numbers),
        *((loss, 1, weights, 0.0) for loss in numbers),
        (intervals, 3, None, 0.0), (intervals, 6, weights, 0.0),
        (classes, 3, None, 0.0), (classes, 4, None, 0.1), (classes, 3, weights, 0.0),
        (classes, 3, weights, 0.2),
        (binary, 1, None, 0.0), (binary, 3, None, 0.0), (binary, 1, weights, 0.1),
        (Loss("focal", "", focal(2), "classes"), 3, None, 0.0),
        (Loss("focal", "gamma: 0.5", focal(0.5), "classes"), 4, weights, 0.0),
        *((loss, 1, None, 0.0) for loss in margins),
        *((loss, 4, weights, 0.0) for loss in margins),
    ]
