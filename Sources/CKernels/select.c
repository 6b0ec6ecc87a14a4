#include "kernels.h"
#include <stdlib.h>
#include <string.h>

extern const struct plumb_kernels plumb_kernels_baseline, plumb_kernels_v3, plumb_kernels_v4;

static const char *const set_names[] = {"baseline", "v3", "v4"};

const struct plumb_kernels *plumb_kernels_of(int set) {
#if defined(__x86_64__)
  if (set == plumb_set_v4) return &plumb_kernels_v4;
  if (set == plumb_set_v3) return &plumb_kernels_v3;
#endif
  (void)set;
  return &plumb_kernels_baseline;
}

int plumb_supports(int set) {
#if defined(__x86_64__)
  if (set == plumb_set_v4) return __builtin_cpu_supports("x86-64-v4") != 0;
  if (set == plumb_set_v3) return __builtin_cpu_supports("x86-64-v3") != 0;
#endif
  return set == plumb_set_baseline;
}

const char *plumb_refused_set(void) {
  const char *wanted = getenv("PLUMB_CPU");
  if (!wanted || !*wanted) return 0;
  for (int set = plumb_set_baseline; set <= plumb_set_v4; set++)
    if (strcmp(wanted, set_names[set]) == 0 && plumb_supports(set)) return 0;
  return wanted;
}

int plumb_preferred_set(void) {
  const char *wanted = getenv("PLUMB_CPU");
  for (int set = plumb_set_v4; wanted && set >= plumb_set_baseline; set--)
    if (strcmp(wanted, set_names[set]) == 0 && plumb_supports(set)) return set;
  for (int set = plumb_set_v4; set > plumb_set_baseline; set--)
    if (plumb_supports(set)) return set;
  return plumb_set_baseline;
}
