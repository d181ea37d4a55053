// The builtins module: the functions that need no import.
#include "modules/ast_types.h"
#include "modules/builtins.h"

#include <string.h>

#include "code/code.h"
#include "front/compile_source.h"
#include "gc/heap.h"
#include "objects/buffer.h"
#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/exceptions.h"
#include "objects/float.h"
#include "objects/function.h"
#include "objects/int.h"
#include "objects/iterators.h"
#include "objects/list.h"
#include "objects/module.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "system/import.h"
#include "system/sys_state.h"
#include "threading/critical.h"
#include "vm/vm.h"

#define BUILTIN(name) static Value builtin_##name(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames)
#define UNUSED (void)self, (void)nargs, (void)kwnames

// --- Classes, imports -----------------------------------------------------------------------------------------------------------------

BUILTIN(build_class) {
  (void)self;
  return vm_build_class(t, args, nargs, kwnames);
}

BUILTIN(import) {
  UNUSED;
  int level = 0;
  if (!v_is_absent(args[4])) {
    level = number_as_int(t, args[4]);
    if (level == -1 && error_pending(t)) return V_NULL;
  }
  return import_module_level(t, args[0], v_is_absent(args[1]) ? V_NULL : args[1], v_is_absent(args[3]) ? tuple_empty : args[3], level);
}

// --- Numbers --------------------------------------------------------------------------------------------------------------------------

BUILTIN(abs) { UNUSED; return number_absolute(t, args[0]); }
BUILTIN(divmod) { UNUSED; return number_divmod(t, args[0], args[1]); }
BUILTIN(pow) { UNUSED; return number_power(t, args[0], args[1], v_is_absent(args[2]) ? V_NONE : args[2]); }
BUILTIN(hash) {
  UNUSED;
  int64_t h = object_hash(t, args[0]);
  return h == -1 ? V_NULL : int_from_i64(t, h);
}
BUILTIN(id) {
  UNUSED;
  return int_from_u64(t, v_is_ptr(args[0]) ? args[0].w & ~(uint64_t)1 : args[0].w);
}

static Value in_base(Thread *t, Value v, int base) {
  Value i = number_index(t, v);
  if (v_is_null(i)) return V_NULL;
  Value r = int_to_text(t, i, base, true);
  v_drop(t, i);
  return r;
}
BUILTIN(bin) { UNUSED; return in_base(t, args[0], 2); }
BUILTIN(oct) { UNUSED; return in_base(t, args[0], 8); }
BUILTIN(hex) { UNUSED; return in_base(t, args[0], 16); }

BUILTIN(round) {
  UNUSED;
  Value f;
  int r = object_lookup_special(t, args[0], N(__round__), &f);
  if (r < 0) return V_NULL;
  if (r == 0) return raise_type_error(t, "type %T doesn't define __round__ method", args[0]);
  Value v = v_is_absent_or_none(args[1]) ? object_call0(t, f) : object_call1(t, f, args[1]);
  v_drop(t, f);
  return v;
}

// What sum() refuses to start with. 0, -1.
static int check_sum_start(Thread *t, Value start) {
  if (v_is_str(start)) raise_type_error(t, "sum() can't sum strings [use ''.join(seq) instead]");
  else if (v_is_bytes(start)) raise_type_error(t, "sum() can't sum bytes [use b''.join(seq) instead]");
  else if (v_is_bytearray(start)) raise_type_error(t, "sum() can't sum bytearray [use b''.join(seq) instead]");
  else return 0;
  return -1;
}

// Adds while both sides are plain ints, then floats, as long as that gives what the operator would.
BUILTIN(sum) {
  UNUSED;
  Value it = object_iter(t, args[0]);
  if (v_is_null(it)) return V_NULL;
  bool from_zero = v_is_absent(args[1]);
  if (!from_zero && check_sum_start(t, args[1]) < 0) {
    v_drop(t, it);
    return V_NULL;
  }
  Value result = from_zero ? v_from_smi(0) : v_own(t, args[1]);
  for (uint32_t n = 1;; n++) {
    Value item = object_iternext(t, it);
    if (v_is_null(item)) break;
    Value next;
    if (v_are_smi(result, item)) {
      next = int_from_i64(t, v_smi(result) + v_smi(item));
    } else if (v_is_flo(result) && v_is_flo(item)) {
      next = float_new(t, v_flo(result) + v_flo(item));
    } else {
      next = number_binary(t, result, item, OP_ADD);
    }
    v_drop(t, item);
    v_drop(t, result);
    result = next;
    if (v_is_null(result) || (n % 1024 == 0 && safepoint(t) < 0)) break;
  }
  v_drop(t, it);
  if (error_pending(t)) {
    v_drop(t, result);
    return V_NULL;
  }
  return result;
}

