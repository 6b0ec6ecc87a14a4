public import SpecSyntax

/// The list of rules.
public enum Rules {
  /// Every rule, in the order of the reference page.
  public static let all: [Rule] = [
    .unscaledInputs, .fittedBeforeSplit, .heavyTailedInputs, .targetNotStandardised, .skewedTarget,
    .codesAsNumbers, .oneHotExplosion, .embeddingSize, .unhandledValues, .uselessColumns,
    .singleFeaturePredicts, .repeatedRows, .dependentRows, .unstratifiedRareClass, .validationSize,
    .baselineBeforeNetwork, .plainNumbers,
    .linearModelSuffices, .manyLayersSmallTable, .twoThirdsOfInputs, .widthBetweenInputAndOutput,
    .widthAboveTwiceInput, .narrowBottleneck, .tooFewNeuronsUnderfit, .tooManyNeuronsOverfit,
    .parametersPerRow, .modernTabularDefaultSize, .deepPlainStack, .initializerUnfit,
    .linearStack, .biasBeforeNormalization, .layerAfterOutput, .convolutionHeadTooLarge,
    .squaredErrorWithOutliers, .absoluteErrorNeedsDecayingRate, .huberDeltaUnfit,
    .absoluteErrorWithoutOutliers, .squaredErrorOnProbabilities, .doubleSoftmax,
    .outputRangeCannotReachTarget, .labelCodingContradictsLoss, .outputUnitsMismatch,
    .outputBiasFromPrior, .lossAtInitialisationOff, .metricNotAlignedWithLoss,
    .accuracyOnImbalancedClasses, .imbalanceCorrectionTradeOff, .uncalibratedProbabilities,
    .noLearningRateDecay, .learningRateTooHigh, .learningRateTooLow, .learningRateMissing,
    .momentumSetting, .learningRateFromRangeTest, .trainingDiverged, .warmupLength,
    .cosineHorizonMismatch, .oneCycleLengthMismatch, .scheduleWithoutEffect, .decayTooFast,
    .adamWithL2, .clipThreshold, .searchSpaceDesign,
    .batchSizeDefault, .batchPowerOfTwo, .batchOfOne, .fullBatch, .dropLastLeavesNoBatch,
    .tooFewUpdates, .batchNormSingletonBatch, .batchNormSmallBatch, .batchVsGradientNoise,
    .noShuffling,
    .epochsTooFew, .epochsTooMany, .noStopping, .patienceOutOfRange,
    .stoppingBeforePlateauDrop, .stoppingMonitorInvalid, .bestWeightsNotRestored,
    .stoppingCutsPlannedDecay, .refitAfterStopping,
    .noRegularisation, .dropoutRateOutOfRange, .dropoutBeforeBatchNorm, .weightDecayRange,
    .decayOnBiasAndNorm, .labelSmoothingMisuse, .ensembleBeforeMoreTuning,
    .batchRateLinear, .batchRateSquareRoot, .largerBatchFewerUpdates, .widthNeedsRate,
    .depthNeedsStabilisers, .dropoutNeedsWidth, .weightDecayTimescale, .deltaFollowsTargetScale,
    .targetOutOfReach, .regularizationBalance, .clipNormVersusTargetScale, .lossScaleChangesRate,
    .seedMissing, .differenceWithinNoise, .testSetUsedForChoice, .notBetterThanConstant,
    .cannotOverfitSmallBatch, .unknownOrContradictingKeys, .singleSplitOnSmallData,
    .evaluationInTrainingMode,
  ]

  /// The rule with a code, in any case, or a name.
  public static func named(_ text: String) -> Rule? {
    all.first { $0.code == text.uppercased() || $0.name == text }
  }

  /// The rules that may find that a spec does not work.
  static let refusing = all.filter(\.refuses)

  /// The rules by their codes.
  static let byCode = Dictionary(uniqueKeysWithValues: all.map { ($0.code, $0) })

  /// The rule that decides the value at `path`.
  public static func deciding(_ path: SpecPath) -> Rule? {
    all.first { $0.decides == path }
  }
}

/// Which rules a compilation asks.
public enum RuleScope: Sendable {
  case all
  /// Those that may find a mistake, where nobody reads advice.
  case mistakes

  fileprivate var rules: [Rule] {
    switch self {
    case .all: Rules.all
    case .mistakes: Rules.refusing
    }
  }
}

/// Reports what the rules find. A rule whose needs are not met stays silent.
///
/// The one place where rules are asked, and so the place to leave some out.
public func advise(
  _ facts: Facts, in document: RuleDocument?, asking scope: RuleScope = .all,
  into log: inout DiagnosticLog
) {
  let context = RuleContext(facts, document)
  for rule in scope.rules {
    for finding in rule.findings(in: context) { log.report(finding) }
  }
}
