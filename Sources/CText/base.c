#include "number.h"

// The processor's minimum: SSE2 on x86-64, NEON on arm64.
#define NAME(n) n##_baseline
#include "all.inc"
