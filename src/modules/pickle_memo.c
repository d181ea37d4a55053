// A hash table from objects, by identity, to numbers.
#include "modules/pickle_memo.h"

#include "gc/heap.h"
#include "objects/error.h"

void pickle_memo_init(PickleMemo *m) {
  m->slots = m->few;
  m->mask = PICKLE_MEMO_FEW - 1;
  m->count = 0;
  memset(m->few, 0, sizeof m->few);
}

static PickleMemoSlot *free_slot(PickleMemoSlot *slots, size_t mask, Value v) {
  size_t i = pickle_memo_hash(v);
  while (slots[i & mask].object.w != 0 && !v_is(slots[i & mask].object, v)) i++;
  return &slots[i & mask];
}

static int grow(Thread *t, PickleMemo *m) {
  size_t mask = m->mask * 4 + 3;
  PickleMemoSlot *slots = heap_calloc(t, (mask + 1) * sizeof *slots);
  if (!slots) {
    raise_no_memory(t);
    return -1;
  }
  for (size_t i = 0; i <= m->mask; i++)
    if (m->slots[i].object.w != 0) *free_slot(slots, mask, m->slots[i].object) = m->slots[i];
  if (m->slots != m->few) heap_free(t, m->slots);
  m->slots = slots;
  m->mask = mask;
  return 0;
}

int pickle_memo_put(Thread *t, PickleMemo *m, Value v, int64_t number) {
  if (unlikely((size_t)m->count * 2 > m->mask) && grow(t, m) < 0) return -1;
  PickleMemoSlot *s = free_slot(m->slots, m->mask, v);
  if (s->object.w == 0) {
    s->object = v_own(t, v);
    m->count++;
  }
  s->number = number;
  return 0;
}

void pickle_memo_clear(Thread *t, PickleMemo *m) {
  PickleMemoSlot few[PICKLE_MEMO_FEW], *slots = m->slots;
  size_t mask = m->mask;
  if (m->count == 0) return;
  if (slots == m->few) {
    memcpy(few, m->few, sizeof few);
    slots = few;
  }
  pickle_memo_init(m);
  for (size_t i = 0; i <= mask; i++) v_drop(t, slots[i].object);
  if (slots != few) heap_free(t, slots);
}

int pickle_memo_copy(Thread *t, PickleMemo *to, const PickleMemo *from) {
  for (size_t i = 0; i <= from->mask; i++)
    if (from->slots[i].object.w != 0 && pickle_memo_put(t, to, from->slots[i].object, from->slots[i].number) < 0) return -1;
  return 0;
}

void pickle_memo_traverse(const PickleMemo *m, GcVisit visit, void *arg) {
  if (!m->slots) return;   // not made yet
  for (size_t i = 0; i <= m->mask; i++) gc_visit_value(m->slots[i].object, visit, arg);
}
