// The type code: the attributes and methods that inspect, dis and traceback use.
#include "code/code_type.h"

#include "code/code.h"
#include "code/code_build.h"
#include "code/code_iter.h"
#include "code/constants.h"
#include "code/linetable.h"
#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"

Type type_code;
void (*code_dealloc_hook)(Thread *t, Code *code);

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

// Where functions do not count their code, the collector must find what is left over.
// Not its bytes and its interned names: they refer to nothing. Full collections look at every code object there is.
static void code_traverse(Object *o, GcVisit visit, void *arg) {
  const Code *code = (const Code *)o;
  const Value parts[] = {code->consts, code->names, code->localsplusnames, code->filename, code->extra};
  for (size_t k = 0; k < sizeof parts / sizeof *parts; k++) gc_visit_value(parts[k], visit, arg);
}

// ---- comparison --------------------------------------------------------------------------------------------------------------------

static Value code_richcompare(Thread *t, Value a, Value b, int op) {
  if ((op != CMP_EQ && op != CMP_NE) || !v_is_exact(a, SHAPE_CODE) || !v_is_exact(b, SHAPE_CODE)) return V_NOT_IMPLEMENTED;
  return v_from_bool(const_same(t, a, b) == (op == CMP_EQ));
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
    {"__sizeof__($self, /)", code_sizeof, "How many bytes of memory the code takes.", 0},
    {"co_lines($self, /)", code_lines, "Iterate over (start, end, line) of runs of bytecode.", 0},
    {"co_positions($self, /)", code_positions, "Iterate over (line, end line, column, end column), one for each code unit.", 0},
    {"replace($self, /, **changes)", code_replace, "The same code with other values for the given attributes.", NATIVE_RAW},
    {"_varname_from_oparg($self, /, oparg)", code_varname_from_oparg, "For tests: the name of the local variable with this number.", 0},
    {0},
};

const TypeSpec spec_code = {
    .name = "code",
    .size = sizeof(Code),
    .flags = TYPE_WEAKREF | TYPE_IMMUTABLE,
    .slots = {.repr = code_repr, .hash = code_hash, .richcompare = code_richcompare, .new = code_construct, .dealloc = code_dealloc,
              .traverse = OBJECT_BIASED ? code_traverse : NULL},
    .methods = code_methods,
    .getset = code_getset,
    .members = code_members,
    .doc = "Compiled code: instructions, constants, names and where they come from.",
    .text_signature = "(argcount, posonlyargcount, kwonlyargcount, nlocals, stacksize,\n"
                      "     flags, codestring, constants, names, varnames, filename, name,\n"
                      "     qualname, firstlineno, linetable, exceptiontable, freevars=(),\n"
                      "     cellvars=(), /)",
};

bool code_init(Thread *t) { return type_ready(t, &type_code, &spec_code, SHAPE_CODE) && code_iter_init(t); }
