/// What trying the rules' advice on real tables showed; written by `plumb-evidence --write`.
enum RuleRecords {
  static let date = "27 November 2026"
  static let command = """
    plumb-evidence TABLES --seeds 3 --natural 4 --trials 40 --rows 2000 --cells 800000
    """
  static let words = """
    11 public tables of at most 2000 rows
    """

  /// By code.
  static let all: [String: RuleRecord] = {
    var made: [String: RuleRecord] = [:]
    made["A201"] = RuleRecord(
      .notEnough, tables: 4, seeds: 3, .init(-0.0042, -0.0638, 0.0065), placebo: -0.0317,
      0, 3, 1, "accuracy or R²", change: -0.0031,
      probability: 1.0, time: 0.2729,
      natural: .init(
        .notEnough, fired: 29, drawn: 52, tables: 8, .init(0.0209, -0.2123, 0.1353)))
    made["A202"] = RuleRecord(
      .notEnough, tables: 10, seeds: 3, .init(0.0073, 0.0006, 0.0472), placebo: -0.0008,
      3, 6, 1, "accuracy or R²", change: 0.0046,
      probability: 0.4199, time: 0.5817,
      natural: .init(
        .notEnough, fired: 21, drawn: 52, tables: 10, .init(0.0507, -0.0394, 0.2253)))
    made["A203"] = RuleRecord(
      .notEnough, tables: 7, seeds: 3, .init(0.0034, -0.026, 0.1371), placebo: -0.0002,
      2, 3, 2, "accuracy or R²", change: 0.0029,
      probability: 1.0, time: 1.61,
      natural: .init(
        .notEnough, fired: 8, drawn: 52, tables: 4, .init(0.119, 0.0252, 0.3595)))
    made["A204"] = RuleRecord(
      .notEnough, tables: 9, seeds: 3, .init(0.001, -0.0023, 0.0416), placebo: 0.0023,
      3, 5, 1, "accuracy or R²", change: 0.0001,
      probability: 1.0, time: 0.429,
      natural: .init(
        .notEnough, fired: 0, drawn: 52, tables: 0, nil))
    made["A205"] = RuleRecord(
      .notEnough, tables: 9, seeds: 3, .init(0.0008, -0.0004, 0.0262), placebo: -0.0007,
      3, 6, 0, "accuracy or R²", change: 0,
      probability: 0.9023, time: 0.4396,
      natural: .init(
        .notEnough, fired: 0, drawn: 52, tables: 0, nil))
    made["A206"] = RuleRecord(
      .notEnough, tables: 11, seeds: 3, .init(0.012, 0.0021, 0.0472), placebo: 0.0108,
      6, 4, 1, "accuracy or R²", change: 0.0116,
      probability: 0.4199, time: 1.51,
      natural: .init(
        .notEnough, fired: 5, drawn: 52, tables: 4, .init(0.0268, -0.4142, 0.3613)))
    made["A207"] = RuleRecord(
      .notEnough, tables: 1, seeds: 3, .init(0.0742, -0.1013, 0.1739), placebo: -0.0089,
      1, 0, 0, "accuracy or R²", change: -0.0008,
      probability: 1.0, time: 0.5905,
      natural: .init(
        .notEnough, fired: 12, drawn: 52, tables: 7, .init(0.0077, -0.0488, 0.0326)))
    made["A208"] = RuleRecord(
      .notEnough, tables: 5, seeds: 3, .init(0.0023, -0.0054, 0.7043), placebo: 0.0038,
      2, 3, 0, "accuracy or R²", change: -0.0001,
      probability: 1.0, time: 0.2038,
      natural: .init(
        .notEnough, fired: 6, drawn: 52, tables: 4, .init(-0.019, -0.0552, 0.314)))
    made["A209"] = RuleRecord(
      .notEnough, tables: 11, seeds: 3, .init(0.0052, -0.0006, 0.0537), placebo: -0.0035,
      5, 5, 1, "accuracy or R²", change: 0.0029,
      probability: 0.4199, time: 0.2559,
      natural: .init(
        .notEnough, fired: 12, drawn: 52, tables: 4, .init(-0.1113, -0.3137, 0.1078)))
    made["A210"] = RuleRecord(
      .notEnough, tables: 4, seeds: 3, .init(0.0012, -0.0169, 0.0153), placebo: -0.0101,
      1, 2, 1, "accuracy or R²", change: 0.0036,
      probability: 1.0, time: 1.96,
      natural: .init(
        .notEnough, fired: 7, drawn: 52, tables: 4, .init(0.0223, -0.84, 0.2866)))
    made["A211"] = RuleRecord(
      .notEnough, tables: 11, seeds: 3, .init(-0.0396, -0.1189, 0.0036), placebo: -0.0107,
      1, 2, 8, "accuracy or R²", change: -0.0269,
      probability: 0.2686, time: 0.7869,
      losers: ["castle_solutions"],
      natural: .init(
        .notEnough, fired: 7, drawn: 52, tables: 4, .init(-0.0924, -0.2497, 0.1544)))
    made["B502"] = RuleRecord(
      .noDifference, tables: 11, seeds: 3, .init(-0.0009, -0.0024, 0.0003), placebo: -0.0006,
      1, 9, 1, "accuracy or R²", change: 0,
      probability: 0.5566, time: 1.05,
      natural: .init(
        .notEnough, fired: 17, drawn: 52, tables: 9, .init(0, -0.2055, 0.0064)))
    made["B503"] = RuleRecord(
      .noDifference, tables: 11, seeds: 3, .init(-0.0024, -0.0095, 0.004), placebo: -0.0014,
      2, 7, 2, "accuracy or R²", change: 0,
      probability: 0.6377, time: 0.0952,
      natural: .init(
        .notEnough, fired: 0, drawn: 52, tables: 0, nil))
    made["B504"] = RuleRecord(
      .notEnough, tables: 10, seeds: 3, .init(0.0297, 0.0044, 0.1342), placebo: 0.0264,
      7, 2, 1, "accuracy or R²", change: 0.022,
      probability: 0.082, time: 0.9038,
      natural: .init(
        .notEnough, fired: 1, drawn: 52, tables: 1, .init(0.0069, 0.0069, 0.0069)))
    made["B506"] = RuleRecord(
      .helps, tables: 11, seeds: 3, .init(0.2517, 0.0469, 0.3492), placebo: 0.1349,
      10, 1, 0, "accuracy or R²", change: 0.0661,
      probability: 0.0049, time: 4.86,
      natural: .init(
        .notEnough, fired: 7, drawn: 52, tables: 3, .init(0.3208, 0.0455, 1.19)))
    made["B508"] = RuleRecord(
      .helps, tables: 11, seeds: 3, .init(0.0685, 0.0242, 0.1056), placebo: 0.0595,
      10, 0, 1, "accuracy or R²", change: 0.0212,
      probability: 0.0078, time: 0.2637,
      natural: .init(
        .notEnough, fired: 2, drawn: 52, tables: 1, .init(-0.0407, -0.0907, 0.0094)))
    made["L301"] = RuleRecord(
      .notEnough, tables: 4, seeds: 3, .init(0.0025, -0.0148, 0.0424), placebo: 0.0047,
      1, 2, 1, "mean absolute error", change: -0.0466,
      probability: 1.0, time: 0.7473,
      natural: .init(
        .notEnough, fired: 3, drawn: 52, tables: 1, .init(-0.011, -0.1016, 0.0517)))
    made["L302"] = RuleRecord(
      .noDifference, tables: 6, seeds: 3, .init(-0.0025, -0.009, 0.005), placebo: -0.0726,
      0, 5, 1, "mean absolute error", change: 0.0078,
      probability: 1.0, time: 0.9476,
      natural: .init(
        .notEnough, fired: 7, drawn: 52, tables: 3, .init(-0.0207, -0.0458, 0.0043)))
    made["L303"] = RuleRecord(
      .notEnough, tables: 6, seeds: 3, .init(0.0091, -0.0007, 0.0184), placebo: 0.0116,
      3, 3, 0, "mean absolute error", change: -0.0384,
      probability: 0.5625, time: 1.63,
      natural: .init(
        .notEnough, fired: 9, drawn: 52, tables: 3, .init(0.0271, -0.2158, 0.238)))
    made["L304"] = RuleRecord(
      .notEnough, tables: 2, seeds: 3, .init(0.0335, 0.0013, 0.0749), placebo: 0.012,
      1, 1, 0, "accuracy or R²", change: 0.0128,
      probability: 1.0, time: 1.14,
      natural: .init(
        .notEnough, fired: 0, drawn: 52, tables: 0, nil))
    made["L311"] = RuleRecord(
      .notEnough, tables: 0, seeds: 0, nil, placebo: nil,
      0, 0, 0, "accuracy or R²", change: nil,
      probability: nil, time: nil,
      natural: .init(
        .notEnough, fired: 0, drawn: 52, tables: 0, nil))
    made["L314"] = RuleRecord(
      .notEnough, tables: 1, seeds: 3, .init(0.0293, 0.0076, 0.0416), placebo: -0.3541,
      1, 0, 0, "accuracy or R²", change: 0.005,
      probability: 1.0, time: 1.02,
      natural: .init(
        .notEnough, fired: 0, drawn: 52, tables: 0, nil))
    made["L315"] = RuleRecord(
      .notEnough, tables: 2, seeds: 3, .init(0.5123, 0.0022, 1.08), placebo: 0.1864,
      1, 1, 0, "accuracy or R²", change: 0.0187,
      probability: 1.0, time: 0.5402,
      natural: .init(
        .notEnough, fired: 0, drawn: 52, tables: 0, nil))
    made["O401"] = RuleRecord(
      .notEnough, tables: 8, seeds: 3, .init(0.0046, -0.0034, 0.039), placebo: -0.3532,
      3, 4, 1, "accuracy or R²", change: 0.0023,
      probability: 1.0, time: 1.1,
      natural: .init(
        .notEnough, fired: 2, drawn: 52, tables: 1, .init(0.1818, 0.0679, 0.2957)))
    made["O402"] = RuleRecord(
      .notEnough, tables: 11, seeds: 3, .init(0.0253, -0.0049, 0.1757), placebo: -0.0407,
      8, 2, 1, "accuracy or R²", change: 0.0078,
      probability: 0.252, time: 4.27,
      natural: .init(
        .notEnough, fired: 14, drawn: 52, tables: 5, .init(0.0236, -0.0124, 0.3149)))
    made["O403"] = RuleRecord(
      .helps, tables: 11, seeds: 3, .init(0.6578, 0.4363, 0.8658), placebo: 0.5522,
      11, 0, 0, "accuracy or R²", change: 0.434,
      probability: 0.0098, time: 0.4973,
      natural: .init(
        .notEnough, fired: 11, drawn: 52, tables: 4, .init(0.1671, 0.0112, 0.7277)))
    made["O405"] = RuleRecord(
      .helps, tables: 11, seeds: 3, .init(0.0146, 0.0053, 0.0318), placebo: -0.0052,
      8, 3, 0, "accuracy or R²", change: 0.0118,
      probability: 0.0391, time: 0.8442,
      natural: .init(
        .notEnough, fired: 2, drawn: 52, tables: 1, .init(0.1394, 0.1394, 0.1394)))
    made["O408"] = RuleRecord(
      .notEnough, tables: 11, seeds: 3, .init(0.0057, 0.0009, 0.0102), placebo: 0.0019,
      3, 8, 0, "accuracy or R²", change: 0.0029,
      probability: 0.0479, time: 0.9842,
      natural: .init(
        .notEnough, fired: 7, drawn: 52, tables: 2, .init(0.0011, -0.0028, 0.006)))
    made["O409"] = RuleRecord(
      .notEnough, tables: 11, seeds: 3, .init(0.001, -0.0024, 0.012), placebo: -0.0002,
      3, 7, 1, "accuracy or R²", change: 0,
      probability: 1.0, time: 1.3,
      natural: .init(
        .notEnough, fired: 1, drawn: 52, tables: 1, .init(0, 0, 0)))
    made["O410"] = RuleRecord(
      .noDifference, tables: 11, seeds: 3, .init(-0.0006, -0.0021, 0.0003), placebo: -0.0007,
      0, 11, 0, "accuracy or R²", change: -0.0006,
      probability: 1.0, time: 1.02,
      natural: .init(
        .notEnough, fired: 0, drawn: 52, tables: 0, nil))
    made["O411"] = RuleRecord(
      .notEnough, tables: 11, seeds: 3, .init(0.0042, -0.0055, 0.0313), placebo: 0.0004,
      4, 5, 2, "accuracy or R²", change: 0,
      probability: 1.0, time: 1.08,
      natural: .init(
        .notEnough, fired: 0, drawn: 52, tables: 0, nil))
    made["O412"] = RuleRecord(
      .helps, tables: 11, seeds: 3, .init(0.2834, 0.0532, 0.4013), placebo: -0.0608,
      10, 0, 1, "accuracy or R²", change: 0.0871,
      probability: 0.0264, time: 1.06,
      natural: .init(
        .notEnough, fired: 9, drawn: 52, tables: 3, .init(0.4714, -0.0942, 0.6645)))
    made["O413"] = RuleRecord(
      .notEnough, tables: 11, seeds: 3, .init(0.0106, -0.0168, 0.0456), placebo: -0.0038,
      6, 2, 3, "accuracy or R²", change: 0.0058,
      probability: 1.0, time: 1.18,
      losers: ["winequality_red"],
      natural: .init(
        .notEnough, fired: 4, drawn: 52, tables: 2, .init(0.0013, -0.0485, 0.0622)))
    made["E601"] = RuleRecord(
      .notEnough, tables: 11, seeds: 3, .init(0.1218, 0.0288, 0.1885), placebo: 0.1705,
      10, 1, 0, "accuracy or R²", change: 0.0511,
      probability: 0.0078, time: 2.17,
      natural: .init(
        .notEnough, fired: 11, drawn: 52, tables: 4, .init(0.0229, -0.0195, 0.0315)))
    made["E602"] = RuleRecord(
      .notEnough, tables: 6, seeds: 3, .init(0.0147, 0.0005, 0.3368), placebo: 0.0222,
      3, 3, 0, "accuracy or R²", change: 0.0031,
      probability: 0.1562, time: 0.2402,
      natural: .init(
        .notEnough, fired: 4, drawn: 52, tables: 3, .init(-0.0082, -0.0889, 0.314)))
    made["E603"] = RuleRecord(
      .notEnough, tables: 11, seeds: 3, .init(0.001, -0.0005, 0.0462), placebo: 0.0005,
      4, 6, 1, "accuracy or R²", change: 0.0006,
      probability: 0.3926, time: 0.5829,
      natural: .init(
        .notEnough, fired: 4, drawn: 52, tables: 2, .init(0.157, 0, 0.3483)))
    made["E604"] = RuleRecord(
      .notEnough, tables: 11, seeds: 3, .init(0.0124, 0.0017, 0.0253), placebo: 0.0069,
      7, 3, 1, "accuracy or R²", change: 0.0015,
      probability: 0.1299, time: 3.35,
      natural: .init(
        .noDifference, fired: 14, drawn: 52, tables: 5, .init(0, -0.0017, 0.0085)))
    made["E605"] = RuleRecord(
      .noDifference, tables: 11, seeds: 3, .init(0, 0, 0.0014), placebo: -0.0019,
      1, 9, 1, "accuracy or R²", change: 0,
      probability: 0.5566, time: 1.42,
      natural: .init(
        .notEnough, fired: 1, drawn: 52, tables: 1, .init(-0.1196, -0.1196, -0.1196)))
    made["E606"] = RuleRecord(
      .notEnough, tables: 11, seeds: 3, .init(0.038, 0, 0.1011), placebo: 0.002,
      6, 4, 1, "accuracy or R²", change: 0.0048,
      probability: 0.1299, time: 0.3919,
      natural: .init(
        .notEnough, fired: 6, drawn: 52, tables: 3, .init(0.0012, -0.0503, 0.011)))
    made["E607"] = RuleRecord(
      .notEnough, tables: 11, seeds: 3, .init(0.0004, -0.0029, 0.0189), placebo: 0.0008,
      4, 6, 1, "accuracy or R²", change: 0.0029,
      probability: 0.5566, time: 0.9711,
      natural: .init(
        .noDifference, fired: 17, drawn: 52, tables: 7, .init(0, -0.0041, 0)))
    made["E608"] = RuleRecord(
      .noDifference, tables: 11, seeds: 3, .init(0, 0, 0.0004), placebo: 0,
      0, 11, 0, "accuracy or R²", change: 0,
      probability: 0.1562, time: 1.41,
      natural: .init(
        .notEnough, fired: 15, drawn: 52, tables: 6, .init(0, -0.0779, 0.0039)))
    return made
  }()
}
