#pragma once
#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

// The hot loops of the network core. One example per lane: a matrix holds one feature per row and
// one example per column, its rows `stride` floats apart. `lanes` is a number of columns rounded up
// to 16, all of which may be read and written; `columns` counts those in use.
// No function allocates, keeps state or calls the C library.

enum plumb_activation {
  plumb_linear, plumb_relu, plumb_leaky_relu, plumb_elu, plumb_selu, plumb_gelu, plumb_silu,
  plumb_mish, plumb_softplus, plumb_tanh, plumb_sigmoid, plumb_hard_sigmoid, plumb_hard_swish,
  plumb_hard_tanh, plumb_relu6
};

enum plumb_loss {
  plumb_sigmoid_cross_entropy, plumb_squared_error, plumb_absolute_error, plumb_huber_error,
  plumb_log_cosh_error, plumb_quantile_error, plumb_poisson, plumb_hinge, plumb_squared_hinge
};

/// `c[r, j] = Σ_k a[r·row_step + k·depth_step] · b[k, j]`, with a bias per row, added to `c` or
/// not, and cut at zero or not.
struct plumb_product {
  const float *a;
  size_t row_step, depth_step;
  const float *b;
  size_t b_stride;
  float *c;
  size_t c_stride;
  const float *_Nullable bias;
  size_t rows, lanes, depth;
  int accumulate, relu;
};

/// The gradient of a dense layer's weights and bias.
struct plumb_weight_gradient {
  const float *input, *output_gradient;
  size_t input_stride, output_gradient_stride;
  float *weight_gradient, *_Nullable bias_gradient, *scratch;
  size_t weight_stride, inputs, outputs, columns;
  int accumulate;
};

/// One axis of the windows of a convolution or pooling: output `o` and tap `k` meet at input
/// `o·stride + k·dilation − padding`.
struct plumb_axis {
  size_t input, output, kernel, stride, dilation, padding;
};

/// A convolution over images: a matrix has a row for each channel, height and width.
///
/// Weights have a row for each input channel of a group and tap, and a column for each output.
/// Where `codes` is given, the largest of every 2 × 2 outputs is kept in place of the four, with
/// its number, or 4 if it was cut off; both axes' outputs are even then.
struct plumb_convolution {
  struct plumb_axis y, x;
  /// Channels in and out are those of one group.
  size_t groups, inputs, outputs, columns;
  const float *_Nullable input, *_Nullable weights, *_Nullable bias;
  float *_Nullable output;
  uint8_t *_Nullable codes;
  const float *_Nullable output_gradient;
  float *_Nullable input_gradient, *_Nullable weight_gradient, *_Nullable bias_gradient;
  float *_Nullable scratch;
  size_t input_stride, output_stride, output_gradient_stride, input_gradient_stride;
  size_t weight_stride;
  int relu, accumulate;
};

/// Pooling, channel by channel; `codes` holds which position of each window was the largest.
struct plumb_pooling {
  struct plumb_axis y, x;
  size_t lanes;
  const float *_Nullable input, *_Nullable output_gradient;
  float *_Nullable output, *_Nullable input_gradient;
  uint16_t *_Nullable codes;
  size_t input_stride, output_stride, output_gradient_stride, input_gradient_stride;
  int accumulate;
};

/// A dense layer with its activation, the same memory at every step.
struct plumb_dense {
  /// The sums, cut at zero if that is the activation; `c` are the outputs or `sums`.
  struct plumb_product forward;
  /// The gradient of the inputs; unused where nobody wants it.
  struct plumb_product back_data;
  struct plumb_weight_gradient gradient;
  int activation;
  float parameter;
  /// The sums where the activation's slope is computed from them, else the outputs.
  const float *sums;
  float *output, *output_gradient;
};

/// Sizes of an element-wise loop over up to four matrices.
struct plumb_sizes {
  size_t rows, lanes, columns;
  size_t strides[4];
};

/// One loss over outputs `[units × columns]`; `gradient` may be null, `weights` too. `parameter` is
/// Huber's delta, the level of a quantile or the exponent of the focal loss. `losses` may take the
/// loss of each column.
struct plumb_loss_call {
  const float *outputs, *targets, *_Nullable weights;
  float *_Nullable gradient, *_Nullable losses;
  size_t units, columns, output_stride, target_stride, gradient_stride;
  float smoothing, parameter, normaliser;
};

