// line_iterator and positions_iterator: walking a code object's location table from Python.
#include "code/code_iter.h"

#include "code/code.h"
#include "code/linetable.h"
#include "objects/bytes.h"
#include "objects/error_state.h"
#include "objects/int.h"
#include "objects/object.h"
#include "objects/tuple.h"
#include "threading/critical.h"

// Both kinds. In the free build two threads may step one iterator: its lock keeps the cursor whole.
typedef struct CodeIter {
  Object ob;
  Value code;
  LineCursor cursor;
  int offset;         // positions: of the next code unit
} CodeIter;

static Type type_line_iterator, type_positions_iterator;

static Value iter_new(Thread *t, Type *type, Value code) {
  CodeIter *it = (CodeIter *)heap_new_object(t, type->shape, sizeof *it);
  if (!it) return raise_no_memory(t);
  it->code = v_own(t, code);
  const Bytes *table = v_bytes(v_code(code)->linetable);
  linetable_begin(&it->cursor, table->data, (size_t)table->length, v_code(code)->firstlineno);
  return v_from_obj(it);
}

Value code_iter_lines(Thread *t, Value code) { return iter_new(t, &type_line_iterator, code); }
Value code_iter_positions(Thread *t, Value code) { return iter_new(t, &type_positions_iterator, code); }

static Value int_or_none(int i) { return i < 0 ? V_NONE : v_from_smi(i); }

static Value line_next(Thread *t, Value self) {
  CodeIter *it = (CodeIter *)v_obj(self);
  int64_t size = v_bytes(v_code(it->code)->code)->length;
  LineEntry e;
  bool more;
  CRITICAL_BEGIN(t, it);
  more = it->cursor.entry.end < size && linetable_next(&it->cursor);
  e = it->cursor.entry;
  CRITICAL_END(t);
  return more ? tuple_pack(t, 3, v_from_smi(e.start), v_from_smi(e.end), int_or_none(e.line)) : V_NULL;
}

static Value positions_next(Thread *t, Value self) {
  CodeIter *it = (CodeIter *)v_obj(self);
  int64_t size = v_bytes(v_code(it->code)->code)->length;
  LineEntry e;
  bool more = true;
  CRITICAL_BEGIN(t, it);
  while (more && it->offset >= it->cursor.entry.end) more = it->cursor.entry.end < size && linetable_next(&it->cursor);
  it->offset += 2;
  e = it->cursor.entry;
  CRITICAL_END(t);
  if (!more) return V_NULL;
  return tuple_pack(t, 4, int_or_none(e.line), int_or_none(e.end_line), int_or_none(e.column), int_or_none(e.end_column));
}

static void iter_dealloc(Thread *t, Object *o) {
  v_drop(t, ((CodeIter *)o)->code);
  heap_free_object(t, o);
}

static Value iter_self(Thread *t, Value self) { return v_own(t, self); }

static const TypeSpec spec_line_iterator = {
    .name = "line_iterator", .size = sizeof(CodeIter), .flags = TYPE_IMMUTABLE | TYPE_NO_INSTANTIATE,
    .slots = {.iter = iter_self, .iternext = line_next, .dealloc = iter_dealloc},
};
static const TypeSpec spec_positions_iterator = {
    .name = "positions_iterator", .size = sizeof(CodeIter), .flags = TYPE_IMMUTABLE | TYPE_NO_INSTANTIATE,
    .slots = {.iter = iter_self, .iternext = positions_next, .dealloc = iter_dealloc},
};

bool code_iter_init(Thread *t) {
  return type_ready(t, &type_line_iterator, &spec_line_iterator, 0) && type_ready(t, &type_positions_iterator, &spec_positions_iterator, 0);
}
