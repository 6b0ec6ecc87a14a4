#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "workers.h"
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

/// Looks before sleeping: some twenty microseconds. The processor's pause instruction is not used,
/// because in a virtual machine it may trap.
enum { LOOKS = 20000 };

struct plumb_pool {
  size_t count;
  pthread_t *threads;
  pthread_mutex_t mutex;
  pthread_cond_t has_job, is_done;
  plumb_part run;
  void *context;
  size_t parts;
  /// Counts jobs; a change tells the threads of a new one. Apart from what the threads write.
  _Alignas(128) _Atomic uint64_t job;
  _Atomic int ends;
  /// Threads that have not finished the job.
  _Alignas(128) _Atomic size_t busy;
  _Alignas(128) _Atomic size_t sleepers;
  _Atomic int caller_sleeps;
};

struct start {
  struct plumb_pool *pool;
  size_t number;
};

static void run_parts(struct plumb_pool *pool, size_t number) {
  for (size_t part = number; part < pool->parts; part += pool->count)
    pool->run(pool->context, part);
}

/// Waits until another job than `seen` is there; gives its number.
static uint64_t next_job(struct plumb_pool *pool, uint64_t seen) {
  for (int look = 0; look < LOOKS; look++) {
    const uint64_t job = atomic_load_explicit(&pool->job, memory_order_acquire);
    if (job != seen) return job;
  }
  pthread_mutex_lock(&pool->mutex);
  atomic_fetch_add(&pool->sleepers, 1);
  while (atomic_load(&pool->job) == seen) pthread_cond_wait(&pool->has_job, &pool->mutex);
  atomic_fetch_sub(&pool->sleepers, 1);
  pthread_mutex_unlock(&pool->mutex);
  return atomic_load(&pool->job);
}

static void *work(void *argument) {
  struct start start = *(struct start *)argument;
  free(argument);
  struct plumb_pool *pool = start.pool;
  for (uint64_t seen = 0;;) {
    seen = next_job(pool, seen);
    if (atomic_load(&pool->ends)) return 0;
    run_parts(pool, start.number);
    if (atomic_fetch_sub(&pool->busy, 1) == 1 && atomic_load(&pool->caller_sleeps)) {
      pthread_mutex_lock(&pool->mutex);
      pthread_cond_signal(&pool->is_done);
      pthread_mutex_unlock(&pool->mutex);
    }
  }
}

/// Tells the threads that the job's number has changed.
static void announce(struct plumb_pool *pool) {
  atomic_fetch_add(&pool->job, 1);
  if (atomic_load(&pool->sleepers) == 0) return;
  pthread_mutex_lock(&pool->mutex);
  pthread_cond_broadcast(&pool->has_job);
  pthread_mutex_unlock(&pool->mutex);
}

static void end_threads(struct plumb_pool *pool, size_t threads) {
  atomic_store(&pool->ends, 1);
  announce(pool);
  for (size_t i = 0; i < threads; i++) pthread_join(pool->threads[i], 0);
}

static void release(struct plumb_pool *pool) {
  pthread_cond_destroy(&pool->is_done);
  pthread_cond_destroy(&pool->has_job);
  pthread_mutex_destroy(&pool->mutex);
  free(pool->threads);
  free(pool);
}

struct plumb_pool *plumb_pool_create(size_t count) {
  void *memory = 0;
  if (count < 1 || posix_memalign(&memory, 128, sizeof(struct plumb_pool)) != 0) return 0;
  struct plumb_pool *pool = memory;
  *pool = (struct plumb_pool){.count = count, .threads = calloc(count, sizeof(pthread_t))};
  pthread_mutex_init(&pool->mutex, 0);
  pthread_cond_init(&pool->has_job, 0);
  pthread_cond_init(&pool->is_done, 0);
  for (size_t number = 1; pool->threads && number < count; number++) {
    struct start *start = malloc(sizeof *start);
    if (start) *start = (struct start){pool, number};
    if (start && pthread_create(&pool->threads[number - 1], 0, work, start) == 0) continue;
    free(start);
    end_threads(pool, number - 1);
    release(pool);
    return 0;
  }
  if (pool->threads) return pool;
  release(pool);
  return 0;
}

void plumb_pool_destroy(struct plumb_pool *pool) {
  end_threads(pool, pool->count - 1);
  release(pool);
}

void plumb_pool_run(struct plumb_pool *pool, size_t parts, plumb_part run, void *context) {
  pool->run = run;
  pool->context = context;
  pool->parts = parts;
  atomic_store(&pool->busy, pool->count - 1);
  announce(pool);
  run_parts(pool, 0);
  for (int look = 0; look < LOOKS; look++)
    if (atomic_load_explicit(&pool->busy, memory_order_acquire) == 0) return;
  pthread_mutex_lock(&pool->mutex);
  atomic_store(&pool->caller_sleeps, 1);
  while (atomic_load(&pool->busy) != 0) pthread_cond_wait(&pool->is_done, &pool->mutex);
  atomic_store(&pool->caller_sleeps, 0);
  pthread_mutex_unlock(&pool->mutex);
}

size_t plumb_processor_count(void) {
#if defined(__linux__)
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) == 0 && CPU_COUNT(&set) > 0)
    return (size_t)CPU_COUNT(&set);
#endif
  const long online = sysconf(_SC_NPROCESSORS_ONLN);
  return online > 0 ? (size_t)online : 1;
}
