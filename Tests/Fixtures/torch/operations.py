"""Every operation of plumb as PyTorch has it."""

import math

import torch
from torch.nn import functional as F

FUNCTIONS = {
    "linear": lambda x: x,
    "relu": F.relu,
    "leaky_relu": F.leaky_relu,
    "elu": F.elu,
    "selu": F.selu,
    "gelu": F.gelu,
    "silu": F.silu,
    "mish": F.mish,
    "softplus": F.softplus,
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
}


class Operation:
    """An operation with its fields as a spec writes them.

    `forward` takes the inputs, the parameters by name and the state by name, which it may change.
    `values`, where it is not 0, says that the operation takes whole numbers below it straight from
    the rows.
    """

    def __init__(self, name, fields, inputs, forward, parameters={}, state={}, values=0):
        self.name, self.fields, self.inputs, self.forward = name, fields, inputs, forward
        self.parameters, self.state, self.values = parameters, state, values


def dense(units, activation="linear", inputs=4, bias=True):
    def forward(x, p, _):
        return FUNCTIONS[activation](F.linear(x[0], p["weight"], p.get("bias")))

    fields = f"units: {units}, activation: {activation}" + ("" if bias else ", bias: false")
    parameters = {"weight": [units, inputs]} | ({"bias": [units]} if bias else {})
    return Operation("dense", fields, [[inputs]], forward, parameters)


def function(name, call, fields=""):
    """A function of each value."""
    return Operation(name, fields, [[7]], lambda x, p, s: call(x[0]))


def batch_norm(shape, momentum, epsilon):
    """PyTorch's running variance is that of a sample, and plumb's too."""

    def forward(x, p, state):
        return F.batch_norm(
            x[0], state["running_mean"], state["running_variance"], p["scale"], p["shift"],
            training=True, momentum=momentum, eps=epsilon,
        )

    channels = shape[:1]
    return Operation(
        "batch_norm", f"momentum: {momentum}, epsilon: {epsilon}", [shape], forward,
        {"scale": channels, "shift": channels},
        {"running_mean": torch.zeros(channels), "running_variance": torch.ones(channels)},
    )


def layer_norm(shape, epsilon):
    def forward(x, p, _):
        scale, shift = p["scale"].reshape(shape), p["shift"].reshape(shape)
        return F.layer_norm(x[0], shape, scale, shift, eps=epsilon)

    count = [math.prod(shape)]
    return Operation(
        "layer_norm", f"epsilon: {epsilon}", [shape], forward, {"scale": count, "shift": count}
    )


def all():
    return [
        *(dense(3, activation) for activation in FUNCTIONS),
        dense(3, bias=False),
        *(function("activation", call, f"function: {name}") for name, call in FUNCTIONS.items()),
        *(function(name, call) for name, call in FUNCTIONS.items() if name != "linear"),
        function("leaky_relu", lambda x: F.leaky_relu(x, 0.2), "slope: 0.2"),
        function("elu", lambda x: F.elu(x, 0.7), "alpha: 0.7"),
        batch_norm([4], 0.1, 1e-05),
        batch_norm([2, 2, 2], 0.3, 0.01),
        layer_norm([5], 1e-05),
        layer_norm([2, 2, 2], 0.01),
        Operation("add", "", [[4], [4], [4]], lambda x, p, s: x[0] + x[1] + x[2]),
        Operation("concat", "", [[2], [3]], lambda x, p, s: torch.cat(x, 1)),
        Operation("flatten", "", [[2, 3, 2]], lambda x, p, s: x[0].flatten(1)),
    ]
