// Assigning __bases__ of a class.
//
// Bases, MROs and lists of subclasses change under the type lock with the world stopped, so whoever reads them needs no lock up to the next
// safepoint. Where C3 gives every MRO, the whole assignment is one such step. An mro() written in Python has to see the new bases and may do
// anything, so then there are several: the bases, each class's MRO, the end. Between them the class stands in the subclass lists of its old
// and its new bases, for its resolved attributes may come from either. Each step looks whether its class is as the step before left it: if
// not, somebody has assigned again, and that newer state stays.
#include "objects/type_bases.h"

#include "objects/error.h"
#include "objects/mro.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/tuple.h"
#include "objects/type_assign.h"
#include "objects/type_family.h"
#include "objects/type_lookup.h"
#include "threading/stw.h"

// One class whose MRO has been replaced on the way. `old` and `now` are owned.
typedef struct { Type *type; Value old, now; } MroStep;
typedef struct Change {
  Type *type;
  Value bases, old_bases;  // owned; old_bases null until they are replaced
  Type *old_base;
  MroStep *steps;
  size_t count, capacity;
  struct Change *next;     // of those under way
} Change;

// Under the type lock: assignments between their first step and their last, and how many have come to their end.
static Change *under_way;
static uint64_t ended;

static void begin(Thread *t) {
  mutex_lock(t, &type_mutex);
  stop_the_world(t);
}

static void end(Thread *t) {
  start_the_world(t);
  mutex_unlock(&type_mutex);
}

// ---- what is allowed -------------------------------------------------------------------------------------------------------------

// The i-th tuple of classes that an assignment under way puts back behind `type` if its mro() fails; V_NULL: no more.
static Value pending(const Type *type, uint32_t i) {
  for (const Change *c = under_way; c; c = c->next) {
    if (c->type == type && i-- == 0) return c->old_bases;
    for (size_t k = 0; k < c->count; k++)
      if (c->steps[k].type == type && !v_is_null(c->steps[k].old) && i-- == 0) return c->steps[k].old;
  }
  return V_NULL;
}

// By bases and MROs together, and by what may be put back: while an mro() is under way, each may be ahead of the others.
static bool derives_from(Type *type, const Type *ancestor) {
  const Type *walk = type_ancestors_locked(type, pending);
  while (walk && walk != ancestor) walk = walk->walk_next;
  return walk != NULL;
}

static int check_bases(Thread *t, Type *type, Value bases) {
  if (!v_is_tuple(bases)) {
    raise_type_error(t, "can only assign tuple to %N.__bases__, not %T", type, bases);
    return -1;
  }
  const Tuple *list = v_tuple(bases);
  if (list->length == 0) {
    raise_type_error(t, "can only assign non-empty tuple to %N.__bases__, not ()", type);
    return -1;
  }
  for (int64_t i = 0; i < list->length; i++) {
    if (!v_is_type(list->items[i])) {
      raise_type_error(t, "%N.__bases__ must be tuple of classes, not '%T'", type, list->items[i]);
      return -1;
    }
    if (derives_from(v_as_type(list->items[i]), type)) {
      raise_type_error(t, "a __bases__ item causes an inheritance cycle");
      return -1;
    }
  }
  return 0;
}

// ---- steps, with the world stopped -----------------------------------------------------------------------------------------------

static bool is_ready(const Type *type) { return type->flags & TYPE_READY; }

static int link_stopped(Thread *t, Type *type, Value bases) {
  for (int64_t i = 0; is_ready(type) && i < v_tuple(bases)->length; i++) {
    if (type_add_subclass_locked(t, v_as_type(v_tuple(bases)->items[i]), type) == 0) continue;
    while (i-- > 0) type_remove_subclass_locked(v_as_type(v_tuple(bases)->items[i]), type);
    return -1;
  }
  return 0;
}

static void unlink_stopped(Type *type, Value bases) {
  for (int64_t i = 0; is_ready(type) && i < v_tuple(bases)->length; i++)
    type_remove_subclass_locked(v_as_type(v_tuple(bases)->items[i]), type);
}

static int replace_bases_stopped(Thread *t, Change *c) {
  Type *type = c->type;
  if (check_bases(t, type, c->bases) < 0) return -1;
  Type *base = type_best_base(t, c->bases);
  if (!base || !type_check_same_layout(t, type->base, base, "__bases__")) return -1;
  if (link_stopped(t, type, c->bases) < 0) return -1;
  c->old_bases = type->bases;
  c->old_base = type->base;
  v_store_rel(&type->bases, v_own(t, c->bases));
  type->base = base;
  c->next = under_way;
  under_way = c;
  return 0;
}

static int remember(Thread *t, Change *c, MroStep step) {
  if (c->count == c->capacity) {
    size_t capacity = c->capacity ? 2 * c->capacity : 8;
    MroStep *grown = heap_realloc(t, c->steps, capacity * sizeof *grown);
    if (!grown) {
      raise_no_memory(t);
      return -1;
    }
    c->steps = grown;
    c->capacity = capacity;
  }
  c->steps[c->count++] = step;
  return 0;
}

// mro stolen.
static int replace_mro_stopped(Thread *t, Change *c, Type *type, Value mro) {
  if (remember(t, c, (MroStep){type, type->mro, v_own(t, mro)}) < 0) {
    v_drop(t, mro);
    return -1;
  }
  v_store_rel(&type->mro, mro);
  return 0;
}

