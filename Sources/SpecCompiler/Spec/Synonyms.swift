import NetworkGraph
import SpecSyntax

/// What keys and names of other programs are called here.
let synonyms = Synonyms(
  keys: keySynonyms,
  members: [
    "loss": Losses.synonyms, "optimizer": Optimizers.synonyms, "schedule": Schedules.synonyms,
    "initializer": Initializers.synonyms, "operation": Ops.synonyms,
    "embedding": embeddingSynonyms, "weight averaging": averagingSynonyms,
  ],
  choices: choiceSynonyms.merging(Ops.activationSynonyms) { first, _ in first })

/// What embeddings of numbers are called elsewhere.
let embeddingSynonyms: [String: ForeignName] = [
  "plr": "periodic", "fourier": "periodic", "ple": "piecewise_linear",
  "piecewise": "piecewise_linear", "piecewiselinearencoding": "piecewise_linear",
  "quantile": "piecewise_linear", "bins": "piecewise_linear",
]

/// What means of weights are called elsewhere.
let averagingSynonyms: [String: ForeignName] = [
  "stochasticweightavg": "swa", "stochasticweightaveraging": "swa", "average": "swa",
  "exponentialmovingaverage": "ema", "polyak": "ema", "movingaverage": "ema", "true": "ema",
]

/// What the values of keys are called elsewhere.
let choiceSynonyms: [String: ForeignName] = [
  "classify": "classification", "classifier": "classification", "binary": "classification",
  "multiclass": "classification", "binaryclassification": "classification",
  "multiclassclassification": "classification", "regress": "regression",
  "regressor": "regression", "tabularregression": "regression",
  "tabularclassification": "classification",
  "categorical": "category", "cat": "category", "nominal": "category", "factor": "category",
  "string": "category", "str": "category", "object": "category", "text": "category",
  "enum": "category", "ordinal": "category",
  "number": "numeric", "numerical": "numeric", "float": "numeric", "int": "numeric",
  "integer": "numeric", "continuous": "numeric", "real": "numeric", "double": "numeric",
  "float32": "numeric", "float64": "numeric", "int64": "numeric", "num": "numeric",
  "bool": "boolean", "logical": "boolean", "flag": "boolean",
  "datetime": "date", "timestamp": "date", "time": "date", "datetime64": "date",
  "drop": "ignore", "skip": "ignore", "exclude": "ignore", "id": "ignore",
  "standardscaler": "standard", "zscore": "standard", "standardize": "standard",
  "standardization": "standard", "minmax": "min_max", "minmaxscaler": "min_max",
  "robustscaler": "robust", "quantiletransformer": "quantile", "rank": "quantile",
  "log1p": "log", "logarithm": "log", "off": "none", "false": "none", "null": "none",
  "onehot": "one_hot", "onehotencoder": "one_hot", "dummy": "one_hot", "dummies": "one_hot",
  "entityembedding": "embedding", "embed": "embedding", "embeddings": "embedding",
  "average": "mean", "avg": "mean", "mostfrequent": "median", "fillwithmean": "mean",
  "zeros": ["zeros", "zero"], "constant": "zero", "ignore": ["ignore", "zeros"],
  "raise": "error", "batchnorm": "batch", "batchnormalization": "batch", "bn": "batch",
  "layernorm": "layer", "layernormalization": "layer", "ln": "layer", "true": "balanced",
  "auto": "balanced", "tabulator": "tab", "comma": ",", "semicolon": ";",
  "space": " ", "point": ".", "dot": ".", "half": "same",
]
