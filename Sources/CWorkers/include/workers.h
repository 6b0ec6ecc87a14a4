#pragma once
#include <stddef.h>

#pragma clang assume_nonnull begin

// A few threads that share the parts of one job at a time. A thread without work looks for more
// for some microseconds and then sleeps, so that it costs a busy machine nothing.

struct plumb_pool;

/// Does one part of a job.
typedef void (*plumb_part)(void *context, size_t part);

/// A pool of `count` threads, the caller's included; null if the system gives no more threads.
struct plumb_pool *_Nullable plumb_pool_create(size_t count);

/// Ends the threads and frees the pool; no job may be under way.
void plumb_pool_destroy(struct plumb_pool *pool);

/// Calls `run(context, part)` once for each part, part `i` on thread `i % count`, the caller being
/// thread 0; returns when all are done and their writes can be seen. One caller at a time.
void plumb_pool_run(struct plumb_pool *pool, size_t parts, plumb_part run, void *context);

/// The number of processors this process may use, at least 1.
size_t plumb_processor_count(void);

#pragma clang assume_nonnull end
