// _random: the Mersenne Twister MT19937 (Matsumoto and Nishimura 1998), whose numbers every Python gives alike.
//
// The state changes under the object's lock.
#include <endian.h>
#include <errno.h>
#include <sys/random.h>
#include <time.h>

#include "gc/heap.h"
#include "modules/module_help.h"
#include "objects/error.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/module.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/tuple.h"
#include "threading/critical.h"

enum { WORDS = 624, MIDDLE = 397 };

typedef struct Random {
  Object ob;
  uint32_t state[WORDS];
  int32_t index;         // of the next word; WORDS: make new ones first
} Random;

static Type type_random;
static Random *v_random(Value v) { return (Random *)v_obj(v); }

#define METHOD(name) static Value random_##name(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames)
#define UNUSED (void)t, (void)self, (void)args, (void)nargs, (void)kwnames

// --- The generator --------------------------------------------------------------------------------------------------------------------------

static uint32_t twist(uint32_t high, uint32_t low) {
  uint32_t y = (high & 0x80000000u) | (low & 0x7fffffffu);
  return y >> 1 ^ (y & 1 ? 0x9908b0dfu : 0);
}

static void regenerate(Random *r) {
  uint32_t *s = r->state;
  for (int i = 0; i < WORDS; i++) s[i] = s[(i + MIDDLE) % WORDS] ^ twist(s[i], s[(i + 1) % WORDS]);
  r->index = 0;
}

static uint32_t next_word(Random *r) {
  if (r->index >= WORDS) regenerate(r);
  uint32_t y = r->state[r->index++];
  y ^= y >> 11;
  y ^= y << 7 & 0x9d2c5680u;
  y ^= y << 15 & 0xefc60000u;
  return y ^ y >> 18;
}

static void seed_word(uint32_t *s, uint32_t seed) {
  s[0] = seed;
  for (uint32_t i = 1; i < WORDS; i++) s[i] = 1812433253u * (s[i - 1] ^ s[i - 1] >> 30) + i;
}

static void seed_array(uint32_t *s, const uint32_t *key, size_t n) {
  seed_word(s, 19650218u);
  size_t i = 1, j = 0;
  for (size_t k = n > WORDS ? n : WORDS; k; k--) {
    s[i] = (s[i] ^ (s[i - 1] ^ s[i - 1] >> 30) * 1664525u) + key[j] + (uint32_t)j;
    if (++i >= WORDS) s[0] = s[WORDS - 1], i = 1;
    if (++j >= n) j = 0;
  }
  for (int k = WORDS - 1; k; k--) {
    s[i] = (s[i] ^ (s[i - 1] ^ s[i - 1] >> 30) * 1566083941u) - (uint32_t)i;
    if (++i >= WORDS) s[0] = s[WORDS - 1], i = 1;
  }
  s[0] = 0x80000000u;
}

// --- Seeding --------------------------------------------------------------------------------------------------------------------------------

static void adopt(Thread *t, Random *r, const uint32_t *state, int32_t index) {
  CRITICAL_BEGIN(t, r);
  memcpy(r->state, state, sizeof r->state);
  r->index = index;
  CRITICAL_END(t);
}

static void seed_by_system(Thread *t, Random *r) {
  uint32_t key[WORDS], state[WORDS];
  size_t got = 0;
  while (got < sizeof key) {
    ssize_t n = getrandom((char *)key + got, sizeof key - got, GRND_NONBLOCK);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) break;
    got += (size_t)n;
  }
  if (got < sizeof key) {   // the system has no entropy yet
    struct timespec now, up;
    clock_gettime(CLOCK_REALTIME, &now);
    clock_gettime(CLOCK_MONOTONIC, &up);
    uint32_t words[6] = {(uint32_t)now.tv_sec, (uint32_t)now.tv_nsec, (uint32_t)t->native_id, (uint32_t)up.tv_sec, (uint32_t)up.tv_nsec, (uint32_t)t->id};
    seed_array(state, words, 6);
  } else {
    seed_array(state, key, WORDS);
  }
  adopt(t, r, state, WORDS);
}

// The magnitude of an int, in 32-bit words, little end first. 0, -1.
static int seed_by_int(Thread *t, Random *r, Value n) {
  Value magnitude = int_absolute(t, n);
  if (v_is_null(magnitude)) return -1;
  size_t words = (size_t)(int_bit_length(magnitude) + 31) / 32;
  if (words == 0) words = 1;
  uint32_t *key = heap_alloc(t, words * sizeof *key), state[WORDS];
  int result = -1;
  if (!key) raise_no_memory(t);
  else if (int_to_bytes(t, magnitude, (uint8_t *)key, words * sizeof *key, true, false) == 0) {
    for (size_t i = 0; i < words; i++) key[i] = le32toh(key[i]);
    seed_array(state, key, words);
    adopt(t, r, state, WORDS);
    result = 0;
  }
  if (key) heap_free(t, key);
  v_drop(t, magnitude);
  return result;
}

