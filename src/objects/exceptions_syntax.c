// SyntaxError: where in the source, and how it prints.
#include <stddef.h>

#include "objects/exceptions.h"
#include "objects/int.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"

#define FIRST_FIELD offsetof(SyntaxErrorException, msg)
#define FIELD(o, at) ((Value *)(void *)((char *)(o) + (at)))

static int syntax_error_init(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  if (exception_base_init(t, self, args, nargs, kwnames) < 0) return -1;
  SyntaxErrorException *e = (SyntaxErrorException *)v_obj(self);
  if (nargs >= 1) v_set(t, &e->msg, v_own(t, args[0]));
  if (nargs != 2) return 0;
  Value info = object_to_tuple(t, args[1]);
  if (v_is_null(info)) return -1;
  int64_t n = v_tuple(info)->length;
  if (n != 4 && n != 6) {
    if (n < 4) raise_type_error(t, "function takes at least 4 arguments (%d given)", (int)n);
    else if (n == 5) raise_type_error(t, "end_offset must be provided when end_lineno is provided");
    else raise_type_error(t, "function takes at most 6 arguments (%d given)", (int)n);
    v_drop(t, info);
    return -1;
  }
  Value *items = v_tuple(info)->items;
  v_set(t, &e->filename, v_own(t, items[0]));
  v_set(t, &e->lineno, v_own(t, items[1]));
  v_set(t, &e->offset, v_own(t, items[2]));
  v_set(t, &e->text, v_own(t, items[3]));
  if (n == 6) {
    v_set(t, &e->end_lineno, v_own(t, items[4]));
    v_set(t, &e->end_offset, v_own(t, items[5]));
  }
  v_drop(t, info);
  return 0;
}

// The part of a path after its last slash, owned.
static Value base_name(Thread *t, Value path) {
  const Str *s = v_str(path);
  int64_t at = str_length(s);
  while (at > 0 && str_char(s, at - 1) != '/') at--;
  return str_slice(t, path, at, str_length(s));
}

static Value syntax_error_str(Thread *t, Value self) {
  SyntaxErrorException *e = (SyntaxErrorException *)v_obj(self);
  Value msg = v_is_null(e->msg) ? V_NONE : e->msg;
  bool has_line = !v_is_null(e->lineno) && v_is_int_exact(e->lineno);
  Value file = !v_is_null(e->filename) && v_is_str(e->filename) ? base_name(t, e->filename) : V_NULL;
  if (error_pending(t)) return V_NULL;
  Value r;
  int64_t line = -1;   // shown for one that is too large, too
  if (has_line && !int_as_i64(e->lineno, &line)) line = -1;
  if (v_is_null(file) && !has_line) r = object_str(t, msg);
  else if (v_is_null(file)) r = str_from_format(t, "%S (line %lld)", msg, (long long)line);
  else if (!has_line) r = str_from_format(t, "%S (%U)", msg, file);
  else r = str_from_format(t, "%S (%U, line %lld)", msg, file, (long long)line);
  v_drop(t, file);
  return r;
}

static void syntax_error_clear(Thread *t, Object *o) {
  for (size_t at = FIRST_FIELD; at < sizeof(SyntaxErrorException); at += sizeof(Value)) v_clear(t, FIELD(o, at));
  exception_base_release(t, (BaseException *)o);
}

static void syntax_error_dealloc(Thread *t, Object *o) {
  syntax_error_clear(t, o);
  heap_free_object(t, o);
}

static void syntax_error_traverse(Object *o, GcVisit visit, void *arg) {
  for (size_t at = FIRST_FIELD; at < sizeof(SyntaxErrorException); at += sizeof(Value)) gc_visit_value(*FIELD(o, at), visit, arg);
  exception_base_traverse(o, visit, arg);
}

#define FIELD_ROW(name, doc) {#name, MEMBER_VALUE, offsetof(SyntaxErrorException, name), false, doc}
static const MemberDef syntax_error_members[] = {
    FIELD_ROW(msg, "exception msg"),
    FIELD_ROW(filename, "exception filename"),
    FIELD_ROW(lineno, "exception lineno"),
    FIELD_ROW(offset, "exception offset"),
    FIELD_ROW(text, "exception text"),
    FIELD_ROW(end_lineno, "exception end lineno"),
    FIELD_ROW(end_offset, "exception end offset"),
    FIELD_ROW(print_file_and_line, "Kept for old programs; not used"),
    {0},
};

const TypeSpec spec_exc_SyntaxError = {
    .name = "SyntaxError",
    .base = &exc_Exception,
    .size = sizeof(SyntaxErrorException),
    .flags = TYPE_BASETYPE | TYPE_HAS_EXT | TYPE_EXC,
    .ext_offset = offsetof(BaseException, ext),
    .slots = {.init = syntax_error_init, .str = syntax_error_str,
              .dealloc = syntax_error_dealloc, .traverse = syntax_error_traverse, .clear = syntax_error_clear},
    .members = syntax_error_members,
    .doc = "Invalid syntax.",
};
