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
    "hard_sigmoid": F.hardsigmoid,
    "hard_swish": F.hardswish,
    "hard_tanh": F.hardtanh,
    "relu6": F.relu6,
}


class Operation:
    """An operation with its fields as a spec writes them.

    `forward` takes the inputs, the parameters by name and the state by name, which it may change.
    `values`, where it is not 0, says that the operation takes whole numbers below it straight from
    the rows. `next` may be an operation without parameters that comes after this one.
    """

    def __init__(self, name, fields, inputs, forward, parameters={}, state={}, values=0, next=None):
        self.name, self.fields, self.inputs, self.forward = name, fields, inputs, forward
        self.parameters, self.state, self.values, self.next = parameters, state, values, next


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


def group_norm(groups, shape, epsilon):
    def forward(x, p, _):
        return F.group_norm(x[0], groups, p["scale"], p["shift"], eps=epsilon)

    return Operation(
        "group_norm", f"groups: {groups}, epsilon: {epsilon}", [shape], forward,
        {"scale": shape[:1], "shift": shape[:1]},
    )


def embedding(levels, size):
    """Three whole numbers a row, whose rows stand side by side."""

    def forward(x, p, _):
        return F.embedding(x[0].long(), p["weight"]).flatten(1)

    fields = f"levels: {levels}, size: {size}"
    return Operation(
        "embedding", fields, [[3]], forward, {"weight": [levels, size]}, values=levels
    )


def periodic(features, frequencies):
    """Feature by feature, the cosines before the sines."""

    def forward(x, p, _):
        angles = 2 * math.pi * x[0][:, :, None] * p["frequencies"].reshape(features, frequencies)
        return torch.cat([angles.cos(), angles.sin()], 2).flatten(1)

    return Operation(
        "periodic", f"frequencies: {frequencies}", [[features]], forward,
        {"frequencies": [features * frequencies]},
    )


def grouped_dense(groups, units, inputs, activation="linear", shared=False, bias=True):
    """The weights of the parts stand side by side, unless all have the same."""
    part, owners = inputs // groups, 1 if shared else groups

    def forward(x, p, _):
        parts = x[0].reshape(-1, groups, part)
        weight = p["weight"].reshape(units, owners, part).expand(units, groups, part)
        y = torch.einsum("rgi,ugi->rgu", parts, weight)
        return FUNCTIONS[activation](y + p["bias"].reshape(owners, units) if bias else y).flatten(1)

    fields = f"groups: {groups}, units: {units}, activation: {activation}"
    fields += (", shared: true" if shared else "") + ("" if bias else ", bias: false")
    parameters = {"weight": [units, owners * part]} | ({"bias": [owners * units]} if bias else {})
    return Operation("grouped_dense", fields, [[inputs]], forward, parameters)


