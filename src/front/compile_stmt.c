// Statements: control flow, assignment, imports.
#include "front/compile_internal.h"
#include "front/optimise.h"
#include "objects/tuple.h"

// ---- loops and branches ------------------------------------------------------------------------------------------------------------

static bool compile_if(Compiler *c, const AstStmt *s) {
  FlowBlock *end = new_block(c), *next = end;
  TRY(end);
  if (s->u.If.orelse.size) TRY(next = new_block(c));
  TRY(compile_jump_if(c, s->u.If.test, next, false));
  TRY(compile_stmts(c, s->u.If.body));
  if (s->u.If.orelse.size) {
    TRY(emit_jump_noline(c, FLOW_JUMP, end));
    use_block(c, next);
    TRY(compile_stmts(c, s->u.If.orelse));
  }
  use_block(c, end);
  return true;
}

static bool compile_for(Compiler *c, const AstStmt *s) {
  FlowBlock *start = new_block(c), *body = new_block(c), *cleanup = new_block(c), *end = new_block(c);
  TRY(start && body && cleanup && end);
  TRY(block_push(c, (FrameBlock){.kind = BLOCK_FOR, .start = start, .exit = end}));
  TRY(compile_expr(c, s->u.For.iter) && emit(c, OP_GET_ITER));
  use_block(c, start);
  TRY(emit_jump(c, OP_FOR_ITER, cleanup));
  use_block(c, body);
  TRY(compile_expr(c, s->u.For.target));
  TRY(compile_stmts(c, s->u.For.body));
  unset_pos(c);
  TRY(emit_jump(c, FLOW_JUMP, start));
  use_block(c, cleanup);
  block_pop(c);
  TRY(compile_stmts(c, s->u.For.orelse));
  use_block(c, end);
  return true;
}

static bool compile_async_for(Compiler *c, const AstStmt *s) {
  TRY(compile_check_async(c, "async for"));
  FlowBlock *start = new_block(c), *except = new_block(c), *end = new_block(c);
  TRY(start && except && end);
  TRY(compile_expr(c, s->u.For.iter) && emit(c, OP_GET_AITER));
  use_block(c, start);
  TRY(block_push(c, (FrameBlock){.kind = BLOCK_FOR, .start = start, .exit = end}));
  TRY(emit_jump(c, FLOW_SETUP_FINALLY, except));
  TRY(emit(c, OP_GET_ANEXT) && emit_none(c) && emit_yield_from(c, true) && emit(c, FLOW_POP_BLOCK));
  TRY(compile_expr(c, s->u.For.target));
  TRY(compile_stmts(c, s->u.For.body));
  unset_pos(c);
  TRY(emit_jump(c, FLOW_JUMP, start));
  block_pop(c);
  use_block(c, except);
  set_pos(c, s->u.For.iter->pos);   // a normal end counts as the `for`, not as its body
  TRY(emit(c, OP_END_ASYNC_FOR));
  TRY(compile_stmts(c, s->u.For.orelse));
  use_block(c, end);
  return true;
}

static bool compile_while(Compiler *c, const AstStmt *s) {
  FlowBlock *loop = new_block(c), *body = new_block(c), *anchor = new_block(c), *end = new_block(c);
  TRY(loop && body && anchor && end);
  use_block(c, loop);
  TRY(block_push(c, (FrameBlock){.kind = BLOCK_WHILE, .start = loop, .exit = end}));
  TRY(compile_jump_if(c, s->u.While.test, anchor, false));
  use_block(c, body);
  TRY(compile_stmts(c, s->u.While.body));
  set_pos(c, s->pos);
  TRY(compile_jump_if(c, s->u.While.test, body, true));
  block_pop(c);
  use_block(c, anchor);
  TRY(compile_stmts(c, s->u.While.orelse));
  use_block(c, end);
  return true;
}

// ---- leaving -----------------------------------------------------------------------------------------------------------------------

static bool compile_return(Compiler *c, const AstStmt *s) {
  const AstExpr *value = s->u.Return.value;
  bool keeps_value = value && value->kind != AST_Constant;
  if (c->unit->scope->kind != SCOPE_KIND_FUNCTION) return compile_fail(c, "'return' outside function");
  if (value && c->unit->scope->coroutine && c->unit->scope->generator) return compile_fail(c, "'return' with value in async generator");
  if (keeps_value) {
    TRY(compile_expr(c, value));
  } else if (value) {
    set_pos(c, value->pos);
    TRY(emit(c, OP_NOP));
  }
  if (!value || value->pos.lineno != s->pos.lineno) {
    set_pos(c, s->pos);
    TRY(emit(c, OP_NOP));
  }
  TRY(compile_unwind(c, keeps_value, NULL));
  if (!value) TRY(emit_none(c));
  else if (!keeps_value) TRY(emit_const(c, compile_literal(c, value)));
  return emit(c, OP_RETURN_VALUE);
}

