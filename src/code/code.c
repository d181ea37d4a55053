// Code objects: making them, and finding lines, handlers and names in them. What a program sees of them is in code_type.c.
#include "code/code.h"

#include "code/exctable.h"
#include "code/linetable.h"
#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/str.h"
#include "objects/tuple.h"

bool code_debug_ranges = true;

// ---- interning ---------------------------------------------------------------------------------------------------------------------

static bool looks_like_name(const Str *s) {
  if (!str_is_ascii(s)) return false;
  for (int64_t i = 0; i < s->length; i++) {
    unsigned char c = (unsigned char)s->data[i];
    if (!(c == '_' || (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z'))) return false;
  }
  return true;
}

static bool needs_interning(Value v, bool names_only) {
  return v_is_str_exact(v) && !str_is_interned(v_str(v)) && (!names_only || looks_like_name(v_str(v)));
}

static bool tuple_needs_work(Value tuple, bool constants) {
  for (int64_t i = 0; i < v_tuple(tuple)->length; i++) {
    Value item = v_tuple(tuple)->items[i];
    if (needs_interning(item, constants)) return true;
    if (constants && v_is_tuple_exact(item) && tuple_needs_work(item, true)) return true;
  }
  return false;
}

// An owned tuple equal to the borrowed one whose strs are interned: all of them, or (constants) those that look like names, in nested
// tuples too. The tuple itself when nothing is to be done: it may be visible to others, so it is never changed in place.
static Value tuple_interned(Thread *t, Value tuple, bool constants) {
  if (!tuple_needs_work(tuple, constants)) return v_own(t, tuple);
  int64_t n = v_tuple(tuple)->length;
  Value result = tuple_new(t, n);
  if (v_is_null(result)) return V_NULL;
  for (int64_t i = 0; i < n; i++) {
    Value item = v_tuple(tuple)->items[i], done;
    if (needs_interning(item, constants)) done = str_intern_immortal(t, v_own(t, item));
    else if (constants && v_is_tuple_exact(item)) done = tuple_interned(t, item, true);
    else done = v_own(t, item);
    v_tuple(result)->items[i] = done;
    if (v_is_null(done)) {
      v_drop(t, result);
      return V_NULL;
    }
  }
  return result;
}

void code_set_filename(Thread *t, Value code, Value filename) {
  Code *c = v_code(code);
  Value old = c->filename;
  c->filename = v_own(t, filename);
  const Tuple *consts = v_tuple(c->consts);
  for (int64_t i = 0; i < consts->length; i++) {
    Value item = consts->items[i];
    if (v_is_exact(item, SHAPE_CODE) && str_equal(v_str(v_code(item)->filename), v_str(old))) code_set_filename(t, item, filename);
  }
  v_drop(t, old);
}

// ---- making ------------------------------------------------------------------------------------------------------------------------

static void count_locals(Code *code) {
  const Bytes *kinds = v_bytes(code->localspluskinds);
  code->nlocalsplus = (int32_t)kinds->length;
  for (int64_t i = 0; i < kinds->length; i++) {
    uint8_t kind = (uint8_t)kinds->data[i];
    code->nlocals += !!(kind & LOCAL_KIND_LOCAL);
    code->ncellvars += !!(kind & LOCAL_KIND_CELL);
    code->nfreevars += !!(kind & LOCAL_KIND_FREE);
  }
}

// A location table with the lines of `table` and no columns.
static Value linetable_without_columns(Thread *t, Value table, int firstlineno) {
  size_t size = (size_t)v_bytes(table)->length;
  Value result = bytes_new(t, (int64_t)size * 4 + LINETABLE_ENTRY_MAX);
  if (v_is_null(result)) return V_NULL;
  LineCursor c;
  linetable_begin(&c, v_bytes(table)->data, size, firstlineno);
  int line = firstlineno;
  size_t n = 0;
  while (linetable_next(&c)) {
    LineEntry e = c.entry;
    e.column = e.end_column = -1;
    e.end_line = e.line;
    n += linetable_write((uint8_t *)v_bytes(result)->data + n, &e, (e.end - e.start) / 2, &line);
  }
  return bytes_shrink(t, result, (int64_t)n);
}

Value code_new(Thread *t, const CodeFields *f) {
  int64_t total_args = (int64_t)f->argcount + f->kwonlyargcount + !!(f->flags & CO_VARARGS) + !!(f->flags & CO_VARKEYWORDS);
  if (f->posonlyargcount < 0 || f->argcount < f->posonlyargcount || f->kwonlyargcount < 0 || f->stacksize < 0 || f->flags < 0 ||
      v_tuple(f->localsplusnames)->length != v_bytes(f->localspluskinds)->length)
    return raise_system_error(t, "bad argument to internal function");
  if (v_bytes(f->code)->length % 2) return raise_value_error(t, "code: co_code is malformed");

  Value consts = tuple_interned(t, f->consts, true), names = tuple_interned(t, f->names, false);
  Value locals = tuple_interned(t, f->localsplusnames, false);
  Value name = str_intern_immortal(t, v_own(t, f->name)), qualname = str_intern_immortal(t, v_own(t, f->qualname));
  Value linetable = code_debug_ranges ? v_own(t, f->linetable) : linetable_without_columns(t, f->linetable, f->firstlineno);
  Code *code = (Code *)heap_new_object(t, SHAPE_CODE, sizeof(Code));
  if (v_is_null(consts) || v_is_null(names) || v_is_null(locals) || v_is_null(name) || v_is_null(qualname) || v_is_null(linetable) || !code) {
    if (code) heap_free_object(t, &code->ob);
    else if (!error_pending(t)) raise_no_memory(t);
    v_drop(t, consts); v_drop(t, names); v_drop(t, locals); v_drop(t, name); v_drop(t, qualname); v_drop(t, linetable);
    return V_NULL;
  }
  code->argcount = f->argcount;
  code->posonlyargcount = f->posonlyargcount;
  code->kwonlyargcount = f->kwonlyargcount;
  code->stacksize = f->stacksize;
  code->flags = f->flags;
  code->firstlineno = f->firstlineno;
  code->code = v_own(t, f->code);
  code->consts = consts;
  code->names = names;
  code->localsplusnames = locals;
  code->localspluskinds = v_own(t, f->localspluskinds);
  code->filename = v_own(t, f->filename);
  code->name = name;
  code->qualname = qualname;
  code->linetable = linetable;
  code->exceptiontable = v_own(t, f->exceptiontable);
  count_locals(code);
  if (code->flags & CO_OPTIMIZED) object_make_late(t, &code->ob);  // a function's; that of modules, classes and eval dies at once
  Value result = v_from_obj(code);
  if (total_args > code->nlocals) {
    v_drop(t, result);
    return raise_value_error(t, "code: co_varnames is too small");
  }
  return result;
}

// ---- looking things up -------------------------------------------------------------------------------------------------------------

CodePosition code_position(const Code *code, int offset) {
  LineCursor c;
  linetable_begin(&c, v_bytes(code->linetable)->data, (size_t)v_bytes(code->linetable)->length, code->firstlineno);
  if (offset < 0) return (CodePosition){code->firstlineno, code->firstlineno, -1, -1};
  while (linetable_next(&c))
    if (offset < c.entry.end) return (CodePosition){c.entry.line, c.entry.end_line, c.entry.column, c.entry.end_column};
  return (CodePosition){-1, -1, -1, -1};
}

bool code_find_handler(const Code *code, int offset, int *target, int *depth, bool *push_lasti) {
  ExceptionEntry e;
  if (!exctable_find(v_bytes(code->exceptiontable)->data, (size_t)v_bytes(code->exceptiontable)->length, offset, &e)) return false;
  *target = e.target;
  *depth = e.depth;
  *push_lasti = e.push_lasti;
  return true;
}

Value code_names_of_kind(Thread *t, const Code *code, int kind) {
  const Bytes *kinds = v_bytes(code->localspluskinds);
  const Tuple *names = v_tuple(code->localsplusnames);
  int64_t n = kind == LOCAL_KIND_LOCAL ? code->nlocals : kind == LOCAL_KIND_CELL ? code->ncellvars : code->nfreevars;
  if (n == 0) return tuple_empty;
  Value result = tuple_new(t, n);
  if (v_is_null(result)) return V_NULL;
  for (int64_t i = 0, at = 0; i < kinds->length; i++)
    if (kinds->data[i] & kind) v_tuple(result)->items[at++] = v_own(t, names->items[i]);
  return result;
}
