// _warnings: deciding what to do with a warning. The lists it consults belong to the library's warnings module once that is imported.
//
// The registry's `version` entry tells whether it was filled under the present filters. Dicts and lists guard themselves; a race between two
// threads that warn for the first time at one place shows the warning twice at worst, as in CPython.
#include "modules/_warnings.h"

#include <string.h>

#include "objects/dict.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/module.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "system/import.h"
#include "system/source_line.h"
#include "system/sys_state.h"
#include "threading/last_thread.h"
#include "vm/vm.h"

static Value own_filters, own_once_registry, own_default_action;   // owned for good
static a64 filters_version;

// warnings.NAME if the module is there (or may be imported), owned; V_NULL without an exception: use ours.
static Value warnings_attribute(Thread *t, const char *name, bool import) {
  Value m = V_NULL;
  if (import && !last_thread_is_left()) {
    Value library = N(warnings);
    if (!v_is_null(library)) m = import_module_named(t, library);
  } else {
    Value modules = sys_modules(t);
    if (!v_is_null(modules)) dict_get_cstr(t, v_dict(modules), "warnings", &m);
    v_drop(t, modules);
  }
  if (v_is_null(m) || v_is_none(m)) {
    error_clear(t);
    return V_NULL;
  }
  Value key = str_intern_cstr(t, name), v;
  int r = v_is_null(key) ? -1 : object_lookup_attr(t, m, key, &v);
  v_drop(t, m);
  if (r < 0) error_clear(t);
  return r > 0 ? v : V_NULL;
}

static Value attribute_or(Thread *t, const char *name, Value own) {
  Value v = warnings_attribute(t, name, false);
  return v_is_null(v) ? v_own(t, own) : v;
}

// --- Filters ------------------------------------------------------------------------------------------------------------------------------

// A filter's message or module part: None, an exact text, or a pattern with a match method. 1, 0, -1.
static int part_matches(Thread *t, Value part, Value text) {
  if (v_is_none(part)) return 1;
  if (v_is_str_exact(part)) return object_equal(t, part, text);
  Value m = object_call_method1(t, part, N(match), text);
  if (v_is_null(m)) return -1;
  int r = object_is_true(t, m);
  v_drop(t, m);
  return r;
}

static int filter_matches(Thread *t, const Value *item, Value category, Value text, int lineno, Value module) {
  int64_t line = 0;
  int r = part_matches(t, item[1], text);
  if (r > 0) r = object_issubclass(t, category, item[2]);
  if (r > 0) r = part_matches(t, item[3], module);
  if (r <= 0) return r;
  line = number_as_i64(t, item[4]);
  if (line == -1 && error_pending(t)) return -1;
  return line == 0 || line == lineno;
}

// The action for a warning, owned; *item the filter that said so (owned) or null.
static Value find_action(Thread *t, Value category, Value text, int lineno, Value module, Value *item) {
  *item = V_NULL;
  Value filters = attribute_or(t, "filters", own_filters);
  if (!v_is_list(filters)) {
    v_drop(t, filters);
    return raise_value_error(t, "_warnings.filters must be a list");
  }
  for (int64_t i = 0; i < list_length(v_list(filters)); i++) {
    Value f = list_get(t, v_list(filters), i);
    if (v_is_null(f)) break;
    if (!v_is_tuple(f) || v_tuple(f)->length != 5) {
      raise_value_error(t, "_warnings.filters item %lld isn't a 5-tuple", (long long)i);
    } else {
      const Value *p = v_tuple(f)->items;
      if (!v_is_str(p[0])) raise_type_error(t, "action must be a string, not '%.200T'", p[0]);
      else {
        int r = filter_matches(t, p, category, text, lineno, module);
        if (r > 0) {
          v_drop(t, filters);
          *item = f;
          return v_own(t, p[0]);
        }
      }
    }
    v_drop(t, f);
    if (error_pending(t)) {
      v_drop(t, filters);
      return V_NULL;
    }
  }
  v_drop(t, filters);
  return attribute_or(t, "defaultaction", own_default_action);
}

// --- Registries -----------------------------------------------------------------------------------------------------------------------------

