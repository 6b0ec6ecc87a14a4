#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// The natural logarithm.
func logarithm(_ x: Double) -> Double { log(x) }
/// e to the power of x.
func exponential(_ x: Double) -> Double { exp(x) }
/// The share of the standard normal distribution below x, with a small relative error for all x.
func normalShare(below x: Double) -> Double { 0.5 * erfc(-x * 0.5.squareRoot()) }
