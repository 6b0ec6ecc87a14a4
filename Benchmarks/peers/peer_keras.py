"""Keras's Model.fit; KERAS_BACKEND chooses what computes."""

import os
import time

import common

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
workload, _ = common.arguments()

import keras
from keras import layers

keras.utils.set_random_seed(7)
x, y = workload.load()
if workload.is_image:
    first, second = workload.channels
    shape = (*workload.inputs[1:], 1)
    x = x.reshape(-1, *shape)
    hidden = [
        layers.Conv2D(first, 3, activation="relu"), layers.MaxPooling2D(2),
        layers.Conv2D(second, 3, activation="relu"), layers.MaxPooling2D(2), layers.Flatten(),
        layers.Dense(workload.dense, activation="relu"),
    ]
else:
    shape = tuple(workload.inputs)
    hidden = [layers.Dense(units, activation="relu") for units in workload.hidden]
model = keras.Sequential([keras.Input(shape), *hidden, layers.Dense(workload.outputs)])
if workload.is_binary:
    loss = keras.losses.BinaryCrossentropy(from_logits=True)
else:
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
if workload.optimizer == "adam":
    optimizer = keras.optimizers.Adam()
else:
    optimizer = keras.optimizers.SGD(0.01, momentum=0.9)
model.compile(optimizer=optimizer, loss=loss, jit_compile="auto")
# Some batches, not counted, compile the step for whole batches and for the last of an epoch.
batch = workload.batch
some = 2 * batch + len(x) % batch
model.fit(x[:some], y[:some], batch_size=batch, epochs=1, verbose=0)
start = time.perf_counter()
history = model.fit(x, y, batch_size=batch, epochs=workload.epochs, verbose=0)
seconds = time.perf_counter() - start
common.report(len(x) * workload.epochs, seconds, history.history["loss"][-1], keras.__version__)