// 1: the key was warned about under the present filters. Marks it if wanted.
static int already_warned(Thread *t, Value registry, Value key, bool mark) {
  Dict *d = v_dict(registry);
  Value version, seen;
  int64_t now = (int64_t)a64_load_rlx(&filters_version), then = -1;
  int r = dict_get_cstr(t, d, "version", &version);
  if (r < 0) return -1;
  if (r == 0 || !v_is_int(version) || !int_as_i64(version, &then) || then != now) {
    dict_clear(t, d);
    if (dict_set_cstr(t, d, "version", v_from_smi(now)) < 0) return -1;
  } else {
    r = dict_get(t, d, key, &seen);
    if (r < 0) return -1;
    if (r > 0) {
      int truth = object_is_true(t, seen);
      v_drop(t, seen);
      if (truth) return truth;
    }
  }
  v_drop(t, version);
  return mark && dict_set(t, d, key, V_TRUE) < 0 ? -1 : 0;
}

static int mark_once(Thread *t, Value registry, Value text, Value category, bool zero) {
  Value key = zero ? tuple_pack(t, 3, text, category, v_from_smi(0)) : tuple_pack(t, 2, text, category);
  int r = v_is_null(key) ? -1 : already_warned(t, registry, key, true);
  v_drop(t, key);
  return r;
}

// --- Showing ----------------------------------------------------------------------------------------------------------------------------------

// "file:line: Category: text" and the source line, when the warnings module is not there.
static void show_plainly(Thread *t, Value category, Value text, Value filename, int lineno, Value source_text) {
  Value err = sys_get(t, N(stderr));
  if (v_is_null(err) || v_is_none(err)) return;
  Value head = str_from_format(t, "%U:%d: %U: %U\n", filename, lineno, v_as_type(category)->name, text);
  Value line = !v_is_null(source_text) && v_is_str(source_text) ? v_own(t, source_text) : source_line(t, filename, lineno);
  Value stripped = v_is_null(line) ? V_NULL : object_call_method0(t, line, N(strip));
  Value whole = v_is_null(head) || v_is_null(stripped) ? v_own(t, head) : str_from_format(t, "%U  %U\n", head, stripped);
  Value r = v_is_null(whole) ? V_NULL : object_call_method1(t, err, N(write), whole);
  error_clear(t);
  v_drop(t, r);
  v_drop(t, whole);
  v_drop(t, stripped);
  v_drop(t, line);
  v_drop(t, head);
  v_drop(t, err);
}

static int show(Thread *t, Value category, Value text, Value message, Value filename, int lineno, Value source_text, Value source) {
  Value show_function = warnings_attribute(t, "_showwarnmsg", !v_is_null(source));
  if (v_is_null(show_function)) {
    show_plainly(t, category, text, filename, lineno, source_text);
    return 0;
  }
  Value cls = warnings_attribute(t, "WarningMessage", false);
  if (v_is_null(cls)) {
    v_drop(t, show_function);
    raise_error(t, &exc_RuntimeError, "unable to get warnings.WarningMessage");
    return -1;
  }
  Value args[] = {message, category, filename, v_from_smi(lineno), V_NONE, V_NONE, v_is_null(source) ? V_NONE : source};
  Value msg = object_call(t, cls, args, 7, V_NULL), r = V_NULL;
  v_drop(t, cls);
  if (!v_is_null(msg)) r = object_call1(t, show_function, msg);
  v_drop(t, msg);
  v_drop(t, show_function);
  v_drop(t, r);
  return v_is_null(r) ? -1 : 0;
}

// --- The decision -------------------------------------------------------------------------------------------------------------------------------

static Value module_from_filename(Thread *t, Value filename) {
  int64_t n = str_length(v_str(filename));
  if (n == 0) return str_from_cstr(t, "<unknown>");
  Value dot_py = str_from_cstr(t, ".py");
  Value r = str_find(v_str(filename), v_str(dot_py), n - 3 < 0 ? 0 : n - 3, n) >= 0 && n > 3 ? str_slice(t, filename, 0, n - 3) : v_own(t, filename);
  v_drop(t, dot_py);
  return r;
}

