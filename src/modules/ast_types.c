// Making the ast classes from their table: ast.AST, a class for each group of nodes, a class for each node.
#include "modules/ast_types.h"

#include "modules/module_help.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/instance.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "system/import.h"

Type *ast_class[ASDL_CLASS_COUNT];
Type *ast_group_class[ASDL_KINDS];
Value ast_enum_member[ASDL_CLASS_COUNT];
Value ast_field_name[ASDL_CLASS_COUNT][ASDL_MOST_FIELDS];
Value ast_position_name[4];

// --- ast.AST --------------------------------------------------------------------------------------------------------------------------------

typedef struct Node {
  Object ob;
  uint64_t ext;   // __dict__
} Node;

Value ast_short_name(Type *type) {
  return type == &type_ast ? type->qualname : type->name;
}

static int set_positional(Thread *t, Value self, Value fields, int64_t field_count, const Value *args, size_t nargs) {
  if ((int64_t)nargs > field_count) {
    raise_type_error(t, "%.400S constructor takes at most %lld positional argument%s", ast_short_name(v_type(self)), (long long)field_count, field_count == 1 ? "" : "s");
    return -1;
  }
  int rc = 0;
  for (size_t i = 0; rc == 0 && i < nargs; i++) {
    Value name = object_getitem(t, fields, v_from_smi((int64_t)i));
    rc = v_is_null(name) ? -1 : object_setattr(t, self, name, args[i]);
    v_drop(t, name);
  }
  return rc;
}

// 1 if a positional argument has set the field already.
static int is_set(Thread *t, Value fields, Value name, size_t nargs) {
  for (size_t i = 0; i < nargs; i++) {
    Value field = object_getitem(t, fields, v_from_smi((int64_t)i));
    int same = v_is_null(field) ? -1 : object_equal(t, field, name);
    v_drop(t, field);
    if (same) return same;
  }
  return 0;
}

static int set_keyword(Thread *t, Value self, Value fields, size_t nargs, Value name, Value value) {
  int given = is_set(t, fields, name, nargs);
  if (given > 0) raise_type_error(t, "%.400S got multiple values for argument '%U'", ast_short_name(v_type(self)), name);
  return given ? -1 : object_setattr(t, self, name, value);
}

static int node_init(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  Value fields;
  int found = object_lookup_attr(t, v_from_obj(v_type(self)), N(_fields), &fields);
  if (found < 0) return -1;
  int64_t field_count = found ? object_length(t, fields) : 0;
  int rc = field_count < 0 ? -1 : set_positional(t, self, fields, field_count, args, nargs);
  int64_t keywords = v_is_null(kwnames) ? 0 : v_tuple(kwnames)->length;
  for (int64_t i = 0; rc == 0 && i < keywords; i++) rc = set_keyword(t, self, fields, nargs, v_tuple(kwnames)->items[i], args[nargs + (size_t)i]);
  v_drop(t, fields);
  return rc;
}

static Value node_reduce(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)args, (void)nargs, (void)kwnames;
  Value dict, type = v_from_obj(v_type(self));
  int found = object_lookup_attr(t, self, N(__dict__), &dict);
  if (found < 0) return V_NULL;
  Value r = found ? tuple_pack(t, 3, type, tuple_empty, dict) : tuple_pack(t, 2, type, tuple_empty);
  v_drop(t, dict);
  return r;
}

static Value node_get_dict(Thread *t, Value self, void *closure) {
  (void)closure;
  return instance_get_dict(t, v_obj(self));
}
static int node_set_dict(Thread *t, Value self, Value dict, void *closure) {
  (void)closure;
  return instance_set_dict(t, self, dict);
}

static void node_dealloc(Thread *t, Object *o) {
  instance_clear_ext(t, o, &((Node *)o)->ext);
  heap_free_object(t, o);
}

static void node_traverse(Object *o, GcVisit visit, void *arg) { instance_traverse_ext(o, &((Node *)o)->ext, visit, arg); }
static void node_clear(Thread *t, Object *o) { instance_clear_ext(t, o, &((Node *)o)->ext); }

