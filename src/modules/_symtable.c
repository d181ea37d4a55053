// _symtable: the compiler's symbol tables as objects, for the symtable module.
//
// An entry is made whole, with its children, when symtable() is called, and constant from then on.
#include "code/code_flags.h"
#include "front/compile_source.h"
#include "front/future.h"
#include "front/scope.h"
#include "front/symtable.h"
#include "objects/buffer.h"
#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/module.h"
#include "objects/object.h"
#include "objects/str.h"
#include "system/sys_state.h"

typedef struct Entry {
  Object ob;
  Value id, name, symbols, varnames, children;   // int, str, dict, list, list; owned
  int kind, nested, lineno;
} Entry;

static Type type_entry;
static inline Entry *v_entry(Value v) { return (Entry *)v_obj(v); }

// --- From scopes to entries ---------------------------------------------------------------------------------------------------------------

static Value name_value(Thread *t, const AstName *name) {
  Value v = str_from_utf8_surrogatepass(t, name->utf8, name->len);
  return v_is_null(v) ? v : str_intern(t, v);
}

static Value symbols_dict(Thread *t, const Scope *s) {
  Value dict = dict_new(t);
  for (uint32_t i = 0; i < s->symbols.count && !v_is_null(dict); i++) {
    Value name = name_value(t, s->symbols.names[i]);
    if (v_is_null(name) || dict_set(t, v_dict(dict), name, v_from_smi(s->symbols.values[i])) < 0) v_clear(t, &dict);
    v_drop(t, name);
  }
  return dict;
}

static Value names_list(Thread *t, const NameMap *names) {
  Value list = list_new(t, names->count);
  for (uint32_t i = 0; i < names->count && !v_is_null(list); i++) {
    Value name = name_value(t, names->names[i]);
    if (v_is_null(name) || list_append_steal(t, v_list(list), name) < 0) v_clear(t, &list);
  }
  return list;
}

static Value entry_new(Thread *t, const Scope *s);

static Value children_list(Thread *t, const Scope *s) {
  Value list = list_new(t, s->child_count);
  for (uint32_t i = 0; i < s->child_count && !v_is_null(list); i++) {
    Value child = s->children[i]->kind == SCOPE_KIND_ANNOTATION ? V_NONE : entry_new(t, s->children[i]);
    if (v_is_null(child) || (!v_is_none(child) && list_append_steal(t, v_list(list), child) < 0)) v_clear(t, &list);
  }
  return list;
}

static Value entry_new(Thread *t, const Scope *s) {
  static const char *const comprehensions[] = {[COMPREHENSION_LIST] = "listcomp", [COMPREHENSION_DICT] = "dictcomp", [COMPREHENSION_SET] = "setcomp",
                                               [COMPREHENSION_GENERATOR] = "genexpr"};
  if (recursion_enter(t, " in symtable construction") < 0) return V_NULL;
  Value v = type_entry.slots.alloc(t, &type_entry, 0);
  if (!v_is_null(v)) {
    Entry *e = v_entry(v);
    e->kind = s->kind;
    e->nested = s->nested;
    e->lineno = s->kind == SCOPE_KIND_MODULE ? 0 : s->pos.lineno;
    e->id = int_from_u64(t, (uint64_t)(uintptr_t)e);
    e->name = s->comprehension ? str_from_cstr(t, comprehensions[s->comprehension]) : name_value(t, s->name);
    e->symbols = symbols_dict(t, s);
    e->varnames = names_list(t, &s->params);
    e->children = children_list(t, s);
    if (v_is_null(e->id) || v_is_null(e->name) || v_is_null(e->symbols) || v_is_null(e->varnames) || v_is_null(e->children)) v_clear(t, &v);
  }
  recursion_leave(t);
  return v;
}

// --- The function -----------------------------------------------------------------------------------------------------------------------------

static Value table_of(Thread *t, Arena *arena, const char *source, size_t n, Value filename, FrontMode mode, int flags) {
  const AstMod *mod = compile_parse(t, arena, source, n, filename, mode, flags, 0);
  if (!mod) return V_NULL;
  FutureFeatures future;
  FrontError err = FRONT_ERROR_INIT;
  FrontDepth depth = compile_depth(t);
  const SymbolTable *table = NULL;
  if (future_read(mod, &future, &err)) table = symtable_build(arena, mod, future.flags & CO_FUTURE_ANNOTATIONS, &depth, &err);
  return table ? entry_new(t, table->top) : compile_raise(t, &err, filename, true);
}