static int act(Thread *t, Value action, Value item, Value category, Value text, Value message, Value key, Value registry, Value filename, int lineno,
               Value source_text, Value source) {
  if (str_equals_cstr(action, "error")) {
    raise_object(t, message);
    return -1;
  }
  if (str_equals_cstr(action, "ignore")) return 0;
  int seen = 0;
  if (!str_equals_cstr(action, "always")) {
    bool has_registry = !v_is_null(registry) && !v_is_none(registry);
    if (has_registry && dict_set(t, v_dict(registry), key, V_TRUE) < 0) return -1;
    if (str_equals_cstr(action, "once")) {
      Value once = has_registry ? v_own(t, registry) : attribute_or(t, "onceregistry", own_once_registry);
      if (!v_is_dict(once)) {
        raise_type_error(t, "_warnings._onceregistry must be a dict, not '%.200T'", once);
        seen = -1;
      } else {
        seen = mark_once(t, once, text, category, false);
      }
      v_drop(t, once);
    } else if (str_equals_cstr(action, "module")) {
      seen = has_registry ? mark_once(t, registry, text, category, true) : 0;
    } else if (!str_equals_cstr(action, "default")) {
      raise_error(t, &exc_RuntimeError, "Unrecognized action (%R) in warnings.filters:\n %R", action, v_is_null(item) ? V_NONE : item);
      return -1;
    }
  }
  if (seen) return seen < 0 ? -1 : 0;
  return show(t, category, text, message, filename, lineno, source_text, source);
}

// All borrowed; registry, module, source_text and source may be null.
static int explicitly(Thread *t, Value category, Value message, Value filename, int lineno, Value module, Value registry, Value source_text, Value source) {
  if (v_is_none(module)) return 0;
  if (!v_is_null(registry) && !v_is_none(registry) && !v_is_dict(registry)) {
    raise_type_error(t, "'registry' must be a dict or None");
    return -1;
  }
  Value mod = v_is_null(module) ? module_from_filename(t, filename) : v_own(t, module), text, instance, key = V_NULL, action = V_NULL, item = V_NULL;
  int r = -1;
  if (object_isinstance(t, message, v_from_obj(&exc_Warning)) > 0) {
    text = object_str(t, message);
    instance = v_own(t, message);
    category = v_from_obj(v_type(message));
  } else {
    text = v_own(t, message);
    instance = object_call1(t, category, message);
  }
  if (v_is_null(text) || v_is_null(instance) || v_is_null(mod)) goto done;
  key = tuple_pack(t, 3, text, category, v_from_smi(lineno));
  if (v_is_null(key)) goto done;
  if (!v_is_null(registry) && !v_is_none(registry)) {
    int seen = already_warned(t, registry, key, false);
    if (seen) {
      r = seen < 0 ? -1 : 0;
      goto done;
    }
  }
  action = find_action(t, category, text, lineno, mod, &item);
  if (!v_is_null(action)) r = act(t, action, item, category, text, instance, key, registry, filename, lineno, source_text, source);
done:
  v_drop(t, mod);
  v_drop(t, text);
  v_drop(t, instance);
  v_drop(t, key);
  v_drop(t, action);
  v_drop(t, item);
  return r;
}

// --- Where the warning comes from ---------------------------------------------------------------------------------------------------------------

static Value frame_part(Thread *t, Value frame, const char *name) {
  Value key = str_intern_cstr(t, name), v = v_is_null(key) ? V_NULL : object_getattr(t, frame, key);
  if (v_is_null(v)) error_clear(t);
  return v;
}

static Value frame_filename(Thread *t, Value frame) {
  Value code = frame_part(t, frame, "f_code");
  Value v = v_is_null(code) ? V_NULL : frame_part(t, code, "co_filename");
  v_drop(t, code);
  return v;
}

// Frames of importlib are skipped, so that warnings at import time point to the import statement.
static bool is_internal(Thread *t, Value frame) {
  Value name = frame_filename(t, frame);
  const char *s = v_is_null(name) ? NULL : str_utf8(t, name, NULL);
  bool r = s && strstr(s, "importlib") && strstr(s, "_bootstrap");
  v_drop(t, name);
  error_clear(t);
  return r;
}

static Value frame_back(Thread *t, Value frame, bool skip_internal) {
  Value back = frame;
  do {
    Value next = frame_part(t, back, "f_back");
    v_drop(t, back);
    back = v_is_null(next) || v_is_none(next) ? V_NULL : next;
  } while (skip_internal && !v_is_null(back) && is_internal(t, back));
  return back;
}

