// compile(), eval() and exec(): their arguments, sources and scopes.
#include "modules/builtins.h"

#include <string.h>

#include "code/code.h"
#include "front/compile_source.h"
#include "modules/ast_types.h"
#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "system/sys_state.h"
#include "vm/vm.h"

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
  if (!str_utf8(t, mode, NULL)) return -1;
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

Value builtins_compile(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)self, (void)nargs, (void)kwnames;
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

Value builtins_eval(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)self, (void)nargs, (void)kwnames;
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

Value builtins_exec(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)self, (void)nargs, (void)kwnames;
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