static Value symtable_symtable(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)self, (void)nargs, (void)kwnames;
  static const struct { const char *name; FrontMode mode; } modes[] = {{"exec", FRONT_EXEC}, {"eval", FRONT_EVAL}, {"single", FRONT_SINGLE}};
  int mode = 0;
  if (!v_is_str(args[2])) return raise_type_error(t, "symtable() argument 3 must be str, not %T", args[2]);
  while (mode < 3 && !str_equals_cstr(args[2], modes[mode].name)) mode++;
  bool is_text = v_is_str(args[0]);
  if (!is_text && !buffer_is_supported(args[0])) return raise_type_error(t, "symtable() arg 1 must be a string or bytes object");
  if (mode == 3) return raise_value_error(t, "symtable() arg 3 must be 'exec' or 'eval' or 'single'");
  Value filename = fs_path_or_buffer(t, args[1]), bytes = V_NULL, result = V_NULL;
  const char *source = NULL;
  size_t n = 0;
  if (!v_is_null(filename) && is_text) source = str_utf8(t, args[0], &n);
  if (!v_is_null(filename) && !is_text && !v_is_null(bytes = object_bytes(t, args[0]))) {
    source = v_bytes(bytes)->data;
    n = (size_t)v_bytes(bytes)->length;
  }
  Arena *arena = source ? arena_new() : NULL;
  if (arena) result = table_of(t, arena, source, n, filename, modes[mode].mode, is_text ? COMPILE_IGNORE_COOKIE : 0);
  else if (source) raise_no_memory(t);
  arena_free(arena);
  v_drop(t, bytes);
  v_drop(t, filename);
  return result;
}

// --- The type and the module --------------------------------------------------------------------------------------------------------------------

static Value entry_repr(Thread *t, Value self) {
  const Entry *e = v_entry(self);
  return str_from_format(t, "<symtable entry %U(%S), line %d>", e->name, e->id, e->lineno);
}

static void entry_dealloc(Thread *t, Object *o) {
  Entry *e = (Entry *)o;
  v_drop(t, e->id);
  v_drop(t, e->name);
  v_drop(t, e->symbols);
  v_drop(t, e->varnames);
  v_drop(t, e->children);
  heap_free_object(t, o);
}

static void entry_traverse(Object *o, GcVisit visit, void *arg) {
  Entry *e = (Entry *)o;
  gc_visit_value(e->symbols, visit, arg);
  gc_visit_value(e->varnames, visit, arg);
  gc_visit_value(e->children, visit, arg);
}

static const MemberDef entry_members[] = {
    {"id", MEMBER_VALUE, offsetof(Entry, id), true, NULL},
    {"name", MEMBER_VALUE, offsetof(Entry, name), true, NULL},
    {"symbols", MEMBER_VALUE, offsetof(Entry, symbols), true, NULL},
    {"varnames", MEMBER_VALUE, offsetof(Entry, varnames), true, NULL},
    {"children", MEMBER_VALUE, offsetof(Entry, children), true, NULL},
    {"nested", MEMBER_I32, offsetof(Entry, nested), true, NULL},
    {"type", MEMBER_I32, offsetof(Entry, kind), true, NULL},
    {"lineno", MEMBER_I32, offsetof(Entry, lineno), true, NULL},
    {0},
};
static const TypeSpec spec_entry = {
    .name = "symtable entry",
    .size = sizeof(Entry),
    .flags = TYPE_NO_INSTANTIATE | TYPE_IMMUTABLE,
    .slots = {.repr = entry_repr, .dealloc = entry_dealloc, .traverse = entry_traverse},
    .members = entry_members,
};

static const NativeDef functions[] = {
    {"symtable($module, source, filename, startstr, /)", symtable_symtable, "The scopes and names of a source text, as the compiler sees them.", 0},
    {0},
};

static int symtable_exec(Thread *t, Value m) {
  static const struct { const char *name; int value; } constants[] = {
      {"USE", DEF_USE}, {"DEF_GLOBAL", DEF_GLOBAL}, {"DEF_NONLOCAL", DEF_NONLOCAL}, {"DEF_LOCAL", DEF_LOCAL}, {"DEF_PARAM", DEF_PARAM},
      {"DEF_FREE", DEF_FREE}, {"DEF_FREE_CLASS", DEF_FREE_CLASS}, {"DEF_IMPORT", DEF_IMPORT}, {"DEF_BOUND", DEF_BOUND}, {"DEF_ANNOT", DEF_ANNOT},
      {"TYPE_FUNCTION", SCOPE_KIND_FUNCTION}, {"TYPE_CLASS", SCOPE_KIND_CLASS}, {"TYPE_MODULE", SCOPE_KIND_MODULE}, {"LOCAL", SCOPE_LOCAL},
      {"GLOBAL_EXPLICIT", SCOPE_GLOBAL_EXPLICIT}, {"GLOBAL_IMPLICIT", SCOPE_GLOBAL_IMPLICIT}, {"FREE", SCOPE_FREE}, {"CELL", SCOPE_CELL},
      {"SCOPE_OFF", SYMBOL_SCOPE_SHIFT}, {"SCOPE_MASK", SYMBOL_SCOPE_MASK}};
  if (!(type_entry.flags & TYPE_READY) && !type_ready(t, &type_entry, &spec_entry, 0)) return -1;
  for (size_t i = 0; i < sizeof constants / sizeof *constants; i++)
    if (module_add_int(t, m, constants[i].name, constants[i].value) < 0) return -1;
  return 0;
}

const ModuleDef module__symtable = {.name = "_symtable", .functions = functions, .exec = symtable_exec};
