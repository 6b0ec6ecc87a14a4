#include "number.h"

#if defined(__x86_64__)
#pragma clang attribute push(                                                               \
  __attribute__((target("arch=x86-64-v4"), min_vector_width(512))), apply_to = function)
#define NAME(n) n##_v4
#include "all.inc"
#pragma clang attribute pop
#endif
