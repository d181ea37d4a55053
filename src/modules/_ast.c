// _ast: the classes of abstract syntax trees, and what compile() does with trees.
#include "front/compile_source.h"
#include "modules/ast_types.h"
#include "objects/error.h"
#include "objects/list.h"
#include "objects/module.h"
#include "objects/object.h"
#include "system/sys_state.h"

Value ast_parse(Thread *t, const char *src, size_t n, Value filename, FrontMode mode, int flags, int feature_version) {
  Arena *arena = arena_new();
  if (!arena) return raise_no_memory(t);
  const AstMod *mod = compile_parse(t, arena, src, n, filename, mode, flags, feature_version);
  Value tree = mod ? ast_export(t, mod) : V_NULL;
  arena_free(arena);
  return tree;
}

int ast_is_node(Thread *t, Value v) { return ast_types_made() ? object_isinstance(t, v, v_from_obj(&type_ast)) : 0; }

Value ast_compile(Thread *t, Value root, Value filename, FrontMode mode, int flags, int optimize) {
  static const AstModKind kinds[] = {[FRONT_EXEC] = AST_Module, [FRONT_EVAL] = AST_Expression, [FRONT_SINGLE] = AST_Interactive};
  if (sys_audit_args(t, "compile", (Value[]){root, V_NONE}, 2) < 0) return V_NULL;
  Value keep = list_new(t, 0), code = V_NULL;
  if (v_is_null(keep)) return V_NULL;
  Arena *arena = arena_new();
  AstMod *mod = arena ? ast_import(t, arena, root, kinds[mode], keep) : NULL;
  if (!arena) raise_no_memory(t);
  if (mod && ast_validate(t, mod) == 0) code = compile_tree(t, arena, mod, filename, flags, optimize);
  arena_free(arena);
  v_drop(t, keep);
  return code;
}

static int ast_exec(Thread *t, Value m) {
  if (ast_types_make(t) < 0 || module_add(t, m, "AST", v_own_obj(t, &type_ast)) < 0) return -1;
  for (int i = 0; i < ASDL_CLASS_COUNT; i++)
    if (module_add(t, m, asdl_classes[i].name, v_own_obj(t, ast_class[i])) < 0) return -1;
  for (int kind = ASDL_mod; kind < ASDL_KINDS; kind++)
    if (module_add(t, m, asdl_groups[kind].name, v_own_obj(t, ast_group_class[kind])) < 0) return -1;
  return module_add_int(t, m, "PyCF_ALLOW_TOP_LEVEL_AWAIT", COMPILE_ALLOW_TOP_LEVEL_AWAIT) < 0 ||
                 module_add_int(t, m, "PyCF_ONLY_AST", COMPILE_ONLY_AST) < 0 || module_add_int(t, m, "PyCF_TYPE_COMMENTS", COMPILE_TYPE_COMMENTS) < 0
             ? -1
             : 0;
}

const ModuleDef module__ast = {.name = "_ast", .exec = ast_exec};
