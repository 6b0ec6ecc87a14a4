internal import SpecSyntax

extension DatabaseStore {
  /// Begins a study, or goes on with one that was begun with the same settings.
  ///
  /// Nothing of the settings may differ but the space: trials that lie within the new one are kept
  /// as history, and the others are left out (`outsideCount`). A study that Optuna began is gone on
  /// with if its objectives are the same.
  ///
  /// - Parameter texts: what those who work on the study need of it, by name; kept from the start.
  public static func open(
    _ address: StudyAddress, _ settings: StudySettings, texts: [String: String] = [:]
  ) throws(StudyError) -> DatabaseStore {
    let database = try connect(address, isNew: true)
    let found = try database.transaction { () throws(StudyError) in
      try prepare(database)
      if let study = try identifier(of: settings.name, database) {
        return (study, try resume(study, settings, texts, database), false)
      }
      return (try begin(settings, texts, database), texts, true)
    }
    return try DatabaseStore(
      database, study: found.0, settings: settings, texts: found.1, isNew: found.2)
  }

  /// Opens a study as it is kept, to work on it or to look at it: the one that the address names,
  /// or the only one there is. Of one that Optuna began, the space is what its trials tried.
  public static func existing(_ address: StudyAddress) throws(StudyError) -> DatabaseStore {
    let database = try connect(address, isNew: false)
    let name = try name(of: address, database)
    let found = try database.transaction { () throws(StudyError) in
      try prepare(database)
      guard let study = try identifier(of: name, database) else {
        throw .noStudy(name, of: try names(database), in: database.place)
      }
      let directions = try directions(of: study, database)
      if let (json, texts) = try kept(study, database) {
        guard
          let settings = StudySettings(json: json, name: name, directions: directions)
        else { throw .newerStudy(database.place) }
        return (study, settings, texts)
      }
      return (study, try settings(ofOptuna: study, name, directions, database), [:])
    }
    return try DatabaseStore(
      database, study: found.0, settings: found.1, texts: found.2, isNew: false)
  }

  /// The names of the studies that are kept at an address.
  public static func names(at address: StudyAddress) throws(StudyError) -> [String] {
    try names(try connect(address, isNew: false))
  }

  private static func connect(
    _ address: StudyAddress, isNew: Bool
  ) throws(StudyError) -> any Database {
    switch address.place {
    case .file(let path): try SQLiteDatabase(checked: path, isNew: isNew)
    case .server(let server): try PostgreSQLDatabase(server)
    }
  }

  /// Makes the tables that are missing, after a look at the versions of those that are there.
  private static func prepare(_ database: any Database) throws(StudyError) {
    for statement in database.dialect.preparing { try database.run(statement) }
    for statement in StudySchema.statements(database.dialect.words) { try database.run(statement) }
    let rows = try database.rows(
      """
      SELECT schema_version, (SELECT MAX(version_num) FROM alembic_version),
      (SELECT MAX(version) FROM plumb_version) FROM version_info
      """, [])
    let migration = rows.first?[1].text ?? ""
    guard rows.first?[0].integer == StudySchema.optuna.schema,
      migration == StudySchema.optuna.migration
    else { throw .otherOptuna(migration, database.place) }
    guard rows.first?[2].integer ?? 0 <= StudySchema.version else {
      throw .newerStudy(database.place)
    }
  }

  private static func names(_ database: any Database) throws(StudyError) -> [String] {
    try database.rows("SELECT study_name FROM studies ORDER BY study_id", []).compactMap {
      $0[0].text
    }
  }

  private static func name(
    of address: StudyAddress, _ database: any Database
  ) throws(StudyError) -> String {
    if let name = address.study { return name }
    let names = try names(database)
    guard names.count == 1 else { throw .noStudy(nil, of: names, in: database.place) }
    return names[0]
  }

  private static func identifier(
    of name: String, _ database: any Database
  ) throws(StudyError) -> Int? {
    try database.rows("SELECT study_id FROM studies WHERE study_name = $1", [.text(name)])
      .first?[0].integer
  }

  private static func directions(
    of study: Int, _ database: any Database
  ) throws(StudyError) -> [StudySettings.Direction] {
    let rows = try database.rows(
      "SELECT direction FROM study_directions WHERE study_id = $1 ORDER BY objective",
      [.integer(study)])
    return rows.map { $0[0].text == "MAXIMIZE" ? .maximize : .minimize }
  }