// --- Characters -----------------------------------------------------------------------------------------------------------------------

BUILTIN(chr) {
  UNUSED;
  int c = number_as_int(t, args[0]);
  if (c == -1 && error_pending(t)) return V_NULL;
  if (c < 0 || c > 0x10FFFF) return raise_value_error(t, "chr() arg not in range(0x110000)");
  return str_from_char(t, (uint32_t)c);
}

BUILTIN(ord) {
  UNUSED;
  int64_t n;
  if (v_is_str(args[0])) {
    n = str_length(v_str(args[0]));
    if (n == 1) return v_from_smi(str_char(v_str(args[0]), 0));
  } else if (v_is_bytes(args[0])) {
    n = v_bytes(args[0])->length;
    if (n == 1) return v_from_smi((uint8_t)v_bytes(args[0])->data[0]);
  } else if (v_is_bytearray(args[0])) {
    ByteArray *b = (ByteArray *)v_obj(args[0]);
    uint8_t c;
    CRITICAL_BEGIN(t, b);
    n = bytearray_length(b);
    c = n == 1 ? (uint8_t)bytearray_data(b)[0] : 0;
    CRITICAL_END(t);
    if (n == 1) return v_from_smi(c);
  } else {
    return raise_type_error(t, "ord() expected string of length 1, but %T found", args[0]);
  }
  return raise_type_error(t, "ord() expected a character, but string of length %lld found", (long long)n);
}

BUILTIN(ascii) { UNUSED; return object_ascii(t, args[0]); }
BUILTIN(repr) { UNUSED; return object_repr(t, args[0]); }
BUILTIN(format) {
  UNUSED;
  if (!v_is_absent(args[1]) && !v_is_str(args[1])) return raise_type_error(t, "format() argument 2 must be str, not %K", args[1]);
  return object_format(t, args[0], v_is_absent(args[1]) ? V_NULL : args[1]);
}

// --- Attributes, classes ----------------------------------------------------------------------------------------------------------------

static Value attribute_name(Thread *t, Value name, const char *format) {
  if (v_is_str(name)) return name;
  return raise_type_error(t, format, name);
}

BUILTIN(getattr) {
  (void)self;
  if (native_no_keywords(t, "getattr", kwnames) < 0 || native_check_positional(t, "getattr", nargs, 2, 3) < 0) return V_NULL;
  if (!v_is_str(args[1])) return raise_type_error(t, "attribute name must be string, not '%.200T'", args[1]);
  if (nargs == 2) return object_getattr(t, args[0], args[1]);
  Value v;
  int r = object_lookup_attr(t, args[0], args[1], &v);
  return r < 0 ? V_NULL : r ? v : v_own(t, args[2]);
}

BUILTIN(hasattr) {
  UNUSED;
  if (v_is_null(attribute_name(t, args[1], "attribute name must be string, not '%.200T'"))) return V_NULL;
  Value v;
  int r = object_lookup_attr(t, args[0], args[1], &v);
  if (r > 0) v_drop(t, v);
  return r < 0 ? V_NULL : v_from_bool(r);
}

BUILTIN(setattr) {
  UNUSED;
  return object_setattr(t, args[0], args[1], args[2]) < 0 ? V_NULL : V_NONE;
}
BUILTIN(delattr) {
  UNUSED;
  return object_setattr(t, args[0], args[1], V_NULL) < 0 ? V_NULL : V_NONE;
}

BUILTIN(isinstance) {
  UNUSED;
  int r = object_isinstance(t, args[0], args[1]);
  return r < 0 ? V_NULL : v_from_bool(r);
}
BUILTIN(issubclass) {
  UNUSED;
  int r = object_issubclass(t, args[0], args[1]);
  return r < 0 ? V_NULL : v_from_bool(r);
}
BUILTIN(callable) { UNUSED; (void)t; return v_from_bool(object_is_callable(args[0])); }

BUILTIN(dir) {
  UNUSED;
  if (!v_is_absent(args[0])) return object_dir(t, args[0]);
  Value locals = vm_locals(t);
  if (v_is_null(locals)) return V_NULL;
  Value keys = object_call_method0(t, locals, N(keys));
  v_drop(t, locals);
  if (v_is_null(keys)) return V_NULL;
  Value list = object_to_list(t, keys);
  v_drop(t, keys);
  if (!v_is_null(list) && list_sort(t, v_list(list), V_NULL, false) < 0) {
    v_drop(t, list);
    return V_NULL;
  }
  return list;
}

BUILTIN(vars) {
  UNUSED;
  if (v_is_absent(args[0])) return vm_locals(t);
  Value dict;
  int r = object_lookup_attr(t, args[0], N(__dict__), &dict);
  if (r < 0) return V_NULL;
  return r ? dict : raise_type_error(t, "vars() argument must have __dict__ attribute");
}

