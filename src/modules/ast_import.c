// Node objects as arena trees: what compile() does first with a tree that a program gives it.
#include "modules/ast_types.h"

#include <stdio.h>

#include "objects/bytes.h"
#include "objects/codecs.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/object.h"
#include "objects/str.h"

typedef struct Importer {
  Thread *t;
  Arena *arena;
  Value keep;   // list, borrowed
} Importer;

// All return 0, or -1 with an exception.
static int import_node(Importer *m, int kind, Value object, void **out);

static int no_memory(Importer *m) { return raise_no_memory(m->t), -1; }

// --- Leaves ---------------------------------------------------------------------------------------------------------------------------------

// The text of a str or bytes in the arena; NULL: an exception is set.
static const char *arena_text(Importer *m, Value v, size_t *n) {
  Value data = v_is_bytes(v) ? v_own(m->t, v) : str_encode(m->t, v, NULL, "surrogatepass");
  if (v_is_null(data)) return NULL;
  *n = (size_t)v_bytes(data)->length;
  const char *copy = arena_copy(m->arena, v_bytes(data)->data, *n);
  v_drop(m->t, data);
  if (!copy) no_memory(m);
  return copy;
}

static int import_identifier(Importer *m, Value v, AstName **out) {
  *out = NULL;
  if (v_is_none(v)) return 0;
  if (!v_is_str_exact(v)) return raise_type_error(m->t, "AST identifier must be of type str"), -1;
  size_t n;
  const char *text = arena_text(m, v, &n);
  if (!text) return -1;
  *out = arena_intern(m->arena, text, n);
  return *out ? 0 : no_memory(m);
}

static int import_int(Importer *m, Value v, int *out) {
  if (!v_is_int(v)) return raise_value_error(m->t, "invalid integer value: %R", v), -1;
  *out = number_as_int(m->t, v);
  return *out == -1 && error_pending(m->t) ? -1 : 0;
}

static int check_string(Importer *m, Value v) {
  if (v_is_none(v) || v_is_str_exact(v) || v_is_exact(v, SHAPE_BYTES)) return 0;
  return raise_type_error(m->t, "AST string must be of type str"), -1;
}

static int import_string(Importer *m, Value v, const char **out) {
  size_t n;
  *out = NULL;
  if (check_string(m, v) < 0) return -1;
  return v_is_none(v) || (*out = arena_text(m, v, &n)) ? 0 : -1;
}

static int import_constant(Importer *m, Value v, AstConst *out) {
  *out = (AstConst){.kind = v_is_none(v) ? AST_CONST_NONE : v_is(v, V_TRUE) ? AST_CONST_TRUE : v_is(v, V_FALSE) ? AST_CONST_FALSE
                          : v_is(v, V_ELLIPSIS) ? AST_CONST_ELLIPSIS : AST_CONST_EXTERNAL};
  if (out->kind != AST_CONST_EXTERNAL) return 0;
  Value owned = v_own(m->t, v);
  out->external = (void *)(uintptr_t)owned.w;
  return list_append_steal(m->t, v_list(m->keep), owned);
}

// --- Fields ---------------------------------------------------------------------------------------------------------------------------------

// Which of a group's classes the object is of: 0, 1...; -1 with TypeError.
static int class_of(Importer *m, const AsdlGroup *g, Value object) {
  for (int i = 0; i < g->class_count; i++)
    if (v_type(object) == ast_class[g->first + i]) return i;
  for (int i = 0; i < g->class_count; i++) {
    int is = object_isinstance(m->t, object, v_from_obj(ast_class[g->first + i]));
    if (is) return is < 0 ? -1 : i;
  }
  raise_type_error(m->t, "expected some sort of %s, but got %R", g->name, object);
  return -1;
}

static int missing(Importer *m, const char *field, const char *owner) {
  return raise_type_error(m->t, "required field \"%s\" missing from %s", field, owner), -1;
}

// Pair with recursion_leave.
static int enter(Importer *m, const char *owner) {
  char where[64];
  snprintf(where, sizeof where, " while traversing '%s' node", owner);
  return recursion_enter(m->t, where);
}

static int import_nested(Importer *m, const char *owner, int kind, Value object, void **out) {
  if (enter(m, owner) < 0) return -1;
  int rc = import_node(m, kind, object, out);
  recursion_leave(m->t);
  return rc;
}

static int import_enum(Importer *m, int kind, Value v, int *out) {
  *out = class_of(m, &asdl_groups[kind], v) + 1;
  return *out ? 0 : -1;
}

// None in a list of statements or expressions is for ast_validate to judge, and allowed in some.
static int import_item(Importer *m, const char *owner, int kind, Value item, AstAnySeq *seq, uint32_t i) {
  if (v_is_none(item) && (kind == ASDL_identifier || kind == ASDL_pattern || kind == ASDL_excepthandler || kind == ASDL_type_ignore)) {
    raise_value_error(m->t, "None disallowed in %s list", asdl_is_group(kind) ? asdl_groups[kind].name : "identifier");
    return -1;
  }
  if (kind == ASDL_identifier) return import_identifier(m, item, (AstName **)&seq->items[i]);
  if (asdl_groups[kind].form == ASDL_ENUM) return import_enum(m, kind, item, &((int *)(void *)seq->items)[i]);
  return import_nested(m, owner, kind, item, &seq->items[i]);
}