  /// What we keep of a study; nil of one that Optuna began.
  private static func kept(
    _ study: Int, _ database: any Database
  ) throws(StudyError) -> (json: String, texts: [String: String])? {
    let rows = try database.rows(
      "SELECT settings, texts FROM plumb_studies WHERE study_id = $1", [.integer(study)])
    guard let row = rows.first, let json = row[0].text else { return nil }
    var texts: [String: String] = [:]
    if case .object(let members)? = row[1].text.flatMap(JSONValue.init(json:)) {
      for member in members { texts[member.name] = member.value.string }
    }
    return (json, texts)
  }
}

extension DatabaseStore {
  private static func begin(
    _ settings: StudySettings, _ texts: [String: String], _ database: any Database
  ) throws(StudyError) -> Int {
    let rows = try database.rows(
      "INSERT INTO studies (study_name) VALUES ($1) RETURNING study_id", [.text(settings.name)])
    let study = rows.first?[0].integer ?? 0
    for (objective, direction) in settings.directions.enumerated() {
      try database.run(
        """
        INSERT INTO study_directions (direction, study_id, objective)
        VALUES ('\(direction.rawValue.uppercased())', $1, $2)
        """, .integer(study), .integer(objective))
    }
    try keep(settings, texts, of: study, database)
    return study
  }

  private static func keep(
    _ settings: StudySettings, _ texts: [String: String], of study: Int, _ database: any Database
  ) throws(StudyError) {
    let members = texts.sorted { $0.key < $1.key }.map {
      JSONValue.Member($0.key, .string($0.value))
    }
    try database.run(
      """
      INSERT INTO plumb_studies (study_id, settings, texts) VALUES ($1, $2, $3)
      ON CONFLICT (study_id) DO UPDATE SET settings = excluded.settings, texts = excluded.texts
      """, .integer(study), .text(settings.json), .text(JSONValue.object(members).text(.line)))
  }

  /// Compares a study with what it is to be now, and keeps a changed space; the texts it has.
  private static func resume(
    _ study: Int, _ settings: StudySettings, _ texts: [String: String], _ database: any Database
  ) throws(StudyError) -> [String: String] {
    let directions = try directions(of: study, database)
    guard let (json, before) = try kept(study, database) else {
      guard directions == settings.directions else {
        throw .otherStudy(
          settings.name, ["it has other objectives than the one that Optuna began"],
          database.place)
      }
      try keep(settings, texts, of: study, database)
      return texts
    }
    guard let begun = StudySettings(json: json, name: settings.name, directions: directions)
    else { throw .newerStudy(database.place) }
    let differences = settings.differences(from: begun)
    guard differences.isEmpty else {
      throw .otherStudy(settings.name, differences, database.place)
    }
    guard begun.space != settings.space else { return before }
    // The texts describe the space too.
    let merged = before.merging(texts) { $1 }
    try keep(settings, merged, of: study, database)
    return merged
  }

  /// The settings of a study that Optuna began, which has none of ours: a parameter may be what it
  /// could be when it was tried last.
  private static func settings(
    ofOptuna study: Int, _ name: String, _ directions: [StudySettings.Direction],
    _ database: any Database
  ) throws(StudyError) -> StudySettings {
    let rows = try database.rows(
      """
      SELECT p.param_name, p.distribution_json, MAX(p.param_id) FROM trial_params p
      JOIN trials t ON t.trial_id = p.trial_id WHERE t.study_id = $1
      GROUP BY p.param_name, p.distribution_json ORDER BY MIN(p.param_id)
      """, [.integer(study)])
    var dimensions: [Dimension] = []
    var last: [String: Int] = [:]
    for row in rows {
      guard let name = row[0].text,
        let domain = row[1].text.flatMap(Dimension.Domain.init(optunaJSON:)),
        let place = row[2].integer
      else { continue }
      if let index = dimensions.firstIndex(where: { $0.name == name }) {
        if place > last[name] ?? 0 { dimensions[index].domain = domain }
      } else {
        dimensions.append(Dimension(name, domain))
      }
      last[name] = max(last[name] ?? 0, place)
    }
    return StudySettings(
      name: name, seed: 0, space: Space(dimensions), directions: directions, sampler: "tpe",
      pruner: "none", parallel: 1)
  }
}
