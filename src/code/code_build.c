// code(...) and code.replace(...): the fields as Python programs give them, checked and brought into CodeFields.
#include "code/code_build.h"

#include <stdio.h>

#include "code/code.h"
#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"

// The parameters of code(...), in order; `field` is what replace() calls it.
typedef enum Part {
  ARGCOUNT, POSONLYARGCOUNT, KWONLYARGCOUNT, NLOCALS, STACKSIZE, FLAGS, CODE, CONSTS, NAMES, VARNAMES, FILENAME, NAME, QUALNAME,
  FIRSTLINENO, LINETABLE, EXCEPTIONTABLE, FREEVARS, CELLVARS, PART_COUNT
} Part;

typedef enum PartKind { PART_INT, PART_BYTES, PART_TUPLE, PART_STR } PartKind;

static const struct { const char *field, *short_name; PartKind kind; } parts[PART_COUNT] = {
    [ARGCOUNT] = {"co_argcount", "argcount", PART_INT},
    [POSONLYARGCOUNT] = {"co_posonlyargcount", "posonlyargcount", PART_INT},
    [KWONLYARGCOUNT] = {"co_kwonlyargcount", "kwonlyargcount", PART_INT},
    [NLOCALS] = {"co_nlocals", "nlocals", PART_INT},
    [STACKSIZE] = {"co_stacksize", "stacksize", PART_INT},
    [FLAGS] = {"co_flags", "flags", PART_INT},
    [CODE] = {"co_code", "codestring", PART_BYTES},
    [CONSTS] = {"co_consts", "constants", PART_TUPLE},
    [NAMES] = {"co_names", "names", PART_TUPLE},
    [VARNAMES] = {"co_varnames", "varnames", PART_TUPLE},
    [FILENAME] = {"co_filename", "filename", PART_STR},
    [NAME] = {"co_name", "name", PART_STR},
    [QUALNAME] = {"co_qualname", "qualname", PART_STR},
    [FIRSTLINENO] = {"co_firstlineno", "firstlineno", PART_INT},
    [LINETABLE] = {"co_linetable", "linetable", PART_BYTES},
    [EXCEPTIONTABLE] = {"co_exceptiontable", "exceptiontable", PART_BYTES},
    [FREEVARS] = {"co_freevars", "freevars", PART_TUPLE},
    [CELLVARS] = {"co_cellvars", "cellvars", PART_TUPLE},
};

typedef struct Build {
  int numbers[PART_COUNT];     // of PART_INT parts
  Value values[PART_COUNT];    // owned, of the others
} Build;

static void build_drop(Thread *t, Build *b) {
  for (int i = 0; i < PART_COUNT; i++) v_drop(t, b->values[i]);
}

static const char *kind_name(PartKind kind) { return kind == PART_BYTES ? "bytes" : kind == PART_TUPLE ? "tuple" : "str"; }

static bool kind_fits(PartKind kind, Value v) {
  return kind == PART_BYTES ? v_is_bytes(v) : kind == PART_TUPLE ? v_is_tuple(v) : v_is_str(v);
}

// Stores an argument (borrowed) as part i; who: "code() argument 7" or "replace() argument 'co_code'".
static bool build_set(Thread *t, Build *b, Part i, Value v, const char *who) {
  if (parts[i].kind == PART_INT) {
    int n = number_as_int(t, v);
    b->numbers[i] = n;
    return !(n == -1 && error_pending(t));
  }
  if (!kind_fits(parts[i].kind, v)) {
    raise_type_error(t, v_is_none(v) ? "%s must be %s, not None" : "%s must be %s, not %T", who, kind_name(parts[i].kind), v);
    return false;
  }
  v_set(t, &b->values[i], v_own(t, v));
  return true;
}

static bool names_are_str(const Tuple *names) {
  for (int64_t i = 0; i < names->length; i++)
    if (!v_is_str(names->items[i])) return false;
  return true;
}

static int64_t find_name(const Tuple *names, Value name) {
  for (int64_t i = 0; i < names->length; i++)
    if (str_equal(v_str(names->items[i]), v_str(name))) return i;
  return -1;
}

