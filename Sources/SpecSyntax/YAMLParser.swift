import CYAML

/// Reads a spec's text as YAML; reports every mistake that can be seen without knowing the
/// language, and answers nil where there is no tree to go on with.
///
/// Any bytes may come in. The answer is bounded in time and memory by `SyntaxLimits`.
public func parse(
  _ source: SourceText, index: Int = 0, maximumNodes: Int? = nil, into log: inout DiagnosticLog
) -> SyntaxTree? {
  var check = ByteCheck(source, index: index)
  guard check.run() else {
    for finding in check.findings { log.report(finding) }
    return nil
  }
  var builder = TreeBuilder(
    source, index: index, maximumNodes: maximumNodes ?? SyntaxLimits.nodes)
  let problem = readEvents(of: source) { builder.visit($0) }
  let breaks = check.foreignLineBreaks(outside: builder.spans)
  // What stands in quotes or a comment behind a syntax error is not known.
  let end = problem.map { source.lineRange(source.lineIndex(of: $0.offset)).upperBound }
  let unseen = check.invisibleCharacters(
    outside: builder.spans, before: end ?? source.bytes.count)
  for finding in builder.findings + breaks + unseen { log.report(finding) }
  if let problem {
    let isExplained =
      !unseen.isEmpty || breaks.contains { $0.primary.range.lower <= problem.offset }
    if !isExplained { log.report(builder.cause(of: problem).diagnostic) }
    return nil
  }
  guard breaks.isEmpty, unseen.isEmpty, !builder.isRefused else { return nil }
  guard let root = builder.root, !builder.isEmpty else {
    log.report(.emptySpec(index: index))
    return nil
  }
  let comments = Comments(source, index: index, outside: builder.spans)
  for comment in comments.glued.prefix(SyntaxLimits.findings) {
    log.report(.commentWithoutSpace(comment))
  }
  return SyntaxTree(root: root, comments: comments.ranges, lacksValue: builder.lacksValue)
}

/// Hands libyaml's events to `visit` until it answers false; the problem that ended reading, if
/// one did.
func readEvents(of source: SourceText, visit: (YAMLEvent) -> Bool) -> YAMLProblem? {
  let content = source.bytes.dropFirst(source.hasByteOrderMark ? 3 : 0)
  guard !content.isEmpty else {
    let end = source.bytes.count
    _ = visit(YAMLEvent(kind: .streamStart, start: end, end: end))
    _ = visit(YAMLEvent(kind: .streamEnd, start: end, end: end))
    return nil
  }
  let marks = MarkTable(source)
  // libyaml keeps the address of its parser inside the parser, so it must not move.
  let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
  defer { unsafe parser.deallocate() }
  guard unsafe yaml_parser_initialize(parser) == 1 else { return .outOfMemory }
  defer { unsafe yaml_parser_delete(parser) }
  return unsafe content.withUnsafeBufferPointer { buffer -> YAMLProblem? in
    unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    unsafe yaml_parser_set_input_string(parser, buffer.baseAddress, buffer.count)
    while true {
      var raw = unsafe yaml_event_t()
      guard unsafe yaml_parser_parse(parser, &raw) == 1 else {
        return unsafe YAMLProblem(parser.pointee, marks)
      }
      defer { unsafe yaml_event_delete(&raw) }
      guard let event = unsafe YAMLEvent(raw, marks) else { return nil }
      if !visit(event) { return nil }
      if case .streamEnd = event.kind { return nil }
    }
  }
}

extension YAMLProblem {
  static let outOfMemory = YAMLProblem(
    text: "memory ran out", context: "", offset: 0, contextOffset: 0)

  fileprivate init(_ parser: yaml_parser_t, _ marks: MarkTable) {
    guard unsafe parser.error != YAML_MEMORY_ERROR else {
      self = .outOfMemory
      return
    }
    let offset = unsafe marks.offset(parser.problem_mark.index)
    let hasContext = unsafe parser.context != nil
    self.init(
      text: unsafe parser.problem.map { unsafe String(cString: $0) } ?? "",
      context: unsafe parser.context.map { unsafe String(cString: $0) } ?? "",
      offset: offset,
      contextOffset: unsafe hasContext ? marks.offset(parser.context_mark.index) : offset)
  }
}

extension YAMLEvent {
  fileprivate init?(_ raw: yaml_event_t, _ marks: MarkTable) {
    guard let kind = unsafe Kind(raw) else { return nil }
    self.kind = kind
    start = unsafe marks.offset(raw.start_mark.index)
    end = unsafe max(start, marks.offset(raw.end_mark.index))
  }
}

extension YAMLEvent.Kind {
  fileprivate init?(_ raw: yaml_event_t) {
    switch unsafe raw.type {
    case YAML_STREAM_START_EVENT: self = .streamStart
    case YAML_STREAM_END_EVENT: self = .streamEnd
    case YAML_DOCUMENT_START_EVENT:
      let start = unsafe raw.data.document_start
      let version = unsafe start.version_directive.map { pointer in
        unsafe YAMLEvent.Version(
          major: Int(pointer.pointee.major), minor: Int(pointer.pointee.minor))
      }
      self = unsafe .documentStart(version: version, isExplicit: start.implicit == 0)
    case YAML_DOCUMENT_END_EVENT:
      self = unsafe .documentEnd(isExplicit: raw.data.document_end.implicit == 0)
    case YAML_ALIAS_EVENT: self = unsafe .alias(text(raw.data.alias.anchor) ?? "")
    case YAML_SCALAR_EVENT:
      let scalar = unsafe raw.data.scalar
      let bytes = unsafe UnsafeBufferPointer(start: scalar.value, count: scalar.length)
      self = unsafe .scalar(
        Scalar(String(decoding: bytes, as: UTF8.self), style: Scalar.Style(scalar.style)),
        .init(anchor: text(scalar.anchor), tag: text(scalar.tag)))
    case YAML_SEQUENCE_START_EVENT:
      let start = unsafe raw.data.sequence_start
      self = unsafe .sequenceStart(
        .init(anchor: text(start.anchor), tag: text(start.tag)),
        isFlow: start.style == YAML_FLOW_SEQUENCE_STYLE)
    case YAML_SEQUENCE_END_EVENT: self = .sequenceEnd
    case YAML_MAPPING_START_EVENT:
      let start = unsafe raw.data.mapping_start
      self = unsafe .mappingStart(
        .init(anchor: text(start.anchor), tag: text(start.tag)),
        isFlow: start.style == YAML_FLOW_MAPPING_STYLE)
    case YAML_MAPPING_END_EVENT: self = .mappingEnd
    default: return nil
    }
  }
}

extension Scalar.Style {
  fileprivate init(_ style: yaml_scalar_style_t) {
    switch style {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: self = .singleQuoted
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: self = .doubleQuoted
    case YAML_LITERAL_SCALAR_STYLE: self = .literal
    case YAML_FOLDED_SCALAR_STYLE: self = .folded
    default: self = .plain
    }
  }
}

/// A zero-terminated text of libyaml's.
private func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
  guard let pointer = unsafe pointer else { return nil }
  return unsafe String(decodingCString: UnsafePointer(pointer), as: UTF8.self)
}