/// One normalisation: groups of `rows_per_group` rows share scale and shift, in a batch
/// normalisation also the statistics; in a layer normalisation `rows_per_example_group` rows share
/// the statistics of each example.
struct plumb_norm {
  const float *_Nullable input, *_Nullable scale;
  const float *_Nullable shift, *_Nullable output_gradient;
  float *_Nullable output, *_Nullable input_gradient;
  float *_Nullable scale_gradient, *_Nullable shift_gradient;
  float *_Nullable mean, *_Nullable inverse_deviation;
  float *_Nullable running_mean, *_Nullable running_variance;
  size_t rows, columns, rows_per_group, rows_per_example_group;
  size_t input_stride, output_stride, output_gradient_stride, input_gradient_stride;
  float epsilon, momentum;
  int accumulate, accumulate_parameters;
};

/// Rows of a table named by numbers: position `p` of a column becomes `size` rows of `values`.
struct plumb_embedding {
  const float *indices;
  size_t index_stride, positions, columns;
  /// `levels` rows of `size` floats, `table_stride` apart; in `embed_backward` their gradient.
  float *table;
  size_t levels, size, table_stride;
  /// What comes out; in `embed_backward` its gradient.
  float *values;
  size_t value_stride;
};

/// Cosines and sines of each feature at `count` frequencies of its own.
struct plumb_periodic {
  const float *_Nullable input, *_Nullable frequencies, *_Nullable output_gradient;
  float *_Nullable output, *_Nullable frequency_gradient, *_Nullable input_gradient;
  size_t input_stride, output_stride, output_gradient_stride, input_gradient_stride;
  size_t features, count, columns;
  int accumulate;
};

/// Which rule turns gradients into steps.
enum plumb_optimizer {
  plumb_sgd, plumb_adam, plumb_rmsprop, plumb_adagrad, plumb_adadelta, plumb_lion
};

/// One step of an optimiser on flat buffers, element by element, so that it can be cut into ranges.
/// Each kind reads the slots and constants it needs; what depends on the step is folded into them.
struct plumb_update {
  float *parameters;
  const float *gradients, *_Nullable decay_mask;
  float *_Nullable first, *_Nullable second, *_Nullable third;
  size_t count;
  /// The share that parameters lose before the step; their factor where they join the gradient.
  float decay, penalty;
  float rate, gradient_rate, root_factor, epsilon;
  /// What two averages keep, and what they take of a new value.
  float kept1, taken1, kept2, taken2;
  int nesterov;
};

/// `l1 · Σ|p| + ½ · l2 · Σp²` over the parameters that the mask, if there is one, has at 1.
struct plumb_penalty {
  float *gradients;
  const float *parameters, *_Nullable mask;
  size_t count;
  float l1, l2;
};

/// A dense layer of as many networks as a vector has lanes. Each number is a vector, with a lane
/// for each network: number `i` of a network is at `i · lanes + its lane`. Weights have a row for each
/// input without gaps; activations have a row for each feature, `stride` floats apart.
struct plumb_lane_layer {
  float *weights, *_Nullable bias;
  const float *input;
  /// The sums, cut at zero or not.
  float *output;
  /// The gradient of the sums, and what is computed from it.
  const float *output_gradient;
  float *_Nullable input_gradient;
  /// Room for four vectors for each output, and for 128.
  float *scratch;
  size_t inputs, outputs, stride;
  int relu;
};

/// The rows of one network.
struct plumb_lane_rows {
  const float *rows;
  size_t row_stride, row_count;
};

/// Everything one instruction set can do.
struct plumb_kernels {
  void (*product)(const struct plumb_product *);
  void (*weight_gradient)(const struct plumb_weight_gradient *);
  void (*dense_forward)(const struct plumb_dense *, size_t first, size_t count);
  void (*dense_backward_outputs)(const struct plumb_dense *, size_t first, size_t count);
  void (*dense_backward_inputs)(const struct plumb_dense *, size_t first, size_t count);

  /// Rows `first ..< end` of the result, counted through all blocks of sixteen examples: the
  /// output's rows (after pooling), or the input's.
  void (*convolve)(const struct plumb_convolution *, size_t first, size_t end);
  void (*convolve_backward_input)(const struct plumb_convolution *, size_t first, size_t end);
  /// The gradients that belong to output channels `first ..< end`.
  void (*convolve_backward_weights)(const struct plumb_convolution *, size_t first, size_t end);
  /// Floats of scratch that one call needs, whatever its range.
  size_t (*convolution_scratch)(const struct plumb_convolution *);
  /// Channels `first ..< end`.
  void (*max_pool)(const struct plumb_pooling *, size_t first, size_t end);
  void (*max_pool_backward)(const struct plumb_pooling *, size_t first, size_t end);
  void (*average_pool)(const struct plumb_pooling *, size_t first, size_t end);
  void (*average_pool_backward)(const struct plumb_pooling *, size_t first, size_t end);