typedef struct Place { Value filename, module, registry; int lineno; } Place;   // owned

static int find_place(Thread *t, int64_t level, Place *p) {
  *p = (Place){V_NULL, V_NULL, V_NULL, 1};
  Value frame = v_is_null(vm_globals(t)) ? V_NULL : vm_frame(t, 0), globals;
  error_clear(t);
  bool plain = level <= 0 || (!v_is_null(frame) && is_internal(t, frame));
  while (--level > 0 && !v_is_null(frame)) frame = frame_back(t, frame, !plain);
  if (v_is_null(frame)) {
    globals = v_own(t, sys_dict);
    p->filename = str_from_cstr(t, "sys");
  } else {
    globals = frame_part(t, frame, "f_globals");
    p->filename = frame_filename(t, frame);
    Value line = frame_part(t, frame, "f_lineno");
    int64_t n;
    if (!v_is_null(line) && v_is_int(line) && int_as_i64(line, &n)) p->lineno = (int)n;
    v_drop(t, line);
    v_drop(t, frame);
  }
  if (v_is_null(globals) || !v_is_dict(globals)) {
    v_drop(t, globals);
    p->registry = V_NONE;
    p->module = str_from_cstr(t, "<string>");
    return 0;
  }
  Value key = N(__warningregistry__);
  int r = dict_get(t, v_dict(globals), key, &p->registry);
  if (r == 0) {
    p->registry = dict_new(t);
    if (v_is_null(p->registry) || dict_set(t, v_dict(globals), key, p->registry) < 0) r = -1;
  }
  if (r >= 0 && dict_get(t, v_dict(globals), N(__name__), &p->module) <= 0) p->module = V_NULL;
  if (v_is_null(p->module) || (!v_is_none(p->module) && !v_is_str(p->module))) v_set(t, &p->module, str_from_cstr(t, "<string>"));
  v_drop(t, globals);
  return r < 0 ? -1 : 0;
}

static int warn_from(Thread *t, Value category, Value message, int64_t level, Value source) {
  Place p;
  int r = find_place(t, level, &p);
  if (r == 0 && (v_is_null(p.filename) || v_is_null(p.module))) {
    if (!error_pending(t)) raise_no_memory(t);
    r = -1;
  }
  if (r == 0) r = explicitly(t, category, message, p.filename, p.lineno, p.module, p.registry, V_NULL, source);
  v_drop(t, p.filename);
  v_drop(t, p.module);
  v_drop(t, p.registry);
  return r;
}

static int hook(Thread *t, Type *category, Value message, int stack_level) { return warn_from(t, v_from_obj(category), message, stack_level, V_NULL); }

void warnings_unclosed(Thread *t, Value source, const char *format, Value where) {
  if (!warn_hook) return;
  Value message = str_from_format(t, format, source);
  if (v_is_null(message) || warn_from(t, v_from_obj(&exc_ResourceWarning), message, 1, source) < 0) {
    if (error_matches(t, &exc_Warning)) error_write_unraisable(t, NULL, where);
    error_clear(t);
  }
  v_drop(t, message);
}

static int explicit_hook(Thread *t, Type *category, Value message, Value filename, int lineno) {
  return explicitly(t, v_from_obj(category), message, filename, lineno, V_NULL, V_NULL, V_NULL, V_NULL);
}

// --- The module -----------------------------------------------------------------------------------------------------------------------------------

#define FN(name) static Value warnings_##name(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames)

FN(warn) {
  (void)self, (void)nargs, (void)kwnames;
  Value category = v_is_absent(args[1]) ? V_NONE : args[1];
  int is_warning = object_isinstance(t, args[0], v_from_obj(&exc_Warning));
  if (is_warning < 0) return V_NULL;
  if (is_warning) category = v_from_obj(v_type(args[0]));
  else if (v_is_none(category)) category = v_from_obj(&exc_UserWarning);
  int ok = v_is_type(category) ? object_issubclass(t, category, v_from_obj(&exc_Warning)) : 0;
  if (ok <= 0) return ok < 0 ? V_NULL : raise_type_error(t, "category must be a Warning subclass, not '%T'", category);
  int64_t level = v_is_absent(args[2]) ? 1 : number_as_i64(t, args[2]);
  if (level == -1 && error_pending(t)) return V_NULL;
  return warn_from(t, category, args[0], level, v_is_absent_or_none(args[3]) ? V_NULL : args[3]) < 0 ? V_NULL : V_NONE;
}