BUILTIN(globals) {
  UNUSED;
  (void)args;
  Value g = vm_globals(t);
  return v_is_null(g) ? V_NONE : v_own(t, g);
}
BUILTIN(locals) { UNUSED; (void)args; return vm_locals(t); }

// --- Iteration --------------------------------------------------------------------------------------------------------------------------

static Value any_or_all(Thread *t, Value iterable, bool stop_at) {
  Value it = object_iter(t, iterable);
  if (v_is_null(it)) return V_NULL;
  Value result = v_from_bool(!stop_at);
  for (uint32_t n = 1;; n++) {
    Value item = object_iternext(t, it);
    if (v_is_null(item)) break;
    int truth = object_is_true(t, item);
    v_drop(t, item);
    if (truth < 0 || (n % 1024 == 0 && safepoint(t) < 0)) break;
    if (truth == (int)stop_at) {
      result = v_from_bool(stop_at);
      break;
    }
  }
  v_drop(t, it);
  return error_pending(t) ? V_NULL : result;
}
BUILTIN(any) { UNUSED; return any_or_all(t, args[0], true); }
BUILTIN(all) { UNUSED; return any_or_all(t, args[0], false); }

BUILTIN(iter) {
  (void)self;
  if (native_no_keywords(t, "iter", kwnames) < 0 || native_check_positional(t, "iter", nargs, 1, 2) < 0) return V_NULL;
  if (nargs == 1) return object_iter(t, args[0]);
  if (!object_is_callable(args[0])) return raise_type_error(t, "iter(v, w): v must be callable");
  return callable_iterator_new(t, args[0], args[1]);
}

BUILTIN(next) {
  (void)self;
  if (native_no_keywords(t, "next", kwnames) < 0 || native_check_positional(t, "next", nargs, 1, 2) < 0) return V_NULL;
  UnaryFn step = v_type(args[0])->slots.iternext;
  if (!step) return raise_type_error(t, "'%.200T' object is not an iterator", args[0]);
  Value v = step(t, args[0]);
  if (!v_is_null(v)) return v;
  if (nargs == 2) {
    if (error_pending(t)) {
      if (!error_matches(t, &exc_StopIteration)) return V_NULL;
      error_clear(t);
    }
    return v_own(t, args[1]);
  }
  return error_pending(t) ? V_NULL : raise_stop_iteration(t, V_NULL);
}

BUILTIN(aiter) {
  UNUSED;
  Type *type = v_type(args[0]);
  if (!type->slots.aiter) return raise_type_error(t, "'%.200T' object is not an async iterable", args[0]);
  Value it = type->slots.aiter(t, args[0]);
  if (v_is_null(it) || v_type(it)->slots.anext) return it;
  raise_type_error(t, "aiter() returned not an async iterator of type '%.200T'", it);
  v_drop(t, it);
  return V_NULL;
}

BUILTIN(anext) {
  UNUSED;
  if (!v_type(args[0])->slots.anext) return raise_type_error(t, "'%.200T' object is not an async iterator", args[0]);
  Value awaitable = v_type(args[0])->slots.anext(t, args[0]);
  if (v_is_null(awaitable) || v_is_absent(args[1])) return awaitable;
  Value r = vm_anext_awaitable(t, awaitable, args[1]);
  v_drop(t, awaitable);
  return r;
}

BUILTIN(len) {
  UNUSED;
  int64_t n = object_length(t, args[0]);
  return n < 0 ? V_NULL : int_from_i64(t, n);
}