static bool compile_break(Compiler *c) {
  AstPos pos = c->unit->pos;
  FrameBlock *loop = NULL;
  TRY(emit(c, OP_NOP));
  TRY(compile_unwind(c, false, &loop));
  if (!loop) {
    set_pos(c, pos);
    return compile_fail(c, "'break' outside loop");
  }
  TRY(compile_unwind_block(c, loop, false));
  return emit_jump(c, FLOW_JUMP, loop->exit);
}

static bool compile_continue(Compiler *c) {
  AstPos pos = c->unit->pos;
  FrameBlock *loop = NULL;
  TRY(emit(c, OP_NOP));
  TRY(compile_unwind(c, false, &loop));
  if (!loop) {
    set_pos(c, pos);
    return compile_fail(c, "'continue' not properly in loop");
  }
  return emit_jump(c, FLOW_JUMP, loop->start);
}

static bool compile_raise(Compiler *c, const AstStmt *s) {
  int n = 0;
  if (s->u.Raise.exc) {
    TRY(compile_expr(c, s->u.Raise.exc));
    n++;
    if (s->u.Raise.cause) {
      TRY(compile_expr(c, s->u.Raise.cause));
      n++;
    }
  }
  return emit_arg(c, OP_RAISE_VARARGS, n);
}

static bool compile_assert(Compiler *c, const AstStmt *s) {
  const AstExpr *test = s->u.Assert.test;
  if ((test->kind == AST_Tuple && test->u.Tuple.elts.size) ||
      (test->kind == AST_Constant && const_is_tuple(&test->u.Constant.value) && v_tuple(const_external(&test->u.Constant.value))->length))
    TRY(compile_warn(c, "assertion is always true, perhaps remove parentheses?"));
  if (c->options.optimize) return true;
  FlowBlock *end = new_block(c);
  TRY(end);
  TRY(compile_jump_if(c, test, end, true));
  TRY(emit(c, OP_LOAD_ASSERTION_ERROR));
  if (s->u.Assert.msg) TRY(compile_expr(c, s->u.Assert.msg) && emit_call(c, 0));
  TRY(emit_arg(c, OP_RAISE_VARARGS, 1));
  use_block(c, end);
  return true;
}

// ---- imports -----------------------------------------------------------------------------------------------------------------------

static AstName *name_part(Compiler *c, const AstName *name, size_t begin, size_t end) {
  AstName *part = arena_intern(c->arena, name->utf8 + begin, end - begin);
  if (!part) compile_no_memory(c);
  return part;
}

static size_t find_dot(const AstName *name, size_t from) {
  const char *dot = memchr(name->utf8 + from, '.', name->len - from);
  return dot ? (size_t)(dot - name->utf8) : name->len;
}

// import a.b.c as d: walks from a to c.
static bool import_as(Compiler *c, const AstName *name, AstName *asname) {
  size_t dot = find_dot(name, 0);
  if (dot == name->len) return load_store_name(c, asname, AST_Store);
  for (;;) {
    size_t begin = dot + 1;
    dot = find_dot(name, begin);
    AstName *part = name_part(c, name, begin, dot);
    int index = part ? name_map_add(c->arena, &c->unit->names, part, 0) : -1;
    if (index < 0) return compile_no_memory(c);
    TRY(emit_arg(c, OP_IMPORT_FROM, index));
    if (dot == name->len) break;
    TRY(emit_arg(c, OP_SWAP, 2) && emit(c, OP_POP_TOP));
  }
  return load_store_name(c, asname, AST_Store) && emit(c, OP_POP_TOP);
}

static bool compile_import(Compiler *c, const AstStmt *s) {
  for (uint32_t i = 0; i < s->u.Import.names.size; i++) {
    const AstAlias *alias = s->u.Import.names.items[i];
    TRY(emit_const(c, const_pool_add_int(&c->pool, 0)) && emit_none(c) && emit_name(c, OP_IMPORT_NAME, alias->name));
    if (alias->asname) {
      TRY(import_as(c, alias->name, alias->asname));
    } else {
      size_t dot = find_dot(alias->name, 0);
      AstName *first = dot == alias->name->len ? alias->name : name_part(c, alias->name, 0, dot);
      TRY(first && load_store_name(c, first, AST_Store));
    }
  }
  return true;
}

