import SpecSyntax
import Testing

@testable import SpecCompiler

@Suite("guides to hyperparameters")
struct KeyGuideTests {
  @Test("a guide is about a key of the language, and there is one at most")
  func paths() {
    let paths = Set(KeyExplanation.all.map(\.path))
    for guide in KeyGuides.all {
      #expect(paths.contains(guide.path), "\(guide.path)")
    }
    #expect(Set(KeyGuides.all.map(\.path)).count == KeyGuides.all.count)
  }

  @Test("every setting of the model and of training has a guide")
  func coverage() {
    let guided = Set(KeyGuides.all.map(\.path))
    for field in FieldReader.describe(ModelSection.self) {
      #expect(guided.contains(SpecPath.root.key("model").key(field.name)), "\(field.name)")
    }
    for field in FieldReader.describe(TrainingSection.self) {
      #expect(guided.contains(SpecPath.root.key("training").key(field.name)), "\(field.name)")
    }
  }

  @Test("a guide says what it is, which way to turn, and what moves with it")
  func contents() {
    let paths = Set(KeyExplanation.all.map(\.path))
    for guide in KeyGuides.all {
      #expect(guide.choice != nil || (guide.grows != nil && guide.shrinks != nil), "\(guide.path)")
      #expect(!guide.together.isEmpty && !guide.trials.isEmpty, "\(guide.path)")
      for companion in guide.together {
        #expect(companion.path != guide.path)
        let isKey =
          paths.contains(companion.path)
          || KeyGuides.at(companion.path) != nil
        #expect(isKey, "\(guide.path): \(companion.path)")
      }
    }
  }

  @Test("a page fits 80 columns", arguments: KeyGuides.all.map(\.path.description))
  func columns(path: String) throws {
    for line in try #require(explanation(of: path)).split(separator: "\n")
    where !line.hasPrefix("  plumb train") {
      #expect(line.count <= 80, "\(line)")
    }
  }

  @Test("what a guide proposes to try compiles", arguments: KeyGuides.all.indices)
  func trials(index: Int) throws {
    let guide = KeyGuides.all[index]
    let isOfClasses = guide.path.description.hasSuffix("class_weights")
      || guide.path.description.hasSuffix("label_smoothing")
    let target = isOfClasses ? "species" : "progression"
    let table = isOfClasses ? "iris.csv" : "diabetes.csv"
    let text = "plumb: 1\ndata: {source: \(table), target: \(target)}\n"
    for trial in guide.trials {
      let compilation = compile(
        SourceText(name: "specs/examples/trial.yaml", text: text), overrides: [Override(trial)],
        in: .repository)
      let errors = compilation.diagnostics.filter { $0.level == .error }
      #expect(errors.map(\.message) == [], "\(trial)")
    }
  }

  @Test("the words of the field are explained")
  func terms() {
    for name in ["hyperparameter", "parameter", "overfitting", "epoch", "batch"] {
      #expect(explanation(of: name) != nil, "\(name)")
    }
  }
}
