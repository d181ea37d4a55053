// The code type: making code objects, comparing them, and the attributes that inspect, dis and traceback read.
#include "code/code.h"

#include "code/code_iter.h"
#include "code/code_build.h"
#include "code/constants.h"
#include "code/exctable.h"
#include "code/linetable.h"
#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/set.h"
#include "objects/str.h"
#include "objects/tuple.h"

Type type_code;
void (*code_dealloc_hook)(Thread *t, Code *code);
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
  Value result = v_from_obj(code);
  if (total_args > code->nlocals) {
    v_drop(t, result);
    return raise_value_error(t, "code: co_varnames is too small");
  }
  return result;
}

static void code_dealloc(Thread *t, Object *o) {
  Code *code = (Code *)o;
  if (code_dealloc_hook) code_dealloc_hook(t, code);
  v_drop(t, code->code);
  v_drop(t, code->consts);
  v_drop(t, code->names);
  v_drop(t, code->localsplusnames);
  v_drop(t, code->localspluskinds);
  v_drop(t, code->filename);
  v_drop(t, code->name);
  v_drop(t, code->qualname);
  v_drop(t, code->linetable);
  v_drop(t, code->exceptiontable);
  v_drop(t, code->extra);
  heap_free_object(t, o);
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

// ---- comparison --------------------------------------------------------------------------------------------------------------------

bool code_same(Thread *t, const Code *a, const Code *b) {
  return a == b ||
         (a->argcount == b->argcount && a->posonlyargcount == b->posonlyargcount && a->kwonlyargcount == b->kwonlyargcount &&
          a->flags == b->flags && a->firstlineno == b->firstlineno && const_same(t, a->name, b->name) && const_same(t, a->code, b->code) &&
          const_same(t, a->consts, b->consts) && const_same(t, a->names, b->names) &&
          const_same(t, a->localsplusnames, b->localsplusnames) && const_same(t, a->linetable, b->linetable) &&
          const_same(t, a->exceptiontable, b->exceptiontable));
}

static Value code_richcompare(Thread *t, Value a, Value b, int op) {
  if ((op != CMP_EQ && op != CMP_NE) || !v_is_exact(a, SHAPE_CODE) || !v_is_exact(b, SHAPE_CODE)) return V_NOT_IMPLEMENTED;
  return v_from_bool(code_same(t, v_code(a), v_code(b)) == (op == CMP_EQ));
}

static int64_t code_hash(Thread *t, Value self) {
  const Code *c = v_code(self);
  uint64_t h = const_hash(t, c->name);
  const Value parts[] = {c->consts, c->names, c->localsplusnames, c->code};
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) h = (h ^ const_hash(t, parts[i])) * 1000003u;
  h ^= (uint64_t)(uint32_t)c->argcount ^ (uint64_t)(uint32_t)c->posonlyargcount << 8 ^ (uint64_t)(uint32_t)c->kwonlyargcount << 16 ^
       (uint64_t)(uint32_t)c->flags << 24 ^ (uint64_t)(uint32_t)c->firstlineno << 32;
  return (int64_t)h == -1 ? -2 : (int64_t)h;
}

static Value code_repr(Thread *t, Value self) {
  const Code *c = v_code(self);
  return str_from_format(t, "<code object %U at %p, file \"%U\", line %d>", c->name, (void *)v_obj(self), c->filename,
                         c->firstlineno ? c->firstlineno : -1);
}

// ---- attributes --------------------------------------------------------------------------------------------------------------------

static Value get_code_bytes(Thread *t, Value self, void *closure) {
  (void)closure;
  return v_own(t, v_code(self)->code);
}

static Value get_names_of_kind(Thread *t, Value self, void *closure) {
  return code_names_of_kind(t, v_code(self), (int)(intptr_t)closure);
}

// The line table of Python 3.9 and before: pairs of unsigned code and signed line steps.
static Value get_lnotab(Thread *t, Value self, void *closure) {
  (void)closure;
  const Code *code = v_code(self);
  StrBuilder b;   // of Latin-1 characters; turned into bytes below
  strb_init(&b, t);
  LineCursor c;
  linetable_begin(&c, v_bytes(code->linetable)->data, (size_t)v_bytes(code->linetable)->length, code->firstlineno);
  int line = code->firstlineno, start = 0;
  while (linetable_next(&c)) {
    if (c.entry.line < 0 || c.entry.line == line) continue;
    int bytes_ahead = c.entry.start - start, lines_ahead = c.entry.line - line;
    for (; bytes_ahead > 254; bytes_ahead -= 254) strb_char(&b, 254), strb_char(&b, 0);
    for (; lines_ahead < -128; lines_ahead += 128, bytes_ahead = 0) strb_char(&b, (uint32_t)bytes_ahead), strb_char(&b, 128);
    for (; lines_ahead > 127; lines_ahead -= 127, bytes_ahead = 0) strb_char(&b, (uint32_t)bytes_ahead), strb_char(&b, 127);
    strb_char(&b, (uint32_t)bytes_ahead);
    strb_char(&b, (uint32_t)lines_ahead & 255);
    line = c.entry.line;
    start = c.entry.start;
  }
  Value text = strb_finish(&b);
  if (v_is_null(text)) return V_NULL;
  Value result = bytes_from(t, v_str(text)->data, (size_t)v_str(text)->length);
  v_drop(t, text);
  return result;
}

