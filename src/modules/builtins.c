// The builtins module: the functions that need no import.
#include "modules/builtins.h"

#include <string.h>

#include "code/code.h"
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
#include "vm/async_generator.h"
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
  Value r = async_anext_awaitable(t, awaitable, args[1]);
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
    {"compile(source, filename, mode, flags=0, dont_inherit=False, optimize=-1, *, _feature_version=-1)", builtins_compile,
     "Compiles source text or a syntax tree to a code object.", 0},
    {"delattr(obj, name, /)", builtin_delattr, "Removes the attribute of that name.", 0},
    {"dir(object=None, /)", builtin_dir, "The names in the current scope, or an object's attributes.", NATIVE_NO_SIGNATURE},
    {"divmod(x, y, /)", builtin_divmod, "Quotient and remainder, as a pair.", 0},
    {"eval(source, globals=None, locals=None, /)", builtins_eval, "The value of an expression, given as text or as code.", 0},
    {"exec(source, globals=None, locals=None, /, *, closure=None)", builtins_exec, "Runs statements, given as text or as code.", 0},
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

static int fill_module(Thread *t, Value m) {
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
    .exec = fill_module,
};