// max and min: `op` is the comparison that lets a later item win.
static Value extreme(Thread *t, const char *name, const char *signature, aptr *binder, int op, const Value *args, size_t nargs, Value kwnames) {
  Value a[2];
  size_t nkw = v_is_null(kwnames) ? 0 : (size_t)v_tuple(kwnames)->length;
  if (nargs == 0) return raise_type_error(t, "%s expected at least 1 argument, got 0", name);
  Value keywords[8];
  if (nkw > 2) return raise_type_error(t, "%s() takes at most 2 keyword arguments (%zu given)", name, nkw);
  for (size_t i = 0; i < nkw; i++) keywords[i] = args[nargs + i];
  if (native_bind(t, binder, signature, keywords, 0, kwnames, a) < 0) return V_NULL;
  Value key = v_is_absent_or_none(a[0]) ? V_NULL : a[0];
  if (nargs > 1 && !v_is_absent(a[1])) return raise_type_error(t, "Cannot specify a default for %s() with multiple positional arguments", name);
  Value tuple = nargs > 1 ? tuple_from(t, args, nargs) : V_NULL;
  Value it = nargs > 1 ? (v_is_null(tuple) ? V_NULL : object_iter(t, tuple)) : object_iter(t, args[0]);
  v_drop(t, tuple);
  if (v_is_null(it)) return V_NULL;
  Value best = V_NULL, best_key = V_NULL;
  for (uint32_t n = 1;; n++) {
    Value item = object_iternext(t, it);
    if (v_is_null(item)) break;
    Value k = v_is_null(key) ? v_own(t, item) : object_call1(t, key, item);
    int wins = -1;
    if (!v_is_null(k)) {
      if (v_is_null(best)) wins = 1;
      else if (v_are_smi(k, best_key)) wins = op == CMP_GT ? v_smi(k) > v_smi(best_key) : v_smi(k) < v_smi(best_key);
      else {
        Value r = object_compare(t, k, best_key, op);
        wins = v_is_null(r) ? -1 : object_is_true(t, r);
        v_drop(t, r);
      }
    }
    if (wins > 0) {
      v_set(t, &best, item);
      v_set(t, &best_key, k);
    } else {
      v_drop(t, item);
      v_drop(t, k);
    }
    if (wins < 0 || (n % 1024 == 0 && safepoint(t) < 0)) break;
  }
  v_drop(t, it);
  v_drop(t, best_key);
  if (error_pending(t)) {
    v_drop(t, best);
    return V_NULL;
  }
  if (!v_is_null(best)) return best;
  if (!v_is_absent(a[1])) return v_own(t, a[1]);
  return raise_value_error(t, "%s() arg is an empty sequence", name);
}
BUILTIN(max) {
  static aptr binder;
  (void)self;
  return extreme(t, "max", "max(*, key=None, default=None)", &binder, CMP_GT, args, nargs, kwnames);
}
BUILTIN(min) {
  static aptr binder;
  (void)self;
  return extreme(t, "min", "min(*, key=None, default=None)", &binder, CMP_LT, args, nargs, kwnames);
}

BUILTIN(sorted) {
  static aptr binder;
  (void)self;
  Value a[2];
  if (native_check_positional(t, "sorted", nargs, 1, 1) < 0) return V_NULL;
  Value list = object_to_list(t, args[0]);
  if (v_is_null(list)) return V_NULL;
  // Keywords are those of list.sort, and so are the errors.
  bool ok = native_bind(t, &binder, "sort(*, key=None, reverse=False)", args + 1, 0, kwnames, a) == 0;
  int reverse = !ok || v_is_absent(a[1]) ? 0 : number_as_int(t, a[1]);
  if (!ok || (reverse == -1 && error_pending(t)) || list_sort(t, v_list(list), v_is_absent_or_none(a[0]) ? V_NULL : a[0], reverse) < 0) {
    v_drop(t, list);
    return V_NULL;
  }
  return list;
}

// --- Input and output -------------------------------------------------------------------------------------------------------------------

static int write_text(Thread *t, Value write, Value text) {
  Value r = object_call1(t, write, text);
  v_drop(t, r);
  return v_is_null(r) ? -1 : 0;
}

static int check_separator(Thread *t, Value v, const char *name) {
  if (v_is_absent_or_none(v) || v_is_str(v)) return 0;
  raise_type_error(t, "%s must be None or a string, not %.200T", name, v);
  return -1;
}

BUILTIN(print) {
  UNUSED;
  enum { SEP, END, FILE_, FLUSH, OBJECTS };
  if (check_separator(t, args[SEP], "sep") < 0 || check_separator(t, args[END], "end") < 0) return V_NULL;
  Value file;
  if (v_is_absent_or_none(args[FILE_])) {
    file = sys_get(t, N(stdout));
    if (v_is_null(file)) return error_pending(t) ? V_NULL : raise_error(t, &exc_RuntimeError, "lost sys.stdout");
    if (v_is_none(file)) return V_NONE;
  } else {
    file = v_own(t, args[FILE_]);
  }
  Value write = object_getattr(t, file, N(write));
  int r = v_is_null(write) ? -1 : 0;
  const Tuple *objects = v_tuple(args[OBJECTS]);
  Value space = v_is_absent_or_none(args[SEP]) ? str_from_char(t, ' ') : v_own(t, args[SEP]);
  for (int64_t i = 0; r == 0 && i < objects->length; i++) {
    if (i > 0) r = write_text(t, write, space);
    if (r < 0) break;
    Value text = object_str(t, objects->items[i]);
    r = v_is_null(text) ? -1 : write_text(t, write, text);
    v_drop(t, text);
  }
  if (r == 0) {
    Value end = v_is_absent_or_none(args[END]) ? str_from_char(t, '\n') : v_own(t, args[END]);
    r = write_text(t, write, end);
    v_drop(t, end);
  }
  if (r == 0 && !v_is_absent(args[FLUSH])) {
    int flush = object_is_true(t, args[FLUSH]);
    if (flush < 0) r = -1;
    if (flush > 0) {
      Value done = object_call_method0(t, file, N(flush));
      if (v_is_null(done)) r = -1;
      v_drop(t, done);
    }
  }
  v_drop(t, space);
  v_drop(t, write);
  v_drop(t, file);
  return r < 0 ? V_NULL : V_NONE;
}

