// Row: a tuple of a result's values that can also be asked by the names of columns. Immutable.
#include "modules/sqlite.h"

#include <ctype.h>
#include <string.h>

#include "objects/error.h"
#include "objects/hash_inline.h"
#include "objects/list.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"

Type type_sqlite_row;

typedef struct Row {
  Object ob;
  Value data, description;   // owned, constant: a tuple; a cursor's description or None
} Row;
static Row *v_row(Value v) { return (Row *)v_obj(v); }

static Value row_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  if (native_no_keywords(t, "Row", kwnames) < 0 || native_check_positional(t, "Row", nargs, 2, 2) < 0) return V_NULL;
  if (!sqlite_is_a(args[0], &type_sqlite_cursor)) return raise_type_error(t, "Row() argument 1 must be sqlite3.Cursor, not %K", args[0]);
  if (!v_has_flag(args[1], TYPE_TUPLE)) return raise_type_error(t, "Row() argument 2 must be tuple, not %K", args[1]);
  Value v = type->slots.alloc(t, type, 0);
  if (v_is_null(v)) return V_NULL;
  v_row(v)->data = v_own(t, args[1]);
  v_row(v)->description = instance_field_load(t, v_obj(args[0]), &v_cursor(args[0])->description);
  if (v_is_null(v_row(v)->description)) v_row(v)->description = V_NONE;
  return v;
}

static void row_dealloc(Thread *t, Object *o) {
  v_drop(t, ((Row *)o)->data);
  v_drop(t, ((Row *)o)->description);
  heap_free_object(t, o);
}
static void row_traverse(Object *o, GcVisit visit, void *arg) {
  gc_visit_value(((Row *)o)->data, visit, arg);
  gc_visit_value(((Row *)o)->description, visit, arg);
}

// The name of column i, borrowed.
static Value column_name(const Row *r, int64_t i) { return v_tuple(v_tuple(r->description)->items[i])->items[0]; }
static int64_t column_count(const Row *r) { return v_is_none(r->description) ? 0 : v_tuple(r->description)->length; }

// Names are the same in upper and lower case, of ASCII letters.
static bool same_name(const Str *a, const Str *b) {
  if (a->length != b->length) return false;
  for (int64_t i = 0; i < a->length; i++) {
    uint32_t x = str_char(a, i), y = str_char(b, i);
    if (x != y && (x > 127 || y > 127 || tolower((int)x) != tolower((int)y))) return false;
  }
  return true;
}

static Value row_getitem(Thread *t, Value self, Value key) {
  const Row *r = v_row(self);
  if (v_is_str(key)) {
    for (int64_t i = 0; i < column_count(r); i++)
      if (v_is_str(column_name(r, i)) && same_name(v_str(key), v_str(column_name(r, i)))) return object_getitem(t, r->data, v_from_smi(i));
    return raise_error(t, &exc_IndexError, "No item with that key");
  }
  if (v_type(key) == &type_slice || number_is_index(key)) return object_getitem(t, r->data, key);
  return raise_error(t, &exc_IndexError, "Index must be int or string");
}

static int64_t row_length(UNUSED_OK Thread *t, Value self) { return v_tuple(v_row(self)->data)->length; }
static Value row_item(Thread *t, Value self, int64_t i) {
  const Tuple *data = v_tuple(v_row(self)->data);
  return i >= 0 && i < data->length ? v_own(t, data->items[i]) : raise_error(t, &exc_IndexError, "tuple index out of range");
}
static Value row_iter(Thread *t, Value self) { return object_iter(t, v_row(self)->data); }

static NATIVE(row_keys) {
  const Row *r = v_row(self);
  Value list = list_new(t, column_count(r));
  for (int64_t i = 0; !v_is_null(list) && i < column_count(r); i++)
    if (list_append(t, v_list(list), column_name(r, i)) < 0) v_clear(t, &list);
  return list;
}

static int64_t row_hash(Thread *t, Value self) {
  int64_t a = object_hash(t, v_row(self)->description), b = a == -1 ? -1 : object_hash(t, v_row(self)->data);
  if (a == -1 || b == -1) return -1;
  return (a ^ b) == -1 ? -2 : a ^ b;
}

static Value row_richcompare(Thread *t, Value a, Value b, int op) {
  if ((op != CMP_EQ && op != CMP_NE) || !sqlite_is_a(b, &type_sqlite_row)) return V_NOT_IMPLEMENTED;
  int same = object_compare_bool(t, v_row(a)->description, v_row(b)->description, CMP_EQ);
  if (same < 0) return V_NULL;
  return same ? object_compare(t, v_row(a)->data, v_row(b)->data, op) : v_from_bool(op == CMP_NE);
}

static const NativeDef row_methods[] = {{"keys($self, /)", row_keys, "The names of the columns.", 0}, {0}};
static const TypeSpec spec_row = {
    .name = "sqlite3.Row",
    .size = sizeof(Row),
    .flags = TYPE_BASETYPE,
    .slots = {.new = row_new, .hash = row_hash, .richcompare = row_richcompare, .iter = row_iter, .length = row_length, .getitem = row_getitem, .seq_item = row_item,
              .dealloc = row_dealloc, .traverse = row_traverse},
    .methods = row_methods,
};
bool sqlite_row_init(Thread *t) { return type_sqlite_row.flags & TYPE_READY || type_ready(t, &type_sqlite_row, &spec_row, 0); }
