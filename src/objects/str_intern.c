// The table of interned strings: one str for one text, so that names compare by address.
//
// Open addressing under one raw mutex. The table holds no reference: a mortal interned str leaves it in its dealloc, which takes the same
// mutex, so memory seen under the mutex is valid. A str that is already dying cannot be counted any more (object_try_incref says no);
// its entry is then taken over by the new str, and str_intern_forget finds another str in its place and leaves it alone.

#include <stdlib.h>

#include "objects/error_state.h"
#include "objects/str_core.h"
#include "threading/mutex.h"
#include "threading/stw.h"

// All under table_mutex. An entry is NULL (never used), TOMBSTONE or a Str.
static Mutex table_mutex = MUTEX_INIT;
static Str **table;
static size_t table_mask, table_fill;  // fill counts tombstones too
#define TOMBSTONE ((Str *)1)

// The entry of the str with this text, or the free one where it belongs.
static Str **table_find(Str *s, int64_t hash) {
  Str **reusable = NULL;
  for (size_t i = (size_t)hash & table_mask;; i = (i + 1) & table_mask) {
    Str *e = table[i];
    if (!e) return reusable ? reusable : &table[i];
    if (e == TOMBSTONE) {
      if (!reusable) reusable = &table[i];
    } else if ((int64_t)a64_load_rlx(&e->hash) == hash && str_equal(e, s)) {
      return &table[i];
    }
  }
}

static bool table_grow(void) {
  size_t live = 0, size = table ? table_mask + 1 : 0;
  for (size_t i = 0; i < size; i++) live += table[i] && table[i] != TOMBSTONE;
  size_t new_size = 4096;
  while (new_size < live * 4) new_size *= 2;
  Str **fresh = calloc(new_size, sizeof *fresh);
  if (!fresh) return false;
  for (size_t i = 0; i < size; i++) {
    Str *e = table[i];
    if (!e || e == TOMBSTONE) continue;
    size_t j = (size_t)a64_load_rlx(&e->hash) & (new_size - 1);
    while (fresh[j]) j = (j + 1) & (new_size - 1);
    fresh[j] = e;
  }
  free(table);
  table = fresh;
  table_mask = new_size - 1;
  table_fill = live;
  return true;
}

// Puts s into the entry, empty or of a dying str.
static void entry_take(Str **entry, Str *s) {
  if (!*entry) table_fill++;
  *entry = s;
  a32_store_rlx(&s->ob.aux, a32_load_rlx(&s->ob.aux) | STR_INTERNED);
}

// The canonical str for s's text, with a reference; s's own reference goes to *duplicate, to be dropped after the mutex is released, unless
// it is the result's. For immortal, s is unshared if it is not interned yet. NULL: no memory.
static Str *intern_locked(Thread *t, Str *s, int64_t hash, bool immortal, Str **duplicate) {
  if ((!table || table_fill * 3 >= (table_mask + 1) * 2) && !table_grow()) return NULL;
  Str **entry = table_find(s, hash);
  Str *e = *entry;
  if (e == s || (e && e != TOMBSTONE && object_try_incref(t, &e->ob))) {
    if (e != s) *duplicate = s;
    return e;
  }
  entry_take(entry, s);
  if (immortal) object_make_immortal(&s->ob);
  else object_mark_weak(&s->ob);  // other threads will count it by object_try_incref
  return s;
}

// Other threads may be counting the str at this moment, and only its owning thread stores its count word, or whoever has stopped the world
// (memory.md 3). Rare: a name that was interned at run time first and then turned up in code. The table's mutex is not held.
static void make_shared_immortal(Thread *t, Str *s) {
  stop_the_world(t);
  object_make_immortal(&s->ob);
  start_the_world(t);
}

static Value intern(Thread *t, Value stolen, bool immortal) {
  if (v_is_null(stolen)) return stolen;
  if (!v_is_str_exact(stolen)) {
    Value exact = str_exact(t, stolen);
    v_drop(t, stolen);
    if (v_is_null(exact)) return exact;
    stolen = exact;
  }
  Str *s = v_str(stolen);
  if (str_is_interned(s) && (!immortal || object_is_immortal(&s->ob))) return v_steal_obj(s);
  if (immortal && !str_is_interned(s) && !object_is_unique(t, &s->ob)) {  // others count it: a copy of our own can be made immortal
    Value copy = str_copy(t, stolen);
    v_drop(t, stolen);
    if (v_is_null(copy)) return copy;
    s = v_str(stolen = copy);
  }
  int64_t hash = str_hash(s);
  Str *duplicate = NULL;
  raw_mutex_lock(&table_mutex);
  Str *result = intern_locked(t, s, hash, immortal, &duplicate);
  raw_mutex_unlock(&table_mutex);
  if (!result) {
    v_drop(t, stolen);
    return raise_no_memory(t);
  }
  if (duplicate) v_drop(t, v_steal_obj(duplicate));
  if (immortal && !object_is_immortal(&result->ob)) make_shared_immortal(t, result);
  return v_steal_obj(result);
}

Value str_intern(Thread *t, Value stolen) { return intern(t, stolen, false); }
Value str_intern_immortal(Thread *t, Value stolen) { return intern(t, stolen, true); }
Value str_intern_cstr(Thread *t, const char *s) { return intern(t, str_from_cstr(t, s), true); }

void str_intern_forget(Thread *t, Str *s) {
  (void)t;
  raw_mutex_lock(&table_mutex);
  size_t i = (size_t)a64_load_rlx(&s->hash) & table_mask;
  while (table[i] && table[i] != s) i = (i + 1) & table_mask;
  if (table[i] == s) table[i] = TOMBSTONE;
  raw_mutex_unlock(&table_mutex);
}
