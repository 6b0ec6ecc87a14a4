internal import Tensors
internal import Training

/// What points tell of a quadratic surface, whatever is measured at them.
struct SurfaceDesign {
  let model: QuadraticModel
  /// The terms at each point.
  fileprivate let rows: [[Double]]
  /// What each point adds to each coefficient: `(AᵀA)⁻¹Aᵀ`, a row for each coefficient.
  fileprivate let influence: [[Double]]
  /// `(AᵀA)⁻¹`, row by row.
  fileprivate let inverse: [Double]
  fileprivate let leverages: [Double]

  /// Nil where the points cannot decide all terms, or leave no point over.
  init?(_ model: QuadraticModel, points: [[Double]]) {
    let (size, rows) = (model.termCount, points.map { model.terms(at: $0) })
    guard points.count > size else { return nil }
    var normal = [Double](repeating: 0, count: size * size)
    for row in rows {
      for i in 0..<size { for j in 0..<size { normal[i * size + j] += row[i] * row[j] } }
    }
    var unit = [Double](repeating: 0, count: size * size)
    for i in 0..<size { unit[i * size + i] = 1 }
    guard
      let inverse = solution(ofSymmetric: normal, size: size, rightSides: unit, width: size)
    else { return nil }
    let influence = (0..<size).map { i in
      let own = Array(inverse[i * size..<(i + 1) * size])
      return rows.map { dot(own, $0) }
    }
    leverages = rows.indices.map { point in
      (0..<size).reduce(0.0) { $0 + rows[point][$1] * influence[$1][point] }
    }
    (self.model, self.rows) = (model, rows)
    (self.influence, self.inverse) = (influence, inverse)
  }
}

/// A quadratic surface fitted to points by least squares.
struct SurfaceFit {
  private let design: SurfaceDesign
  let coefficients: [Double]
  let residuals: [Double]
  let degrees: Int
  /// Of a point around the surface.
  let variance: Double

  /// - Parameter values: one for each point of the design.
  init(_ design: SurfaceDesign, values: [Double]) {
    let coefficients = design.influence.map { dot($0, values) }
    residuals = zip(design.rows, values).map { $1 - dot($0, coefficients) }
    (self.design, self.coefficients) = (design, coefficients)
    degrees = values.count - design.model.termCount
    variance = dot(residuals, residuals) / Double(degrees)
  }

  /// Nil where the points cannot decide all terms, or leave no point over.
  init?(_ model: QuadraticModel, points: [[Double]], values: [Double]) {
    guard let design = SurfaceDesign(model, points: points) else { return nil }
    self.init(design, values: values)
  }

  var model: QuadraticModel { design.model }

  /// `√((AᵀA)⁻¹ₖₖ)`: the standard error where points scatter by 1.
  func spread(of term: Int) -> Double {
    max(0, design.inverse[term * model.termCount + term]).squareRoot()
  }

  func standardError(of term: Int) -> Double { spread(of: term) * variance.squareRoot() }

  func value(at x: [Double]) -> Double { dot(model.terms(at: x), coefficients) }

  /// Of the surface itself at a point.
  func standardError(at x: [Double]) -> Double {
    let (terms, size, inverse) = (model.terms(at: x), model.termCount, design.inverse)
    var sum = 0.0
    for i in 0..<size { for j in 0..<size { sum += terms[i] * inverse[i * size + j] * terms[j] } }
    return (max(0, sum) * variance).squareRoot()
  }

  /// Coefficients of surfaces whose points lie around this one as its own points do: residuals,
  /// enlarged by their leverage, are drawn anew for every point.
  ///
  /// So few residuals are drawn as if their variance were known, so they are widened by as much as
  /// the 95 % interval of Student's t is wider than that of a normal variable.
  func resampled(_ count: Int, seed: UInt64) -> [[Double]] {
    let wider = StudentT(degrees: degrees).quantile(beyond: 0.05) / 1.959964
    let enlarged = zip(residuals, design.leverages).map {
      wider * $0 / max(1e-6, 1 - $1).squareRoot()
    }
    let center = mean(enlarged) ?? 0
    var source = RandomSource(seed: seed).split("surface")
    return (0..<count).map { _ in
      let drawn = enlarged.indices.map { _ in
        enlarged[Int(source.fraction() * Double(enlarged.count))] - center
      }
      return zip(coefficients, design.influence).map { $0 + dot($1, drawn) }
    }
  }
}

private func dot(_ a: [Double], _ b: [Double]) -> Double {
  var sum = 0.0
  for index in a.indices { sum += a[index] * b[index] }
  return sum
}
