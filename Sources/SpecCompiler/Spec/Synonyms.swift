/// What keys and names of other programs are called here.
///
/// The keys are in lower case without `_`, `-` and blanks, so that `learningRate`, `LearningRate`
/// and `learning-rate` are found alike.
let synonyms: [String: String] = [
  // Keys of Keras, PyTorch, scikit-learn and Ludwig.
  "lr": "learning_rate", "learningrateinit": "learning_rate", "alpha": "learning_rate",
  "stepsize": "learning_rate", "numepochs": "epochs", "nepochs": "epochs", "maxepochs": "epochs",
  "maxiter": "epochs", "epoch": "epochs", "batch": "batch_size", "minibatchsize": "batch_size",
  "hiddensize": "hidden_layers", "hiddenlayersizes": "hidden_layers", "hidden": "hidden_layers",
  "hiddenunits": "hidden_layers", "hiddendims": "hidden_layers", "network": "model",
  "architecture": "model", "trainer": "training", "train": "training", "fit": "training",
  "dataset": "data", "input": "features", "inputs": "features", "inputfeatures": "features",
  "columns": "features", "file": "source", "path": "source", "filename": "source",
  "csv": "source", "label": "target", "y": "target", "output": "target",
  "outputfeatures": "target", "criterion": "loss", "lossfunction": "loss", "objective": "loss",
  "optim": "optimizer", "optimiser": "optimizer", "solver": "optimizer",
  "earlystop": "early_stopping", "earlystoppingrounds": "early_stopping",
  "randomstate": "seed", "randomseed": "seed", "dropoutrate": "dropout",
  "activationfunction": "activation", "nonlinearity": "activation", "norm": "normalization",
  "batchnorm": "batch_norm", "batchnormalization": "batch_norm", "layernorm": "layer_norm",
  "layernormalization": "layer_norm", "linear": "dense", "fullyconnected": "dense", "fc": "dense",
  "neurons": "units", "width": "units", "outfeatures": "units", "hiddenfeatures": "units",
  "clipnorm": "gradient_clipping", "gradclip": "gradient_clipping",
  "gradientclipnorm": "gradient_clipping", "classweight": "class_weights",
  "restorebestweights": "restore_best", "mindelta": "min_delta", "exclude": "ignore",
  "drop": "ignore", "dropcolumns": "ignore", "sep": "delimiter", "separator": "delimiter",
  "nanvalues": "missing", "navalues": "missing", "init": "initializer",
  "kernelinitializer": "initializer",
  // Losses.
  "crossentropyloss": "cross_entropy", "categoricalcrossentropy": "cross_entropy",
  "sparsecategoricalcrossentropy": "cross_entropy", "softmaxcrossentropy": "cross_entropy",
  "nllloss": "cross_entropy", "bce": "binary_cross_entropy", "bceloss": "binary_cross_entropy",
  "bcewithlogitsloss": "binary_cross_entropy", "binarycrossentropy": "binary_cross_entropy",
  "sigmoidcrossentropy": "binary_cross_entropy", "logistic": "binary_cross_entropy",
  "mseloss": "mse", "meansquarederror": "mse", "squarederror": "mse", "l2": "mse", "l2loss": "mse",
  "maeloss": "mae", "meanabsoluteerror": "mae", "absoluteerror": "mae", "l1": "mae",
  "l1loss": "mae", "huberloss": "huber", "smoothl1": "huber", "smoothl1loss": "huber",
  // Optimizers, schedules, activations.
  "momentum": "sgd", "nesterov": "sgd", "stochasticgradientdescent": "sgd",
  "cosineannealing": "cosine", "cosineannealinglr": "cosine", "cosinedecay": "cosine",
  "steplr": "step", "exponentiallr": "exponential", "exponentialdecay": "exponential",
  "reducelronplateau": "reduce_on_plateau", "plateau": "reduce_on_plateau",
  "fixed": "constant", "swish": "silu", "leakyrelu": "leaky_relu", "hyperbolictangent": "tanh",
  "identity": "linear",
  // Choices.
  "classify": "classification", "classifier": "classification", "binary": "classification",
  "multiclass": "classification", "category": "category", "categorical": "category",
  "number": "numeric", "numerical": "numeric", "float": "numeric", "int": "numeric",
  "integer": "numeric", "bool": "boolean", "datetime": "date", "timestamp": "date",
  "standardscaler": "standard", "zscore": "standard", "minmax": "min_max",
  "minmaxscaler": "min_max", "robustscaler": "robust", "onehot": "one_hot",
]
