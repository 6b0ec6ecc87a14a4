public import SpecSyntax

extension Schedules {
  /// What schedules are called in PyTorch, Keras, Lightning and Hugging Face.
  public static let synonyms: [String: ForeignName] = [
    "cosineannealing": "cosine", "cosineannealinglr": "cosine", "cosinedecay": "cosine",
    "cosinelr": "cosine", "cosinewithwarmup": "cosine", "cosineschedule": "cosine",
    "halfcosine": "cosine", "cosinedecayschedule": "cosine",
    "cosineannealingwarmrestarts": "cosine_restarts", "cosinewarmrestarts": "cosine_restarts",
    "cosinedecayrestarts": "cosine_restarts", "sgdr": "cosine_restarts",
    "cosinewithrestarts": "cosine_restarts", "warmrestarts": "cosine_restarts",
    "onecycle": "one_cycle", "onecyclelr": "one_cycle", "1cycle": "one_cycle",
    "cycliclr": "one_cycle", "cyclic": "one_cycle", "triangular": "one_cycle",
    "multisteplr": "multi_step", "piecewiseconstant": "multi_step",
    "piecewiseconstantdecay": "multi_step",
    "polynomiallr": "polynomial", "poly": "polynomial", "polynomialdecay": "polynomial",
    "linearlr": "polynomial", "lineardecay": "polynomial", "linear": "polynomial",
    "linearwithwarmup": "polynomial",
    "noam": "inverse_sqrt", "inversesquareroot": "inverse_sqrt", "rsqrt": "inverse_sqrt",
    "invscaling": "inverse_sqrt", "inversetimedecay": "inverse_sqrt",
    "steplr": "step", "stepdecay": "step", "staircase": "step",
    "exponentiallr": "exponential", "exponentialdecay": "exponential", "exp": "exponential",
    "reducelronplateau": "reduce_on_plateau", "plateau": "reduce_on_plateau",
    "reduceonplateau": "reduce_on_plateau", "adaptive": "reduce_on_plateau",
    "fixed": "constant", "constantlr": "constant", "constantwithwarmup": "constant",
    "none": "constant",
  ]
}
