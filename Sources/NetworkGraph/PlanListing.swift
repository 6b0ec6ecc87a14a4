import SpecSyntax

/// A plan for people and other programs: every call of a training step in order, where its numbers
/// lie in the arena, and which operations are done in one call.
public struct PlanListing: Sendable {
  /// A window of the arena.
  public struct Window: Sendable, Hashable {
    public var name: String
    /// In floats from the arena's start.
    public var offset: Int
    public var count: Int
  }

  /// One call of a step.
  public struct Call: Sendable {
    /// `gather`, `forward`, `loss`, `backward` or `update`.
    public var pass: String
    /// The layer; nil for what belongs to none.
    public var layer: String?
    /// What is computed: `dense + relu`.
    public var work: String
    /// Layers of the spec that are done in the same sweep.
    public var fused: [String]
    public var reads: [Window]
    public var writes: [Window]
    /// Whether the output takes its input's place.
    public var isInPlace: Bool
  }

  public let batch: Int
  /// Floats of one row of activations: the batch, padded to whole vectors.
  public let rowStride: Int
  public let floats: Int
  /// What the arena is divided into, in the order of offsets.
  public let buffers: [Window]
  public let calls: [Call]
}

extension Plan {
  /// The calls and buffers of this plan.
  public var listing: PlanListing {
    PlanListing(
      batch: batch, rowStride: stride, floats: floatCount, buffers: buffers,
      calls: [gatherCall] + steps.map(forwardCall) + [lossCall]
        + steps.reversed().map(backwardCall) + [updateCall])
  }

  private var buffers: [PlanListing.Window] {
    var windows = [window("parameters", parameters), window("gradients", gradients)]
    windows += slots.enumerated().map { window("\(optimizer.name) slot \($0 + 1)", $1) }
    let optional = [
      ("decay mask", decayMask), ("gradient sum", gradientSum), ("average", average),
    ]
    windows += optional.compactMap { name, region in region.map { window(name, $0) } }
    windows += [window("input", input), window("targets", targets)]
    windows += [window("row weights", weights), window("activations", activations)]
    for step in steps {
      windows += zip(step.node.state, step.state).map {
        window("\(step.node.name).\($0.name)", $1)
      }
    }
    windows.append(window("scratch", scratch))
    return windows.filter { $0.count > 0 }
  }

  private func window(_ name: String, _ region: Region) -> PlanListing.Window {
    .init(name: name, offset: region.offset, count: region.count)
  }

  private var gatherCall: PlanListing.Call {
    .init(
      pass: "gather", layer: nil, work: "rows of the table", fused: [], reads: [],
      writes: [window("input", input), window("targets", targets)], isInPlace: false)
  }

  private var lossCall: PlanListing.Call {
    let last = steps[steps.count - 1]
    return .init(
      pass: "loss", layer: nil, work: loss.name, fused: [],
      reads: [window(last.node.name, last.output), window("targets", targets)],
      writes: [window("d \(last.node.name)", last.gradient)], isInPlace: false)
  }

  private var updateCall: PlanListing.Call {
    .init(
      pass: "update", layer: nil, work: optimizer.name, fused: [],
      reads: [window("gradients", gradients)], writes: [window("parameters", parameters)],
      isInPlace: false)
  }

  private func forwardCall(_ step: Step) -> PlanListing.Call {
    let inputs = step.node.inputs.map(output)
    let saved = step.saved.count > 0 ? [window("\(step.node.name) saved", step.saved)] : []
    return .init(
      pass: "forward", layer: step.node.name, work: step.node.op.words,
      fused: fusedNames[step.node.name] ?? [], reads: inputs + parameterWindows(step, parameters),
      writes: [window(step.node.name, step.output)] + saved,
      isInPlace: inputs.contains { $0.offset == step.output.offset })
  }

  private func backwardCall(_ step: Step) -> PlanListing.Call {
    let node = step.node
    let reads = node.op.backwardReads
    let saved = step.saved.count > 0 ? [window("\(node.name) saved", step.saved)] : []
    let passed = node.inputs.compactMap { source -> PlanListing.Window? in
      guard case .node(let id) = source else { return nil }
      return window("d \(steps[id].node.name)", steps[id].gradient)
    }
    return .init(
      pass: "backward", layer: node.name, work: node.op.words,
      fused: fusedNames[node.name] ?? [],
      reads: [window("d \(node.name)", step.gradient)]
        + (reads.contains(.inputs) ? node.inputs.map(output) : [])
        + (reads.contains(.output) ? [window(node.name, step.output)] : []) + saved
        + parameterWindows(step, parameters),
      writes: passed + parameterWindows(step, gradients),
      isInPlace: passed.contains { $0.offset == step.gradient.offset })
  }

  private func output(_ source: Graph.Source) -> PlanListing.Window {
    switch source {
    case .input: window("input", input)
    case .node(let id): window(steps[id].node.name, steps[id].output)
    }
  }

  /// The node's tensors in one of the flat buffers.
  private func parameterWindows(_ step: Step, _ buffer: Region) -> [PlanListing.Window] {
    zip(step.node.parameters, step.parameters).map { tensor, region in
      let prefix = buffer == gradients ? "d " : ""
      return window("\(prefix)\(step.node.name).\(tensor.name)", region.moved(by: buffer.offset))
    }
  }

  /// The layers of the spec that a layer of the plan does beside its own work.
  private var fusedNames: [String: [String]] {
    let kept = Set(steps.map(\.node.name))
    var owners: [Graph.Node.ID: String] = [:]
    var names: [String: [String]] = [:]
    for node in graph.nodes {
      guard !kept.contains(node.name), case .node(let id)? = node.inputs.first,
        let owner = owners[id]
      else {
        owners[node.id] = node.name
        continue
      }
      owners[node.id] = owner
      names[owner, default: []].append(node.name)
    }
    return names
  }
}
