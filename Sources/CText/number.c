#include "number.h"

/// A power of ten as `mantissa · 2^exponent`, the mantissa filling 64 bits, rounded down.
struct power {
  uint64_t mantissa;
  int exponent;
};

/// The powers of ten from −27 to 27: as far as a power of five fits in 64 bits.
static const struct power powers[] = {
  {UINT64_C(0x9E74D1B791E07E48), -153}, {UINT64_C(0xC612062576589DDA), -150},
  {UINT64_C(0xF79687AED3EEC551), -147}, {UINT64_C(0x9ABE14CD44753B52), -143},
  {UINT64_C(0xC16D9A0095928A27), -140}, {UINT64_C(0xF1C90080BAF72CB1), -137},
  {UINT64_C(0x971DA05074DA7BEE), -133}, {UINT64_C(0xBCE5086492111AEA), -130},
  {UINT64_C(0xEC1E4A7DB69561A5), -127}, {UINT64_C(0x9392EE8E921D5D07), -123},
  {UINT64_C(0xB877AA3236A4B449), -120}, {UINT64_C(0xE69594BEC44DE15B), -117},
  {UINT64_C(0x901D7CF73AB0ACD9), -113}, {UINT64_C(0xB424DC35095CD80F), -110},
  {UINT64_C(0xE12E13424BB40E13), -107}, {UINT64_C(0x8CBCCC096F5088CB), -103},
  {UINT64_C(0xAFEBFF0BCB24AAFE), -100}, {UINT64_C(0xDBE6FECEBDEDD5BE), -97},
  {UINT64_C(0x89705F4136B4A597), -93}, {UINT64_C(0xABCC77118461CEFC), -90},
  {UINT64_C(0xD6BF94D5E57A42BC), -87}, {UINT64_C(0x8637BD05AF6C69B5), -83},
  {UINT64_C(0xA7C5AC471B478423), -80}, {UINT64_C(0xD1B71758E219652B), -77},
  {UINT64_C(0x83126E978D4FDF3B), -73}, {UINT64_C(0xA3D70A3D70A3D70A), -70},
  {UINT64_C(0xCCCCCCCCCCCCCCCC), -67}, {UINT64_C(0x8000000000000000), -63},
  {UINT64_C(0xA000000000000000), -60}, {UINT64_C(0xC800000000000000), -57},
  {UINT64_C(0xFA00000000000000), -54}, {UINT64_C(0x9C40000000000000), -50},
  {UINT64_C(0xC350000000000000), -47}, {UINT64_C(0xF424000000000000), -44},
  {UINT64_C(0x9896800000000000), -40}, {UINT64_C(0xBEBC200000000000), -37},
  {UINT64_C(0xEE6B280000000000), -34}, {UINT64_C(0x9502F90000000000), -30},
  {UINT64_C(0xBA43B74000000000), -27}, {UINT64_C(0xE8D4A51000000000), -24},
  {UINT64_C(0x9184E72A00000000), -20}, {UINT64_C(0xB5E620F480000000), -17},
  {UINT64_C(0xE35FA931A0000000), -14}, {UINT64_C(0x8E1BC9BF04000000), -10},
  {UINT64_C(0xB1A2BC2EC5000000), -7}, {UINT64_C(0xDE0B6B3A76400000), -4},
  {UINT64_C(0x8AC7230489E80000), 0}, {UINT64_C(0xAD78EBC5AC620000), 3},
  {UINT64_C(0xD8D726B7177A8000), 6}, {UINT64_C(0x878678326EAC9000), 10},
  {UINT64_C(0xA968163F0A57B400), 13}, {UINT64_C(0xD3C21BCECCEDA100), 16},
  {UINT64_C(0x84595161401484A0), 20}, {UINT64_C(0xA56FA5B99019A5C8), 23},
  {UINT64_C(0xCECB8F27F4200F3A), 26},
};

/// The double nearest to `value · 10^exponent`, where cheap arithmetic can decide it.
static int nearest(uint64_t value, long exponent, double *result) {
  if (value == 0) {
    *result = 0;
    return 1;
  }
  if (value < UINT64_C(1) << 53 && exponent >= -22 && exponent <= 22) {
    *result = exponent < 0 ? (double)value / plumb_powers[-exponent]
                           : (double)value * plumb_powers[exponent];
    return 1;
  }
  if (exponent < -27 || exponent > 27) return 0;
  struct power power = powers[exponent + 27];
  int zeros = __builtin_clzll(value);
  uint64_t product = (uint64_t)(((plumb_wide)(value << zeros) * power.mantissa) >> 64);
  int drop = product >> 63 ? 11 : 10;
  uint64_t rest = product & ((UINT64_C(1) << drop) - 1), half = UINT64_C(1) << (drop - 1);
  // The power is rounded down, so the true product lies less than 2 above; near a tie, give up.
  if (rest + 2 >= half && rest <= half) return 0;
  uint64_t mantissa = (product >> drop) + (rest > half);
  // A mantissa of 2^53 carries into the exponent bits, as it should.
  uint64_t binary = (uint64_t)(power.exponent - zeros + 64 + drop + 52 + 1023);
  uint64_t bits = ((binary - 1) << 52) + mantissa;
  memcpy(result, &bits, 8);
  return 1;
}

