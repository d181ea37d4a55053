// Frames: the thread's reservations, what a frame leaves behind when it ends, and locals() as 3.11 has it.
#include "vm/frame.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>

#include "gc/collect.h"
#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/object.h"
#include "objects/tuple.h"
#include "threading/critical.h"

enum {
  FRAMES_MAX = 1 << 22,             // records reserved for a thread
  REFS_MAX = 1 << 26,               // stack slots reserved for a thread
  REFS_FIRST = 1 << 11,             // slots made ready at once
  REFS_STEP = 1 << 14,
  REFS_LEAST = 1 << 17,     // where address space is short
  FRAMES_LEAST = 1 << 12,
  // Both reservations start a memory page. Were a frame's record and its window at like places of their pages, each load of a slot would
  // wait for the store to the record before it: the processor compares the low 12 bits of addresses first. So the records begin half a
  // page further on (measured: list.append in a loop 18.8 ns, so 10.0 ns).
  FRAMES_APART = 2048 / sizeof(Frame),
};

int vm_depth_limit = 1000;
static int user_depth_limit = 1000;
static int frames_capacity = FRAMES_MAX;

int frame_limit(void) { return user_depth_limit; }

void frame_set_limit(int limit) {
  user_depth_limit = limit;
  vm_depth_limit = limit < frames_capacity - 64 ? limit : frames_capacity - 64;
  object_recursion_limit = vm_depth_limit;
}

// --- Reservations -------------------------------------------------------------------------------------------------------------------

// Where address space is limited (ulimit -v), a thread's reservations are content with this share of it, so that the heap and other threads
// have theirs. In bytes; a sixteenth is for frame records.
static size_t most_to_reserve(void) {
  enum { SHARE = 32 };
  struct rlimit limit;
  return getrlimit(RLIMIT_AS, &limit) < 0 || limit.rlim_cur == RLIM_INFINITY ? SIZE_MAX : (size_t)limit.rlim_cur / SHARE;
}

static size_t clamp(size_t n, size_t least, size_t most) { return n < least ? least : n > most ? most : n; }