BUILTIN(breakpoint) {
  (void)self;
  Value hook = sys_get(t, N(breakpointhook));
  if (v_is_null(hook)) return error_pending(t) ? V_NULL : raise_error(t, &exc_RuntimeError, "lost sys.breakpointhook");
  Value r = object_call(t, hook, args, nargs, kwnames);
  v_drop(t, hook);
  return r;
}

// --- compile, eval, exec ------------------------------------------------------------------------------------------------------------------

// The source of compile(), eval() or exec() as bytes that stay valid while *keep (owned) lives. NULL: error.
static const char *source_bytes(Thread *t, Value source, const char *function, const char *what, size_t *n, bool *is_text, Value *keep) {
  *is_text = v_is_str(source);
  *keep = V_NULL;
  if (*is_text) {
    *keep = v_own(t, source);
    const char *s = str_utf8(t, source, n);
    if (!s) v_clear(t, keep);
    return s;
  }
  if (v_is_bytes(source)) {
    *keep = v_own(t, source);
  } else {
    *keep = bytes_from_plain(t, source);
    if (v_is_null(*keep) && !error_pending(t)) raise_type_error(t, "%s() arg 1 must be a %s object", function, what);
    if (v_is_null(*keep)) return NULL;
  }
  *n = (size_t)v_bytes(*keep)->length;
  return v_bytes(*keep)->data;
}

enum { CF_SOURCE_IS_UTF8 = 0x100, CF_ONLY_AST = 0x400, CF_IGNORE_COOKIE = 0x800, CF_NESTED = 0x10 /* says nothing any more */, CF_KNOWN = CF_NESTED | 0x4000 | 0x2000 | 0x1000 | 0x800 | 0x400 | 0x200 | 0x100 };

// What compile() and exec() make of source text.
typedef struct CompileRequest {
  Value filename;          // borrowed
  FrontMode mode;
  int flags, optimize;
  int feature_version;     // for PyCF_ONLY_AST
} CompileRequest;

static Value compile_text(Thread *t, Value source, const CompileRequest *r, const char *function, const char *what) {
  static const int starts[] = {[FRONT_EXEC] = COMPILE_EXEC, [FRONT_SINGLE] = COMPILE_SINGLE, [FRONT_EVAL] = COMPILE_EVAL};
  size_t n = 0;
  bool is_text;
  Value keep;
  const char *s = source_bytes(t, source, function, what, &n, &is_text, &keep);
  if (!s) return V_NULL;
  int flags = is_text ? r->flags | CF_IGNORE_COOKIE : r->flags;
  Value result = flags & CF_ONLY_AST ? ast_parse(t, s, n, r->filename, r->mode, flags, r->feature_version)
                                     : compile_source(t, s, n, r->filename, starts[r->mode], flags, r->optimize);
  v_drop(t, keep);
  return result;
}

static bool has_nul(const Str *s) {
  for (int64_t i = 0; i < str_length(s); i++)
    if (str_char(s, i) == 0) return true;
  return false;
}

static int compile_mode(Thread *t, Value mode, int flags, FrontMode *out) {
  static const struct { const char *name; FrontMode mode; } modes[] = {
      {"exec", FRONT_EXEC}, {"eval", FRONT_EVAL}, {"single", FRONT_SINGLE}, {"func_type", FRONT_FUNC_TYPE}};
  for (int i = 0; i < 4; i++) {
    if (!str_equals_cstr(mode, modes[i].name)) continue;
    *out = modes[i].mode;
    if (*out != FRONT_FUNC_TYPE || flags & CF_ONLY_AST) return 0;
    return raise_value_error(t, "compile() mode 'func_type' requires flag PyCF_ONLY_AST"), -1;
  }
  if (has_nul(v_str(mode))) return raise_value_error(t, "embedded null character"), -1;
  return raise_value_error(t, flags & CF_ONLY_AST ? "compile() mode must be 'exec', 'eval', 'single' or 'func_type'"
                                                  : "compile() mode must be 'exec', 'eval' or 'single'"), -1;
}