static bool compile_import_from(Compiler *c, const AstStmt *s) {
  AstAliasSeq names = s->u.ImportFrom.names;
  AstName *module = s->u.ImportFrom.module;
  AstName **wanted = arena_alloc(c->arena, (names.size + 1) * sizeof *wanted);
  if (!wanted) return compile_no_memory(c);
  for (uint32_t i = 0; i < names.size; i++) wanted[i] = names.items[i]->name;
  TRY(emit_const(c, const_pool_add_int(&c->pool, s->u.ImportFrom.level)));
  if (s->pos.lineno > c->future.lineno && module && !strcmp(module->utf8, "__future__"))
    return compile_fail(c, "from __future__ imports must occur at the beginning of the file");
  TRY(emit_const(c, compile_name_tuple(c, wanted, names.size)));
  TRY(emit_name(c, OP_IMPORT_NAME, module ? module : c->known.empty));
  for (uint32_t i = 0; i < names.size; i++) {
    const AstAlias *alias = names.items[i];
    if (i == 0 && alias->name == c->known.star) return emit(c, OP_IMPORT_STAR);
    TRY(emit_name(c, OP_IMPORT_FROM, alias->name));
    TRY(load_store_name(c, alias->asname ? alias->asname : alias->name, AST_Store));
  }
  return emit(c, OP_POP_TOP);
}

// ---- assignment --------------------------------------------------------------------------------------------------------------------

static bool compile_assign(Compiler *c, const AstStmt *s) {
  AstExprSeq targets = s->u.Assign.targets;
  TRY(compile_expr(c, s->u.Assign.value));
  for (uint32_t i = 0; i < targets.size; i++) {
    if (i + 1 < targets.size) TRY(emit_arg(c, OP_COPY, 1));
    TRY(compile_expr(c, targets.items[i]));
  }
  return true;
}

static bool evaluate_and_drop(Compiler *c, const AstExpr *e) { return compile_expr(c, e) && emit(c, OP_POP_TOP); }

static bool drop_annotated_key(Compiler *c, const AstExpr *key) {
  if (key->kind == AST_Slice) {
    const AstExpr *parts[] = {key->u.Slice.lower, key->u.Slice.upper, key->u.Slice.step};
    for (int i = 0; i < 3; i++)
      if (parts[i]) TRY(evaluate_and_drop(c, parts[i]));
    return true;
  }
  if (key->kind == AST_Tuple) {
    for (uint32_t i = 0; i < key->u.Tuple.elts.size; i++) TRY(drop_annotated_key(c, key->u.Tuple.elts.items[i]));
    return true;
  }
  return evaluate_and_drop(c, key);
}

static bool compile_ann_assign(Compiler *c, const AstStmt *s) {
  const AstExpr *target = s->u.AnnAssign.target, *value = s->u.AnnAssign.value;
  bool keeps_annotations = c->unit->kind == UNIT_MODULE || c->unit->kind == UNIT_CLASS;
  if (value) TRY(compile_expr(c, value) && compile_expr(c, target));
  switch (target->kind) {
    case AST_Name:
      TRY(check_name(c, target->u.Name.id, AST_Store));
      if (s->u.AnnAssign.simple && keeps_annotations) {
        AstName *mangled = mangle(c, target->u.Name.id);
        TRY(mangled && compile_annotation(c, s->u.AnnAssign.annotation));
        TRY(emit_name(c, OP_LOAD_NAME, c->known.annotations) && emit_const_name(c, mangled) && emit(c, OP_STORE_SUBSCR));
      }
      break;
    case AST_Attribute:
      TRY(check_name(c, target->u.Attribute.attr, AST_Store));
      if (!value) TRY(evaluate_and_drop(c, target->u.Attribute.value));
      break;
    case AST_Subscript:
      if (!value) TRY(evaluate_and_drop(c, target->u.Subscript.value) && drop_annotated_key(c, target->u.Subscript.slice));
      break;
    default: return compile_fail(c, "invalid node type (%d) for annotated assignment", (int)target->kind);
  }
  if (s->u.AnnAssign.simple || !keeps_annotations || c->flags & CO_FUTURE_ANNOTATIONS) return true;
  return evaluate_and_drop(c, s->u.AnnAssign.annotation);
}

