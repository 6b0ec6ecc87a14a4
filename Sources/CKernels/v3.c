#include "kernels.h"

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("arch=x86-64-v3"))), apply_to = function)
#pragma clang fp contract(fast)
#define LANES 8
#define ROWS 6
#define NAME(n) n##_v3
#include "all.inc"
#pragma clang attribute pop
#endif
