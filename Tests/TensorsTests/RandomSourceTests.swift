import Testing

@testable import Tensors

struct RandomSourceTests {
  @Test("the generators give their published numbers")
  func published() {
    var source = RandomSource(state: (1, 2, 3, 4))
    let numbers: [UInt64] = [
      11520, 0, 1_509_978_240, 1_215_971_899_390_074_240, 1_216_172_134_540_287_360,
      607_988_272_756_665_600, 16_172_922_978_634_559_625, 8_476_171_486_693_032_832,
      10_595_114_339_597_558_777, 2_904_607_092_377_533_576,
    ]
    for number in numbers { #expect(source.next() == number) }
    var filler = SplitMix64(state: 1_234_567)
    let fillers: [UInt64] = [
      6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
      4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
    ]
    for number in fillers { #expect(filler.next() == number) }
  }

  @Test("a seed repeats and its splits differ from each other and from their source")
  func splits() {
    let source = RandomSource(seed: 42)
    #expect(source == RandomSource(seed: 42))
    let family = [
      source, source.split("weights"), source.split("dropout"), source.split(0), source.split(1),
      RandomSource(seed: 43).split(0),
    ]
    let firsts = family.map { source in
      var source = source
      return source.next()
    }
    #expect(Set(firsts).count == family.count)
    #expect(source.split("weights") == RandomSource(seed: 42).split("weights"))
  }

  @Test("uniform numbers have the moments of the uniform distribution")
  func uniform() {
    var source = RandomSource(seed: 1)
    let numbers = (0..<20_000).map { _ in Double(source.uniform()) }
    #expect(numbers.allSatisfy { $0 >= 0 && $0 < 1 })
    #expect(abs(mean(numbers) - 0.5) < 0.01)
    #expect(abs(mean(numbers.map { ($0 - 0.5) * ($0 - 0.5) }) - 1.0 / 12) < 0.003)
  }

  @Test("normal numbers have the moments of the normal distribution")
  func normal() {
    var source = RandomSource(seed: 2)
    let numbers = (0..<20_000).map { _ in Double(source.normal()) }
    #expect(abs(mean(numbers)) < 0.03)
    #expect(abs(mean(numbers.map { $0 * $0 }) - 1) < 0.04)
    #expect(abs(mean(numbers.map { $0 * $0 * $0 })) < 0.11)
    #expect(abs(mean(numbers.map { $0 * $0 * $0 * $0 }) - 3) < 0.3)
  }

  @Test("whole numbers below a bound are equally likely", arguments: [1, 2, 3, 10])
  func below(_ bound: Int) {
    var source = RandomSource(seed: 3)
    var counts = [Int](repeating: 0, count: bound)
    for _ in 0..<9000 { counts[source.below(bound)] += 1 }
    let expected = 9000 / Double(bound)
    for count in counts { #expect(abs(Double(count) - expected) <= 4 * expected.squareRoot()) }
  }

  @Test("a shuffle keeps the values and makes every order equally likely")
  func shuffle() {
    var source = RandomSource(seed: 4)
    var counts: [[Int32]: Int] = [:]
    for _ in 0..<12_000 {
      var values: [Int32] = [0, 1, 2, 3]
      source.shuffle(&values)
      counts[values, default: 0] += 1
    }
    #expect(counts.count == 24)
    let chiSquare = counts.values.reduce(0) { $0 + Double(($1 - 500) * ($1 - 500)) / 500 }
    // The 99.99 % point of 23 degrees of freedom.
    #expect(chiSquare < 57)
  }

  @Test("the logarithm is right to the last places")
  func logarithm() {
    #expect(naturalLogarithm(1) == 0)
    #expect(abs(naturalLogarithm(2) - 0.693_147_180_559_945_3) < 1e-15)
    #expect(abs(naturalLogarithm(10) - 2.302_585_092_994_046) < 1e-15)
    #expect(abs(naturalLogarithm(1e-9) + 20.723_265_836_946_41) < 1e-14)
    #expect(abs(naturalLogarithm(1.999_999_999) - 0.693_147_180_059_945_3) < 1e-15)
  }

  func mean(_ numbers: [Double]) -> Double { numbers.reduce(0, +) / Double(numbers.count) }
}