FN(warn_explicit) {
  (void)self, (void)nargs, (void)kwnames;
  int line = number_as_int(t, args[3]);
  if (line == -1 && error_pending(t)) return V_NULL;
  if (!v_is_str(args[2])) return raise_type_error(t, "warn_explicit() argument 3 must be str, not %K", args[2]);
  Value module = v_is_absent(args[4]) ? V_NULL : args[4], registry = v_is_absent(args[5]) ? V_NULL : args[5];
  Value source = v_is_absent_or_none(args[7]) ? V_NULL : args[7], text = V_NULL;
  if (!v_is_absent_or_none(args[6])) {
    // The source line may come from a loader.
    Value loader, name, get = V_NULL;
    if (!v_is_dict(args[6])) return raise_type_error(t, "module_globals must be a dict, not '%.200T'", args[6]);
    if (dict_get(t, v_dict(args[6]), N(__loader__), &loader) > 0 && dict_get(t, v_dict(args[6]), N(__name__), &name) > 0) {
      if (object_lookup_attr(t, loader, N(get_source), &get) > 0) {
        Value code = object_call1(t, get, name);
        Value lines = v_is_null(code) || !v_is_str(code) ? V_NULL : object_call_method0(t, code, N(splitlines));
        if (!v_is_null(lines)) text = list_get(t, v_list(lines), line - 1);
        v_drop(t, lines);
        v_drop(t, code);
      }
      v_drop(t, get);
      v_drop(t, name);
    }
    v_drop(t, loader);
    if (error_pending(t)) return V_NULL;
  }
  int r = explicitly(t, args[1], args[0], args[2], line, module, registry, text, source);
  v_drop(t, text);
  return r < 0 ? V_NULL : V_NONE;
}

FN(filters_mutated) {
  (void)t, (void)self, (void)args, (void)nargs, (void)kwnames;
  a64_fetch_add_rlx(&filters_version, 1);
  return V_NONE;
}

static const NativeDef functions[] = {
    {"warn(message, category=None, stacklevel=1, source=None)", warnings_warn,
     "Warns at the caller's line, or raises the warning, as the filters say.", 0},
    {"warn_explicit(message, category, filename, lineno, module=None, registry=None, module_globals=None, source=None)", warnings_warn_explicit,
     "Warns for a file and line that the caller names.", NATIVE_NO_SIGNATURE},
    {"_filters_mutated()", warnings_filters_mutated, NULL, NATIVE_NO_SIGNATURE},
    {0},
};

static Value filter(Thread *t, const char *action, Type *category, Value module) {
  Value a = str_intern_cstr(t, action);
  return tuple_pack(t, 5, a, V_NONE, v_from_obj(category), module, v_from_smi(0));
}

static int warnings_exec(Thread *t, Value m) {
  own_filters = list_new(t, 5);
  own_once_registry = dict_new(t);
  own_default_action = str_intern_cstr(t, "default");
  if (v_is_null(own_filters) || v_is_null(own_once_registry)) return -1;
  Value items[] = {filter(t, "default", &exc_DeprecationWarning, N(__main__)), filter(t, "ignore", &exc_DeprecationWarning, V_NONE),
                   filter(t, "ignore", &exc_PendingDeprecationWarning, V_NONE), filter(t, "ignore", &exc_ImportWarning, V_NONE),
                   filter(t, "ignore", &exc_ResourceWarning, V_NONE)};
  for (int i = 0; i < 5; i++)
    if (v_is_null(items[i]) || list_append_steal(t, v_list(own_filters), items[i]) < 0) return -1;
  warn_hook = hook;
  warn_explicit_hook = explicit_hook;
  return module_add(t, m, "filters", v_own(t, own_filters)) < 0 || module_add(t, m, "_onceregistry", v_own(t, own_once_registry)) < 0 ||
                 module_add(t, m, "_defaultaction", v_own(t, own_default_action)) < 0
             ? -1
             : 0;
}

const ModuleDef module__warnings = {
    .name = "_warnings", .doc = "Warnings and their filters, for the module warnings.", .functions = functions, .exec = warnings_exec};