// One table of all locals from the three tuples: variables first (some of which are cells too), other cells, free variables.
static bool merge_locals(Thread *t, const Build *b, Value *out_names, Value *out_kinds) {
  const Tuple *vars = v_tuple(b->values[VARNAMES]), *cells = v_tuple(b->values[CELLVARS]), *frees = v_tuple(b->values[FREEVARS]);
  int64_t most = vars->length + cells->length + frees->length, n = 0;
  Value *names = heap_alloc(t, (size_t)(most + 1) * sizeof(Value));
  char *kinds = heap_alloc(t, (size_t)most + 1);
  if (!names || !kinds) {
    heap_free(t, names);
    heap_free(t, kinds);
    raise_no_memory(t);
    return false;
  }
  for (int64_t i = 0; i < vars->length; i++, n++) names[n] = vars->items[i], kinds[n] = LOCAL_KIND_LOCAL;
  for (int64_t i = 0; i < cells->length; i++) {
    int64_t at = find_name(vars, cells->items[i]);
    if (at >= 0) kinds[at] |= LOCAL_KIND_CELL;
    else names[n] = cells->items[i], kinds[n++] = LOCAL_KIND_CELL;
  }
  for (int64_t i = 0; i < frees->length; i++, n++) names[n] = frees->items[i], kinds[n] = (char)LOCAL_KIND_FREE;
  *out_names = tuple_from(t, names, (size_t)n);
  *out_kinds = bytes_from(t, kinds, (size_t)n);
  heap_free(t, names);
  heap_free(t, kinds);
  if (!v_is_null(*out_names) && !v_is_null(*out_kinds)) return true;
  v_drop(t, *out_names);
  v_drop(t, *out_kinds);
  return false;
}

static Value build_finish(Thread *t, Build *b) {
  static const Part name_tuples[] = {NAMES, VARNAMES, FREEVARS, CELLVARS};
  for (size_t i = 0; i < sizeof name_tuples / sizeof *name_tuples; i++)
    if (!names_are_str(v_tuple(b->values[name_tuples[i]]))) return raise_system_error(t, "non-string found in code slot");
  if (v_bytes(b->values[CODE])->length % 2) return raise_value_error(t, "code: co_code is malformed");
  if (b->numbers[NLOCALS] != v_tuple(b->values[VARNAMES])->length)
    return raise_value_error(t, "code: co_nlocals != len(co_varnames)");
  CodeFields f = {
      .argcount = b->numbers[ARGCOUNT], .posonlyargcount = b->numbers[POSONLYARGCOUNT], .kwonlyargcount = b->numbers[KWONLYARGCOUNT],
      .stacksize = b->numbers[STACKSIZE], .flags = b->numbers[FLAGS], .firstlineno = b->numbers[FIRSTLINENO],
      .code = b->values[CODE], .consts = b->values[CONSTS], .names = b->values[NAMES], .filename = b->values[FILENAME],
      .name = b->values[NAME], .qualname = b->values[QUALNAME], .linetable = b->values[LINETABLE],
      .exceptiontable = b->values[EXCEPTIONTABLE],
  };
  if (!merge_locals(t, b, &f.localsplusnames, &f.localspluskinds)) return V_NULL;
  Value code = code_new(t, &f);
  v_drop(t, f.localsplusnames);
  v_drop(t, f.localspluskinds);
  return code;
}

// Exact strs only: a tuple of names with str subclasses in it becomes one of plain strs.
static bool build_plain_names(Thread *t, Build *b, Part i) {
  const Tuple *names = v_tuple(b->values[i]);
  bool plain = v_is_tuple_exact(b->values[i]);
  for (int64_t k = 0; k < names->length; k++) {
    if (!v_is_str(names->items[k])) {
      raise_type_error(t, "name tuples must contain only strings, not '%T'", names->items[k]);
      return false;
    }
    plain = plain && v_is_str_exact(names->items[k]);
  }
  if (plain) return true;
  Value copy = tuple_new(t, names->length);
  if (v_is_null(copy)) return false;
  for (int64_t k = 0; k < names->length; k++) {
    Value name = names->items[k];
    v_tuple(copy)->items[k] = v_is_str_exact(name) ? v_own(t, name) : str_join_array(t, V_NULL, &name, 1);
    if (v_is_null(v_tuple(copy)->items[k])) {
      v_drop(t, copy);
      return false;
    }
  }
  v_set(t, &b->values[i], copy);
  return true;
}

