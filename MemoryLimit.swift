#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Throws where training takes more memory than the machine has, which would end the program, or
/// another one, without a word.
func checkMemory(
  bytes: Int, available: UInt64 = ProcessInfo.processInfo.physicalMemory
) throws(TrainingError) {
  guard UInt64(bytes) > available else { return }
  throw TrainingError(
    "the network takes \(gigabytes(UInt64(bytes))) GB to train, and this machine has "
      + "\(gigabytes(available)) GB",
    hints: [
      "make the widest layers narrower: `plumb compile` shows what each takes",
      "lower `training.batch_size`, or use `optimizer: sgd`, which remembers nothing",
    ])
}

/// Bytes in thousand millions, with one decimal place.
private func gigabytes(_ bytes: UInt64) -> Double { (Double(bytes) / 1e8).rounded() / 10 }
