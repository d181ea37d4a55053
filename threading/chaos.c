// Seeded disturbance: who yields, how long, drawn from a xorshift sequence per thread.
#include "threading/chaos.h"

#include <errno.h>
#include <sched.h>
#include <unistd.h>

static a64 seed;

uint64_t chaos_seed(void) { return a64_load_rlx(&seed); }

static uint64_t scramble(uint64_t x) {  // splitmix64's finish: neighbouring seeds give unrelated sequences
  x += 0x9E3779B97F4A7C15u;
  x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9u;
  x = (x ^ x >> 27) * 0x94D049BB133111EBu;
  return x ^ x >> 31;
}

void chaos_thread_init(Thread *t) {
  uint64_t s = chaos_seed();
  t->chaos_state = s ? scramble(s ^ scramble(t->id)) | 1 : 0;
  if (s) breaker_set(t, BREAK_YIELD);
}

void chaos_init(uint64_t s) {
  a64_store_rlx(&seed, s);
  Thread *t = thread_current();
  if (t) chaos_thread_init(t);
}

static uint64_t draw(Thread *t) {
  uint64_t x = t->chaos_state;
  x ^= x << 13;
  x ^= x >> 7;
  x ^= x << 17;
  t->chaos_state = x;
  return x >> 32;
}

bool chaos_chance(Thread *t, uint32_t n) { return t->chaos_state && draw(t) % n == 0; }

// Mostly nothing, often a yield, sometimes a sleep long enough for others to get far.
void chaos_yield(Thread *t) {
  uint64_t r = draw(t);
  if (r % 8) return;
  int saved = errno;
  r /= 8;
  if (r % 16 == 0) usleep((useconds_t)(r / 16 % 200));
  else if (r % 16 < 10) sched_yield();
  else for (uint64_t n = r / 16 % 256; n > 0; n--) __builtin_ia32_pause();
  errno = saved;
}
