#include "text.h"
#include <stdlib.h>
#include <string.h>

extern const struct plumb_text_loops plumb_text_loops_baseline, plumb_text_loops_v3,
  plumb_text_loops_v4;

const struct plumb_text_loops *plumb_text_loops_of(int set) {
#if defined(__x86_64__)
  if (set == 2 && __builtin_cpu_supports("x86-64-v4")) return &plumb_text_loops_v4;
  if (set == 1 && __builtin_cpu_supports("x86-64-v3")) return &plumb_text_loops_v3;
#endif
  return set == 0 ? &plumb_text_loops_baseline : NULL;
}

const struct plumb_text_loops *plumb_text_loops_current(void) {
  static const char *const names[] = {"baseline", "v3", "v4"};
  const char *wanted = getenv("PLUMB_CPU");
  for (int set = 2; wanted && set >= 0; set--)
    if (strcmp(wanted, names[set]) == 0 && plumb_text_loops_of(set))
      return plumb_text_loops_of(set);
  for (int set = 2; set > 0; set--)
    if (plumb_text_loops_of(set)) return plumb_text_loops_of(set);
  return &plumb_text_loops_baseline;
}