// Reads the arguments of compile() but for the source and the file name. 0 or -1.
static int compile_request(Thread *t, const Value *args, CompileRequest *r) {
  if (!v_is_str(args[2])) return raise_type_error(t, "compile() argument 'mode' must be str, not %K", args[2]), -1;
  r->flags = v_is_absent(args[3]) ? 0 : number_as_int(t, args[3]);
  if (r->flags == -1 && error_pending(t)) return -1;
  int dont_inherit = v_is_absent(args[4]) ? 0 : object_is_true(t, args[4]);
  if (dont_inherit < 0) return -1;
  r->optimize = v_is_absent(args[5]) ? -1 : number_as_int(t, args[5]);
  r->feature_version = error_pending(t) || v_is_absent(args[6]) ? -1 : number_as_int(t, args[6]);
  if (error_pending(t)) return -1;
  if (r->feature_version < 0) r->feature_version = 0;
  if (r->flags & ~(CF_KNOWN | COMPILE_FUTURE_MASK)) return raise_value_error(t, "compile(): unrecognised flags"), -1;
  if (r->optimize < -1 || r->optimize > 2) return raise_value_error(t, "compile(): invalid optimize value"), -1;
  if (r->optimize < 0) r->optimize = sys_config.optimize;
  if (!dont_inherit) r->flags |= vm_future_flags(t);
  return compile_mode(t, args[2], r->flags, &r->mode);
}

BUILTIN(compile) {
  UNUSED;
  Value result = V_NULL, source = args[0];
  CompileRequest r = {.filename = fs_path_or_buffer(t, args[1])};
  if (v_is_null(r.filename)) return V_NULL;
  int is_node = -1;
  if (has_nul(v_str(r.filename))) raise_value_error(t, "embedded null character");
  else if (compile_request(t, args, &r) == 0) is_node = ast_is_node(t, source);
  if (is_node > 0) result = r.flags & CF_ONLY_AST ? v_own(t, source) : ast_compile(t, source, r.filename, r.mode, r.flags, r.optimize);
  else if (is_node == 0) result = compile_text(t, source, &r, "compile", "string, bytes or AST");
  v_drop(t, r.filename);
  return result;
}

// globals and locals as eval and exec take them; all borrowed but *made_locals.
static int scopes(Thread *t, const char *function, Value *globals, Value *locals, Value *made_locals) {
  *made_locals = V_NULL;
  bool bad_locals = !v_is_absent_or_none(*locals) && !v_type(*locals)->slots.getitem;
  if (bad_locals && strcmp(function, "eval") == 0) return raise_type_error(t, "locals must be a mapping"), -1;
  if (!v_is_absent_or_none(*globals) && !v_is_dict(*globals)) {
    if (strcmp(function, "exec") == 0) raise_type_error(t, "exec() globals must be a dict, not %.100T", *globals);
    else raise_type_error(t, v_type(*globals)->slots.getitem ? "globals must be a real dict; try eval(expr, {}, mapping)" : "globals must be a dict");
    return -1;
  }
  if (bad_locals) return raise_type_error(t, "locals must be a mapping or None, not %.100T", *locals), -1;
  if (v_is_absent_or_none(*globals)) {
    *globals = vm_globals(t);
    if (v_is_absent_or_none(*locals)) {
      *locals = *made_locals = vm_locals(t);
      if (v_is_null(*locals)) return -1;
    }
    if (v_is_null(*globals)) {
      raise_system_error(t, "globals and locals cannot be NULL");
      return -1;
    }
  } else if (v_is_absent_or_none(*locals)) {
    *locals = *globals;
  }
  return 0;
}

static const char *skip_blanks(const char *s, size_t *n) {
  while (*n && (*s == ' ' || *s == '\t')) s++, --*n;
  return s;
}

BUILTIN(eval) {
  UNUSED;
  Value globals = args[1], locals = args[2], made, result = V_NULL;
  if (scopes(t, "eval", &globals, &locals, &made) < 0) return V_NULL;
  Value code;
  if (v_is_exact(args[0], SHAPE_CODE)) {
    code = v_own(t, args[0]);
    if (v_code(code)->nfreevars > 0) {
      raise_type_error(t, "code object passed to eval() may not contain free variables");
      goto done;
    }
  } else {
    size_t n = 0;
    bool is_text;
    Value keep;
    const char *s = source_bytes(t, args[0], "eval", "string, bytes or code", &n, &is_text, &keep);
    if (!s) {
      code = V_NULL;
      goto done;
    }
    s = skip_blanks(s, &n);
    Value filename = str_from_cstr(t, "<string>");
    code = v_is_null(filename) ? V_NULL : compile_source(t, s, n, filename, 1, (is_text ? CF_IGNORE_COOKIE : 0) | vm_future_flags(t), sys_config.optimize);
    v_drop(t, filename);
    v_drop(t, keep);
  }
  if (!v_is_null(code) && sys_audit(t, "exec", code) == 0) result = vm_eval_code(t, code, globals, locals);
done:
  v_drop(t, code);
  v_drop(t, made);
  return result;
}

