// Arena trees as node objects: what compile(..., PyCF_ONLY_AST) answers.
#include "modules/ast_types.h"

#include "front/const_pool.h"
#include "front/front_depth.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/instance.h"
#include "objects/list.h"
#include "objects/object.h"
#include "objects/str.h"

typedef struct Exporter {
  Thread *t;
  FrontDepth depth;
} Exporter;

static Value export_node(Exporter *x, int kind, const void *node);

static Value export_text(Thread *t, const char *text, size_t n) { return str_from_utf8_surrogatepass(t, text, n); }

static Value export_name(Thread *t, const AstName *name) {
  Value v = name ? export_text(t, name->utf8, name->len) : V_NONE;
  return !v_is_null(v) && name ? str_intern(t, v) : v;
}

static Value export_enum(Thread *t, int kind, int number) { return v_own(t, ast_enum_member[asdl_groups[kind].first + number - 1]); }

// Items as ast.h keeps them: pointers to nodes or names, or the numbers of an enumeration.
static Value export_many(Exporter *x, const AsdlField *f, const AstAnySeq *seq) {
  Value list = list_new(x->t, seq->size);
  for (uint32_t i = 0; !v_is_null(list) && i < seq->size; i++) {
    Value item = f->kind == ASDL_identifier ? export_name(x->t, seq->items[i])
               : asdl_groups[f->kind].form == ASDL_ENUM ? export_enum(x->t, f->kind, ((const int *)(const void *)seq->items)[i])
               : export_node(x, f->kind, seq->items[i]);
    if (v_is_null(item) || list_append_steal(x->t, v_list(list), item) < 0) {
      v_drop(x->t, list);
      return V_NULL;
    }
  }
  return list;
}

static Value export_field(Exporter *x, const AsdlField *f, const void *node) {
  Thread *t = x->t;
  const void *at = (const char *)node + f->offset;
  if (f->count == ASDL_MANY) return export_many(x, f, at);
  switch (f->kind) {
    case ASDL_identifier: return export_name(t, *(AstName *const *)at);
    case ASDL_int: return v_from_smi(*(const int *)at);
    case ASDL_string: {
      const char *text = *(const char *const *)at;
      return text ? export_text(t, text, strlen(text)) : V_NONE;
    }
    case ASDL_constant: return const_literal_value(t, at);
    case ASDL_u_kind: return *(const bool *)at ? str_from_ascii(t, "u", 1) : V_NONE;
    default: return asdl_groups[f->kind].form == ASDL_ENUM ? export_enum(t, f->kind, *(const int *)at) : export_node(x, f->kind, *(const void *const *)at);
  }
}

static int export_position(Thread *t, Dict *dict, const AstPos *pos) {
  const int numbers[] = {pos->lineno, pos->col_offset, pos->end_lineno, pos->end_col_offset};
  for (int i = 0; i < 4; i++)
    if (dict_set(t, dict, ast_position_name[i], v_from_smi(numbers[i])) < 0) return -1;
  return 0;
}

static int fill(Exporter *x, Value object, const AsdlGroup *g, int number, const void *node) {
  Thread *t = x->t;
  Value dict = instance_get_dict(t, v_obj(object));
  if (v_is_null(dict)) return -1;
  int rc = 0;
  const AsdlField *fields = asdl_classes[number].fields;
  for (int i = 0; rc == 0 && fields[i].name; i++) {
    Value v = export_field(x, &fields[i], node);
    rc = v_is_null(v) ? -1 : dict_set_steal(t, v_dict(dict), ast_field_name[number][i], v);
  }
  if (rc == 0 && g->position >= 0) rc = export_position(t, v_dict(dict), (const void *)((const char *)node + g->position));
  v_drop(t, dict);
  return rc;
}

static Value export_node(Exporter *x, int kind, const void *node) {
  Thread *t = x->t;
  if (!node) return V_NONE;
  if (!front_depth_enter(&x->depth)) return raise_error(t, &exc_RecursionError, "maximum recursion depth exceeded during ast construction");
  const AsdlGroup *g = &asdl_groups[kind];
  int number = g->first + (g->form == ASDL_SUM ? *(const int *)node - 1 : 0);
  Value object = safepoint(t) < 0 ? V_NULL : ast_class[number]->slots.alloc(t, ast_class[number], 0);
  if (!v_is_null(object) && fill(x, object, g, number, node) < 0) v_clear(t, &object);
  front_depth_leave(&x->depth);
  return object;
}

Value ast_export(Thread *t, const AstMod *mod) {
  Exporter x = {t, compile_depth(t)};
  return ast_types_ready(t) < 0 ? V_NULL : export_node(&x, ASDL_mod, mod);
}
