"""Every optimiser of plumb as PyTorch has it."""

import torch


class Optimizer:
    """An optimiser with its fields as a spec writes them, and the arguments of PyTorch's."""

    def __init__(self, name, fields="", kind=torch.optim.SGD, **arguments):
        self.name, self.fields, self.kind, self.arguments = name, fields, kind, arguments

    def make(self, tensors, rate):
        """Weights decay; biases and normalisations do not."""
        if self.kind is torch.optim.LBFGS:
            return self.kind(list(tensors.values()), lr=rate, **self.arguments)
        weights = [t for name, t in tensors.items() if name.endswith("weight")]
        others = [t for name, t in tensors.items() if not name.endswith("weight")]
        decay = self.arguments.get("weight_decay", 0)
        rest = {k: v for k, v in self.arguments.items() if k != "weight_decay"}
        groups = [{"params": weights, "weight_decay": decay}, {"params": others, "weight_decay": 0}]
        return self.kind(groups, lr=rate, **rest)


def all():
    """Each optimiser with the rate of its steps."""
    SGD, Adam, AdamW = torch.optim.SGD, torch.optim.Adam, torch.optim.AdamW
    RMSprop, Adagrad, Adadelta = torch.optim.RMSprop, torch.optim.Adagrad, torch.optim.Adadelta
    NAdam, RAdam = torch.optim.NAdam, torch.optim.RAdam
    decay = {"weight_decay": 0.1}
    return [
        (Optimizer("sgd", "", SGD), 0.1),
        (Optimizer("sgd", "momentum: 0.8, nesterov: true, weight_decay: 0.1", SGD,
                   momentum=0.8, nesterov=True, **decay), 0.1),
        (Optimizer("momentum", "", SGD, momentum=0.9), 0.1),
        (Optimizer("nesterov", "weight_decay: 0.1", SGD, momentum=0.9, nesterov=True, **decay), 0.1),
        (Optimizer("adam", "", Adam), 0.01),
        (Optimizer("adam", "amsgrad: true", Adam, amsgrad=True), 0.05),
        (Optimizer("adam", "beta1: 0.8, beta2: 0.95, epsilon: 0.001, weight_decay: 0.1", Adam,
                   betas=(0.8, 0.95), eps=0.001, **decay), 0.05),
        (Optimizer("adamw", "", AdamW, weight_decay=0.01), 0.01),
        (Optimizer("adamw", "beta1: 0.5, weight_decay: 0.2", AdamW,
                   betas=(0.5, 0.999), weight_decay=0.2), 0.05),
        (Optimizer("rmsprop", "", RMSprop), 0.01),
        (Optimizer("rmsprop", "rho: 0.9, momentum: 0.5, centered: true, weight_decay: 0.1", RMSprop,
                   alpha=0.9, momentum=0.5, centered=True, **decay), 0.01),
        (Optimizer("adagrad", "", Adagrad), 0.1),
        (Optimizer("adagrad", "initial_accumulator: 0.5, weight_decay: 0.1", Adagrad,
                   initial_accumulator_value=0.5, **decay), 0.1),
        (Optimizer("adadelta", "", Adadelta), 1.0),
        (Optimizer("adadelta", "rho: 0.5, epsilon: 0.001, weight_decay: 0.1", Adadelta,
                   rho=0.5, eps=0.001, **decay), 1.0),
        (Optimizer("nadam", "", NAdam), 0.01),
        (Optimizer("nadam", "beta1: 0.8, momentum_decay: 0.1, weight_decay: 0.1", NAdam,
                   betas=(0.8, 0.999), momentum_decay=0.1, **decay), 0.05),
        (Optimizer("lbfgs", "", torch.optim.LBFGS, max_iter=1, max_eval=100, history_size=10,
                   line_search_fn="strong_wolfe"), 1.0),
        (Optimizer("radam", "", RAdam), 0.01),
        (Optimizer("radam", "beta2: 0.9, weight_decay: 0.1", RAdam, betas=(0.9, 0.9), **decay), 0.05),
    ]