static int check_closure(Thread *t, Value code, Value closure) {
  int64_t n = v_code(code)->nfreevars;
  if (n == 0) {
    if (v_is_null(closure)) return 0;
    raise_type_error(t, "cannot use a closure with this code object");
    return -1;
  }
  bool good = !v_is_null(closure) && v_is_tuple_exact(closure) && v_tuple(closure)->length == n;
  for (int64_t i = 0; good && i < n; i++) good = v_is_exact(v_tuple(closure)->items[i], SHAPE_CELL);
  if (good) return 0;
  raise_type_error(t, "code object requires a closure of exactly length %lld", (long long)n);
  return -1;
}

BUILTIN(exec) {
  UNUSED;
  Value globals = args[1], locals = args[2], made, result = V_NULL;
  if (scopes(t, "exec", &globals, &locals, &made) < 0) return V_NULL;
  Value closure = v_is_absent_or_none(args[3]) ? V_NULL : args[3], code;
  if (v_is_exact(args[0], SHAPE_CODE)) {
    code = v_own(t, args[0]);
    if (check_closure(t, code, closure) < 0) goto done;
  } else {
    code = V_NULL;
    if (!v_is_null(closure)) {
      raise_type_error(t, "closure can only be used when source is a code object");
      goto done;
    }
    Value filename = str_from_cstr(t, "<string>");
    if (v_is_null(filename)) goto done;
    CompileRequest r = {.filename = filename, .mode = FRONT_EXEC, .flags = vm_future_flags(t), .optimize = sys_config.optimize};
    code = compile_text(t, args[0], &r, "exec", "string, bytes or code");
    v_drop(t, filename);
  }
  if (!v_is_null(code) && sys_audit(t, "exec", code) == 0) {
    Value r = v_is_null(closure) ? vm_eval_code(t, code, globals, locals) : vm_eval_closure(t, code, globals, locals, closure);
    if (!v_is_null(r)) result = V_NONE;
    v_drop(t, r);
  }
done:
  v_drop(t, code);
  v_drop(t, made);
  return result;
}

// --- The table ----------------------------------------------------------------------------------------------------------------------------

static const NativeDef functions[] = {
    {"__build_class__(func, name, /, *bases, metaclass=None, **kwds)", builtin_build_class, "Makes a class; the class statement calls it.", NATIVE_RAW | NATIVE_NO_SIGNATURE},
    {"__import__(name, globals=None, locals=None, fromlist=(), level=0)", builtin_import, "Import a module.", 0},
    {"abs(x, /)", builtin_abs, "How far x is from zero.", 0},
    {"all(iterable, /)", builtin_all, "Whether every item counts as true.", 0},
    {"any(iterable, /)", builtin_any, "Whether some item counts as true.", 0},
    {"ascii(obj, /)", builtin_ascii, "Like repr, with escapes for all that is not ASCII.", 0},
    {"bin(number, /)", builtin_bin, "The integer in base 2, as a string that begins with 0b.", 0},
    {"breakpoint(*args, **kws)", builtin_breakpoint, "Enters the debugger, by way of sys.breakpointhook.", NATIVE_RAW | NATIVE_NO_SIGNATURE},
    {"callable(obj, /)", builtin_callable, "Whether the object can be called.", 0},
    {"chr(i, /)", builtin_chr, "The string of the one character with code point i.", 0},
    {"compile(source, filename, mode, flags=0, dont_inherit=False, optimize=-1, *, _feature_version=-1)", builtin_compile,
     "Compiles source text or a syntax tree to a code object.", 0},
    {"delattr(obj, name, /)", builtin_delattr, "Removes the attribute of that name.", 0},
    {"dir(object=None, /)", builtin_dir, "The names in the current scope, or an object's attributes.", NATIVE_NO_SIGNATURE},
    {"divmod(x, y, /)", builtin_divmod, "Quotient and remainder, as a pair.", 0},
    {"eval(source, globals=None, locals=None, /)", builtin_eval, "The value of an expression, given as text or as code.", 0},
    {"exec(source, globals=None, locals=None, /, *, closure=None)", builtin_exec, "Runs statements, given as text or as code.", 0},
    {"format(value, format_spec='', /)", builtin_format, "Return type(value).__format__(value, format_spec).", 0},
    {"getattr(object, name, default=None, /)", builtin_getattr,
     "The attribute of that name, or the default if there is none.", NATIVE_RAW | NATIVE_NO_SIGNATURE},
    {"globals()", builtin_globals, "The global variables of the caller's module.", 0},
    {"hasattr(obj, name, /)", builtin_hasattr, "Whether there is an attribute of that name.", 0},
    {"hash(obj, /)", builtin_hash, "The hash value of the object.", 0},
    {"hex(number, /)", builtin_hex, "The integer in base 16, as a string that begins with 0x.", 0},
    {"id(obj, /)", builtin_id, "A number that no other object alive has.", 0},
    {"input(prompt='', /)", builtins_input, "Reads one line of input, without its end, after showing the prompt.", 0},
    {"isinstance(obj, class_or_tuple, /)", builtin_isinstance, "Whether obj belongs to one of these classes.", 0},
    {"issubclass(cls, class_or_tuple, /)", builtin_issubclass, "Whether cls is one of these classes or inherits from one.", 0},
    {"iter(iterable, sentinel, /)", builtin_iter,
     "An iterator for the object, or one that calls it until it returns sentinel.", NATIVE_RAW | NATIVE_NO_SIGNATURE},
    {"aiter(async_iterable, /)", builtin_aiter, "The asynchronous iterator of the object.", 0},
    {"anext(aiterator, default=None, /)", builtin_anext, "An awaitable for the next item, or the default at the end.", NATIVE_NO_SIGNATURE},
    {"len(obj, /)", builtin_len, "How many items the object has.", 0},
    {"locals()", builtin_locals, "The local variables of the caller, as a dictionary.", 0},
    {"max(iterable, *, key=None, default=None)", builtin_max, "The largest item.", NATIVE_RAW | NATIVE_NO_SIGNATURE},
    {"min(iterable, *, key=None, default=None)", builtin_min, "The smallest item.", NATIVE_RAW | NATIVE_NO_SIGNATURE},
    {"next(iterator, default=None, /)", builtin_next, "The next item, or the default at the end.", NATIVE_RAW | NATIVE_NO_SIGNATURE},
    {"oct(number, /)", builtin_oct, "The integer in base 8, as a string that begins with 0o.", 0},
    {"ord(c, /)", builtin_ord, "The code point of the character.", 0},
    {"pow(base, exp, mod=None)", builtin_pow, "The base to the power exp, reduced modulo mod if that is given.", 0},
    {"print(*args, sep=' ', end='\\n', file=None, flush=False)", builtin_print,
     "Writes the values as text, with sep between them and end behind.", 0},
    {"repr(obj, /)", builtin_repr, "A string that shows the object, as source code where that can be.", 0},
    {"round(number, ndigits=None)", builtin_round, "The number nearest to this one with ndigits decimals.", 0},
    {"setattr(obj, name, value, /)", builtin_setattr, "Gives the attribute of that name a value.", 0},
    {"sorted(iterable, /, *, key=None, reverse=False)", builtin_sorted, "The items as a new list, in order.", NATIVE_RAW},
    {"sum(iterable, /, start=0)", builtin_sum, "Adds all items to start.", 0},
    {"vars(object=None, /)", builtin_vars, "The attributes of an object, or the local variables.", NATIVE_NO_SIGNATURE},
    {0},
};

