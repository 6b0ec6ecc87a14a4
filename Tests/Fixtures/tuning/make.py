"""Writes the numbers that samplers and pruners are held to, with Optuna 5.0.0, cmaes and scipy:

    python make.py FOLDER

tpe.json is the mixture of fixed observations; split.json which trials are good; cma.json the
constants and the state after some generations; sobol.json points that are not scrambled;
pruners.json the steps at which trials are ended.

Which of several equal observations gets the wider kernel depends on how numpy sorts equal numbers,
which differs between processors. Here it sorts them in the order of the trials.
"""
import json
import sys
import warnings

import numpy as np

warnings.filterwarnings("ignore")
import cmaes
import optuna
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution
from optuna.samplers._tpe.parzen_estimator import _ParzenEstimator, _ParzenEstimatorParameters
from optuna.samplers._tpe.sampler import _split_trials, default_gamma, default_weights
from optuna.trial import TrialState, create_trial
from scipy.stats import qmc

optuna.logging.set_verbosity(optuna.logging.ERROR)
argsort = np.argsort
np.argsort = lambda values, **options: argsort(values, **{**options, "kind": "stable"})


def tpe():
    space = {
        "lr": FloatDistribution(1e-5, 1, log=True), "drop": FloatDistribution(0, .5),
        "units": IntDistribution(8, 64, step=8), "layers": IntDistribution(1, 6),
        "width": IntDistribution(8, 256, log=True),
        "act": CategoricalDistribution(["relu", "tanh", "gelu"]),
    }
    parameters = _ParzenEstimatorParameters(1.0, True, False, default_weights, True)
    draw = np.random.default_rng(1)
    n = 30
    seen = {
        "lr": 10 ** draw.uniform(-5, 0, n), "drop": draw.uniform(0, .5, n),
        "units": 8. * draw.integers(1, 9, n), "layers": 1. * draw.integers(1, 7, n),
        "width": np.round(np.exp(draw.uniform(np.log(8), np.log(256), n))),
        "act": 1. * draw.integers(0, 3, n),
    }
    loss = (np.log10(seen["lr"]) + 2) ** 2 + seen["drop"]
    order, k = np.argsort(loss, kind="stable"), default_gamma(n)
    good, bad = np.sort(order[:k]), np.sort(order[k:])
    below, above = (
        _ParzenEstimator({p: v[part] for p, v in seen.items()}, space, parameters)
        for part in (good, bad))
    asked = {
        "lr": [1e-2, 1e-4], "drop": [.1, .4], "units": [16., 64.], "layers": [2., 6.],
        "width": [32., 200.], "act": [0., 2.]}
    asked = {p: np.array(v) for p, v in asked.items()}
    lr = below._mixture_distribution.distributions[0]
    return {
        "observations": np.array(list(seen.values())).T.tolist(), "loss": loss.tolist(),
        "good": good.tolist(), "asked": np.array(list(asked.values())).T.tolist(),
        "weightsBad": above._mixture_distribution.weights.tolist(),
        "centresGood": lr.mu.tolist(), "deviationsGood": lr.sigma.tolist(),
        "logGood": below.log_pdf(asked).tolist(), "logBad": above.log_pdf(asked).tolist()}


def split(objectives, seed):
    """Trials of all kinds, a third of them without a result of their own, and the good ones."""
    draw = np.random.default_rng(seed)
    study = optuna.create_study(directions=["minimize"] * objectives)
    trials = []
    for number in range(40):
        values = np.round(draw.uniform(0, 4, objectives), 1).tolist()
        kind = draw.choice(["complete"] * 4 + ["pruned", "running", "infeasible"])
        if objectives > 1 and kind == "pruned":
            kind = "complete"
        curve = [[step, round(float(draw.uniform(0, 4)), 2)] for step in range(1, draw.integers(2, 6))]
        trials.append({"kind": str(kind), "values": values, "curve": curve,
                       "violation": round(float(draw.uniform(.1, 1)), 2) if kind == "infeasible" else 0})
    for trial in trials:
        state = {"pruned": TrialState.PRUNED, "running": TrialState.RUNNING}.get(
            trial["kind"], TrialState.COMPLETE)
        frozen = create_trial(
            state=state, values=trial["values"] if state == TrialState.COMPLETE else None,
            intermediate_values=dict(map(tuple, trial["curve"])) if state == TrialState.PRUNED else None,
            constraints={"c": trial["violation"]} if trial["violation"] else None)
        study.add_trial(frozen)
    result = {}
    for wanted in (1, 4, 9, 25, 33):
        good, _ = _split_trials(study, study.get_trials(deepcopy=False), wanted)
        result[str(wanted)] = [t.number for t in good]
    return {"trials": trials, "good": result}


