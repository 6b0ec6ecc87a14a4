/// What trying the rules' advice on real tables showed; written by `plumb-evidence --write`.
enum RuleRecords {
  static let date = "27 November 2026"
  static let command = """
    plumb-evidence TABLES --seeds 5 --natural 4 --trials 40 --rows 2000 --cells 800000
    """
  static let words = """
    12 public tables of at most 2000 rows
    """

  /// By code.
  static let all: [String: RuleRecord] = {
    var made: [String: RuleRecord] = [:]
    made["A201"] = RuleRecord(
      .notEnough, tables: 4, seeds: 5, .init(-0.0036, -0.0472, 0.007), placebo: -0.0214,
      0, 3, 1, "accuracy or R²", change: -0.0032,
      probability: 1.0, time: 0.3153,
      natural: .init(
        .notEnough, fired: 29, drawn: 52, tables: 9, .init(0.0088, -0.2345, 0.11)))
    made["A202"] = RuleRecord(
      .notEnough, tables: 11, seeds: 5, .init(0.0069, 0.0005, 0.0513), placebo: -0.0005,
      5, 4, 2, "accuracy or R²", change: 0.004,
      probability: 1.0, time: 0.5591,
      natural: .init(
        .notEnough, fired: 21, drawn: 52, tables: 11, .init(0.0178, -0.0389, 0.3371)))
    made["A203"] = RuleRecord(
      .notEnough, tables: 8, seeds: 5, .init(-0.0011, -0.046, 0.1169), placebo: -0.0025,
      3, 3, 2, "accuracy or R²", change: -0.0004,
      probability: 1.0, time: 1.33,
      natural: .init(
        .notEnough, fired: 8, drawn: 52, tables: 5, .init(0.0946, -0.1497, 0.2188)))
    made["A204"] = RuleRecord(
      .notEnough, tables: 9, seeds: 5, .init(0.0006, -0.0017, 0.0108), placebo: -0.0026,
      3, 6, 0, "accuracy or R²", change: 0.0004,
      probability: 1.0, time: 0.4447,
      natural: .init(
        .notEnough, fired: 0, drawn: 52, tables: 0, nil))
    made["A205"] = RuleRecord(
      .notEnough, tables: 9, seeds: 5, .init(0.0005, -0.0014, 0.0108), placebo: -0.0019,
      2, 7, 0, "accuracy or R²", change: 0,
      probability: 1.0, time: 0.6307,
      natural: .init(
        .notEnough, fired: 0, drawn: 52, tables: 0, nil))
    made["A206"] = RuleRecord(
      .helps, tables: 12, seeds: 5, .init(0.0234, 0.0057, 0.0668), placebo: 0.0217,
      9, 3, 0, "accuracy or R²", change: 0.0066,
      probability: 0.0049, time: 1.46,
      natural: .init(
        .notEnough, fired: 5, drawn: 52, tables: 4, .init(0.1812, 0, 0.3614)))
    made["A207"] = RuleRecord(
      .notEnough, tables: 0, seeds: 0, nil, placebo: nil,
      0, 0, 0, "accuracy or R²", change: nil,
      probability: nil, time: nil,
      natural: .init(
        .notEnough, fired: 12, drawn: 52, tables: 6, .init(0.0084, -0.0037, 0.048)))
    made["A208"] = RuleRecord(
      .notEnough, tables: 5, seeds: 5, .init(0.0008, -0.0105, 0.2279), placebo: 0.0014,
      2, 2, 1, "accuracy or R²", change: 0.0005,
      probability: 1.0, time: 0.1818,
      natural: .init(
        .notEnough, fired: 6, drawn: 52, tables: 3, .init(-0.038, -0.0556, 0.0003)))
    made["A209"] = RuleRecord(
      .notEnough, tables: 12, seeds: 5, .init(-0.0021, -0.0096, 0.0173), placebo: -0.0075,
      3, 6, 3, "accuracy or R²", change: 0.0004,
      probability: 1.0, time: 0.2697,
      natural: .init(
        .notEnough, fired: 12, drawn: 52, tables: 5, .init(-0.0342, -0.3112, 0.0685)))
    made["A210"] = RuleRecord(
      .notEnough, tables: 4, seeds: 5, .init(0.01, -0.0035, 0.133), placebo: -0.0101,
      2, 2, 0, "accuracy or R²", change: 0.0044,
      probability: 1.0, time: 2.69,
      natural: .init(
        .notEnough, fired: 7, drawn: 52, tables: 3, .init(0.0498, -0.0048, 0.2866)))
    made["A211"] = RuleRecord(
      .notEnough, tables: 12, seeds: 5, .init(-0.0135, -0.0483, 0.0092), placebo: -0.0082,
      3, 3, 6, "accuracy or R²", change: -0.0111,
      probability: 1.0, time: 0.7615,
      losers: ["castle_solutions"],
      natural: .init(
        .notEnough, fired: 7, drawn: 52, tables: 6, .init(-0.0001, -0.1857, 0.2636)))
    made["B502"] = RuleRecord(
      .noDifference, tables: 12, seeds: 5, .init(-0.0003, -0.0023, 0.0005), placebo: -0.0022,
      1, 9, 2, "accuracy or R²", change: -0.0002,
      probability: 0.3525, time: 0.9232,
      natural: .init(
        .notEnough, fired: 17, drawn: 52, tables: 9, .init(0.0012, 0, 0.012)))
    made["B503"] = RuleRecord(
      .notEnough, tables: 12, seeds: 5, .init(-0.001, -0.0297, 0.002), placebo: -0.0047,
      0, 9, 3, "accuracy or R²", change: -0.0012,
      probability: 0.3525, time: 0.1062,
      natural: .init(
        .notEnough, fired: 0, drawn: 52, tables: 0, nil))
    made["B504"] = RuleRecord(
      .helps, tables: 11, seeds: 5, .init(0.0336, 0.0134, 0.1311), placebo: 0.0323,
      9, 2, 0, "accuracy or R²", change: 0.0202,
      probability: 0.0049, time: 1.75,
      natural: .init(
        .notEnough, fired: 1, drawn: 52, tables: 1, .init(0.0069, 0.0069, 0.0069)))
    made["B506"] = RuleRecord(
      .helps, tables: 12, seeds: 5, .init(0.1761, 0.0357, 0.4011), placebo: 0.1109,
      10, 2, 0, "accuracy or R²", change: 0.0555,
      probability: 0.0049, time: 4.27,
      natural: .init(
        .notEnough, fired: 7, drawn: 52, tables: 4, .init(0.245, 0.0451, 0.7468)))
    made["B508"] = RuleRecord(
      .notEnough, tables: 12, seeds: 5, .init(0.0665, 0.041, 0.1283), placebo: 0.0691,
      11, 0, 1, "accuracy or R²", change: 0.0235,
      probability: 0.0049, time: 0.2637,
      natural: .init(
        .notEnough, fired: 2, drawn: 52, tables: 0, nil))
    made["L301"] = RuleRecord(
      .notEnough, tables: 4, seeds: 5, .init(0.002, -0.0165, 0.0402), placebo: 0.0138,
      1, 2, 1, "mean absolute error", change: -0.0406,
      probability: 1.0, time: 0.86,
      natural: .init(
        .notEnough, fired: 3, drawn: 52, tables: 1, .init(-0.0112, -0.1029, 0.0524)))
    made["L302"] = RuleRecord(
      .noDifference, tables: 6, seeds: 5, .init(-0.0015, -0.0055, 0.0045), placebo: -0.0694,
      0, 6, 0, "mean absolute error", change: 0.0021,
      probability: 1.0, time: 0.9851,
      natural: .init(
        .notEnough, fired: 7, drawn: 52, tables: 3, .init(-0.0215, -0.0458, 0.0043)))
    made["L303"] = RuleRecord(
      .notEnough, tables: 6, seeds: 5, .init(0.0009, -0.0159, 0.0138), placebo: 0.0105,
      2, 2, 2, "mean absolute error", change: -0.0146,
      probability: 1.0, time: 1.63,
      natural: .init(
        .notEnough, fired: 9, drawn: 52, tables: 3, .init(0.0272, -0.2248, 0.2833)))
    made["L304"] = RuleRecord(
      .notEnough, tables: 2, seeds: 5, .init(0.018, 0.0008, 0.0506), placebo: 0.0075,
      1, 1, 0, "accuracy or R²", change: 0.0073,
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
      .notEnough, tables: 1, seeds: 5, .init(1.28, 0.9365, 1.6), placebo: 1.28,
      1, 0, 0, "accuracy or R²", change: 0.008,
      probability: 1.0, time: 23.7,
      natural: .init(
        .notEnough, fired: 0, drawn: 52, tables: 0, nil))
    made["L315"] = RuleRecord(
      .notEnough, tables: 3, seeds: 5, .init(0.168, 0.0023, 1.24), placebo: 0.1209,
      2, 1, 0, "accuracy or R²", change: 0.0195,
      probability: 1.0, time: 1.18,
      natural: .init(
        .notEnough, fired: 0, drawn: 52, tables: 0, nil))
    made["O401"] = RuleRecord(
      .notEnough, tables: 8, seeds: 5, .init(-0.0006, -0.0094, 0.0204), placebo: -0.2553,
      2, 4, 2, "accuracy or R²", change: 0.0005,
      probability: 1.0, time: 1.03,
      natural: .init(
        .notEnough, fired: 2, drawn: 52, tables: 0, nil))
    made["O402"] = RuleRecord(
      .notEnough, tables: 12, seeds: 5, .init(0.0254, 0.0089, 0.2361), placebo: -0.0764,
      9, 2, 1, "accuracy or R²", change: 0.0078,
      probability: 0.1128, time: 3.32,
      natural: .init(
        .notEnough, fired: 14, drawn: 52, tables: 5, .init(0.0234, -0.0247, 0.4226)))
    made["O403"] = RuleRecord(
      .helps, tables: 12, seeds: 5, .init(0.5653, 0.4113, 0.8251), placebo: 0.4695,
      12, 0, 0, "accuracy or R²", change: 0.3619,
      probability: 0.0049, time: 0.6009,
      natural: .init(
        .notEnough, fired: 11, drawn: 52, tables: 6, .init(0.1564, 0.0112, 0.5396)))
    made["O405"] = RuleRecord(
      .helps, tables: 12, seeds: 5, .init(0.0235, 0.0108, 0.1248), placebo: -0.0133,
      10, 2, 0, "accuracy or R²", change: 0.0073,
      probability: 0.0049, time: 0.9211,
      natural: .init(
        .notEnough, fired: 2, drawn: 52, tables: 2, .init(0.1735, 0.1395, 0.2075)))
    made["O408"] = RuleRecord(
      .noDifference, tables: 12, seeds: 5, .init(0.0045, 0.0011, 0.0096), placebo: 0.0023,
      3, 8, 1, "accuracy or R²", change: 0.0025,
      probability: 0.4629, time: 0.9442,
      natural: .init(
        .notEnough, fired: 7, drawn: 52, tables: 3, .init(0.0021, -0.0001, 0.1008)))
    made["O409"] = RuleRecord(
      .notEnough, tables: 12, seeds: 5, .init(-0.0003, -0.0111, 0.0048), placebo: -0.0007,
      1, 8, 3, "accuracy or R²", change: -0.0009,
      probability: 1.0, time: 1.15,
      losers: ["iris"],
      natural: .init(
        .notEnough, fired: 1, drawn: 52, tables: 1, .init(0, 0, 0)))
    made["O410"] = RuleRecord(
      .noDifference, tables: 12, seeds: 5, .init(-0.0006, -0.0036, 0.0005), placebo: 0.0002,
      1, 10, 1, "accuracy or R²", change: -0.0006,
      probability: 1.0, time: 1.02,
      natural: .init(
        .notEnough, fired: 0, drawn: 52, tables: 0, nil))
    made["O411"] = RuleRecord(
      .notEnough, tables: 12, seeds: 5, .init(0.0003, -0.0252, 0.0143), placebo: -0.0072,
      4, 5, 3, "accuracy or R²", change: -0.0013,
      probability: 1.0, time: 0.955,
      losers: ["iris"],
      natural: .init(
        .notEnough, fired: 0, drawn: 52, tables: 0, nil))
    made["O412"] = RuleRecord(
      .helps, tables: 12, seeds: 5, .init(0.1803, 0.0529, 0.466), placebo: -0.0178,
      11, 0, 1, "accuracy or R²", change: 0.0694,
      probability: 0.0117, time: 0.9926,
      natural: .init(
        .notEnough, fired: 9, drawn: 52, tables: 3, .init(0.4707, -0.0875, 0.6592)))
    made["O413"] = RuleRecord(
      .notEnough, tables: 12, seeds: 5, .init(0.0104, -0.0152, 0.0381), placebo: -0.0085,
      6, 3, 3, "accuracy or R²", change: 0.0053,
      probability: 1.0, time: 0.8165,
      natural: .init(
        .notEnough, fired: 4, drawn: 52, tables: 2, .init(0.1827, -0.0098, 0.3753)))
    made["E601"] = RuleRecord(
      .notEnough, tables: 12, seeds: 5, .init(0.1029, 0.0272, 0.1842), placebo: 0.1451,
      10, 1, 1, "accuracy or R²", change: 0.0375,
      probability: 0.0117, time: 2.11,
      natural: .init(
        .notEnough, fired: 11, drawn: 52, tables: 5, .init(0.0265, 0.0135, 0.2237)))
    made["E602"] = RuleRecord(
      .notEnough, tables: 6, seeds: 5, .init(0.0009, -0.0084, 0.0823), placebo: -0.0036,
      2, 3, 1, "accuracy or R²", change: 0.0006,
      probability: 1.0, time: 0.3819,
      natural: .init(
        .notEnough, fired: 4, drawn: 52, tables: 2, .init(-0.0454, -0.0827, -0.0081)))
    made["E603"] = RuleRecord(
      .noDifference, tables: 12, seeds: 5, .init(-0.0003, -0.0045, 0.0096), placebo: -0.0005,
      3, 7, 2, "accuracy or R²", change: 0.0001,
      probability: 1.0, time: 0.4587,
      natural: .init(
        .notEnough, fired: 4, drawn: 52, tables: 1, .init(0, 0, 0)))
    made["E604"] = RuleRecord(
      .helps, tables: 12, seeds: 5, .init(0.0117, 0.0017, 0.0243), placebo: 0.0071,
      7, 4, 1, "accuracy or R²", change: 0.0031,
      probability: 0.041, time: 3.29,
      natural: .init(
        .notEnough, fired: 14, drawn: 52, tables: 6, .init(0.0014, -0.0009, 0.0292)))
    made["E605"] = RuleRecord(
      .noDifference, tables: 12, seeds: 5, .init(0.0008, 0, 0.0025), placebo: -0.0023,
      3, 9, 0, "accuracy or R²", change: 0,
      probability: 0.2734, time: 1.53,
      natural: .init(
        .notEnough, fired: 1, drawn: 52, tables: 1, .init(-0.1184, -0.1184, -0.1184)))
    made["E606"] = RuleRecord(
      .notEnough, tables: 12, seeds: 5, .init(0.0076, -0.0002, 0.0837), placebo: 0.0014,
      6, 4, 2, "accuracy or R²", change: 0.0028,
      probability: 0.8145, time: 0.6514,
      natural: .init(
        .notEnough, fired: 6, drawn: 52, tables: 3, .init(0.0012, -0.0499, 0.0106)))
    made["E607"] = RuleRecord(
      .notEnough, tables: 12, seeds: 5, .init(0.0006, -0.0105, 0.0083), placebo: 0.0001,
      3, 6, 3, "accuracy or R²", change: 0.0006,
      probability: 1.0, time: 0.975,
      natural: .init(
        .notEnough, fired: 17, drawn: 52, tables: 8, .init(0, -0.002, 0.0158)))
    made["E608"] = RuleRecord(
      .noDifference, tables: 12, seeds: 5, .init(0.0002, 0, 0.0008), placebo: -0.0005,
      2, 10, 0, "accuracy or R²", change: 0,
      probability: 0.041, time: 1.5,
      natural: .init(
        .noDifference, fired: 15, drawn: 52, tables: 7, .init(0, 0, 0.0084)))
    return made
  }()
}
