#include "kernels.h"

#if defined(__x86_64__)
// Without min_vector_width the compiler splits the vectors into halves and spills.
#pragma clang attribute push(                                                               \
  __attribute__((target("arch=x86-64-v4"), min_vector_width(512))), apply_to = function)
#pragma clang fp contract(fast)
#define LANES 16
#define ROWS 12
#define NAME(n) n##_v4
#include "all.inc"
#pragma clang attribute pop
#endif