// Where the assignment stands, for good or (undo) not: the lists lose the entries that no longer count, all caches and slots follow.
static void finish_stopped(Thread *t, Change *c, bool undo) {
  Type *type = c->type;
  for (size_t i = c->count; undo && i-- > 0;) {
    MroStep *s = &c->steps[i];
    if (!v_is(s->type->mro, s->now)) continue;
    Value tried = s->type->mro;
    v_store_rel(&s->type->mro, s->old);
    s->old = tried;
  }
  bool ours = v_is(type->bases, c->bases);
  if (undo && ours) {
    Value tried = type->bases;
    v_store_rel(&type->bases, c->old_bases);
    type->base = c->old_base;
    c->old_bases = tried;
  }
  // c->old_bases are now those that do not hold, unless somebody has assigned on top of us: then his are in the lists as well.
  unlink_stopped(type, c->old_bases);
  if (is_ready(type)) type_resolve_all_stopped(t, type);
  Change **link = &under_way;
  while (*link != c) link = &(*link)->next;
  *link = c->next;
  ended++;
}

// ---- C3 throughout ---------------------------------------------------------------------------------------------------------------

static bool uses_c3(Thread *t, Type *type) {
  if (object_type(&type->ob) == &type_type) return true;
  Type *owner = NULL;
  Value mro = type_lookup_mro_quietly(t, object_type(&type->ob), N(mro), &owner);
  v_drop(t, mro);
  return owner == &type_type;
}

static bool all_use_c3(Thread *t, Type *type) {
  Type *c = type_family_locked(type);
  while (c && uses_c3(t, c)) c = c->walk_next;
  return !c;
}

static int renew_stopped(Thread *t, Change *c, Type *type) {
  Value mro = mro_compute(t, type);
  if (v_is_null(mro) || replace_mro_stopped(t, c, type, mro) < 0) return -1;
  for (uint32_t i = 0; type->subclasses && i < type->subclasses->count; i++)
    if (renew_stopped(t, c, type->subclasses->items[i]) < 0) return -1;
  return 0;
}

// ---- with mro() in Python --------------------------------------------------------------------------------------------------------

static int renew(Thread *t, Change *c, Type *type);

// Not one that has moved away while an mro() ran.
static bool is_base_of(const Type *base, const Type *type) {
  const Tuple *bases = v_tuple(v_load_acq(&type->bases));
  for (int64_t i = 0; i < bases->length; i++)
    if (v_obj(bases->items[i]) == (const Object *)base) return true;
  return false;
}

static int renew_subclasses(Thread *t, Change *c, Type *type) {
  // A snapshot: mro() may make subclasses.
  Value subclasses = type_list_subclasses(t, type);
  if (v_is_null(subclasses)) return -1;
  Value list = object_to_tuple(t, subclasses);
  v_drop(t, subclasses);
  if (v_is_null(list)) return -1;
  int r = 0;
  for (int64_t i = 0; r == 0 && i < v_tuple(list)->length; i++) {
    Type *derived = v_as_type(v_tuple(list)->items[i]);
    if (is_base_of(type, derived)) r = renew(t, c, derived);
  }
  v_drop(t, list);
  return r;
}

typedef enum { RENEWED, FAILED, OVERTAKEN, STALE } Renewal;

static Renewal try_renew(Thread *t, Change *c, Type *type) {
  Value before = v_own(t, v_load_acq(&type->mro)), inputs = mro_inputs(t, type);
  Value mro = v_is_null(inputs) ? V_NULL : mro_resolve(t, type);
  Renewal result = FAILED;
  if (!v_is_null(mro)) {
    begin(t);
    if (!v_is(type->mro, before)) result = OVERTAKEN;
    else if (!mro_inputs_hold(type, inputs)) result = STALE;
    else if (replace_mro_stopped(t, c, type, v_own(t, mro)) == 0) result = RENEWED;
    if (result == RENEWED && is_ready(type)) type_resolve_all_stopped(t, type);
    end(t);
    v_drop(t, mro);
  }
  v_drop(t, inputs);
  v_drop(t, before);
  return result;
}

// Again while other threads change the bases' MROs. An mro() that does so itself is not asked for ever.
static int renew(Thread *t, Change *c, Type *type) {
  enum { PATIENCE = 100 };
  Renewal result = STALE;
  for (int i = 0; result == STALE && i < PATIENCE; i++) result = try_renew(t, c, type);
  if (result == STALE) raise_type_error(t, "the bases of '%N' change whenever its mro() is called", type);
  // Overtaken: whoever was faster may not have come to the subclasses yet, and when we end, all must have been renewed.
  return result == RENEWED || result == OVERTAKEN ? renew_subclasses(t, c, type) : -1;
}

static void drop_steps(Thread *t, Change *c) {
  for (size_t i = 0; i < c->count; i++) {
    v_drop(t, c->steps[i].old);
    v_drop(t, c->steps[i].now);
  }
  heap_free(t, c->steps);
}

// ---- all together ----------------------------------------------------------------------------------------------------------------

// The MROs that were put back may be out of date if other assignments came to their end meanwhile.
static void renew_undone(Thread *t, Type *type) {
  Value exc = error_fetch(t);
  Change c = {.type = type};
  if (renew(t, &c, type) < 0) error_clear(t);
  drop_steps(t, &c);
  error_restore(t, exc);
}

int type_set_bases(Thread *t, Type *type, Value bases) {
  Change c = {.type = type, .bases = v_own(t, bases)};
  begin(t);
  uint64_t ended_before = ended;
  int r = replace_bases_stopped(t, &c);
  bool replaced = r == 0, plain = replaced && all_use_c3(t, type);
  if (plain) r = renew_stopped(t, &c, type);
  if (replaced && !plain) {
    end(t);
    r = renew(t, &c, type);
    begin(t);
  }
  if (replaced) finish_stopped(t, &c, r < 0);
  bool others = replaced && ended - ended_before > 1;
  end(t);
  drop_steps(t, &c);
  if (r < 0 && others) renew_undone(t, type);
  v_drop(t, c.old_bases);
  v_drop(t, c.bases);
  return r;
}