// Address space, committed as it is touched; halved until the system grants it. *n: items asked for, then granted.
static void *reserve(size_t *n, size_t item) {
  for (; *n >= 4096; *n /= 2) {
    void *p = mmap(NULL, *n * item, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (p != MAP_FAILED) return p;
  }
  return NULL;
}

static void fill_unbound(Ref *from, Ref *to) {
  while (from < to) *from++ = REF_UNBOUND;
}

bool frame_thread_init(Thread *t) {
  VmThread *vt = calloc(1, sizeof *vt);
  if (!vt) return false;
  size_t room = most_to_reserve();
  size_t nrefs = clamp(room / 16 * 15 / sizeof(Ref), REFS_LEAST, REFS_MAX), nframes = clamp(room / 16 / sizeof(Frame), FRAMES_LEAST, FRAMES_MAX);
  vt->stack = reserve(&nrefs, sizeof(Ref));
  vt->frames = vt->stack ? reserve(&nframes, sizeof(Frame)) : NULL;
  if (!vt->frames) {
    if (vt->stack) munmap(vt->stack, nrefs * sizeof(Ref));
    free(vt);
    return false;
  }
  if ((int)nframes < frames_capacity) {
    frames_capacity = (int)nframes;
    frame_set_limit(user_depth_limit);
  }
  vt->stack_end = vt->stack + nrefs;
  vt->frames_end = vt->frames + nframes;
  vt->frames += FRAMES_APART;
  vt->limit = vt->stack + REFS_FIRST;
  fill_unbound(vt->stack, vt->limit);
  vt->exc = &vt->base_exc;
  t->vm = vt;
  return true;
}

void frame_thread_exit(Thread *t) {
  VmThread *vt = t->vm;
  if (!vt) return;
  v_clear(t, &vt->base_exc.value);
  v_clear(t, &vt->asyncgen_firstiter);
  v_clear(t, &vt->asyncgen_finalizer);
  v_clear(t, &vt->trace);
  v_clear(t, &vt->profile);
  munmap(vt->stack, (size_t)(vt->stack_end - vt->stack) * sizeof(Ref));
  vt->frames -= FRAMES_APART;
  munmap(vt->frames, (size_t)(vt->frames_end - vt->frames) * sizeof(Frame));
  t->vm = NULL;
  free(vt);
}

bool stack_grow(Thread *t, Ref *end) {
  VmThread *vt = t->vm;
  if (end > vt->stack_end) {
    raise_error(t, &exc_RecursionError, "maximum recursion depth exceeded");
    return false;
  }
  Ref *limit = vt->stack_end - end > REFS_STEP ? end + REFS_STEP : vt->stack_end;
  fill_unbound(vt->limit, limit);
  vt->limit = limit;
  return true;
}

bool frame_depth_exceeded(Thread *t) {
  // The error's own making must not run into the limit again.
  t->py_depth -= 50;
  raise_error(t, &exc_RecursionError, "maximum recursion depth exceeded");
  t->py_depth += 50;
  return false;
}

// --- What a frame knows -------------------------------------------------------------------------------------------------------------

int frame_line(const Frame *f) { return code_position(frame_code(f), frame_lasti(f)).line; }
Value frame_globals(const Frame *f) { return frame_function(f)->globals; }
Value frame_builtins(const Frame *f) { return frame_function(f)->builtins; }

Frame *frame_visible(Frame *f) {
  while (f && (!f->pc || ref_is_unbound(f->function))) f = f->previous;
  return f;
}

static uint8_t local_kind(const Code *c, int i) { return (uint8_t)v_bytes(c->localspluskinds)->data[i]; }

// Whether locals() shows local i at all.
static bool local_is_shown(const Code *c, int i) { return !(local_kind(c, i) & LOCAL_KIND_FREE) || c->flags & CO_OPTIMIZED; }

// A local's value as locals() shows it, owned; V_NULL: unbound.
static Value local_value(Thread *t, Frame *f, int i, uint8_t kind) {
  Ref r = f->fp[i];
  if (ref_is_unbound(r)) return V_NULL;
  if (kind & (LOCAL_KIND_CELL | LOCAL_KIND_FREE) && v_is_exact(ref_value(r), SHAPE_CELL)) return cell_get(t, (Cell *)v_obj(ref_value(r)));
  return ref_to_owned(t, r);
}

static int mapping_put(Thread *t, Value mapping, Value name, Value value) {
  if (v_is_dict_exact(mapping)) {
    if (v_is_null(value)) return dict_delete(t, v_dict(mapping), name) < 0 ? -1 : 0;
    return dict_set(t, v_dict(mapping), name, value);
  }
  if (object_setitem(t, mapping, name, value) == 0) return 0;
  if (!v_is_null(value) || !error_matches(t, &exc_KeyError)) return -1;
  error_clear(t);
  return 0;
}

Value frame_locals(Thread *t, Frame *f) {
  const Code *c = frame_code(f);
  if (v_is_null(f->locals)) {
    f->locals = dict_new(t);
    if (v_is_null(f->locals)) return V_NULL;
  }
  Value mapping = v_own(t, f->locals);
  for (int i = 0; f->fp && i < c->nlocalsplus; i++) {
    if (!local_is_shown(c, i)) continue;
    Value value = local_value(t, f, i, local_kind(c, i));
    int rc = mapping_put(t, mapping, v_tuple(c->localsplusnames)->items[i], value);
    v_drop(t, value);
    if (rc < 0) {
      v_drop(t, mapping);
      return V_NULL;
    }
  }
  return mapping;
}

// What frame_locals needs of a record that is held still: its code, its mapping (`fresh`, stolen, if it has none) and the values. Owned.
typedef struct Snapshot { Value code, mapping; Value *values; int count; } Snapshot;

static void take_snapshot(Thread *t, FrameObject *o, Snapshot *s, Value fresh) {
  bool stopped;
  Frame *f = frame_look(t, o, &stopped);
  const Code *c = frame_code(f);
  s->code = v_own_obj(t, (void *)(uintptr_t)c);
  s->values = heap_calloc(t, ((size_t)c->nlocalsplus + 1) * sizeof(Value));
  CRITICAL_BEGIN(t, o);
  if (v_is_null(f->locals)) {
    f->locals = fresh;
    fresh = V_NULL;
  }
  s->mapping = v_own(t, f->locals);
  for (int i = 0; s->values && f->fp && i < c->nlocalsplus; i++) {
    if (local_is_shown(c, i)) s->values[i] = local_value(t, f, i, local_kind(c, i));
    s->count = i + 1;
  }
  CRITICAL_END(t);
  frame_look_away(t, stopped);
  v_drop(t, fresh);
}

Value frame_object_locals(Thread *t, FrameObject *o) {
  Frame *f = frame_object_record(o);
  if (!frame_object_finished(o) && frame_is_own(t, f)) {
    o->fast_as_locals = true;
    return frame_locals(t, f);
  }
  Snapshot s = {0};
  Value fresh = dict_new(t);
  if (v_is_null(fresh)) return V_NULL;
  take_snapshot(t, o, &s, fresh);
  const Code *c = v_code(s.code);
  int rc = s.values ? 0 : -1;
  if (rc < 0) raise_no_memory(t);
  for (int i = 0; i < s.count; i++) {
    if (rc == 0 && local_is_shown(c, i)) rc = mapping_put(t, s.mapping, v_tuple(c->localsplusnames)->items[i], s.values[i]);
    v_drop(t, s.values[i]);
  }
  if (rc < 0) v_clear(t, &s.mapping);
  heap_free(t, s.values);
  v_drop(t, s.code);
  return s.mapping;
}

void frame_locals_to_fast(Thread *t, Frame *f, bool clear) {
  const Code *c = frame_code(f);
  if (v_is_null(f->locals) || !(c->flags & CO_OPTIMIZED)) return;
  Value pending = error_fetch(t), mapping = v_own(t, f->locals);
  for (int i = 0; i < c->nlocalsplus; i++) {
    uint8_t kind = local_kind(c, i);
    Value value = V_NULL;
    if (dict_get(t, v_dict(mapping), v_tuple(c->localsplusnames)->items[i], &value) < 0) error_clear(t);
    if (v_is_null(value) && !clear) continue;
    Ref *slot = &f->fp[i];
    if (kind & (LOCAL_KIND_CELL | LOCAL_KIND_FREE) && v_is_exact(ref_value(*slot), SHAPE_CELL)) {
      cell_set(t, (Cell *)v_obj(ref_value(*slot)), value);
      v_drop(t, value);
    } else if (v_is(ref_value(*slot), value)) {
      v_drop(t, value);
    } else {
      ref_set(t, slot, v_is_null(value) ? V_UNBOUND : value);
    }
  }
  v_drop(t, mapping);
  if (!v_is_null(pending)) error_restore(t, pending);
}

// --- Ending -------------------------------------------------------------------------------------------------------------------------

void frame_clear_slots(Thread *t, Frame *f) {
  for (int i = 0, n = f->exec->frame_size; i < n; i++) ref_clear(t, &f->fp[i]);
}

// The frame object goes on living without its frame: it takes the locals and what the record owns.
static void take_over(Thread *t, Frame *f, FrameObject *o) {
  int n = f->exec->nlocals;
  Ref *slots = heap_alloc(t, ((size_t)n + 1) * sizeof(Ref));
  for (int i = 0; i < n; i++) {
    Value v = ref_take(t, &f->fp[i]);
    if (slots) slots[i] = ref_from(v);
    else v_drop(t, v);
  }
  o->own = *f;
  o->own.function = ref_from(ref_to_owned(t, f->function));
  ref_close(t, f->function);
  o->own.fp = slots;
  o->own.previous = NULL;
  o->own.object = NULL;
  o->own.is_generator = false;
  o->slots = slots;
  f->locals = V_NULL;
  f->function = REF_UNBOUND;
  Frame *previous = f->previous;
  if (previous) {
    o->back = frame_object(t, previous);
    if (v_is_null(o->back)) error_clear(t);
  }
  aptr_store_rel(&o->frame, &o->own);
  a8_store_rel(&o->finished, 1);
  heap_track(&o->ob);
}

void frame_finish(Thread *t, Frame *f) {
  FrameObject *o = f->object;
  if (o) {
    f->object = NULL;
    if (!object_is_unique(t, &o->ob)) {
      Value pending = error_fetch(t);
      take_over(t, f, o);
      if (!v_is_null(pending)) error_restore(t, pending);
      frame_clear_slots(t, f);
      v_drop(t, v_from_obj(o));
      return;
    }
    a8_store_rel(&o->finished, 1);
    aptr_store_rel(&o->frame, NULL);
    v_drop(t, v_from_obj(o));
  }
  f->pc = NULL;   // not seen from here on (frame_visible)
  frame_clear_slots(t, f);
  v_clear(t, &f->locals);
  ref_clear(t, &f->function);
}
