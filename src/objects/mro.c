// The method resolution order (C3) and the choice of the base that gives the layout.
#include "objects/mro.h"

#include "objects/error.h"
#include "objects/list.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "objects/type_lookup.h"

// ---- C3 --------------------------------------------------------------------------------------------------------------------------

typedef struct { const Tuple *list; int64_t next; } MergeList;   // what has not been merged of one list

static Object *head(const MergeList *m) { return m->next < m->list->length ? v_obj(m->list->items[m->next]) : NULL; }

static bool in_tail(const MergeList *m, const Object *class) {
  for (int64_t i = m->next + 1; i < m->list->length; i++)
    if (v_obj(m->list->items[i]) == class) return true;
  return false;
}

// The first head that stands in nobody's tail; NULL: none.
static Object *next_class(const MergeList *lists, size_t n, bool *any_left) {
  *any_left = false;
  for (size_t i = 0; i < n; i++) {
    Object *candidate = head(&lists[i]);
    if (!candidate) continue;
    *any_left = true;
    bool good = true;
    for (size_t k = 0; good && k < n; k++) good = !in_tail(&lists[k], candidate);
    if (good) return candidate;
  }
  return NULL;
}

static Value raise_inconsistent(Thread *t, const MergeList *lists, size_t n) {
  StrBuilder b;
  strb_init(&b, t);
  strb_cstr(&b, "Cannot create a consistent method resolution\norder (MRO) for bases");
  bool first = true;
  for (size_t i = 0; i < n; i++) {
    Object *class = head(&lists[i]);
    bool seen = !class;
    for (size_t k = 0; !seen && k < i; k++) seen = head(&lists[k]) == class;
    if (seen) continue;
    if (object_hash(t, v_from_obj(class)) == -1) {    // CPython gathers the classes in a dict: a metaclass's __hash__ is asked
      strb_discard(&b);
      return V_NULL;
    }
    strb_cstr(&b, first ? " " : ", ");
    strb_str(&b, ((Type *)class)->name);
    first = false;
  }
  Value message = strb_finish(&b);
  if (v_is_null(message)) return V_NULL;
  raise_value(t, &exc_TypeError, message);
  v_drop(t, message);
  return V_NULL;
}

static bool check_duplicates(Thread *t, const Tuple *bases) {
  for (int64_t i = 0; i < bases->length; i++)
    for (int64_t k = i + 1; k < bases->length; k++)
      if (v_is(bases->items[i], bases->items[k])) {
        raise_type_error(t, "duplicate base class %U", v_as_type(bases->items[i])->name);
        return false;
      }
  return true;
}

// The only base's MRO with the class in front.
static Value single_base_mro(Thread *t, Type *type, const Tuple *base_mro) {
  Value result = tuple_new(t, base_mro->length + 1);
  if (v_is_null(result)) return V_NULL;
  v_tuple(result)->items[0] = v_own_obj(t, type);
  for (int64_t i = 0; i < base_mro->length; i++) v_tuple(result)->items[i + 1] = v_own(t, base_mro->items[i]);
  return result;
}

Value mro_compute(Thread *t, Type *type) {
  const Tuple *bases = v_tuple(type->bases);
  int64_t total = 1;
  for (int64_t i = 0; i < bases->length; i++) {
    Value mro = v_as_type(bases->items[i])->mro;
    if (v_is_null(mro)) return raise_type_error(t, "Cannot extend an incomplete type '%.100N'", v_as_type(bases->items[i]));
    total += v_tuple(mro)->length;
  }
  if (bases->length == 1) return single_base_mro(t, type, v_tuple(v_as_type(bases->items[0])->mro));
  if (!check_duplicates(t, bases)) return V_NULL;

  size_t n = (size_t)bases->length + 1;
  MergeList *lists = heap_alloc(t, n * sizeof *lists);
  Value *merged = heap_alloc(t, (size_t)total * sizeof *merged);
  Value result = V_NULL;
  size_t count = 0;
  if (!lists || !merged) {
    raise_no_memory(t);
    goto done;
  }
  for (size_t i = 0; i + 1 < n; i++) lists[i] = (MergeList){v_tuple(v_as_type(bases->items[i])->mro), 0};
  lists[n - 1] = (MergeList){bases, 0};
  merged[count++] = v_from_obj(type);
  for (;;) {
    bool any_left;
    Object *class = next_class(lists, n, &any_left);
    if (!class) {
      result = any_left ? raise_inconsistent(t, lists, n) : tuple_from(t, merged, count);
      break;
    }
    merged[count++] = v_from_obj(class);
    for (size_t i = 0; i < n; i++)
      if (head(&lists[i]) == class) lists[i].next++;
  }
done:
  heap_free(t, lists);
  heap_free(t, merged);
  return result;
}

