#include "kernels.h"

// The bits that make results and operands zero where they are denormal.
#if defined(__x86_64__)
#include <immintrin.h>
enum { FLUSH = 0x8040 };

uint64_t plumb_flush_denormals(void) {
  const unsigned mode = _mm_getcsr();
  if ((mode & FLUSH) != FLUSH) _mm_setcsr(mode | FLUSH);
  return mode;
}

void plumb_restore_floating_point(uint64_t mode) {
  if ((mode & FLUSH) != FLUSH) _mm_setcsr((unsigned)mode);
}
#elif defined(__aarch64__)
static const uint64_t FLUSH = 1u << 24;

uint64_t plumb_flush_denormals(void) {
  uint64_t mode;
  __asm__ volatile("mrs %0, fpcr" : "=r"(mode));
  if ((mode & FLUSH) == 0) __asm__ volatile("msr fpcr, %0" : : "r"(mode | FLUSH));
  return mode;
}

void plumb_restore_floating_point(uint64_t mode) {
  if ((mode & FLUSH) == 0) __asm__ volatile("msr fpcr, %0" : : "r"(mode));
}
#else
uint64_t plumb_flush_denormals(void) { return 0; }
void plumb_restore_floating_point(uint64_t mode) { (void)mode; }
#endif
