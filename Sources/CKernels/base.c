#include "kernels.h"

// The processor's minimum: SSE2 on x86-64, NEON on arm64.
#pragma clang fp contract(fast)
#define LANES 4
#if defined(__aarch64__)
#define ROWS 8
#else
#define ROWS 4
#endif
#define NAME(n) n##_baseline
#include "all.inc"