// ---- mro() of metaclasses --------------------------------------------------------------------------------------------------------

static bool check_custom(Thread *t, Type *type, const Tuple *mro) {
  if (mro->length == 0) {
    raise_type_error(t, "type MRO must not be empty");
    return false;
  }
  Type *solid = type_solid_base(type);
  for (int64_t i = 0; i < mro->length; i++) {
    Value class = mro->items[i];
    if (!v_is_type(class)) {
      raise_type_error(t, "mro() returned a non-class ('%.500T')", class);
      return false;
    }
    if (!type_is_subtype(solid, type_solid_base(v_as_type(class)))) {
      raise_type_error(t, "mro() returned base with unsuitable layout ('%.500N')", v_as_type(class));
      return false;
    }
  }
  return true;
}

Value mro_resolve(Thread *t, Type *type) {
  if (object_type(&type->ob) == &type_type) return mro_compute(t, type);
  Value method;
  int found = object_lookup_special(t, v_from_obj(type), N(mro), &method);   // past a __getattribute__ of the metaclass
  if (found == 0) raise_error(t, &exc_AttributeError, "mro");
  Value list = found > 0 ? object_call0(t, method) : V_NULL;
  v_drop(t, method);
  if (v_is_null(list)) return V_NULL;
  Value mro = object_to_tuple(t, list);
  v_drop(t, list);
  if (v_is_null(mro)) return V_NULL;
  if (check_custom(t, type, v_tuple(mro))) return mro;
  v_drop(t, mro);
  return V_NULL;
}

static Value mro_of(Value class) {
  Value mro = v_load_acq(&v_as_type(class)->mro);
  return v_is_null(mro) ? V_NONE : mro;
}

Value mro_inputs(Thread *t, const Type *type) {
  const Tuple *bases = v_tuple(v_load_acq(&type->bases));   // nothing below is a safepoint: it stays
  Value inputs = tuple_new(t, bases->length + 1);
  if (v_is_null(inputs)) return V_NULL;
  v_tuple(inputs)->items[0] = v_own_obj(t, (Object *)(uintptr_t)bases);
  for (int64_t i = 0; i < bases->length; i++) v_tuple(inputs)->items[i + 1] = v_own(t, mro_of(bases->items[i]));
  return inputs;
}

bool mro_inputs_hold(const Type *type, Value inputs) {
  const Value *then = v_tuple(inputs)->items;
  if (!v_is(type->bases, then[0])) return false;
  const Tuple *bases = v_tuple(then[0]);
  for (int64_t i = 0; i < bases->length; i++)
    if (!v_is(mro_of(bases->items[i]), then[i + 1])) return false;
  return true;
}

// ---- layout ----------------------------------------------------------------------------------------------------------------------

static bool adds_fields(const Type *type, const Type *base) {
  if (type->flags & TYPE_HEAP) return type->member_slots > 0;
  return type->size != base->size || type->item_size != base->item_size;
}

Type *type_solid_base(Type *type) {
  if (!type->base) return type;
  Type *solid = type_solid_base(type->base);
  return adds_fields(type, type->base) ? type : solid;
}

Type *type_best_base(Thread *t, Value bases) {
  const Tuple *list = v_tuple(bases);
  Type *best = NULL, *winner = NULL;
  for (int64_t i = 0; i < list->length; i++) {
    if (!v_is_type(list->items[i])) {
      raise_type_error(t, "bases must be types");
      return NULL;
    }
    Type *base = v_as_type(list->items[i]);
    if (!(base->flags & TYPE_BASETYPE)) {
      raise_type_error(t, "type '%.100N' is not an acceptable base type", base);
      return NULL;
    }
    Type *solid = type_solid_base(base);
    if (!winner || (winner != solid && type_is_subtype(solid, winner))) {
      winner = solid;
      best = base;
    } else if (!type_is_subtype(winner, solid)) {
      raise_type_error(t, "multiple bases have instance lay-out conflict");
      return NULL;
    }
  }
  return best;
}