static const NativeDef node_methods[] = {{"__reduce__($self, /)", node_reduce, NULL, NATIVE_NO_SIGNATURE}, {0}};
static const GetSetDef node_getset[] = {{"__dict__", node_get_dict, node_set_dict, NULL, NULL}, {0}};

Type type_ast;
static const TypeSpec spec_ast = {
    .name = "ast.AST",
    .size = sizeof(Node),
    .flags = TYPE_BASETYPE | TYPE_HAS_EXT | TYPE_OPEN,
    .ext_offset = offsetof(Node, ext),
    .slots = {.new = module_empty_new, .init = node_init, .getattro = object_generic_getattr, .setattro = object_generic_setattr,
              .dealloc = node_dealloc, .traverse = node_traverse, .clear = node_clear},
    .methods = node_methods,
    .getset = node_getset,
};

// --- The other classes ----------------------------------------------------------------------------------------------------------------------

static const char *const kind_names[] = {"identifier", "int", "string", "constant", "string"};
static const char *kind_name(int kind) { return asdl_is_group(kind) ? asdl_groups[kind].name : kind_names[kind]; }

// "FunctionDef(identifier name, ..., expr? returns)"
static void write_signature(StrBuilder *b, const AsdlClass *c) {
  static const char *const marks[] = {[ASDL_ONE] = " ", [ASDL_OPTIONAL] = "? ", [ASDL_MANY] = "* "};
  strb_cstr(b, c->name);
  if (!c->fields[0].name) return;
  for (const AsdlField *f = c->fields; f->name; f++) {
    strb_cstr(b, f == c->fields ? "(" : ", ");
    strb_cstr(b, kind_name(f->kind));
    strb_cstr(b, marks[f->count]);
    strb_cstr(b, f->name);
  }
  strb_cstr(b, ")");
}

static Value class_doc(Thread *t, const AsdlClass *c) {
  StrBuilder b;
  strb_init(&b, t);
  write_signature(&b, c);
  return strb_finish(&b);
}

// "stmt = FunctionDef(...)\n     | ...", an enumeration on one line.
static Value group_doc(Thread *t, const AsdlGroup *g) {
  StrBuilder b;
  strb_init(&b, t);
  strb_cstr(&b, g->name);
  strb_cstr(&b, " = ");
  for (int i = 0; i < g->class_count; i++) {
    if (i && g->form != ASDL_ENUM) {
      strb_cstr(&b, "\n");
      strb_fill(&b, ' ', (int64_t)strlen(g->name));
    }
    if (i) strb_cstr(&b, " | ");
    write_signature(&b, &asdl_classes[g->first + i]);
  }
  return strb_finish(&b);
}

static int count_fields(const AsdlClass *c) {
  int n = 0;
  while (c && c->fields[n].name) n++;
  return n;
}

static int add_steal(Thread *t, Value dict, const char *name, Value stolen) {
  int rc = v_is_null(stolen) ? -1 : dict_set_cstr(t, v_dict(dict), name, stolen);
  v_drop(t, stolen);
  return rc;
}

// _fields, __match_args__, and None for what may be left out. number: in asdl_classes; -1: a group, which has no fields.
static int add_fields(Thread *t, Value dict, int number) {
  const AsdlClass *c = number < 0 ? NULL : &asdl_classes[number];
  int n = count_fields(c);
  Value names[ASDL_MOST_FIELDS];
  for (int i = 0; i < n; i++) {
    names[i] = ast_field_name[number][i] = str_intern_cstr(t, c->fields[i].name);
    if (v_is_null(names[i])) return -1;
  }
  Value fields = tuple_from(t, names, (size_t)n);
  int rc = v_is_null(fields) ? -1 : dict_set_cstr(t, v_dict(dict), "_fields", fields);
  if (rc == 0) rc = dict_set_cstr(t, v_dict(dict), "__match_args__", fields);
  for (int i = 0; rc == 0 && i < n; i++)
    if (c->fields[i].count == ASDL_OPTIONAL) rc = dict_set(t, v_dict(dict), names[i], V_NONE);
  v_drop(t, fields);
  return rc;
}

