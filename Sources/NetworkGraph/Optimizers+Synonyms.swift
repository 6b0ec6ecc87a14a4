public import SpecSyntax

extension Optimizers {
  /// What optimisers are called in Keras, PyTorch, scikit-learn and Hugging Face.
  public static let synonyms: [String: ForeignName] = [
    "gradientdescent": "sgd", "stochasticgradientdescent": "sgd", "gd": "sgd",
    "sgdmomentum": "momentum", "momentumsgd": "momentum", "sgdwithmomentum": "momentum",
    "heavyball": "momentum",
    "nag": "nesterov", "nesterovmomentum": "nesterov", "sgdnesterov": "nesterov",
    "nesterovacceleratedgradient": "nesterov",
    "rms": "rmsprop", "ada": "adagrad",
    "amsgrad": "adam", "fusedadam": "adam", "adamax": "adam", "sparseadam": "adam",
    "adamdecoupled": "adamw", "adamwtorch": "adamw", "adamwhf": "adamw", "fusedadamw": "adamw",
    "adamwtorchfused": "adamw", "adamw8bit": "adamw", "pagedadamw": "adamw",
    "nesterovadam": "nadam", "rectifiedadam": "radam",
    "lion8bit": "lion", "evolvedsignmomentum": "lion",
    "bfgs": "lbfgs", "quasinewton": "lbfgs", "lbfgsb": "lbfgs", "newtoncg": "lbfgs",
    "lamb": "adamw", "lars": "momentum", "adafactor": "adamw", "ftrl": "adagrad",
    "rprop": "rmsprop", "asgd": .none("use `sgd` and write `weight_averaging: swa`"),
    "liblinear": "lbfgs", "adadeltaoptimizer": "adadelta", "adamoptimizer": "adam",
  ]
}