  void (*activate)(int kind, float parameter, const float *x, float *y, const struct plumb_sizes *);
  void (*activate_backward)(
    int kind, float parameter, const float *x, const float *y, const float *dy, float *dx,
    int accumulate, const struct plumb_sizes *);
  void (*copy)(const float *x, float *y, int accumulate, const struct plumb_sizes *);
  void (*multiply)(
    const float *a, const float *b, float *y, int accumulate, const struct plumb_sizes *);
  void (*softmax)(const float *x, float *y, const struct plumb_sizes *);
  void (*dropout)(
    const float *x, float *mask, float *y, uint32_t threshold, float factor, uint64_t key,
    uint64_t counter, const struct plumb_sizes *);
  void (*alpha_dropout)(
    const float *x, float *mask, float *y, uint32_t threshold, float factor, float kept_offset,
    float dropped_value, uint64_t key, uint64_t counter, const struct plumb_sizes *);

  void (*batch_norm)(const struct plumb_norm *);
  void (*batch_norm_apply)(const struct plumb_norm *);
  void (*batch_norm_backward)(const struct plumb_norm *);
  void (*layer_norm)(const struct plumb_norm *);
  void (*layer_norm_backward)(const struct plumb_norm *);

  double (*softmax_cross_entropy)(const struct plumb_loss_call *);
  double (*focal_cross_entropy)(const struct plumb_loss_call *);
  double (*multiclass_hinge)(int squared, const struct plumb_loss_call *);
  double (*loss)(int kind, const struct plumb_loss_call *);

  void (*update)(int kind, const struct plumb_update *);
  void (*scale)(float *x, size_t count, float factor);
  void (*clamp)(float *x, size_t count, float bound);
  void (*blend)(float *y, float kept, const float *x, float taken, size_t count);
  void (*swap)(float *x, float *y, size_t count);
  void (*penalize)(const struct plumb_penalty *);
  double (*penalty_sum)(const struct plumb_penalty *);
  double (*dot)(const float *x, const float *y, size_t count);
  double (*sum_of_squares)(const float *x, size_t count);
  size_t (*first_non_finite)(const float *x, size_t count);

  void (*embed)(const struct plumb_embedding *);
  void (*embed_backward)(const struct plumb_embedding *);
  void (*periodic)(const struct plumb_periodic *);
  void (*periodic_backward)(const struct plumb_periodic *);

  /// Returns 0, and does nothing, if an index is outside `0 ..< row_count`.
  int (*gather)(
    const float *rows, size_t row_stride, size_t row_count, const int32_t *indices, size_t count,
    size_t width, float *y, size_t stride);

  // Several networks at once, one in each lane, with `columns` examples each; the numbers of a
  // network are those that the functions above give.
  void (*lane_forward)(const struct plumb_lane_layer *, size_t columns);
  void (*lane_backward_inputs)(const struct plumb_lane_layer *, size_t columns);
  /// Takes a step of a layer's parameters. There is a call for each lane, alike but for the
  /// constants; their buffers are those of the whole network.
  void (*lane_backward_weights)(
    const struct plumb_lane_layer *, size_t columns, int kind, const struct plumb_update *);
  /// The sums of the columns' losses of each network.
  void (*lane_loss)(const float *losses, size_t columns, double *sums);
  /// Column `i` of a network is its row `indices[i]`, where the indices of the next lane begin
  /// `index_stride` further on. Returns 0, and does nothing, if one is outside its rows.
  int (*lane_gather)(
    const struct plumb_lane_rows *, const int32_t *indices, size_t index_stride, size_t count,
    size_t width, float *y, size_t stride);
  size_t lanes;

  /// Rounds of `multiply_add_width` floating-point operations in registers.
  float (*multiply_add)(size_t rounds, float factor, float term);
  size_t multiply_add_width;
};

/// Treats denormal numbers as zero on the calling thread, which they would slow a hundredfold; gives
/// what `plumb_restore_floating_point` takes to end it.
uint64_t plumb_flush_denormals(void);
void plumb_restore_floating_point(uint64_t mode);

/// Instruction sets, from the one every processor has to the widest.
enum plumb_set { plumb_set_baseline, plumb_set_v3, plumb_set_v4 };

/// The functions for an instruction set; those of the baseline where this build has no such set.
const struct plumb_kernels *plumb_kernels_of(int set);

/// Whether this processor can run an instruction set.
int plumb_supports(int set);

/// What the environment variable `PLUMB_CPU` says, if that is no set this processor can run.
const char *_Nullable plumb_refused_set(void);

/// The set named by the environment variable `PLUMB_CPU` if the processor has it, else the widest.
int plumb_preferred_set(void);

#pragma clang assume_nonnull end