static bool compile_expr_stmt(Compiler *c, const AstExpr *value) {
  if (c->interactive && c->nesting <= 1) return compile_expr(c, value) && emit(c, OP_PRINT_EXPR);
  if (value->kind == AST_Constant) return emit(c, OP_NOP);
  TRY(compile_expr(c, value));
  unset_pos(c);
  return emit(c, OP_POP_TOP);
}

// ---- all of them -------------------------------------------------------------------------------------------------------------------

static bool compile_stmt_fields(Compiler *c, const AstStmt *s) {
  switch (s->kind) {
    case AST_FunctionDef:
    case AST_AsyncFunctionDef: return compile_function(c, s);
    case AST_ClassDef: return compile_class(c, s);
    case AST_Return: return compile_return(c, s);
    case AST_Delete: return compile_exprs(c, s->u.Delete.targets);
    case AST_Assign: return compile_assign(c, s);
    case AST_AugAssign: return compile_augassign(c, s);
    case AST_AnnAssign: return compile_ann_assign(c, s);
    case AST_For: return compile_for(c, s);
    case AST_AsyncFor: return compile_async_for(c, s);
    case AST_While: return compile_while(c, s);
    case AST_If: return compile_if(c, s);
    case AST_With:
    case AST_AsyncWith: return compile_with(c, s, 0);
    case AST_Match: return compile_match(c, s);
    case AST_Raise: return compile_raise(c, s);
    case AST_Try: return compile_try(c, s);
    case AST_TryStar: return compile_try_star(c, s);
    case AST_Assert: return compile_assert(c, s);
    case AST_Import: return compile_import(c, s);
    case AST_ImportFrom: return compile_import_from(c, s);
    case AST_Global:
    case AST_Nonlocal: return true;
    case AST_Expr: return compile_expr_stmt(c, s->u.Expr.value);
    case AST_Pass: return emit(c, OP_NOP);
    case AST_Break: return compile_break(c);
    case AST_Continue: return compile_continue(c);
  }
  return true;
}

bool compile_stmt(Compiler *c, const AstStmt *s) {
  if (!front_depth_enter(&c->depth)) return front_error_set(c->err, FRONT_RECURSION_ERROR, FRONT_DEPTH_MESSAGE);
  set_pos(c, s->pos);
  TRY(compile_stmt_fields(c, s));
  front_depth_leave(&c->depth);
  return true;
}

bool compile_stmts(Compiler *c, AstStmtSeq body) {
  for (uint32_t i = 0; i < body.size; i++) TRY(compile_stmt(c, body.items[i]));
  return true;
}

static bool stmt_has_annotations(const AstStmt *s) {
  switch (s->kind) {
    case AST_AnnAssign: return true;
    case AST_For:
    case AST_AsyncFor: return compile_has_annotations(s->u.For.body) || compile_has_annotations(s->u.For.orelse);
    case AST_While: return compile_has_annotations(s->u.While.body) || compile_has_annotations(s->u.While.orelse);
    case AST_If: return compile_has_annotations(s->u.If.body) || compile_has_annotations(s->u.If.orelse);
    case AST_With:
    case AST_AsyncWith: return compile_has_annotations(s->u.With.body);
    case AST_Try:
    case AST_TryStar:
      for (uint32_t i = 0; i < s->u.Try.handlers.size; i++)
        if (compile_has_annotations(s->u.Try.handlers.items[i]->body)) return true;
      return compile_has_annotations(s->u.Try.body) || compile_has_annotations(s->u.Try.finalbody) || compile_has_annotations(s->u.Try.orelse);
    default: return false;
  }
}

bool compile_has_annotations(AstStmtSeq body) {
  for (uint32_t i = 0; i < body.size; i++)
    if (stmt_has_annotations(body.items[i])) return true;
  return false;
}

bool compile_body(Compiler *c, AstStmtSeq body) {
  if (c->unit->kind == UNIT_MODULE && body.size) set_pos(c, body.items[0]->pos);
  if (compile_has_annotations(body)) TRY(emit(c, OP_SETUP_ANNOTATIONS));
  const AstExpr *docstring = c->options.optimize < 2 ? ast_docstring(body) : NULL;
  if (docstring) {
    TRY(compile_expr(c, docstring));
    unset_pos(c);
    TRY(load_store_name(c, c->known.doc, AST_Store));
    body.items++;
    body.size--;
  }
  return compile_stmts(c, body);
}
