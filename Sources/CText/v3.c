#include "number.h"

#if defined(__x86_64__)
#pragma clang attribute push(                                                               \
  __attribute__((target("arch=x86-64-v3"))), apply_to = function)
#define NAME(n) n##_v3
#include "all.inc"
#pragma clang attribute pop
#endif