// Where a node ends is None unless it is said; not so of patterns.
static int add_attributes(Thread *t, Value dict, const AsdlGroup *g) {
  bool positions = g->position >= 0;
  if (add_steal(t, dict, "_attributes", tuple_from(t, ast_position_name, positions ? 4 : 0)) < 0) return -1;
  bool optional = positions && g != &asdl_groups[ASDL_pattern];
  return optional && (dict_set(t, v_dict(dict), ast_position_name[2], V_NONE) < 0 || dict_set(t, v_dict(dict), ast_position_name[3], V_NONE) < 0) ? -1 : 0;
}

// The class of asdl_classes[number] (-1: none), of a group (NULL: the class is a member of one), or of both. NULL on error.
static Type *make_class(Thread *t, const char *name, Type *base, int number, const AsdlGroup *g) {
  Value cls = V_NULL, title = str_from_cstr(t, name), bases = tuple_pack(t, 1, v_from_obj(base)), dict = dict_new(t);
  if (!v_is_null(title) && !v_is_null(bases) && !v_is_null(dict) && add_fields(t, dict, number) == 0 &&
      add_steal(t, dict, "__module__", str_from_cstr(t, "ast")) == 0 &&
      add_steal(t, dict, "__doc__", number < 0 ? group_doc(t, g) : class_doc(t, &asdl_classes[number])) == 0 &&
      (!g || add_attributes(t, dict, g) == 0))
    cls = object_call3(t, v_from_obj(&type_type), title, bases, dict);
  v_drop(t, title);
  v_drop(t, bases);
  v_drop(t, dict);
  return v_is_null(cls) ? NULL : v_as_type(cls);
}

static int make_member(Thread *t, const AsdlGroup *g, int number) {
  if (!(ast_class[number] = make_class(t, asdl_classes[number].name, ast_group_class[g - asdl_groups], number, NULL))) return -1;
  if (g->form != ASDL_ENUM) return 0;
  ast_enum_member[number] = object_call0(t, v_from_obj(ast_class[number]));
  return v_is_null(ast_enum_member[number]) ? -1 : 0;
}

static int make_group(Thread *t, int kind) {
  const AsdlGroup *g = &asdl_groups[kind];
  bool product = g->form == ASDL_PRODUCT;
  if (!(ast_group_class[kind] = make_class(t, g->name, &type_ast, product ? g->first : -1, g))) return -1;
  if (product) {
    ast_class[g->first] = ast_group_class[kind];
    return 0;
  }
  for (int i = 0; i < g->class_count; i++)
    if (make_member(t, g, g->first + i) < 0) return -1;
  return 0;
}

static int make_base(Thread *t) {
  const Value empty[] = {N(_fields), N(__match_args__), N(_attributes)};
  for (int i = 0; i < 4; i++)
    if (v_is_null(ast_position_name[i] = str_intern_cstr(t, asdl_position_names[i]))) return -1;
  if (!type_ready(t, &type_ast, &spec_ast, 0)) return -1;
  for (int i = 0; i < 3; i++)
    if (object_setattr(t, v_from_obj(&type_ast), empty[i], tuple_empty) < 0) return -1;
  return 0;
}

static a32 made;
bool ast_types_made(void) { return a32_load_acq(&made); }

int ast_types_make(Thread *t) {
  if (ast_types_made()) return 0;
  if (make_base(t) < 0) return -1;
  for (int kind = ASDL_mod; kind < ASDL_KINDS; kind++)
    if (make_group(t, kind) < 0) return -1;
  a32_store_rel(&made, 1);
  return 0;
}

int ast_types_ready(Thread *t) {
  if (ast_types_made()) return 0;
  Value name = N(_ast);
  Value m = v_is_null(name) ? V_NULL : import_module_named(t, name);
  v_drop(t, m);
  return v_is_null(m) ? -1 : 0;
}