static bool build_check_construct(Thread *t, Build *b) {
  static const Part counts[] = {ARGCOUNT, POSONLYARGCOUNT, KWONLYARGCOUNT, NLOCALS};
  for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
    if (b->numbers[counts[i]] < 0) {
      raise_value_error(t, "code: %s must not be negative", parts[counts[i]].short_name);
      return false;
    }
  return build_plain_names(t, b, NAMES) && build_plain_names(t, b, VARNAMES) && build_plain_names(t, b, FREEVARS) &&
         build_plain_names(t, b, CELLVARS);
}

Value code_construct(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  (void)type;
  if (native_no_keywords(t, "code", kwnames) < 0 || native_check_positional(t, "code", nargs, PART_COUNT - 2, PART_COUNT) < 0) return V_NULL;
  Build b = {0};
  b.values[FREEVARS] = tuple_empty;
  b.values[CELLVARS] = tuple_empty;
  bool fine = true;
  for (size_t i = 0; i < nargs && fine; i++) {
    char who[32];
    snprintf(who, sizeof who, "code() argument %d", (int)i + 1);
    fine = build_set(t, &b, (Part)i, args[i], who);
  }
  Value code = fine && build_check_construct(t, &b) ? build_finish(t, &b) : V_NULL;
  build_drop(t, &b);
  return code;
}

static bool build_from_code(Thread *t, Build *b, const Code *c) {
  b->numbers[ARGCOUNT] = c->argcount;
  b->numbers[POSONLYARGCOUNT] = c->posonlyargcount;
  b->numbers[KWONLYARGCOUNT] = c->kwonlyargcount;
  b->numbers[NLOCALS] = c->nlocals;
  b->numbers[STACKSIZE] = c->stacksize;
  b->numbers[FLAGS] = c->flags;
  b->numbers[FIRSTLINENO] = c->firstlineno;
  b->values[CODE] = v_own(t, c->code);
  b->values[CONSTS] = v_own(t, c->consts);
  b->values[NAMES] = v_own(t, c->names);
  b->values[FILENAME] = v_own(t, c->filename);
  b->values[NAME] = v_own(t, c->name);
  b->values[QUALNAME] = v_own(t, c->qualname);
  b->values[LINETABLE] = v_own(t, c->linetable);
  b->values[EXCEPTIONTABLE] = v_own(t, c->exceptiontable);
  b->values[VARNAMES] = code_names_of_kind(t, c, LOCAL_KIND_LOCAL);
  b->values[FREEVARS] = code_names_of_kind(t, c, LOCAL_KIND_FREE);
  b->values[CELLVARS] = code_names_of_kind(t, c, LOCAL_KIND_CELL);
  return !v_is_null(b->values[VARNAMES]) && !v_is_null(b->values[FREEVARS]) && !v_is_null(b->values[CELLVARS]);
}

static bool build_change(Thread *t, Build *b, Value name, Value v, bool *nlocals_given) {
  for (int i = 0; i < PART_COUNT; i++)
    if (str_equals_cstr(name, parts[i].field)) {
      char who[48];
      snprintf(who, sizeof who, "replace() argument '%s'", parts[i].field);
      if (i == NLOCALS) *nlocals_given = true;
      return build_set(t, b, (Part)i, v, who);
    }
  raise_type_error(t, "'%U' is an invalid keyword argument for replace()", name);
  return false;
}

static bool build_check_replace(Thread *t, const Build *b) {
  for (int i = 0; i < PART_COUNT; i++)
    if (parts[i].kind == PART_INT && b->numbers[i] < 0) {
      raise_value_error(t, "%s must be a positive integer", parts[i].field);
      return false;
    }
  return true;
}

Value code_replace(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  if (nargs) return raise_type_error(t, "replace() takes no positional arguments");
  Build b = {0};
  bool fine = build_from_code(t, &b, v_code(self)), nlocals_given = false;
  if (!v_is_null(kwnames))
    for (int64_t i = 0; i < v_tuple(kwnames)->length && fine; i++)
      fine = build_change(t, &b, v_tuple(kwnames)->items[i], args[i], &nlocals_given);
  if (fine && !nlocals_given) b.numbers[NLOCALS] = (int)v_tuple(b.values[VARNAMES])->length;
  Value code = fine && build_check_replace(t, &b) ? build_finish(t, &b) : V_NULL;
  build_drop(t, &b);
  if (!v_is_null(code)) v_code(code)->unverified = v_code(self)->unverified;
  return code;
}
