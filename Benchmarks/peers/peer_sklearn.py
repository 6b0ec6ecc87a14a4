"""scikit-learn's MLPClassifier; OPENBLAS_NUM_THREADS sets its threads."""

import time
import warnings

import common

workload, _ = common.arguments()
warnings.simplefilter("ignore")

import sklearn
from sklearn.neural_network import MLPClassifier

x, y = workload.load()
if workload.optimizer == "adam":
    optimizer = dict(solver="adam")
else:
    optimizer = dict(solver="sgd", learning_rate_init=0.01, momentum=0.9, nesterovs_momentum=False)
model = MLPClassifier(
    hidden_layer_sizes=workload.hidden, batch_size=workload.batch, max_iter=workload.epochs,
    alpha=0.0, tol=0, n_iter_no_change=10**9, random_state=7, **optimizer,
)
start = time.perf_counter()
model.fit(x, y)
seconds = time.perf_counter() - start
common.report(len(x) * model.n_iter_, seconds, model.loss_, sklearn.__version__)
