public import SpecSyntax

/// The list of losses.
public enum Losses {
  public static let all: [any Loss.Type] = [
    MeanSquaredError.self, MeanAbsoluteError.self, Huber.self, LogCosh.self, Quantile.self,
    Poisson.self, CrossEntropy.self, BinaryCrossEntropy.self, Focal.self, Hinge.self,
    SquaredHinge.self,
  ]

  /// The losses as a spec names them.
  public static let variants: [Variant<any Loss>] = all.map { variant($0) }

  fileprivate static let fieldType = FieldType<any Loss>.variant("loss", variants) {
    $0.name
  }

  private static func variant<Member: Loss>(_ type: Member.Type) -> Variant<any Loss> {
    Variant(Member.name, summary: Member.summary, shorthand: Member.shorthand) { fields in
      Member(reading: &fields)
    }
  }
}

extension FieldType where Value == any Loss {
  /// A loss by its name.
  public static var loss: FieldType { Losses.fieldType }
}
