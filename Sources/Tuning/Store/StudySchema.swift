/// The tables of a study: Optuna's, which Optuna and its dashboard open, and beside them ours.
///
/// Optuna's are those of its version 5 (`optuna/storages/_rdb/models.py`), with the two rows by
/// which it tells versions; nothing has changed in them since its version 3.2. What is ours begins
/// with `plumb_`, and Optuna leaves it alone.
enum StudySchema {
  /// What `version_info` and `alembic_version` hold.
  static let optuna = (schema: 12, library: "5.0.0", migration: "v3.2.0.a")
  /// What `plumb_version` holds.
  static let version = 1

  /// The statements that make all tables that are missing.
  static func statements(_ words: Words) -> [String] {
    let key = words.key
    return words.types + [
      table("studies", ["study_id \(key)", "study_name VARCHAR(512) NOT NULL"]),
      table(
        "version_info",
        [
          "version_info_id INTEGER NOT NULL PRIMARY KEY CHECK (version_info_id = 1)",
          "schema_version INTEGER", "library_version VARCHAR(256)",
        ]),
      table(
        "study_directions",
        [
          "study_direction_id \(key)", "direction \(words.direction) NOT NULL",
          "study_id INTEGER NOT NULL", "objective INTEGER NOT NULL",
          "UNIQUE (study_id, objective)", study,
        ]),
      attributes("study_user_attribute", of: "study", key),
      attributes("study_system_attribute", of: "study", key),
      table(
        "trials",
        [
          "trial_id \(key)", "number INTEGER", "study_id INTEGER",
          "state \(words.state) NOT NULL", "datetime_start \(words.time)",
          "datetime_complete \(words.time)", study,
        ]),
      attributes("trial_user_attribute", of: "trial", key),
      attributes("trial_system_attribute", of: "trial", key),
      table(
        "trial_params",
        [
          "param_id \(key)", "trial_id INTEGER", "param_name VARCHAR(512)",
          "param_value \(words.real)", "distribution_json TEXT", "UNIQUE (trial_id, param_name)",
          trial,
        ]),
      table(
        "trial_values",
        [
          "trial_value_id \(key)", "trial_id INTEGER NOT NULL", "objective INTEGER NOT NULL",
          "value \(words.real)", "value_type \(words.value) NOT NULL",
          "UNIQUE (trial_id, objective)", trial,
        ]),
      table(
        "trial_intermediate_values",
        [
          "trial_intermediate_value_id \(key)", "trial_id INTEGER NOT NULL",
          "step INTEGER NOT NULL", "intermediate_value \(words.real)",
          "intermediate_value_type \(words.point) NOT NULL", "UNIQUE (trial_id, step)", trial,
        ]),
      table(
        "trial_heartbeats",
        [
          "trial_heartbeat_id \(key)", "trial_id INTEGER NOT NULL UNIQUE",
          "heartbeat \(words.time) NOT NULL", trial,
        ]),
      table(
        "alembic_version",
        ["version_num VARCHAR(32) NOT NULL CONSTRAINT alembic_version_pkc PRIMARY KEY"]),
      "CREATE UNIQUE INDEX IF NOT EXISTS ix_studies_study_name ON studies (study_name)",
      "CREATE INDEX IF NOT EXISTS ix_trials_study_id ON trials (study_id)",
      """
      INSERT INTO version_info SELECT 1, \(optuna.schema), '\(optuna.library)'
      WHERE NOT EXISTS (SELECT 1 FROM version_info)
      """,
      """
      INSERT INTO alembic_version SELECT '\(optuna.migration)'
      WHERE NOT EXISTS (SELECT 1 FROM alembic_version)
      """,
    ] + ours(words)
  }

  /// Our tables: what a study is, with the texts that a worker needs of it; and who took up a trial
  /// when, the last one until `lease_until` seconds since 1970 unless its `outcome` says how it
  /// ended.
  private static func ours(_ words: Words) -> [String] {
    [
      table("plumb_version", ["version INTEGER NOT NULL"]),
      """
      INSERT INTO plumb_version SELECT \(version)
      WHERE NOT EXISTS (SELECT 1 FROM plumb_version)
      """,
      table(
        "plumb_studies",
        [
          "study_id INTEGER NOT NULL PRIMARY KEY", "settings TEXT NOT NULL",
          "texts TEXT NOT NULL", study,
        ]),
      table(
        "plumb_attempts",
        [
          "trial_id INTEGER NOT NULL", "attempt INTEGER NOT NULL", "owner TEXT NOT NULL",
          "started \(words.real) NOT NULL", "lease_until \(words.real) NOT NULL",
          "ended \(words.real)", "outcome TEXT", "PRIMARY KEY (trial_id, attempt)", trial,
        ]),
      // Without these, each claim would look at all trials.
      "CREATE INDEX IF NOT EXISTS plumb_trial_numbers ON trials (study_id, number)",
      """
      CREATE INDEX IF NOT EXISTS plumb_open_trials ON trials (study_id, trial_id)
      WHERE state IN ('WAITING', 'RUNNING')
      """,
    ]
  }

  private static let study = "FOREIGN KEY (study_id) REFERENCES studies (study_id)"
  private static let trial = "FOREIGN KEY (trial_id) REFERENCES trials (trial_id)"

  private static func table(_ name: String, _ parts: [String]) -> String {
    "CREATE TABLE IF NOT EXISTS \(name) (\(parts.joined(separator: ", ")))"
  }

  private static func attributes(_ name: String, of owner: String, _ key: String) -> String {
    table(
      "\(name)s",
      [
        "\(name)_id \(key)", "\(owner)_id INTEGER", "\"key\" VARCHAR(512)", "value_json TEXT",
        "UNIQUE (\(owner)_id, \"key\")", owner == "study" ? study : trial,
      ])
  }
}

extension StudySchema {
  /// The types of a database, as SQLAlchemy names them for Optuna.
  struct Words: Sendable {
    var key: String
    var real: String
    var time: String
    var direction: String
    var state: String
    var value: String
    var point: String
    /// Statements that make those types.
    var types: [String] = []
  }

  static let sqlite = Words(
    key: "INTEGER NOT NULL PRIMARY KEY", real: "FLOAT", time: "DATETIME", direction: "VARCHAR(8)",
    state: "VARCHAR(8)", value: "VARCHAR(7)", point: "VARCHAR(7)")

  static let postgreSQL = Words(
    key: "SERIAL NOT NULL PRIMARY KEY", real: "DOUBLE PRECISION", time: "TIMESTAMP",
    direction: "studydirection", state: "trialstate", value: "trialvaluetype",
    point: "trialintermediatevaluetype",
    types: [
      ("studydirection", "'NOT_SET', 'MINIMIZE', 'MAXIMIZE'"),
      ("trialstate", "'RUNNING', 'COMPLETE', 'PRUNED', 'FAIL', 'WAITING'"),
      ("trialvaluetype", "'FINITE', 'INF_POS', 'INF_NEG'"),
      ("trialintermediatevaluetype", "'FINITE', 'INF_POS', 'INF_NEG', 'NAN'"),
    ].map { name, values in
      """
      DO $$ BEGIN CREATE TYPE \(name) AS ENUM (\(values));
      EXCEPTION WHEN duplicate_object THEN NULL; END $$
      """
    })
}
