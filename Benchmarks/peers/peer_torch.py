"""PyTorch. `tensor`: rows preloaded, fused optimiser; `loader`: the usual DataLoader loop."""

import time

import common

workload, options = common.arguments(mode="tensor", threads=1)

import torch
from torch import nn

torch.set_num_threads(options.threads)
torch.manual_seed(7)
x, y = (torch.from_numpy(values) for values in workload.load())
if workload.is_binary:
    y = y.float()


def dense_network():
    sizes = [*workload.inputs, *workload.hidden, workload.outputs]
    layers = []
    for inputs, outputs in zip(sizes, sizes[1:]):
        layers += [nn.Linear(inputs, outputs), nn.ReLU()]
    return nn.Sequential(*layers[:-1])


def image_network():
    first, second = workload.channels
    return nn.Sequential(
        nn.Conv2d(1, first, 3), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(first, second, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
        nn.Linear(second * 25, workload.dense), nn.ReLU(),
        nn.Linear(workload.dense, workload.outputs),
    )


if workload.is_image:
    x = x.view(-1, *workload.inputs)
model = image_network() if workload.is_image else dense_network()
loss_function = nn.BCEWithLogitsLoss() if workload.is_binary else nn.CrossEntropyLoss()
fused = {"fused": True} if options.mode == "tensor" else {}
if workload.optimizer == "adam":
    optimizer = torch.optim.Adam(model.parameters(), **fused)
else:
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9, **fused)


def step(inputs, targets):
    optimizer.zero_grad(set_to_none=True)
    outputs = model(inputs)
    loss = loss_function(outputs.squeeze(1) if workload.is_binary else outputs, targets)
    loss.backward()
    optimizer.step()
    return loss


def batches():
    order = torch.randperm(len(x))
    for start in range(0, len(x), workload.batch):
        rows = order[start : start + workload.batch]
        yield x.index_select(0, rows), y.index_select(0, rows)


if options.mode == "loader":
    rows = torch.utils.data.TensorDataset(x, y)
    loader = torch.utils.data.DataLoader(rows, batch_size=workload.batch, shuffle=True)
# Three steps, not counted, fill the allocator and choose the kernels.
for _ in range(3):
    step(x[: workload.batch], y[: workload.batch])
start = time.perf_counter()
for _ in range(workload.epochs):
    for inputs, targets in loader if options.mode == "loader" else batches():
        loss = step(inputs, targets)
    last = float(loss.detach())
seconds = time.perf_counter() - start
common.report(len(x) * workload.epochs, seconds, last, torch.__version__)