static int import_many(Importer *m, const char *owner, const AsdlField *f, Value list, AstAnySeq *seq) {
  Thread *t = m->t;
  if (!v_is_list(list)) return raise_type_error(t, "%s field \"%s\" must be a list, not a %.200T", owner, f->name, list), -1;
  int64_t n = list_length(v_list(list));
  if (!ast_seq_new(m->arena, seq, (size_t)n)) return no_memory(m);
  for (int64_t i = 0; i < n; i++) {
    Value item = list_get(t, v_list(list), i);
    int rc = v_is_null(item) ? 0 : import_item(m, owner, f->kind, item, seq, (uint32_t)i);
    v_drop(t, item);
    if (rc < 0) return -1;
    if (list_length(v_list(list)) != n) {
      raise_error(t, &exc_RuntimeError, "%s field \"%s\" changed size during iteration", owner, f->name);
      return -1;
    }
  }
  return 0;
}

static int import_value(Importer *m, const char *owner, const AsdlField *f, Value v, void *at) {
  if (f->count == ASDL_MANY) return import_many(m, owner, f, v, at);
  if (f->count == ASDL_OPTIONAL && v_is_none(v)) return 0;
  switch (f->kind) {
    case ASDL_identifier: return import_identifier(m, v, at);
    case ASDL_int: return import_int(m, v, at);
    case ASDL_string: return import_string(m, v, at);
    case ASDL_constant: return import_constant(m, v, at);
    case ASDL_u_kind:
      *(bool *)at = v_is_str(v) && str_equals_cstr(v, "u");
      return check_string(m, v);
    default: return asdl_groups[f->kind].form == ASDL_ENUM ? import_enum(m, f->kind, v, at) : import_nested(m, owner, f->kind, v, at);
  }
}

// A field that may not be None is not.
static bool is_given(const AsdlField *f, const void *at) {
  if (f->count != ASDL_ONE || f->kind == ASDL_int || f->kind == ASDL_constant) return true;
  return (asdl_is_group(f->kind) && asdl_groups[f->kind].form == ASDL_ENUM) || *(void *const *)at != NULL;
}

static int import_fields(Importer *m, int number, Value object, void *node) {
  const AsdlClass *c = &asdl_classes[number];
  for (int i = 0; c->fields[i].name; i++) {
    const AsdlField *f = &c->fields[i];
    Value v;
    int found = object_lookup_attr(m->t, object, ast_field_name[number][i], &v);
    if (found < 0) return -1;
    if (!found) {
      if (f->count == ASDL_OPTIONAL) continue;
      return missing(m, f->name, c->name);
    }
    int rc = import_value(m, c->name, f, v, (char *)node + f->offset);
    v_drop(m->t, v);
    if (rc < 0) return -1;
  }
  for (const AsdlField *f = c->fields; f->name; f++) {
    if (is_given(f, (char *)node + f->offset)) continue;
    raise_value_error(m->t, "field '%s' is required for %s", f->name, c->name);
    return -1;
  }
  return 0;
}

// The end of a node that does not say where it ends is where it begins; patterns have to say it.
static int import_position(Importer *m, const AsdlGroup *g, Value object, AstPos *pos) {
  const char *owner = g->name;
  int needed = g == &asdl_groups[ASDL_pattern] ? 4 : 2;
  if (enter(m, owner) < 0) return -1;
  recursion_leave(m->t);
  int *const numbers[] = {&pos->lineno, &pos->col_offset, &pos->end_lineno, &pos->end_col_offset};
  for (int i = 0; i < 4; i++) {
    Value v;
    int found = object_lookup_attr(m->t, object, ast_position_name[i], &v);
    if (found < 0) return -1;
    bool absent = !found || (i >= needed && v_is_none(v));
    if (!found && i < needed) return missing(m, asdl_position_names[i], owner);
    if (absent) *numbers[i] = *numbers[i - 2];
    int rc = absent ? 0 : import_int(m, v, numbers[i]);
    v_drop(m->t, v);
    if (rc < 0) return -1;
  }
  return 0;
}

// Sums look at the position before they look what the node is, products at the end.
static int import_node(Importer *m, int kind, Value object, void **out) {
  const AsdlGroup *g = &asdl_groups[kind];
  *out = NULL;
  bool product = g->form == ASDL_PRODUCT;
  if (v_is_none(object) && !product) return 0;
  char *node = arena_alloc(m->arena, g->size);
  if (!node) return no_memory(m);
  AstPos *pos = g->position < 0 ? NULL : (AstPos *)(void *)(node + g->position);
  if (!product && pos && import_position(m, g, object, pos) < 0) return -1;
  int which = product ? 0 : class_of(m, g, object);
  if (which < 0) return -1;
  if (g->form == ASDL_SUM) *(int *)(void *)node = which + 1;
  if (import_fields(m, g->first + which, object, node) < 0) return -1;
  if (product && pos && import_position(m, g, object, pos) < 0) return -1;
  *out = node;
  return 0;
}

AstMod *ast_import(Thread *t, Arena *arena, Value root, AstModKind kind, Value keep) {
  Importer m = {t, arena, keep};
  Value expected = v_from_obj(ast_class[asdl_groups[ASDL_mod].first + kind - 1]);
  int is = object_isinstance(t, root, expected);
  if (is == 0) raise_type_error(t, "expected %s node, got %.400S", asdl_classes[asdl_groups[ASDL_mod].first + kind - 1].name, ast_short_name(v_type(root)));
  void *mod = NULL;
  return is > 0 && import_node(&m, ASDL_mod, root, &mod) == 0 ? mod : NULL;
}