def cma():
    constants = {}
    for n in (1, 2, 5, 12):
        state = cmaes.CMA(mean=np.full(n, .5), sigma=1 / 6)
        constants[str(n)] = {
            "population": state._popsize, "weights": state._weights.tolist(),
            "effectiveParents": float(state._mu_eff), "rankOne": state._c1, "rankMu": state._cmu,
            "pathRate": state._cc, "stepRate": state._c_sigma, "stepDamping": state._d_sigma,
            "expectedLength": state._chi_n}
        constants[str(n)] = {k: v if isinstance(v, (list, int)) else float(v)
                             for k, v in constants[str(n)].items()}
    draw = np.random.default_rng(3)
    state = cmaes.CMA(mean=np.full(3, .5), sigma=1 / 6, seed=4)
    generations = []
    for _ in range(6):
        points = [state.ask() for _ in range(state.population_size)]
        losses = [float(((x - [.1, .9, .4]) ** 2 * [1, 9, 3]).sum()) for x in points]
        points = [points[i] for i in np.argsort(losses)]
        state.tell([(x, float(i)) for i, x in enumerate(points)])
        generations.append({
            "points": np.array(points).tolist(), "mean": state._mean.tolist(),
            "step": float(state._sigma), "covariance": state._C.ravel().tolist(),
            "stepPath": state._p_sigma.tolist(), "path": state._pc.tolist()})
    return {"constants": constants, "generations": generations}


def sobol():
    first = qmc.Sobol(8, scramble=False, bits=32).random(16).tolist()
    far = qmc.Sobol(128, scramble=False, bits=32).fast_forward(1000).random(1)[0].tolist()
    return {"first": first, "thousandth": far}


def pruned(pruner, curves, values=None):
    """For each trial the step at which the pruner ends it, or 0; trials run one after another."""
    study = optuna.create_study(pruner=pruner, sampler=optuna.samplers.RandomSampler(seed=1))
    ends = []
    for number, curve in enumerate(curves):
        trial = study.ask()
        end = 0
        for step, value in enumerate(curve, 1):
            trial.report(value, step)
            if trial.should_prune():
                end = step
                break
        ends.append(end)
        if end:
            study.tell(trial, state=TrialState.PRUNED)
        else:
            study.tell(trial, values[number] if values else curve[-1])
    return ends


def pruners():
    draw = np.random.default_rng(7)
    level = draw.uniform(0, 1, 30)
    curves = [np.round(l + 2 / np.arange(1, 18) + draw.normal(0, .15, 17), 2).tolist() for l in level]
    # Two runs of a trial are often equal to the best one's, or differ by the same.
    runs = [np.round(l * .4 + draw.normal(0, .1, 10), 1).tolist() for l in level]
    means = [float(np.mean(run)) for run in runs]
    P = optuna.pruners
    return {
        "curves": curves,
        "runs": runs,
        "median": pruned(P.MedianPruner(), curves),
        "medianLater": pruned(P.MedianPruner(n_startup_trials=2, n_warmup_steps=5), curves),
        "asha": pruned(P.SuccessiveHalvingPruner(min_resource=1), curves),
        "ashaByTwoFromThree": pruned(
            P.SuccessiveHalvingPruner(reduction_factor=2, min_resource=3), curves),
        "wilcoxon": pruned(P.WilcoxonPruner(), runs, means),
        "wilcoxonLoose": pruned(P.WilcoxonPruner(p_threshold=.3, n_startup_steps=4), runs, means)}


for name, value in {
    "pruners": pruners(), "tpe": tpe(), "split": [split(1, 1), split(2, 2), split(3, 3)], "cma": cma(), "sobol": sobol(),
}.items():
    with open("%s/%s.json" % (sys.argv[1], name), "w") as file:
        json.dump(value, file, separators=(",", ":"))
        file.write("\n")