static int seed(Thread *t, Random *r, Value v) {
  if (v_is_absent_or_none(v)) {
    seed_by_system(t, r);
    return 0;
  }
  if (v_is_int(v)) return seed_by_int(t, r, v);
  int64_t hash = object_hash(t, v);
  if (hash == -1) return -1;
  Value n = int_from_u64(t, (uint64_t)hash);
  int result = v_is_null(n) ? -1 : seed_by_int(t, r, n);
  v_drop(t, n);
  return result;
}

METHOD(seed) { UNUSED; return seed(t, v_random(self), args[0]) < 0 ? V_NULL : V_NONE; }

static int random_init(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  bool keywords = !v_is_null(kwnames) && v_tuple(kwnames)->length > 0;
  if (keywords && v_type(self)->slots.init == random_init) raise_type_error(t, "Random() takes no keyword arguments");
  else if (nargs > 1) raise_type_error(t, "Random() requires 0 or 1 argument");
  else return seed(t, v_random(self), nargs ? args[0] : V_ABSENT);
  return -1;
}

// --- Numbers --------------------------------------------------------------------------------------------------------------------------------

METHOD(random) {
  UNUSED;
  Random *r = v_random(self);
  uint32_t a, b;
  CRITICAL_BEGIN(t, r);
  a = next_word(r) >> 5;
  b = next_word(r) >> 6;
  CRITICAL_END(t);
  return float_new(t, (a * 67108864.0 + b) * (1.0 / 9007199254740992.0));
}

METHOD(getrandbits) {
  UNUSED;
  Random *r = v_random(self);
  int k = number_as_int(t, args[0]);
  if (k == -1 && error_pending(t)) return V_NULL;
  if (k < 0) return raise_value_error(t, "number of bits must be non-negative");
  if (k == 0) return v_from_smi(0);
  uint32_t word;
  if (k <= 32) {
    CRITICAL_BEGIN(t, r);
    word = next_word(r) >> (32 - k);
    CRITICAL_END(t);
    return v_from_smi(word);
  }
  size_t words = ((size_t)k - 1) / 32 + 1;
  uint32_t *p = heap_alloc(t, words * sizeof *p);
  if (!p) return raise_no_memory(t);
  CRITICAL_BEGIN(t, r);
  for (size_t i = 0; i < words; i++, k -= 32) {
    word = next_word(r);
    p[i] = htole32(k < 32 ? word >> (32 - k) : word);
  }
  CRITICAL_END(t);
  Value v = int_from_bytes(t, (const uint8_t *)p, words * sizeof *p, true, false);
  heap_free(t, p);
  return v;
}

METHOD(getstate) {
  UNUSED;
  Random *r = v_random(self);
  Value state = tuple_new(t, WORDS + 1);
  if (v_is_null(state)) return V_NULL;
  CRITICAL_BEGIN(t, r);
  for (int i = 0; i < WORDS; i++) v_tuple(state)->items[i] = v_from_smi(r->state[i]);
  v_tuple(state)->items[WORDS] = v_from_smi(r->index);
  CRITICAL_END(t);
  return state;
}

METHOD(setstate) {
  UNUSED;
  if (!v_is_tuple(args[0])) return raise_type_error(t, "state vector must be a tuple");
  Tuple *items = v_tuple(args[0]);
  if (items->length != WORDS + 1) return raise_value_error(t, "state vector is the wrong size");
  uint32_t state[WORDS];
  for (int i = 0; i < WORDS; i++) {
    uint64_t word;
    if (!v_is_int(items->items[i])) return raise_type_error(t, "an integer is required");
    if (!int_as_u64(items->items[i], &word))
      return int_sign(items->items[i]) < 0 ? raise_overflow(t, "can't convert negative value to unsigned int")
                                           : raise_overflow(t, "Python int too large to convert to C unsigned long");
    state[i] = (uint32_t)word;
  }
  int64_t index = number_as_i64(t, items->items[WORDS]);
  if (index == -1 && error_pending(t)) return V_NULL;
  if (index < 0 || index > WORDS) return raise_value_error(t, "invalid state");
  adopt(t, v_random(self), state, (int32_t)index);
  return V_NONE;
}

static void random_dealloc(Thread *t, Object *o) { heap_free_object(t, o); }

static const NativeDef methods[] = {
    {"random($self, /)", random_random, "A float that is at least 0 and below 1.", 0},
    {"seed($self, n=None, /)", random_seed, "Sets the state from an int or a hash; None: from the system.", 0},
    {"getstate($self, /)", random_getstate, "The state as a tuple, for setstate.", 0},
    {"setstate($self, state, /)", random_setstate, "Puts back a state that getstate returned.", 0},
    {"getrandbits($self, k, /)", random_getrandbits, "An int of k bits, each of them random.", 0},
    {0},
};
static const TypeSpec spec_random = {
    .name = "_random.Random",
    .size = sizeof(Random),
    .flags = TYPE_BASETYPE,
    .slots = {.new = module_empty_new, .init = random_init, .dealloc = random_dealloc},
    .methods = methods,
    .doc = "A generator of random numbers with a state that no other shares.",
};

static int random_exec(Thread *t, Value m) {
  return !type_ready(t, &type_random, &spec_random, 0) || module_add_type(t, m, &type_random) < 0 ? -1 : 0;
}

const ModuleDef module__random = {.name = "_random", .doc = "Random numbers from the generator MT19937.", .exec = random_exec};
