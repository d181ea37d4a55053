// Functions, lambdas and classes: defaults, annotations, decorators, closures.
#include "code/code.h"
#include "front/compile_internal.h"
#include "front/optimise.h"
#include "front/unparse.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"

enum { MAKE_DEFAULTS = 1, MAKE_KWDEFAULTS = 2, MAKE_ANNOTATIONS = 4, MAKE_CLOSURE = 8 };

// ---- pieces ------------------------------------------------------------------------------------------------------------------------

static bool decorators(Compiler *c, AstExprSeq decos) { return compile_exprs(c, decos); }

static bool apply_decorators(Compiler *c, AstExprSeq decos) {
  AstPos pos = c->unit->pos;
  for (uint32_t i = decos.size; i-- > 0;) {
    set_pos(c, decos.items[i]->pos);
    TRY(emit_call(c, 0));
  }
  set_pos(c, pos);
  return true;
}

static bool kw_defaults(Compiler *c, const AstArguments *args, int *flags) {
  AstName **names = arena_alloc(c->arena, (args->kwonlyargs.size + 1) * sizeof *names);
  uint32_t n = 0;
  if (!names) return compile_no_memory(c);
  for (uint32_t i = 0; i < args->kwonlyargs.size; i++) {
    if (!args->kw_defaults.items[i]) continue;
    TRY(names[n++] = mangle(c, args->kwonlyargs.items[i]->arg));
    TRY(compile_expr(c, args->kw_defaults.items[i]));
  }
  if (!n) return true;
  *flags |= MAKE_KWDEFAULTS;
  return emit_const(c, compile_name_tuple(c, names, n)) && emit_arg(c, OP_BUILD_CONST_KEY_MAP, (int)n);
}

static bool defaults(Compiler *c, const AstArguments *args, int *flags) {
  if (args->defaults.size) {
    *flags |= MAKE_DEFAULTS;
    TRY(compile_exprs(c, args->defaults) && emit_arg(c, OP_BUILD_TUPLE, (int)args->defaults.size));
  }
  return !args->kwonlyargs.size || kw_defaults(c, args, flags);
}

bool compile_annotation(Compiler *c, const AstExpr *annotation) {
  if (!(c->flags & CO_FUTURE_ANNOTATIONS)) return compile_expr(c, annotation);
  Value text = unparse_expr(c->t, annotation);
  if (v_is_null(text)) return compile_no_memory(c);
  return emit_const(c, const_pool_add(&c->pool, text));
}

static bool parameter_annotation(Compiler *c, AstName *name, const AstExpr *annotation, int *count) {
  if (!annotation) return true;
  AstName *mangled = mangle(c, name);
  TRY(mangled && emit_const_name(c, mangled));
  *count += 2;
  if (!(c->flags & CO_FUTURE_ANNOTATIONS) && annotation->kind == AST_Starred)   // *args: *Ts
    return compile_expr(c, annotation->u.Starred.value) && emit_arg(c, OP_UNPACK_SEQUENCE, 1);
  return compile_annotation(c, annotation);
}

static bool parameter_annotations(Compiler *c, AstArgSeq args, int *count) {
  for (uint32_t i = 0; i < args.size; i++) TRY(parameter_annotation(c, args.items[i]->arg, args.items[i]->annotation, count));
  return true;
}

static bool annotations(Compiler *c, const AstArguments *args, const AstExpr *returns, int *flags) {
  int count = 0;
  TRY(parameter_annotations(c, args->args, &count) && parameter_annotations(c, args->posonlyargs, &count));
  if (args->vararg) TRY(parameter_annotation(c, args->vararg->arg, args->vararg->annotation, &count));
  TRY(parameter_annotations(c, args->kwonlyargs, &count));
  if (args->kwarg) TRY(parameter_annotation(c, args->kwarg->arg, args->kwarg->annotation, &count));
  if (returns) {
    AstName *name = known_name(c, "return");
    TRY(name && parameter_annotation(c, name, returns, &count));
  }
  if (!count) return true;
  *flags |= MAKE_ANNOTATIONS;
  return emit_arg(c, OP_BUILD_TUPLE, count);
}

static bool check_parameters(Compiler *c, const AstArguments *args) {
  const AstArgSeq *lists[] = {&args->posonlyargs, &args->args, &args->kwonlyargs};
  for (int k = 0; k < 2; k++)
    for (uint32_t i = 0; i < lists[k]->size; i++) TRY(check_name(c, lists[k]->items[i]->arg, AST_Store));
  if (args->vararg) TRY(check_name(c, args->vararg->arg, AST_Store));
  for (uint32_t i = 0; i < lists[2]->size; i++) TRY(check_name(c, lists[2]->items[i]->arg, AST_Store));
  return !args->kwarg || check_name(c, args->kwarg->arg, AST_Store);
}

