// Per-thread statistics: kept after their thread has ended, and reported as a table or as JSON.
#include "threading/stats.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;  // guards the list and the names
static ThreadStats *first, *last;                         // in the order the threads started
static a8 enabled;
static uint64_t enabled_ns;

static uint64_t clock_read_ns(clockid_t clock) {
  struct timespec at;
  if (clock_gettime(clock, &at)) return 0;
  return (uint64_t)at.tv_sec * 1000000000u + (uint64_t)at.tv_nsec;
}

uint64_t stats_clock_ns(void) { return clock_read_ns(CLOCK_MONOTONIC); }

bool stats_is_enabled(void) { return a8_load_rlx(&enabled); }

void stats_enable(void) {
  if (stats_is_enabled()) return;
  enabled_ns = stats_clock_ns();
  a8_store_rlx(&enabled, 1);
  Thread *t = thread_current();
  if (t) stats_thread_started(t);
}

void stats_thread_started(Thread *t) {
  if (!stats_is_enabled()) return;
  ThreadStats *s = calloc(1, sizeof *s);
  if (!s) return;  // the thread runs uncounted
  a64_store_rlx(&s->started_ns, stats_clock_ns());
  s->ident = t->ident;
  s->id = t->id;
  s->pthread = t->pthread;
  if (t->is_main) strcpy(s->name, "MainThread");
  pthread_mutex_lock(&lock);
  if (last) last->next = s;
  else first = s;
  last = s;
  pthread_mutex_unlock(&lock);
  t->stats = s;
}

void stats_thread_ended(Thread *t) {
  ThreadStats *s = t->stats;
  if (!s) return;
  t->stats = NULL;
  pthread_mutex_lock(&lock);  // the report must not ask a pthread that is gone for its clock
  a64_store_rlx(&s->cpu_ns, clock_read_ns(CLOCK_THREAD_CPUTIME_ID));
  a64_store_rlx(&s->ended_ns, stats_clock_ns());
  pthread_mutex_unlock(&lock);
}

void stats_add(Thread *t, StatsTime what, uint64_t since_ns) {
  ThreadStats *s = t->stats;
  if (!s) return;
  uint64_t ns = stats_clock_ns() - since_ns;
  if (what == STATS_GIL || what == STATS_STW) {
    s->inner[s->inner_count % STATS_INNER].since_ns = since_ns;
    s->inner[s->inner_count++ % STATS_INNER].ns = ns;
  } else if (what == STATS_LOCK) {
    for (int i = 0; i < STATS_INNER; i++)
      if (s->inner[i].since_ns >= since_ns && s->inner[i].ns <= ns) ns -= s->inner[i].ns;
  }
  a64_store_rlx(&s->ns[what], a64_load_rlx(&s->ns[what]) + ns);
  a64_store_rlx(&s->times[what], a64_load_rlx(&s->times[what]) + 1);
}

void stats_name_thread(uint64_t ident, const char *name) {
  if (!stats_is_enabled()) return;
  pthread_mutex_lock(&lock);
  for (ThreadStats *s = first; s; s = s->next) {
    if (s->ident != ident || a64_load_rlx(&s->ended_ns)) continue;
    size_t n = strnlen(name, sizeof s->name - 1);
    while (n > 0 && n == sizeof s->name - 1 && (name[n] & 0xC0) == 0x80) n--;  // not in the middle of a UTF-8 character
    memcpy(s->name, name, n);
    s->name[n] = 0;
  }
  pthread_mutex_unlock(&lock);
}

static uint64_t cpu_of(const ThreadStats *s) {
  if (a64_load_rlx(&s->ended_ns)) return a64_load_rlx(&s->cpu_ns);
  clockid_t clock;
  return pthread_getcpuclockid(s->pthread, &clock) ? 0 : clock_read_ns(clock);
}

static uint64_t wall_of(const ThreadStats *s) {
  uint64_t end = a64_load_rlx(&s->ended_ns);
  return (end ? end : stats_clock_ns()) - a64_load_rlx(&s->started_ns);
}

static void write_json_string(FILE *to, const char *text) {
  fputc('"', to);
  for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
    if (*c == '"' || *c == '\\') fprintf(to, "\\%c", *c);
    else if (*c < 0x20) fprintf(to, "\\u%04x", *c);
    else fputc(*c, to);
  }
  fputc('"', to);
}

static void report_json(FILE *to) {
  fprintf(to, "{\"mode\": \"%s\", \"wall_ns\": %llu, \"threads\": [", MODE_IS_GIL ? "gil" : "free",
          (unsigned long long)(stats_clock_ns() - enabled_ns));
  for (ThreadStats *s = first; s; s = s->next) {
    fprintf(to, "%s\n  {\"name\": ", s == first ? "" : ",");
    write_json_string(to, s->name);
    const struct { const char *key; uint64_t value; } fields[] = {
      {"ident", s->ident}, {"wall_ns", wall_of(s)}, {"cpu_ns", cpu_of(s)},
      {"gil_wait_ns", a64_load_rlx(&s->ns[STATS_GIL])}, {"gil_waits", a64_load_rlx(&s->times[STATS_GIL])},
      {"lock_wait_ns", a64_load_rlx(&s->ns[STATS_LOCK])}, {"lock_waits", a64_load_rlx(&s->times[STATS_LOCK])},
      {"stopped_ns", a64_load_rlx(&s->ns[STATS_STW])}, {"stops", a64_load_rlx(&s->times[STATS_STW])},
      {"gc_ns", a64_load_rlx(&s->ns[STATS_GC])}, {"collections", a64_load_rlx(&s->times[STATS_GC])},
      {"voluntary_switches", a64_load_rlx(&s->voluntary_switches)}, {"forced_switches", a64_load_rlx(&s->forced_switches)},
    };
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
      fprintf(to, ", \"%s\": %llu", fields[i].key, (unsigned long long)fields[i].value);
    fputc('}', to);
  }
  fputs("\n]}\n", to);
}

static double ms(uint64_t ns) { return (double)ns / 1e6; }

static void report_table(FILE *to) {
  fprintf(to, "%-24s %10s %10s %10s %10s %10s %10s %9s %9s\n", "thread (times in ms)", "wall", "cpu", "gil wait", "lock wait", "stopped", "gc",
          "voluntary", "forced");
  unsigned number = 0;
  for (ThreadStats *s = first; s; s = s->next, number++) {
    char unnamed[32];
    snprintf(unnamed, sizeof unnamed, "(thread %u)", number);
    fprintf(to, "%-24s %10.2f %10.2f %10.2f %10.2f %10.2f %10.2f %9llu %9llu\n", s->name[0] ? s->name : unnamed, ms(wall_of(s)), ms(cpu_of(s)),
            ms(a64_load_rlx(&s->ns[STATS_GIL])), ms(a64_load_rlx(&s->ns[STATS_LOCK])), ms(a64_load_rlx(&s->ns[STATS_STW])),
            ms(a64_load_rlx(&s->ns[STATS_GC])), (unsigned long long)a64_load_rlx(&s->voluntary_switches),
            (unsigned long long)a64_load_rlx(&s->forced_switches));
  }
}

void stats_report(FILE *to, bool json) {
  pthread_mutex_lock(&lock);
  if (json) report_json(to);
  else report_table(to);
  pthread_mutex_unlock(&lock);
}
