import SpecSyntax
import Testing

@Suite struct SuggestionTests {
  static let keys = [
    "learning_rate", "batch_size", "epochs", "optimizer", "hidden_layers", "loss", "features",
    "early_stopping", "weight_decay", "color",
  ]

  @Test("every key is found again after one letter is dropped, doubled or swapped", arguments: keys)
  func oneMistake(key: String) {
    let letters = Array(key)
    for i in letters.indices {
      var dropped = letters
      dropped.remove(at: i)
      var doubled = letters
      doubled.insert(letters[i], at: i)
      var swapped = letters
      if i > 0 { swapped.swapAt(i, i - 1) }
      for mistake in [dropped, doubled, swapped] {
        #expect(nearest(to: String(mistake), among: Self.keys).first == key, "\(String(mistake))")
      }
    }
  }

  @Test(
    "spellings that differ in case, separators or British endings are the same",
    arguments: [
      ("Learning-Rate", "learning_rate"), ("batchSize", "batch_size"), ("colour", "color"),
      ("BATCH SIZE", "batch_size"),
    ])
  func sameSpelling(written: String, key: String) {
    #expect(haveSameSpelling(written, key))
    #expect(nearest(to: written, among: Self.keys).first == key)
  }

  @Test("words in another order are recognised")
  func otherOrder() {
    #expect(nearest(to: "rate_learning", among: Self.keys) == ["learning_rate"])
  }

  @Test("nothing is suggested for a word that resembles none")
  func strange() {
    #expect(nearest(to: "wombat", among: Self.keys).isEmpty)
    #expect(nearest(to: "", among: Self.keys).isEmpty)
    #expect(nearest(to: "x", among: []).isEmpty)
  }

  @Test("the best comes first and no more than the limit are given")
  func order() {
    #expect(
      nearest(to: "abcdeg", among: ["abcdxx", "abcdex", "abcdef"]) == [
        "abcdex", "abcdef", "abcdxx",
      ])
    #expect(nearest(to: "abcdeg", among: ["abcdxx", "abcdex", "abcdef"], limit: 1) == ["abcdex"])
    #expect(nearest(to: "ABC_def", among: ["abcdxx", "abcdex", "abcdef"]) == ["abcdef"])
  }
}