static const GetSetDef code_getset[] = {
    {"co_lnotab", get_lnotab, NULL, NULL, NULL},
    {"_co_code_adaptive", get_code_bytes, NULL, NULL, NULL},
    {"co_varnames", get_names_of_kind, NULL, NULL, (void *)LOCAL_KIND_LOCAL},
    {"co_cellvars", get_names_of_kind, NULL, NULL, (void *)LOCAL_KIND_CELL},
    {"co_freevars", get_names_of_kind, NULL, NULL, (void *)LOCAL_KIND_FREE},
    {"co_code", get_code_bytes, NULL, NULL, NULL},
    {0},
};

static const MemberDef code_members[] = {
    {"co_argcount", MEMBER_I32, offsetof(Code, argcount), true, NULL},
    {"co_posonlyargcount", MEMBER_I32, offsetof(Code, posonlyargcount), true, NULL},
    {"co_kwonlyargcount", MEMBER_I32, offsetof(Code, kwonlyargcount), true, NULL},
    {"co_stacksize", MEMBER_I32, offsetof(Code, stacksize), true, NULL},
    {"co_flags", MEMBER_I32, offsetof(Code, flags), true, NULL},
    {"co_nlocals", MEMBER_I32, offsetof(Code, nlocals), true, NULL},
    {"co_consts", MEMBER_VALUE, offsetof(Code, consts), true, NULL},
    {"co_names", MEMBER_VALUE, offsetof(Code, names), true, NULL},
    {"co_filename", MEMBER_VALUE, offsetof(Code, filename), true, NULL},
    {"co_name", MEMBER_VALUE, offsetof(Code, name), true, NULL},
    {"co_qualname", MEMBER_VALUE, offsetof(Code, qualname), true, NULL},
    {"co_firstlineno", MEMBER_I32, offsetof(Code, firstlineno), true, NULL},
    {"co_linetable", MEMBER_VALUE, offsetof(Code, linetable), true, NULL},
    {"co_exceptiontable", MEMBER_VALUE, offsetof(Code, exceptiontable), true, NULL},
    {0},
};

// ---- methods -----------------------------------------------------------------------------------------------------------------------

static Value code_sizeof(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)args, (void)nargs, (void)kwnames;
  return int_from_i64(t, (int64_t)sizeof(Code) + v_bytes(v_code(self)->code)->length);
}

static Value code_varname_from_oparg(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)nargs, (void)kwnames;
  int index = number_as_int(t, args[0]);
  if (index == -1 && error_pending(t)) return V_NULL;
  const Tuple *names = v_tuple(v_code(self)->localsplusnames);
  if (index < 0 || index >= names->length) return raise_error(t, &exc_IndexError, "tuple index out of range");
  return v_own(t, names->items[index]);
}

static Value code_lines(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)args, (void)nargs, (void)kwnames;
  return code_iter_lines(t, self);
}

static Value code_positions(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)args, (void)nargs, (void)kwnames;
  return code_iter_positions(t, self);
}

static const NativeDef code_methods[] = {
    {"__sizeof__($self, /)", code_sizeof, "Size of object in memory, in bytes.", 0},
    {"co_lines($self, /)", code_lines, "Iterate over (start, end, line) of runs of bytecode.", 0},
    {"co_positions($self, /)", code_positions, "Iterate over (line, end line, column, end column), one for each code unit.", 0},
    {"replace($self, /, **changes)", code_replace, "Return a copy of the code object with new values for the specified fields.", NATIVE_RAW},
    {"_varname_from_oparg($self, /, oparg)", code_varname_from_oparg, "(internal-only) Return the local variable name for the given oparg.", 0},
    {0},
};

const TypeSpec spec_code = {
    .name = "code",
    .size = sizeof(Code),
    .flags = TYPE_WEAKREF | TYPE_IMMUTABLE,
    .slots = {.repr = code_repr, .hash = code_hash, .richcompare = code_richcompare, .new = code_construct, .dealloc = code_dealloc},
    .methods = code_methods,
    .getset = code_getset,
    .members = code_members,
    .doc = "Create a code object.  Not for the faint of heart.",
    .text_signature = "(argcount, posonlyargcount, kwonlyargcount, nlocals, stacksize,\n"
                      "     flags, codestring, constants, names, varnames, filename, name,\n"
                      "     qualname, firstlineno, linetable, exceptiontable, freevars=(),\n"
                      "     cellvars=(), /)",
};

bool code_init(Thread *t) { return type_ready(t, &type_code, &spec_code, SHAPE_CODE) && code_iter_init(t); }