/// The digits of a number as they are read.
struct digits {
  uint64_t value;
  size_t seen;
  long exponent;
  int significant, is_exact;
};

/// Takes in digits as far as they go; the place after them.
static size_t read_digits(
  struct digits *digits, const uint8_t *text, size_t at, size_t end, int is_fraction
) {
  size_t start = at;
  for (; at < end; at++) {
    unsigned digit = (unsigned)text[at] - '0';
    if (digit > 9) break;
    if (digits->significant < 19) {
      digits->value = digits->value * 10 + digit;
      digits->significant += digits->value != 0;
      digits->exponent -= is_fraction;
    } else {
      digits->is_exact = 0;
      digits->exponent += !is_fraction;
    }
  }
  digits->seen += at - start;
  return at;
}

enum plumb_number_kind plumb_parse_number(
  const uint8_t *text, size_t start, size_t end, uint8_t decimal, double *value
) {
  struct plumb_plain plain;
  if (end >= 16 && plumb_plain_number(text, start, end, decimal, &plain) &&
      plain.value < UINT64_C(1) << 53) {
    *value = (double)plain.value / plumb_powers[plain.places];
    if (plain.is_negative) *value = -*value;
    return plumb_number;
  }
  if (start == end) return plumb_not_a_number;
  int is_negative = text[start] == '-';
  size_t at = start + (size_t)(is_negative | (text[start] == '+'));
  struct digits digits = {.is_exact = 1};
  at = read_digits(&digits, text, at, end, 0);
  if (at < end && text[at] == decimal) at = read_digits(&digits, text, at + 1, end, 1);
  if (digits.seen == 0) return plumb_not_a_number;
  long exponent = 0;
  if (at < end) {
    if ((text[at++] | 0x20) != 'e' || at == end) return plumb_not_a_number;
    int is_below = text[at] == '-';
    at += (size_t)(is_below | (text[at] == '+'));
    if (at == end) return plumb_not_a_number;
    for (; at < end; at++) {
      unsigned digit = (unsigned)text[at] - '0';
      if (digit > 9) return plumb_not_a_number;
      // Far outside the range of doubles, larger makes no difference.
      if (exponent < 100000) exponent = exponent * 10 + (long)digit;
    }
    if (is_below) exponent = -exponent;
  }
  if (!digits.is_exact || !nearest(digits.value, digits.exponent + exponent, value))
    return plumb_hard_number;
  if (is_negative) *value = -*value;
  return plumb_number;
}

int plumb_is_utf8(const uint8_t *bytes, size_t count) {
  size_t at = 0;
  while (at < count) {
    uint64_t word;
    if (count - at >= 8 && (memcpy(&word, bytes + at, 8), !(word & PLUMB_EACH(0x80)))) {
      at += 8;
      continue;
    }
    uint8_t first = bytes[at++];
    if (first < 0x80) continue;
    // How many bytes follow, and the range of the first of them.
    int more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1;
    uint8_t low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    uint8_t top = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    if (first < 0xC2 || first > 0xF4) return 0;
    for (; more > 0; more--, low = 0x80, top = 0xBF, at++)
      if (at == count || bytes[at] < low || bytes[at] > top) return 0;
  }
  return 1;
}

void plumb_sort64(uint64_t *keys, uint64_t *spare, size_t count) {
  enum { most_values = 1 << 11 };
  // Few keys do not pay for the counts of large digits.
  const int digit_bits = count < most_values ? 8 : 11;
  const uint64_t values = (uint64_t)1 << digit_bits;
  uint64_t differing = 0;
  for (size_t i = 1; i < count; i++) differing |= keys[i] ^ keys[0];
  uint64_t *from = keys, *to = spare;
  size_t places[most_values];
  for (int shift = 0; shift < 64; shift += digit_bits) {
    if ((differing >> shift & (values - 1)) == 0) continue;
    memset(places, 0, values * sizeof *places);
    for (size_t i = 0; i < count; i++) places[from[i] >> shift & (values - 1)]++;
    size_t sum = 0;
    for (uint64_t value = 0; value < values; value++) {
      size_t here = places[value];
      places[value] = sum;
      sum += here;
    }
    for (size_t i = 0; i < count; i++) to[places[from[i] >> shift & (values - 1)]++] = from[i];
    uint64_t *last = from;
    from = to;
    to = last;
  }
  if (from != keys) memcpy(keys, from, count * sizeof *keys);
}