bool compile_make_closure(Compiler *c, Value stolen_code, int flags) {
  if (v_is_null(stolen_code)) return false;
  const Code *code = v_code(stolen_code);
  Unit *u = c->unit;
  int first_free = code->nlocalsplus - code->nfreevars;
  bool fine = true;
  for (int i = first_free; i < code->nlocalsplus && fine; i++) {
    size_t len;
    Value name_value = v_tuple(code->localsplusnames)->items[i];
    const char *text = str_utf8(c->t, name_value, &len);
    AstName *name = text ? arena_intern(c->arena, text, len) : NULL;
    if (!name) {
      fine = compile_no_memory(c);
      break;
    }
    // A class's own __class__, and whatever a method needs that is a cell here; a name that is local to the class and free as well is free.
    bool is_cell = symbol_scope(scope_symbol(u->scope, name)) == SCOPE_CELL || (u->kind == UNIT_CLASS && name == c->known.class_);
    const NameMap *map = is_cell ? &u->cellvars : &u->freevars;
    fine = emit_arg(c, OP_LOAD_CLOSURE, (int)map->values[name_map_find(map, name)]);
  }
  if (fine && code->nfreevars) {
    flags |= MAKE_CLOSURE;
    fine = emit_arg(c, OP_BUILD_TUPLE, code->nfreevars);
  }
  int number = const_pool_add(&c->pool, stolen_code);
  return fine && emit_const(c, number) && emit_arg(c, OP_MAKE_FUNCTION, flags);
}

static void count_arguments(Unit *u, const AstArguments *args) {
  u->posonlyargcount = (int)args->posonlyargs.size;
  u->argcount = (int)(args->posonlyargs.size + args->args.size);
  u->kwonlyargcount = (int)args->kwonlyargs.size;
}

// ---- functions ---------------------------------------------------------------------------------------------------------------------

bool compile_function(Compiler *c, const AstStmt *s) {
  const struct AstFunctionDef *f = &s->u.FunctionDef;
  TRY(check_parameters(c, f->args));
  TRY(decorators(c, f->decorator_list));
  int firstlineno = f->decorator_list.size ? f->decorator_list.items[0]->pos.lineno : s->pos.lineno, flags = 0;
  TRY(defaults(c, f->args, &flags));
  TRY(annotations(c, f->args, f->returns, &flags));
  TRY(unit_enter(c, f->name, s->kind == AST_AsyncFunctionDef ? UNIT_ASYNC_FUNCTION : UNIT_FUNCTION, s, firstlineno));
  const AstExpr *docstring = c->options.optimize < 2 ? ast_docstring(f->body) : NULL;
  TRY(const_index(c, docstring ? compile_literal(c, docstring) : const_pool_add(&c->pool, V_NONE)) >= 0);
  count_arguments(c->unit, f->args);
  AstStmtSeq body = f->body;
  if (docstring) body.items++, body.size--;
  TRY(compile_stmts(c, body));
  Value code = unit_assemble(c, true);
  unit_leave(c);
  TRY(compile_make_closure(c, code, flags));
  return apply_decorators(c, f->decorator_list) && load_store_name(c, f->name, AST_Store);
}

bool compile_lambda(Compiler *c, const AstExpr *e) {
  const AstArguments *args = e->u.Lambda.args;
  int flags = 0;
  TRY(check_parameters(c, args));
  TRY(defaults(c, args, &flags));
  AstName *name = known_name(c, "<lambda>");
  TRY(name && unit_enter(c, name, UNIT_LAMBDA, e, e->pos.lineno));
  TRY(const_index(c, const_pool_add(&c->pool, V_NONE)) >= 0);   // where a docstring would stand
  count_arguments(c->unit, args);
  TRY(compile_expr(c, e->u.Lambda.body));
  bool is_generator = c->unit->scope->generator;
  if (!is_generator) TRY(emit(c, OP_RETURN_VALUE));
  Value code = unit_assemble(c, !is_generator);
  unit_leave(c);
  return compile_make_closure(c, code, flags);
}

// ---- classes -----------------------------------------------------------------------------------------------------------------------

static bool class_unit(Compiler *c, const AstStmt *s, Value *code) {
  Unit *u = c->unit;
  u->private_class = s->u.ClassDef.name;
  TRY(load_store_name(c, c->known.name, AST_Load) && load_store_name(c, c->known.module, AST_Store));
  TRY(emit_const_name(c, u->qualname) && load_store_name(c, c->known.qualname, AST_Store));
  TRY(compile_body(c, s->u.ClassDef.body));
  unset_pos(c);
  if (u->scope->needs_class_closure) {
    TRY(emit_arg(c, OP_LOAD_CLOSURE, 0) && emit_arg(c, OP_COPY, 1) && load_store_name(c, c->known.classcell, AST_Store));
  } else {
    TRY(emit_none(c));
  }
  TRY(emit(c, OP_RETURN_VALUE));
  *code = unit_assemble(c, true);
  return !v_is_null(*code);
}

bool compile_class(Compiler *c, const AstStmt *s) {
  AstExprSeq decos = s->u.ClassDef.decorator_list;
  TRY(decorators(c, decos));
  int firstlineno = decos.size ? decos.items[0]->pos.lineno : s->pos.lineno;
  TRY(unit_enter(c, s->u.ClassDef.name, UNIT_CLASS, s, firstlineno));
  Value code = V_NULL;
  TRY(class_unit(c, s, &code));
  unit_leave(c);
  if (!emit(c, OP_PUSH_NULL) || !emit(c, OP_LOAD_BUILD_CLASS)) {
    v_drop(c->t, code);
    return false;
  }
  TRY(compile_make_closure(c, code, 0));
  TRY(emit_const_name(c, s->u.ClassDef.name));
  TRY(compile_call_args(c, 2, s->u.ClassDef.bases, s->u.ClassDef.keywords));
  return apply_decorators(c, decos) && load_store_name(c, s->u.ClassDef.name, AST_Store);
}