static int builtins_exec(Thread *t, Value m) {
  static Type *const types[] = {
      &type_bool, &type_bytearray, &type_bytes, &type_classmethod, &type_complex, &type_dict, &type_enumerate, &type_filter,
      &type_float, &type_frozenset, &type_property, &type_int, &type_list, &type_map, &type_memoryview, &type_object, &type_range,
      &type_reversed, &type_set, &type_slice, &type_staticmethod, &type_str, &type_super, &type_tuple, &type_type, &type_zip,
  };
  if (module_add(t, m, "None", V_NONE) < 0 || module_add(t, m, "Ellipsis", V_ELLIPSIS) < 0 ||
      module_add(t, m, "NotImplemented", V_NOT_IMPLEMENTED) < 0 || module_add(t, m, "False", V_FALSE) < 0 ||
      module_add(t, m, "True", V_TRUE) < 0 || module_add(t, m, "__debug__", v_from_bool(sys_config.optimize == 0)) < 0)
    return -1;
  for (size_t i = 0; i < sizeof types / sizeof *types; i++)
    if (module_add_type(t, m, types[i]) < 0) return -1;
  if (module_add_type(t, m, &exc_BaseException) < 0) return -1;
#define ADD(name, base) if (module_add_type(t, m, &exc_##name) < 0) return -1;
  EXCEPTION_TYPES(ADD)
#undef ADD
  if (module_add(t, m, "ExceptionGroup", v_own_obj(t, exc_ExceptionGroup)) < 0 || module_add(t, m, "EnvironmentError", v_own_obj(t, &exc_OSError)) < 0 ||
      module_add(t, m, "IOError", v_own_obj(t, &exc_OSError)) < 0)
    return -1;
  native_builtins_dict = vm_builtins_dict = module_dict(m);
  return 0;
}

const ModuleDef module_builtins = {
    .name = "builtins",
    .doc = "Built-in functions, types, exceptions, and other objects.\n\nThis module provides direct access to all 'built-in'\n"
           "identifiers of Python; for example, builtins.len is\nthe full name for the built-in function len().",
    .functions = functions,
    .exec = builtins_exec,
};
