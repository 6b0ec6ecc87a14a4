#pragma once
#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

// The hot loops of reading delimited text: cutting it into cells, and cells into numbers, dates and
// levels. Places are offsets from `text`, of which the 16 bytes before any cell and the 64 after the
// last byte in use may be read. No function allocates, keeps state or calls the C library.
// Digests are in sha256.h.

/// A slice of the text.
struct plumb_cell {
  uint32_t start, end;
};

enum plumb_scan_status {
  /// All records up to the limit, or as many as there was room for.
  plumb_scan_done,
  /// The text ends within a record that starts at `position`.
  plumb_scan_needs_text,
  /// A quote is never closed; `line` opened it.
  plumb_scan_unclosed_quote,
  /// After a closing quote on `line` stands something else than a delimiter.
  plumb_scan_text_after_quote,
};

/// One reading of records that all have `width` cells.
struct plumb_scan {
  uint8_t *text;
  /// Where to begin, and where the first record stands that was not read.
  size_t position;
  /// Where the text ends, which is within a record unless `is_last`; a line end must stand there if
  /// it is.
  size_t end;
  /// Records that start here or later are left.
  size_t limit;
  int is_last;
  uint8_t delimiter, quote;
  size_t width;
  /// Room for `capacity` records and four cells; a cell whose doubled quotes were undone lies from `spare` on.
  struct plumb_cell *cells;
  size_t capacity, records;
  size_t spare;
  /// The line at `position`; it counts up.
  uint32_t line;
  /// Records, and their lines, that do not start one line after the last.
  uint32_t *jump_records, *jump_lines;
  size_t jumps;
  /// The line at which the next record is expected.
  uint32_t next_line;
  /// Records of another width, which are left out: how many, and line and width of the first.
  size_t ragged;
  uint32_t ragged_line, ragged_width;
  /// Whether a byte was seen that is zero, or not ASCII.
  int has_zero, has_high;
};

/// The texts that stand for no value, one after another; token `i` ends at `ends[i]`.
struct plumb_tokens {
  const uint8_t *bytes;
  const uint32_t *ends;
  size_t count;
  /// Whether some are numbers, so that they come before numbers.
  int include_numbers;
};

/// The cells of one column: of row `i` it is `cells[i · width]`.
struct plumb_column {
  const uint8_t *text;
  const struct plumb_cell *cells;
  size_t width, rows;
  uint8_t decimal;
  struct plumb_tokens tokens;
  /// How often each token was found; counted up.
  uint32_t *token_counts;
  /// Rows whose cells need a closer look, which are left without a value.
  uint32_t *odd_rows;
  size_t odd_count;
};

/// The distinct texts of a column in order of appearance, through a hash table.
struct plumb_levels {
  /// Codes by hash, −1 where free; as many as a power of two.
  int32_t *slots;
  size_t slot_count;
  /// For each level: its hash, where its text ends in `bytes`, and how many cells hold it.
  uint32_t *hashes, *ends, *counts;
  size_t count, capacity;
  uint8_t *bytes;
  size_t byte_count, byte_capacity;
};

enum plumb_number_kind {
  plumb_not_a_number, plumb_number,
  /// Written as a number, but cheap arithmetic cannot round it.
  plumb_hard_number,
};

/// No value, and minus zero, among scaled numbers.
#define plumb_missing INT32_MIN
#define plumb_minus_zero (INT32_MIN + 1)

/// The loops for one instruction set.
struct plumb_text_loops {
  /// Cuts text into records.
  enum plumb_scan_status (*scan)(struct plumb_scan *);
  /// Reads cells as `value · 10^scale`; returns at the first number that is no such whole number of
  /// 32 bits, else the number of rows. `places` is then how many decimals it has.
  size_t (*scaled)(struct plumb_column *, size_t first, int scale, int32_t *values, int *places);
  /// Reads cells as doubles.
  void (*doubles)(struct plumb_column *, size_t first, double *values);
  /// Reads cells as dates, in days; `order` is 0 for year, 1 for day, 2 for month first. Returns at
  /// the first date with a time of day, else the number of rows.
  size_t (*days)(struct plumb_column *, size_t first, int order, int32_t *values);
  /// Reads cells as dates, in seconds.
  void (*seconds)(struct plumb_column *, size_t first, int order, double *values);
  /// The level of each cell; returns where there is no more room, else the number of rows.
  size_t (*levels)(struct plumb_column *, size_t first, struct plumb_levels *, int32_t *codes);
};

/// The number in a slice; all of the 16 bytes before `end` are read where `end` is 16 or more.
enum plumb_number_kind plumb_parse_number(
  const uint8_t *text, size_t start, size_t end, uint8_t decimal, double *value);

/// Whether bytes are valid UTF-8.
int plumb_is_utf8(const uint8_t *bytes, size_t count);

/// The loops for the widest instruction set this processor has, or the one that `PLUMB_CPU` names.
const struct plumb_text_loops *plumb_text_loops_current(void);

/// The loops for a set (0 baseline, 1 AVX2, 2 AVX-512); null if this processor lacks it.
const struct plumb_text_loops *_Nullable plumb_text_loops_of(int set);

/// Sorts 64-bit numbers; `spare` is as large.
void plumb_sort64(uint64_t *keys, uint64_t *spare, size_t count);

#pragma clang assume_nonnull end
