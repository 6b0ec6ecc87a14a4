#pragma once
#include "text.h"
#include <string.h>

// A number's text to a number, without a branch for each digit: sixteen characters are a number of
// 128 bits, in which the decimal mark is taken out by a shift and the digits are added up eight at
// a time.

typedef unsigned __int128 plumb_wide;

/// Each power of ten is a double.
static const double plumb_powers[] = {
  1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
  1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

static const uint32_t plumb_whole_powers[] = {
  1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000};

/// A whole number of at most 16 digits, and how many of them are decimals.
struct plumb_plain {
  uint64_t value;
  int places, is_negative;
};

#define PLUMB_EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

/// The number that eight digits write, the first in the lowest byte.
__attribute__((always_inline)) static inline uint64_t plumb_eight_digits(uint64_t x) {
  x = ((x & PLUMB_EACH(0x0F)) * 2561) >> 8;
  x = ((x & UINT64_C(0x00FF00FF00FF00FF)) * 6553601) >> 16;
  return ((x & UINT64_C(0x0000FFFF0000FFFF)) * UINT64_C(42949672960001)) >> 32;
}

/// What is not zero unless all eight bytes are digits.
__attribute__((always_inline)) static inline uint64_t plumb_non_digits(uint64_t x) {
  return ((x & PLUMB_EACH(0xF0)) | (((x + PLUMB_EACH(0x06)) & PLUMB_EACH(0xF0)) >> 4)) ^
         PLUMB_EACH(0x33);
}

/// Reads a sign, digits and at most one decimal mark, up to 16 characters after the sign; 0 if the
/// slice is anything else. Reads the 16 bytes before `end`.
__attribute__((always_inline)) static inline int plumb_plain_number(
  const uint8_t *text, size_t start, size_t end, uint8_t decimal, struct plumb_plain *plain
) {
  if (start == end) return 0;
  plain->is_negative = text[start] == '-';
  start += plain->is_negative | (text[start] == '+');
  size_t count = end - start;
  if (count - 1 > 15) return 0;
  uint64_t high;
  memcpy(&high, text + end - 8, 8);
  if (count <= 8) {
    uint64_t keep = UINT64_MAX << (8 * (8 - count));
    uint64_t x = (high & keep) | (PLUMB_EACH('0') & ~keep);
    uint64_t differs = x ^ PLUMB_EACH(decimal);
    uint64_t marks = (differs - PLUMB_EACH(1)) & ~differs & PLUMB_EACH(0x80);
    plain->places = 0;
    if (marks) {
      if (count == 1) return 0;
      // `below` covers what stands before the mark.
      unsigned place = (unsigned)__builtin_ctzll(marks) & ~7u;
      uint64_t below = (UINT64_C(1) << place) - 1;
      plain->places = 7 - (int)(place / 8);
      x = ((x & below) << 8) | '0' | (x & ~((below << 8) | 0xFF));
    }
    if (plumb_non_digits(x)) return 0;
    plain->value = plumb_eight_digits(x);
    return 1;
  }
  uint64_t low;
  memcpy(&low, text + end - 16, 8);
  uint64_t keep = count == 16 ? UINT64_MAX : ~(UINT64_MAX >> (8 * (count - 8)));
  low = (low & keep) | (PLUMB_EACH('0') & ~keep);
  plumb_wide x = (plumb_wide)high << 64 | low;
  uint64_t low_differs = low ^ PLUMB_EACH(decimal), high_differs = high ^ PLUMB_EACH(decimal);
  uint64_t low_marks = (low_differs - PLUMB_EACH(1)) & ~low_differs & PLUMB_EACH(0x80);
  uint64_t high_marks = (high_differs - PLUMB_EACH(1)) & ~high_differs & PLUMB_EACH(0x80);
  plain->places = 0;
  if (low_marks | high_marks) {
    unsigned place = low_marks ? (unsigned)__builtin_ctzll(low_marks) & ~7u
                               : 64 + ((unsigned)__builtin_ctzll(high_marks) & ~7u);
    plumb_wide below = ((plumb_wide)1 << place) - 1;
    plain->places = 15 - (int)(place / 8);
    x = ((x & below) << 8) | '0' | (x & ~((below << 8) | 0xFF));
  }
  if (plumb_non_digits((uint64_t)x) | plumb_non_digits((uint64_t)(x >> 64))) return 0;
  plain->value =
    plumb_eight_digits((uint64_t)x) * 100000000 + plumb_eight_digits((uint64_t)(x >> 64));
  return 1;
}
