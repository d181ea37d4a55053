// The VM's cached look-ups of str keys: numbers for tables and sets of keys, and entries found by them (memory.md 4 has the protocol).
#include "objects/dict.h"

#include "objects/dict_table.h"
#include "threading/critical.h"

static a32 last_table_id, last_keys_version;

// A fresh number, 0 once they have run out.
static uint32_t fresh_number(a32 *last) {
  for (;;) {
    uint32_t now = a32_load_rlx(last);
    if (now == UINT32_MAX) return 0;
    if (a32_cas_rlx(last, now, now + 1)) return now + 1;
  }
}

static uint32_t table_id(DictTable *table) {
  uint32_t id = a32_load_rlx(&table->id);
  if (id == 0) {
    id = fresh_number(&last_table_id);
    if (id && !a32_cas_rlx(&table->id, 0, id)) id = a32_load_rlx(&table->id);
  }
  return id;
}

int64_t dict_find_cached(Dict *d, Value key, uint32_t *id) {
  DictTable *table = (DictTable *)aptr_load_acq(&d->table);
  *id = 0;
  if (!table->str_keys || !v_is_exact(key, SHAPE_STR)) return -2;
  if (table == &dict_empty_table.table) return -1;
  int64_t ix = dict_table_find_identical(table, key);
  if (ix < 0) return ix;
  if (v_is_absent(v_load_acq(&dict_str_entries(table)[ix].value))) return -1;
  *id = table_id(table);
  return *id ? ix : -2;
}

Value dict_get_cached(Thread *t, Dict *d, uint32_t id, int64_t index) {
  return v_kept_own(t, dict_get_cached_inline(t, d, id, index));
}

bool dict_set_cached(Thread *t, Dict *d, uint32_t id, int64_t index, Value v) {
  bool hit;
  object_share(t, &d->ob);
  v = v_own(t, v);
  CRITICAL_BEGIN(t, d);
  DictTable *table = dict_table(d);
  Value *slot = &dict_str_entries(table)[index].value;
  hit = a32_load_rlx(&table->id) == id && !v_is_absent(*slot);
  if (hit) {
    Value old = *slot;
    v_store_rel(slot, v);
    v = old;
  }
  CRITICAL_END(t);
  v_drop(t, v);
  return hit;
}

uint32_t dict_keys_version(Thread *t, Dict *d) {
  uint32_t version;
  object_share(t, &d->ob);
  CRITICAL_BEGIN(t, d);
  version = a32_load_rlx(&d->keys_version);
  if (version == 0) {
    version = fresh_number(&last_keys_version);
    a32_store_rel(&d->keys_version, version);
  }
  CRITICAL_END(t);
  return version;
}
