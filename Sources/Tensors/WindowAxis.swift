internal import CKernels

/// One axis of the windows that a convolution or a pooling slides over an image.
///
/// Output `o` and tap `k` of the window meet at position `o · stride + k · dilation − padding` of
/// the input; positions outside of it count as zero in a convolution and as absent in pooling.
public struct WindowAxis: Hashable, Sendable {
  /// Positions of the input.
  public var input: Int
  /// Taps of the window.
  public var kernel: Int
  public var stride: Int
  /// How far apart neighbouring taps lie.
  public var dilation: Int
  /// Positions added before the input.
  public var padding: Int
  /// How many windows are taken.
  public var output: Int

  public init(
    input: Int, kernel: Int, stride: Int = 1, dilation: Int = 1, padding: Int = 0, output: Int
  ) {
    (self.input, self.kernel, self.stride) = (input, kernel, stride)
    (self.dilation, self.padding, self.output) = (dilation, padding, output)
  }

  /// The positions from the first tap to the last.
  public var span: Int { (kernel - 1) * dilation + 1 }

  /// The axis of length 1 that an image of one row has.
  public static let single = WindowAxis(input: 1, kernel: 1, output: 1)

  /// Whether every window covers a position of the input.
  var isValid: Bool {
    input > 0 && kernel > 0 && stride > 0 && dilation > 0 && padding >= 0 && output > 0
      && padding < span && (output - 1) * stride - padding < input
  }

  /// The same for the kernels.
  var call: plumb_axis {
    plumb_axis(
      input: input, output: output, kernel: kernel, stride: stride, dilation: dilation,
      padding: padding)
  }
}
