"""jax by hand: one compiled scan an epoch. What an expert would write, and nobody's default.

Compiling is not counted. The last partial batch of an epoch is left out, and so not counted.
"""

import time

import common

workload, _ = common.arguments()

import jax
import jax.numpy as jnp
import numpy as np

x, y = workload.load()
source = np.random.default_rng(1)


def dense_parameters(sizes):
    def matrix(inputs, outputs):
        bound = (6 / (inputs + outputs)) ** 0.5
        return jnp.array(source.uniform(-bound, bound, (inputs, outputs)), dtype=jnp.float32)

    return [(matrix(a, b), jnp.zeros(b)) for a, b in zip(sizes, sizes[1:])]


def dense(parameters, x):
    for weights, bias in parameters[:-1]:
        x = jax.nn.relu(x @ weights + bias)
    weights, bias = parameters[-1]
    return x @ weights + bias


def kernel(inputs, outputs):
    scale = (2 / (9 * inputs)) ** 0.5
    values = source.normal(0, scale, (3, 3, inputs, outputs))
    return jnp.array(values, dtype=jnp.float32), jnp.zeros(outputs)


def convolution(parameters, x):
    weights, bias = parameters
    y = jax.lax.conv_general_dilated(
        x, weights, (1, 1), "VALID", dimension_numbers=("NHWC", "HWIO", "NHWC")
    )
    y = jax.nn.relu(y + bias)
    return jax.lax.reduce_window(y, -jnp.inf, jax.lax.max, (1, 2, 2, 1), (1, 2, 2, 1), "VALID")


if workload.is_image:
    first, second = workload.channels
    x = x.reshape(-1, 28, 28, 1)
    parameters = [
        kernel(1, first), kernel(first, second),
        *dense_parameters([second * 25, workload.dense, workload.outputs]),
    ]
else:
    parameters = dense_parameters([*workload.inputs, *workload.hidden, workload.outputs])


def outputs(parameters, x):
    if not workload.is_image:
        return dense(parameters, x)
    x = convolution(parameters[1], convolution(parameters[0], x))
    return dense(parameters[2:], x.reshape(len(x), -1))


def loss_function(parameters, x, y):
    z = outputs(parameters, x)
    if workload.is_binary:
        return jnp.mean(jax.nn.softplus(z[:, 0]) - z[:, 0] * y)
    return jnp.mean(jax.nn.logsumexp(z, 1) - jnp.take_along_axis(z, y[:, None], 1)[:, 0])


each = jax.tree.map


def step(carry, rows):
    p, m, v, t = carry
    loss, g = jax.value_and_grad(loss_function)(p, X[rows], Y[rows])
    t = t + 1
    if workload.optimizer == "adam":
        m = each(lambda m, g: 0.9 * m + 0.1 * g, m, g)
        v = each(lambda v, g: 0.999 * v + 0.001 * g * g, v, g)
        rate = 0.001 * jnp.sqrt(1 - 0.999**t) / (1 - 0.9**t)
        p = each(lambda p, m, v: p - rate * m / (jnp.sqrt(v) + 1e-8), p, m, v)
    else:
        m = each(lambda m, g: 0.9 * m + g, m, g)
        p = each(lambda p, m: p - 0.01 * m, p, m)
    return (p, m, v, t), loss


X, Y = jnp.asarray(x), jnp.asarray(y)
batches = len(x) // workload.batch


@jax.jit
def epoch(carry, key):
    order = jax.random.permutation(key, len(x))[: batches * workload.batch]
    return jax.lax.scan(step, carry, order.reshape(batches, workload.batch))


zeros = each(jnp.zeros_like, parameters)
carry = (parameters, zeros, each(jnp.zeros_like, parameters), 0.0)
key = jax.random.key(0)
compiled = epoch.lower(carry, key).compile()
start = time.perf_counter()
for _ in range(workload.epochs):
    key, part = jax.random.split(key)
    carry, losses = compiled(carry, part)
losses.block_until_ready()
seconds = time.perf_counter() - start
samples = batches * workload.batch * workload.epochs
common.report(samples, seconds, losses[-1], jax.__version__)
