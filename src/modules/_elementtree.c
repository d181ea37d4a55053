// The module _elementtree: what xml.etree.ElementTree has in C. Elements are in etree_element.c and its neighbours, the builder of trees and
// the parser in files of their own.
#include "modules/etree.h"
#include "modules/module_help.h"
#include "objects/error.h"
#include "objects/module.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "system/import.h"

struct EtreeNames etree_names;
Value etree_parse_error;

// What the first import found; later ones, of whatever modules have these names by then, change nothing.
static Value deepcopy_function, path_module;

// Set by _set_factories, which any thread may call at any time. Owned; V_NULL: none.
static Mutex factories_lock;
static Value factories[ETREE_FACTORIES];

Value etree_factory(EtreeFactory which, Thread *t) {
  mutex_lock(t, &factories_lock);
  Value v = v_own(t, factories[which]);
  mutex_unlock(&factories_lock);
  return v;
}

Value etree_deepcopy(Thread *t, Value v, Value memo) { return object_call2(t, deepcopy_function, v, memo); }

Value etree_call_path(Thread *t, Value name, const Value *args, size_t nargs) {
  Value f = object_getattr(t, path_module, name);
  Value result = v_is_null(f) ? V_NULL : object_call(t, f, args, nargs, V_NULL);
  v_drop(t, f);
  return result;
}

// --- Functions -----------------------------------------------------------------------------------------------------------------------------------

static int check_factory(Thread *t, const char *kind, Value v) {
  if (v_is_none(v) || object_is_callable(v)) return 0;
  return raise_type_error(t, "%s factory must be callable, not %.100T", kind, v), -1;
}

static NATIVE(module_set_factories) {
  if (check_factory(t, "Comment", args[0]) < 0 || check_factory(t, "PI", args[1]) < 0) return V_NULL;
  Value old[ETREE_FACTORIES];
  mutex_lock(t, &factories_lock);
  for (int i = 0; i < ETREE_FACTORIES; i++) {
    old[i] = v_is_null(factories[i]) ? V_NONE : factories[i];
    factories[i] = v_is_none(args[i]) ? V_NULL : v_own(t, args[i]);
  }
  mutex_unlock(&factories_lock);
  return tuple_from_stolen(t, old, ETREE_FACTORIES);
}

static const NativeDef functions[] = {
    {"SubElement($module, parent, tag, attrib={}, /, **extra)", element_sub_element, NULL, NATIVE_RAW | NATIVE_NO_SIGNATURE},
    {"_set_factories($module, comment_factory, pi_factory, /)", module_set_factories,
     "What new builders make comments and processing instructions with, None for nothing. What they did before.", 0},
    {0},
};

// --- Start-up ------------------------------------------------------------------------------------------------------------------------------------

static int intern_names(Thread *t) {
#define INTERN(name) \
  if (v_is_null(etree_names.name = str_intern_cstr(t, #name))) return -1;
  ETREE_NAMES(INTERN)
  return 0;
}

static int fetch_once(Thread *t) {
  if (!v_is_null(path_module)) return 0;
  Value expat_module = import_module(t, "pyexpat");
  v_drop(t, expat_module);
  if (v_is_null(expat_module)) return -1;
  Value copy = import_module(t, "copy"), name = v_is_null(copy) ? V_NULL : str_intern_cstr(t, "deepcopy");
  Value f = v_is_null(name) ? V_NULL : object_getattr(t, copy, name), path = v_is_null(f) ? V_NULL : import_module(t, "xml.etree.ElementPath");
  v_drop(t, copy);
  if (v_is_null(path)) {
    v_drop(t, f);
    return -1;
  }
  deepcopy_function = f;
  path_module = path;
  return 0;
}

static int elementtree_exec(Thread *t, Value m) {
  if (intern_names(t) < 0 || fetch_once(t) < 0 || !element_types_init(t) || !builder_type_init(t) || !etree_parser_type_init(t)) return -1;
  if (module_add_exception(t, m, &etree_parse_error, "xml.etree.ElementTree", "ParseError", &exc_SyntaxError, NULL) < 0) return -1;
  return module_add_type(t, m, &type_element) < 0 || module_add_type(t, m, &type_tree_builder) < 0 ? -1 : module_add_type(t, m, &type_etree_parser);
}

const ModuleDef module__elementtree = {.name = "_elementtree", .functions = functions, .exec = elementtree_exec};
