// cell: a box for a variable that several functions share.
#include "objects/error.h"
#include "objects/function.h"
#include "objects/instance.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "threading/critical.h"

static Cell *v_cell(Value v) { return (Cell *)v_obj(v); }

Value cell_new(Thread *t, Value initial) {
  Cell *c = (Cell *)heap_new_object(t, SHAPE_CELL, sizeof *c);
  if (!c) return raise_no_memory(t);
  c->value = v_own(t, initial);
  return v_from_obj(c);
}

Value cell_get(Thread *t, Cell *c) {
  Value v = v_load_ref(t, &instance_no_array, NULL, &c->value);
  if (likely(!v_is_null(v)) || v_is_null(v_load_rlx(&c->value))) return v;
  // A writer came between look and count: under its lock the value stays.
  CRITICAL_BEGIN(t, c);
  v = v_new_ref_locked(t, v_load_rlx(&c->value));
  CRITICAL_END(t);
  return v;
}

void cell_set(Thread *t, Cell *c, Value v) {
  Value owned = v_own(t, v), old;
  CRITICAL_BEGIN(t, c);
  old = v_load_rlx(&c->value);
  v_store_rel(&c->value, owned);
  CRITICAL_END(t);
  v_drop(t, old);
}

static Value cell_make(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  (void)type;
  if (native_no_keywords(t, "cell", kwnames) < 0 || native_check_positional(t, "cell", nargs, 0, 1) < 0) return V_NULL;
  return cell_new(t, nargs ? args[0] : V_NULL);
}

static Value cell_compare(Thread *t, Value a, Value b, int op) {
  if (!v_is_exact(a, SHAPE_CELL) || !v_is_exact(b, SHAPE_CELL)) return V_NOT_IMPLEMENTED;
  Value x = cell_get(t, v_cell(a)), y = cell_get(t, v_cell(b)), r;
  if (!v_is_null(x) && !v_is_null(y)) {
    r = object_compare(t, x, y, op);
  } else {
    // An empty cell is less than any other.
    r = object_compare(t, v_from_smi(!v_is_null(x)), v_from_smi(!v_is_null(y)), op);
  }
  v_drop(t, x);
  v_drop(t, y);
  return r;
}

static Value cell_repr(Thread *t, Value self) {
  Value v = cell_get(t, v_cell(self)), r;
  if (v_is_null(v)) return str_from_format(t, "<cell at %p: empty>", (void *)v_obj(self));
  r = str_from_format(t, "<cell at %p: %.80T object at %p>", (void *)v_obj(self), v, (void *)(uintptr_t)(v_is_ptr(v) ? v.w & ~(uint64_t)1 : v.w));
  v_drop(t, v);
  return r;
}

static Value cell_get_contents(Thread *t, Value self, void *closure) {
  (void)closure;
  Value v = cell_get(t, v_cell(self));
  return v_is_null(v) ? raise_value_error(t, "Cell is empty") : v;
}

static int cell_set_contents(Thread *t, Value self, Value value, void *closure) {
  (void)closure;
  cell_set(t, v_cell(self), value);
  return 0;
}

static void cell_clear(Thread *t, Object *o) { v_clear(t, &((Cell *)o)->value); }

static void cell_dealloc(Thread *t, Object *o) {
  cell_clear(t, o);
  heap_free_object(t, o);
}

static void cell_traverse(Object *o, GcVisit visit, void *arg) { gc_visit_value(((Cell *)o)->value, visit, arg); }

static const GetSetDef cell_getset[] = {{"cell_contents", cell_get_contents, cell_set_contents, NULL, NULL}, {0}};

Type type_cell;
static const TypeSpec spec_cell = {
    .name = "cell",
    .size = sizeof(Cell),
    .slots = {.new = cell_make, .repr = cell_repr, .richcompare = cell_compare, .hash = object_hash_not_implemented,
              .dealloc = cell_dealloc, .traverse = cell_traverse, .clear = cell_clear},
    .getset = cell_getset,
    .doc = "A variable that functions share; without a value as long as none is given.",
};

bool cell_init(Thread *t) { return type_ready(t, &type_cell, &spec_cell, SHAPE_CELL); }