def convolution(
    shape, filters, kernel, stride=1, padding=0, dilation=1, groups=1, activation="linear",
    bias=True, next=None,
):
    call = F.conv1d if len(shape) == 2 else F.conv2d

    def forward(x, p, _):
        y = call(x[0], p["weight"], p.get("bias"), stride, padding, dilation, groups)
        return FUNCTIONS[activation](y)

    fields = (
        f"filters: {filters}, kernel: {kernel}, stride: {stride}, padding: {padding}"
        f", dilation: {dilation}, groups: {groups}, activation: {activation}"
    )
    sizes = kernel if isinstance(kernel, list) else [kernel] * (len(shape) - 1)
    parameters = {"weight": [filters, shape[0] // groups, *sizes]}
    if bias:
        parameters["bias"] = [filters]
    else:
        fields += ", bias: false"
    name = "conv1d" if len(shape) == 2 else "conv2d"
    return Operation(name, fields, [shape], forward, parameters, next=next)


def pooling(kind, shape, size, stride=None, padding=0):
    """Places around the input do not count in a mean."""
    axes = len(shape) - 1
    if kind == "max":
        call = [F.max_pool1d, F.max_pool2d][axes - 1]
        forward = lambda x, p, s: call(x[0], size, stride, padding)
    else:
        call = [F.avg_pool1d, F.avg_pool2d][axes - 1]
        forward = lambda x, p, s: call(x[0], size, stride, padding, count_include_pad=False)
    fields = f"size: {size}, padding: {padding}" + ("" if stride is None else f", stride: {stride}")
    return Operation(f"{kind}_pool{axes}d", fields, [shape], forward)


def images():
    pair = pooling("max", [4, 4, 4], 2)
    return [
        convolution([2, 6], 3, 2),
        convolution([3, 5], 4, 3, padding="same", activation="relu"),
        convolution([1, 9], 2, 3, stride=2, padding=2, dilation=2),
        convolution([3, 6], 6, 3, groups=3, activation="tanh", bias=False),
        convolution([2, 4, 5], 3, 3),
        convolution([1, 4, 5], 5, 3, padding="same", activation="relu"),
        convolution([2, 4, 3], 2, [3, 2], padding="same"),
        convolution([3, 4, 5], 2, 2, stride=2, activation="gelu"),
        convolution([2, 5, 5], 3, [2, 3], stride=[1, 2], padding=[1, 0], activation="silu"),
        convolution([4, 3, 4], 4, 3, padding=2, dilation=2, groups=4, bias=False),
        convolution([4, 2, 3], 6, 1, groups=2, activation="tanh"),
        convolution([1, 6, 6], 4, 3, activation="relu", next=pair),
        convolution([2, 5, 5], 3, 2, next=pair),
        convolution([1, 4, 4], 2, 3, activation="sigmoid", padding=1, next=pair),
        pooling("max", [3, 7], 2),
        pooling("max", [2, 5], 3, stride=1, padding=1),
        pooling("max", [2, 5, 4], 2),
        pooling("max", [2, 5, 6], 3, stride=2, padding=1),
        pooling("average", [3, 7], 2),
        pooling("average", [2, 6], 3, stride=2, padding=1),
        pooling("average", [2, 4, 5], 2),
        pooling("average", [2, 5, 6], 3, stride=2, padding=1),
        Operation("global_max_pool", "", [[3, 3, 4]], lambda x, p, s: x[0].amax((2, 3))),
        Operation("global_max_pool", "", [[2, 7]], lambda x, p, s: x[0].amax(2)),
        Operation("global_average_pool", "", [[3, 3, 4]], lambda x, p, s: x[0].mean((2, 3))),
        Operation("global_average_pool", "", [[2, 7]], lambda x, p, s: x[0].mean(2)),
    ]


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
        group_norm(2, [6], 1e-05),
        group_norm(3, [6, 2], 0.01),
        group_norm(1, [3, 2, 2], 1e-05),
        embedding(5, 3),
        periodic(2, 3),
        grouped_dense(3, 2, 6),
        grouped_dense(2, 3, 6, activation="gelu"),
        grouped_dense(4, 3, 8, activation="tanh", shared=True),
        grouped_dense(2, 4, 4, bias=False),
        Operation("select", "positions: [3, 4, 0, 3]", [[5]], lambda x, p, s: x[0][:, [3, 4, 0, 3]]),
        Operation("select", "positions: [2, 0]", [[3, 2, 2]], lambda x, p, s: x[0][:, [2, 0]]),
        Operation("add", "", [[4], [4], [4]], lambda x, p, s: x[0] + x[1] + x[2]),
        Operation("multiply", "", [[4], [4]], lambda x, p, s: x[0] * x[1]),
        Operation("multiply", "", [[3], [3], [3]], lambda x, p, s: x[0] * x[1] * x[2]),
        Operation("concat", "", [[2], [3]], lambda x, p, s: torch.cat(x, 1)),
        Operation("flatten", "", [[2, 3, 2]], lambda x, p, s: x[0].flatten(1)),
        Operation("reshape", "shape: [3, -1]", [[2, 3, 2]], lambda x, p, s: x[0].reshape(-1, 3, 4)),
        *images(),
    ]
