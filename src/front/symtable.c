// Building the symbol table: one walk over the AST notes what each scope does with each name, then scope_resolve says where they live.
#include "front/symtable.h"

#include <stdio.h>
#include <string.h>

#include "front/scope_resolve.h"

typedef struct Builder {
  SymbolTable *table;
  Arena *arena;
  Scope *current;
  Scope **stack;   // the scopes around `current`, itself last; annotation scopes too
  uint32_t stack_size, stack_capacity;
  AstName *private_class;   // of the class around, for mangling
  AstName *name_super, *name_class, *name_star;
  FrontDepth *depth;
  FrontError *err;
} Builder;

#define TRY(call)              \
  do {                         \
    if (!(call)) return false; \
  } while (0)

static bool visit_stmts(Builder *b, AstStmtSeq seq);
static bool visit_expr(Builder *b, const AstExpr *e);

static bool no_memory(Builder *b) { return front_error_set(b->err, FRONT_MEMORY_ERROR, "%s", ""); }

static const FrontSource no_source;
#define FAIL(pos, ...) return front_error_set_at(b->err, FRONT_SYNTAX_ERROR, &no_source, (pos), __VA_ARGS__)

static bool enter_node(Builder *b) { return front_depth_enter(b->depth) || front_error_set(b->err, FRONT_RECURSION_ERROR, FRONT_DEPTH_MESSAGE); }

// ---- scopes by node ----------------------------------------------------------------------------------------------------------------

static uint32_t node_slot(const SymbolTable *table, const void *node) {
  uint32_t slot = (uint32_t)(((uintptr_t)node >> 4) * 0x9E3779B1u >> 5) & table->node_mask;
  while (table->by_node[slot].node && table->by_node[slot].node != node) slot = (slot + 1) & table->node_mask;
  return slot;
}

Scope *symtable_scope(const SymbolTable *table, const void *node) { return table->by_node[node_slot(table, node)].scope; }

static bool nodes_resize(SymbolTable *table, uint32_t size) {
  ScopeByNode *old = table->by_node;
  uint32_t old_size = old ? table->node_mask + 1 : 0;
  table->by_node = arena_alloc(table->arena, size * sizeof *table->by_node);
  if (!table->by_node) return false;
  table->node_mask = size - 1;
  for (uint32_t i = 0; i < old_size; i++)
    if (old[i].node) table->by_node[node_slot(table, old[i].node)] = old[i];
  return true;
}

static bool nodes_add(SymbolTable *table, Scope *scope) {
  if (table->node_count * 2 > table->node_mask) TRY(nodes_resize(table, 2 * (table->node_mask + 1)));
  ScopeByNode *entry = &table->by_node[node_slot(table, scope->node)];
  table->node_count += !entry->node;
  *entry = (ScopeByNode){scope->node, scope};
  return true;
}

// ---- entering and leaving ----------------------------------------------------------------------------------------------------------

// Room for one item more in an arena array that doubles.
static bool make_room(Arena *arena, void **items, uint32_t count, uint32_t *capacity, size_t item_size) {
  if (count < *capacity) return true;
  uint32_t bigger = *capacity ? *capacity * 2 : 8;
  void *copy = arena_alloc(arena, bigger * item_size);
  if (!copy) return false;
  if (count) memcpy(copy, *items, count * item_size);
  *items = copy;
  *capacity = bigger;
  return true;
}

static bool scope_enter(Builder *b, AstName *name, ScopeKind kind, const void *node, AstPos pos) {
  Scope *parent = b->current, *scope = arena_alloc(b->arena, sizeof *scope);
  if (!scope || !make_room(b->arena, (void **)&b->stack, b->stack_size, &b->stack_capacity, sizeof *b->stack)) return no_memory(b);
  *scope = (Scope){.kind = kind, .name = name, .node = node, .pos = pos, .parent = parent};
  if (parent) {
    scope->nested = parent->nested || parent->kind == SCOPE_KIND_FUNCTION;
    // No assignment expression may stand anywhere in the outermost iterable of a comprehension, not even in a lambda.
    scope->comp_iter_expr = parent->comp_iter_expr;
  }
  if (!nodes_add(b->table, scope)) return no_memory(b);
  b->table->scope_count++;
  b->stack[b->stack_size++] = scope;
  b->current = scope;
  if (kind == SCOPE_KIND_ANNOTATION || !parent) return true;   // annotations become strings: their names bind nothing
  if (!make_room(b->arena, (void **)&parent->children, parent->child_count, &parent->child_capacity, sizeof *parent->children)) return no_memory(b);
  parent->children[parent->child_count++] = scope;
  return true;
}

static bool scope_leave(Builder *b) {
  b->stack_size--;
  b->current = b->stack_size ? b->stack[b->stack_size - 1] : NULL;
  return true;
}

// ---- definitions -------------------------------------------------------------------------------------------------------------------

AstName *symtable_mangle(Arena *arena, const AstName *private_class, AstName *name) {
  if (!private_class || name->len < 3 || name->utf8[0] != '_' || name->utf8[1] != '_') return name;
  if ((name->utf8[name->len - 1] == '_' && name->utf8[name->len - 2] == '_') || memchr(name->utf8, '.', name->len)) return name;
  uint32_t skip = 0;
  while (skip < private_class->len && private_class->utf8[skip] == '_') skip++;
  if (skip == private_class->len) return name;
  uint32_t class_len = private_class->len - skip;
  char *text = arena_alloc(arena, (size_t)class_len + name->len + 2);
  if (!text) return NULL;
  text[0] = '_';
  memcpy(text + 1, private_class->utf8 + skip, class_len);
  memcpy(text + 1 + class_len, name->utf8, name->len);
  return arena_intern(arena, text, (size_t)class_len + name->len + 1);
}

static bool add_def_to(Builder *b, Scope *scope, AstName *name, uint32_t flag, AstPos pos) {
  AstName *mangled = symtable_mangle(b->arena, b->private_class, name);
  if (!mangled) return no_memory(b);
  int at = name_map_add(b->arena, &scope->symbols, mangled, 0);
  if (at < 0) return no_memory(b);
  uint32_t value = scope->symbols.values[at];
  if (flag & value & DEF_PARAM) FAIL(pos, "duplicate argument '%s' in function definition", name->utf8);
  value |= flag;
  if (scope->comp_iter_target) {
    if (value & (DEF_GLOBAL | DEF_NONLOCAL)) FAIL(pos, "comprehension inner loop cannot rebind assignment expression target '%s'", name->utf8);
    value |= DEF_COMP_ITER;
  }
  scope->symbols.values[at] = value;
  if (flag & DEF_PARAM) {
    if (name_map_add(b->arena, &scope->params, mangled, 0) < 0) return no_memory(b);
  } else if (flag & DEF_GLOBAL) {
    NameMap *globals = &b->table->top->symbols;
    int global_at = name_map_add(b->arena, globals, mangled, 0);
    if (global_at < 0) return no_memory(b);
    globals->values[global_at] |= flag;
  }
  return true;
}

static bool add_def(Builder *b, AstName *name, uint32_t flag, AstPos pos) { return add_def_to(b, b->current, name, flag, pos); }

static bool look_up(Builder *b, AstName *name, uint32_t *symbol) {
  AstName *mangled = symtable_mangle(b->arena, b->private_class, name);
  if (!mangled) return no_memory(b);
  *symbol = scope_symbol(b->current, mangled);
  return true;
}

static bool record_directive(Builder *b, AstName *name, AstPos pos) {
  Scope *s = b->current;
  AstName *mangled = symtable_mangle(b->arena, b->private_class, name);
  if (!mangled || !make_room(b->arena, (void **)&s->directives, s->directive_count, &s->directive_capacity, sizeof *s->directives))
    return no_memory(b);
  s->directives[s->directive_count++] = (ScopeDirective){mangled, pos};
  return true;
}

// ---- functions ---------------------------------------------------------------------------------------------------------------------

static bool visit_exprs(Builder *b, AstExprSeq seq) {
  for (uint32_t i = 0; i < seq.size; i++)
    if (seq.items[i]) TRY(visit_expr(b, seq.items[i]));
  return true;
}

static bool visit_optional(Builder *b, const AstExpr *e) { return !e || visit_expr(b, e); }

static bool visit_keywords(Builder *b, AstKeywordSeq seq) {
  for (uint32_t i = 0; i < seq.size; i++) TRY(visit_expr(b, seq.items[i]->value));
  return true;
}

static bool visit_annotation(Builder *b, const AstExpr *annotation) {
  if (!b->table->future_annotations) return visit_expr(b, annotation);
  AstName *name = arena_intern(b->arena, "_annotation", 11);
  if (!name) return no_memory(b);
  TRY(scope_enter(b, name, SCOPE_KIND_ANNOTATION, annotation, annotation->pos));
  TRY(visit_expr(b, annotation));
  return scope_leave(b);
}

static bool visit_arg_annotations(Builder *b, AstArgSeq args) {
  for (uint32_t i = 0; i < args.size; i++) TRY(visit_optional(b, args.items[i]->annotation));
  return true;
}

static bool visit_function_annotations(Builder *b, const AstStmt *s, const AstArguments *a, const AstExpr *returns) {
  if (b->table->future_annotations) {
    AstName *name = arena_intern(b->arena, "_annotation", 11);
    if (!name) return no_memory(b);
    TRY(scope_enter(b, name, SCOPE_KIND_ANNOTATION, s, s->pos));
  }
  TRY(visit_arg_annotations(b, a->posonlyargs));
  TRY(visit_arg_annotations(b, a->args));
  if (a->vararg) TRY(visit_optional(b, a->vararg->annotation));
  if (a->kwarg) TRY(visit_optional(b, a->kwarg->annotation));
  TRY(visit_arg_annotations(b, a->kwonlyargs));
  if (b->table->future_annotations) TRY(scope_leave(b));
  return !returns || visit_annotation(b, returns);
}

static bool add_params(Builder *b, AstArgSeq args) {
  for (uint32_t i = 0; i < args.size; i++) TRY(add_def(b, args.items[i]->arg, DEF_PARAM, args.items[i]->pos));
  return true;
}

static bool add_parameters(Builder *b, const AstArguments *a) {
  TRY(add_params(b, a->posonlyargs));
  TRY(add_params(b, a->args));
  TRY(add_params(b, a->kwonlyargs));
  if (a->vararg) {
    TRY(add_def(b, a->vararg->arg, DEF_PARAM, a->vararg->pos));
    b->current->varargs = true;
  }
  if (a->kwarg) {
    TRY(add_def(b, a->kwarg->arg, DEF_PARAM, a->kwarg->pos));
    b->current->varkeywords = true;
  }
  return true;
}

static bool visit_function(Builder *b, const AstStmt *s) {
  const struct AstFunctionDef *f = &s->u.FunctionDef;
  TRY(add_def(b, f->name, DEF_LOCAL, s->pos));
  TRY(visit_exprs(b, f->args->defaults));
  TRY(visit_exprs(b, f->args->kw_defaults));
  TRY(visit_function_annotations(b, s, f->args, f->returns));
  TRY(visit_exprs(b, f->decorator_list));
  TRY(scope_enter(b, f->name, SCOPE_KIND_FUNCTION, s, s->pos));
  b->current->coroutine = s->kind == AST_AsyncFunctionDef;
  TRY(add_parameters(b, f->args));
  TRY(visit_stmts(b, f->body));
  return scope_leave(b);
}

static bool visit_lambda(Builder *b, const AstExpr *e) {
  TRY(visit_exprs(b, e->u.Lambda.args->defaults));
  TRY(visit_exprs(b, e->u.Lambda.args->kw_defaults));
  AstName *name = arena_intern(b->arena, "lambda", 6);
  if (!name) return no_memory(b);
  TRY(scope_enter(b, name, SCOPE_KIND_FUNCTION, e, e->pos));
  TRY(add_parameters(b, e->u.Lambda.args));
  TRY(visit_expr(b, e->u.Lambda.body));
  return scope_leave(b);
}

static bool visit_class(Builder *b, const AstStmt *s) {
  TRY(add_def(b, s->u.ClassDef.name, DEF_LOCAL, s->pos));
  TRY(visit_exprs(b, s->u.ClassDef.bases));
  TRY(visit_keywords(b, s->u.ClassDef.keywords));
  TRY(visit_exprs(b, s->u.ClassDef.decorator_list));
  TRY(scope_enter(b, s->u.ClassDef.name, SCOPE_KIND_CLASS, s, s->pos));
  AstName *outer = b->private_class;
  b->private_class = s->u.ClassDef.name;
  TRY(visit_stmts(b, s->u.ClassDef.body));
  b->private_class = outer;
  return scope_leave(b);
}

// ---- comprehensions and assignment expressions -------------------------------------------------------------------------------------

static bool visit_clause_target(Builder *b, const AstExpr *target) {
  b->current->comp_iter_target = true;
  TRY(visit_expr(b, target));
  b->current->comp_iter_target = false;
  return true;
}

static bool visit_clause_iter(Builder *b, const AstExpr *iter) {
  b->current->comp_iter_expr++;
  TRY(visit_expr(b, iter));
  b->current->comp_iter_expr--;
  return true;
}

// elt, then value: the order in which symbols appear; a dict comprehension hands over its value first.
static bool visit_comprehension(Builder *b, const AstExpr *e, ScopeComprehension kind, const char *scope_name, AstComprehensionSeq clauses,
                                const AstExpr *first, const AstExpr *second) {
  const AstComprehension *outermost = clauses.items[0];
  TRY(visit_clause_iter(b, outermost->iter));
  AstName *name = arena_intern(b->arena, scope_name, strlen(scope_name)), *argument = arena_intern(b->arena, ".0", 2);
  if (!name || !argument) return no_memory(b);
  TRY(scope_enter(b, name, SCOPE_KIND_FUNCTION, e, e->pos));
  Scope *scope = b->current;
  scope->comprehension = kind;
  scope->coroutine = outermost->is_async;
  TRY(add_def(b, argument, DEF_PARAM, e->pos));
  TRY(visit_clause_target(b, outermost->target));
  TRY(visit_exprs(b, outermost->ifs));
  for (uint32_t i = 1; i < clauses.size; i++) {
    const AstComprehension *clause = clauses.items[i];
    TRY(visit_clause_target(b, clause->target));
    TRY(visit_clause_iter(b, clause->iter));
    TRY(visit_exprs(b, clause->ifs));
    if (clause->is_async) scope->coroutine = true;
  }
  TRY(visit_expr(b, first));
  if (second) TRY(visit_expr(b, second));
  bool is_generator = kind == COMPREHENSION_GENERATOR, is_async = scope->coroutine && !is_generator;
  scope->generator = is_generator;
  TRY(scope_leave(b));
  if (is_async) b->current->coroutine = true;
  return true;
}

// A name assigned in a comprehension lives in the nearest scope around that is no comprehension.
static bool extend_namedexpr_scope(Builder *b, const AstExpr *target) {
  AstName *name = target->u.Name.id;
  for (uint32_t i = b->stack_size; i-- > 0;) {
    Scope *scope = b->stack[i];
    if (scope->comprehension) {
      if (scope_symbol(scope, name) & DEF_COMP_ITER)
        FAIL(target->pos, "assignment expression cannot rebind comprehension iteration variable '%s'", name->utf8);
      continue;
    }
    if (scope->kind == SCOPE_KIND_FUNCTION) {
      bool global = scope_symbol(scope, name) & DEF_GLOBAL;
      TRY(add_def(b, name, global ? DEF_GLOBAL : DEF_NONLOCAL, target->pos));
      TRY(record_directive(b, name, target->pos));
      return add_def_to(b, scope, name, DEF_LOCAL, target->pos);
    }
    if (scope->kind == SCOPE_KIND_MODULE) {
      TRY(add_def(b, name, DEF_GLOBAL, target->pos));
      TRY(record_directive(b, name, target->pos));
      return add_def_to(b, scope, name, DEF_GLOBAL, target->pos);
    }
    if (scope->kind == SCOPE_KIND_CLASS) FAIL(target->pos, "assignment expression within a comprehension cannot be used in a class body");
  }
  return true;
}

static bool refuse_in_annotation(Builder *b, const AstExpr *e, const char *what) {
  if (b->current->kind != SCOPE_KIND_ANNOTATION) return true;
  FAIL(e->pos, "'%s' can not be used within an annotation", what);
}

static bool visit_named_expr(Builder *b, const AstExpr *e) {
  TRY(refuse_in_annotation(b, e, "named expression"));
  if (b->current->comp_iter_expr > 0) FAIL(e->pos, "assignment expression cannot be used in a comprehension iterable expression");
  if (b->current->comprehension) TRY(extend_namedexpr_scope(b, e->u.NamedExpr.target));
  TRY(visit_expr(b, e->u.NamedExpr.value));
  return visit_expr(b, e->u.NamedExpr.target);
}

static bool visit_yield(Builder *b, const AstExpr *e, const AstExpr *value) {
  static const char *const where[] = {[COMPREHENSION_LIST] = "list comprehension",
                                      [COMPREHENSION_DICT] = "dict comprehension",
                                      [COMPREHENSION_SET] = "set comprehension",
                                      [COMPREHENSION_GENERATOR] = "generator expression"};
  TRY(refuse_in_annotation(b, e, "yield expression"));
  TRY(visit_optional(b, value));
  b->current->generator = true;
  if (b->current->comprehension) FAIL(e->pos, "'yield' inside %s", where[b->current->comprehension]);
  return true;
}

// ---- expressions -------------------------------------------------------------------------------------------------------------------

static bool visit_name(Builder *b, const AstExpr *e) {
  TRY(add_def(b, e->u.Name.id, e->u.Name.ctx == AST_Load ? DEF_USE : DEF_LOCAL, e->pos));
  // super() without arguments finds its class in the __class__ cell.
  if (e->u.Name.ctx == AST_Load && b->current->kind == SCOPE_KIND_FUNCTION && e->u.Name.id == b->name_super)
    return add_def(b, b->name_class, DEF_USE, e->pos);
  return true;
}

static bool visit_expr_fields(Builder *b, const AstExpr *e) {
  switch (e->kind) {
    case AST_BoolOp: return visit_exprs(b, e->u.BoolOp.values);
    case AST_NamedExpr: return visit_named_expr(b, e);
    case AST_BinOp: return visit_expr(b, e->u.BinOp.left) && visit_expr(b, e->u.BinOp.right);
    case AST_UnaryOp: return visit_expr(b, e->u.UnaryOp.operand);
    case AST_Lambda: return visit_lambda(b, e);
    case AST_IfExp: return visit_expr(b, e->u.IfExp.test) && visit_expr(b, e->u.IfExp.body) && visit_expr(b, e->u.IfExp.orelse);
    case AST_Dict: return visit_exprs(b, e->u.Dict.keys) && visit_exprs(b, e->u.Dict.values);
    case AST_Set: return visit_exprs(b, e->u.Set.elts);
    case AST_ListComp: return visit_comprehension(b, e, COMPREHENSION_LIST, "listcomp", e->u.ListComp.generators, e->u.ListComp.elt, NULL);
    case AST_SetComp: return visit_comprehension(b, e, COMPREHENSION_SET, "setcomp", e->u.SetComp.generators, e->u.SetComp.elt, NULL);
    case AST_DictComp:
      return visit_comprehension(b, e, COMPREHENSION_DICT, "dictcomp", e->u.DictComp.generators, e->u.DictComp.value, e->u.DictComp.key);
    case AST_GeneratorExp:
      return visit_comprehension(b, e, COMPREHENSION_GENERATOR, "genexpr", e->u.GeneratorExp.generators, e->u.GeneratorExp.elt, NULL);
    case AST_Await:
      TRY(refuse_in_annotation(b, e, "await expression"));
      TRY(visit_expr(b, e->u.Await.value));
      b->current->coroutine = true;
      return true;
    case AST_Yield: return visit_yield(b, e, e->u.Yield.value);
    case AST_YieldFrom: return visit_yield(b, e, e->u.YieldFrom.value);
    case AST_Compare: return visit_expr(b, e->u.Compare.left) && visit_exprs(b, e->u.Compare.comparators);
    case AST_Call: return visit_expr(b, e->u.Call.func) && visit_exprs(b, e->u.Call.args) && visit_keywords(b, e->u.Call.keywords);
    case AST_FormattedValue: return visit_expr(b, e->u.FormattedValue.value) && visit_optional(b, e->u.FormattedValue.format_spec);
    case AST_JoinedStr: return visit_exprs(b, e->u.JoinedStr.values);
    case AST_Constant: return true;
    case AST_Attribute: return visit_expr(b, e->u.Attribute.value);
    case AST_Subscript: return visit_expr(b, e->u.Subscript.value) && visit_expr(b, e->u.Subscript.slice);
    case AST_Starred: return visit_expr(b, e->u.Starred.value);
    case AST_Name: return visit_name(b, e);
    case AST_List:
    case AST_Tuple: return visit_exprs(b, e->u.List.elts);
    case AST_Slice: return visit_optional(b, e->u.Slice.lower) && visit_optional(b, e->u.Slice.upper) && visit_optional(b, e->u.Slice.step);
  }
  return true;
}

static bool visit_expr(Builder *b, const AstExpr *e) {
  TRY(enter_node(b));
  TRY(visit_expr_fields(b, e));
  front_depth_leave(b->depth);
  return true;
}

// ---- patterns ----------------------------------------------------------------------------------------------------------------------

static bool visit_pattern(Builder *b, const AstPattern *p);

static bool visit_patterns(Builder *b, AstPatternSeq seq) {
  for (uint32_t i = 0; i < seq.size; i++) TRY(visit_pattern(b, seq.items[i]));
  return true;
}

static bool visit_capture(Builder *b, AstName *name, AstPos pos) { return !name || add_def(b, name, DEF_LOCAL, pos); }

static bool visit_pattern_fields(Builder *b, const AstPattern *p) {
  switch (p->kind) {
    case AST_MatchValue: return visit_expr(b, p->u.MatchValue.value);
    case AST_MatchSingleton: return true;
    case AST_MatchSequence: return visit_patterns(b, p->u.MatchSequence.patterns);
    case AST_MatchStar: return visit_capture(b, p->u.MatchStar.name, p->pos);
    case AST_MatchMapping:
      return visit_exprs(b, p->u.MatchMapping.keys) && visit_patterns(b, p->u.MatchMapping.patterns) &&
             visit_capture(b, p->u.MatchMapping.rest, p->pos);
    case AST_MatchClass:
      return visit_expr(b, p->u.MatchClass.cls) && visit_patterns(b, p->u.MatchClass.patterns) && visit_patterns(b, p->u.MatchClass.kwd_patterns);
    case AST_MatchAs: return (!p->u.MatchAs.pattern || visit_pattern(b, p->u.MatchAs.pattern)) && visit_capture(b, p->u.MatchAs.name, p->pos);
    case AST_MatchOr: return visit_patterns(b, p->u.MatchOr.patterns);
  }
  return true;
}

static bool visit_pattern(Builder *b, const AstPattern *p) {
  TRY(enter_node(b));
  TRY(visit_pattern_fields(b, p));
  front_depth_leave(b->depth);
  return true;
}

// ---- statements --------------------------------------------------------------------------------------------------------------------

static bool visit_ann_assign(Builder *b, const AstStmt *s) {
  const AstExpr *target = s->u.AnnAssign.target;
  if (target->kind == AST_Name) {
    AstName *name = target->u.Name.id;
    uint32_t symbol;
    TRY(look_up(b, name, &symbol));
    if (symbol & (DEF_GLOBAL | DEF_NONLOCAL) && b->current != b->table->top && s->u.AnnAssign.simple)
      FAIL(s->pos, "annotated name '%s' can't be %s", name->utf8, symbol & DEF_GLOBAL ? "global" : "nonlocal");
    if (s->u.AnnAssign.simple) TRY(add_def(b, name, DEF_ANNOT | DEF_LOCAL, target->pos));
    else if (s->u.AnnAssign.value) TRY(add_def(b, name, DEF_LOCAL, target->pos));
  } else {
    TRY(visit_expr(b, target));
  }
  TRY(visit_annotation(b, s->u.AnnAssign.annotation));
  return visit_optional(b, s->u.AnnAssign.value);
}

// global and nonlocal.
static bool visit_declaration(Builder *b, const AstStmt *s, AstNameSeq names, uint32_t flag) {
  const char *word = flag == DEF_GLOBAL ? "global" : "nonlocal";
  for (uint32_t i = 0; i < names.size; i++) {
    AstName *name = names.items[i];
    uint32_t symbol;
    TRY(look_up(b, name, &symbol));
    if (symbol & DEF_PARAM) FAIL(s->pos, "name '%s' is parameter and %s", name->utf8, word);
    if (symbol & DEF_USE) FAIL(s->pos, "name '%s' is used prior to %s declaration", name->utf8, word);
    if (symbol & DEF_ANNOT) FAIL(s->pos, "annotated name '%s' can't be %s", name->utf8, word);
    if (symbol & DEF_LOCAL) FAIL(s->pos, "name '%s' is assigned to before %s declaration", name->utf8, word);
    TRY(add_def(b, name, flag, s->pos));
    TRY(record_directive(b, name, s->pos));
  }
  return true;
}

static bool visit_aliases(Builder *b, AstAliasSeq names) {
  for (uint32_t i = 0; i < names.size; i++) {
    const AstAlias *alias = names.items[i];
    AstName *name = alias->asname ? alias->asname : alias->name;
    if (name == b->name_star) {
      if (b->current->kind != SCOPE_KIND_MODULE) FAIL(alias->pos, "import * only allowed at module level");
      continue;
    }
    const char *dot = memchr(name->utf8, '.', name->len);
    if (dot && !(name = arena_intern(b->arena, name->utf8, (size_t)(dot - name->utf8)))) return no_memory(b);
    TRY(add_def(b, name, DEF_IMPORT, alias->pos));
  }
  return true;
}

static bool visit_try(Builder *b, const struct AstTry *s) {
  TRY(visit_stmts(b, s->body));
  TRY(visit_stmts(b, s->orelse));
  for (uint32_t i = 0; i < s->handlers.size; i++) {
    const AstExceptHandler *handler = s->handlers.items[i];
    TRY(visit_optional(b, handler->type));
    TRY(visit_capture(b, handler->name, handler->pos));
    TRY(visit_stmts(b, handler->body));
  }
  return visit_stmts(b, s->finalbody);
}

static bool visit_with(Builder *b, const struct AstWith *s) {
  for (uint32_t i = 0; i < s->items.size; i++) {
    TRY(visit_expr(b, s->items.items[i]->context_expr));
    TRY(visit_optional(b, s->items.items[i]->optional_vars));
  }
  return visit_stmts(b, s->body);
}

static bool visit_match(Builder *b, const AstStmt *s) {
  TRY(visit_expr(b, s->u.Match.subject));
  for (uint32_t i = 0; i < s->u.Match.cases.size; i++) {
    const AstMatchCase *c = s->u.Match.cases.items[i];
    TRY(visit_pattern(b, c->pattern));
    TRY(visit_optional(b, c->guard));
    TRY(visit_stmts(b, c->body));
  }
  return true;
}

static bool visit_stmt_fields(Builder *b, const AstStmt *s) {
  switch (s->kind) {
    case AST_FunctionDef:
    case AST_AsyncFunctionDef: return visit_function(b, s);
    case AST_ClassDef: return visit_class(b, s);
    case AST_Return:
      if (!s->u.Return.value) return true;
      TRY(visit_expr(b, s->u.Return.value));
      b->current->returns_value = true;
      return true;
    case AST_Delete: return visit_exprs(b, s->u.Delete.targets);
    case AST_Assign: return visit_exprs(b, s->u.Assign.targets) && visit_expr(b, s->u.Assign.value);
    case AST_AugAssign: return visit_expr(b, s->u.AugAssign.target) && visit_expr(b, s->u.AugAssign.value);
    case AST_AnnAssign: return visit_ann_assign(b, s);
    case AST_For:
    case AST_AsyncFor:
      return visit_expr(b, s->u.For.target) && visit_expr(b, s->u.For.iter) && visit_stmts(b, s->u.For.body) && visit_stmts(b, s->u.For.orelse);
    case AST_While: return visit_expr(b, s->u.While.test) && visit_stmts(b, s->u.While.body) && visit_stmts(b, s->u.While.orelse);
    case AST_If: return visit_expr(b, s->u.If.test) && visit_stmts(b, s->u.If.body) && visit_stmts(b, s->u.If.orelse);
    case AST_With:
    case AST_AsyncWith: return visit_with(b, &s->u.With);
    case AST_Match: return visit_match(b, s);
    case AST_Raise: return visit_optional(b, s->u.Raise.exc) && visit_optional(b, s->u.Raise.cause);
    case AST_Try:
    case AST_TryStar: return visit_try(b, &s->u.Try);
    case AST_Assert: return visit_expr(b, s->u.Assert.test) && visit_optional(b, s->u.Assert.msg);
    case AST_Import: return visit_aliases(b, s->u.Import.names);
    case AST_ImportFrom: return visit_aliases(b, s->u.ImportFrom.names);
    case AST_Global: return visit_declaration(b, s, s->u.Global.names, DEF_GLOBAL);
    case AST_Nonlocal: return visit_declaration(b, s, s->u.Nonlocal.names, DEF_NONLOCAL);
    case AST_Expr: return visit_expr(b, s->u.Expr.value);
    case AST_Pass:
    case AST_Break:
    case AST_Continue: return true;
  }
  return true;
}

static bool visit_stmts(Builder *b, AstStmtSeq seq) {
  for (uint32_t i = 0; i < seq.size; i++) {
    TRY(enter_node(b));
    TRY(visit_stmt_fields(b, seq.items[i]));
    front_depth_leave(b->depth);
  }
  return true;
}

// ---- the whole ---------------------------------------------------------------------------------------------------------------------

static bool visit_module(Builder *b, const AstMod *mod) {
  AstName *name = arena_intern(b->arena, "top", 3);
  b->name_super = arena_intern(b->arena, "super", 5);
  b->name_class = arena_intern(b->arena, "__class__", 9);
  b->name_star = arena_intern(b->arena, "*", 1);
  if (!name || !b->name_super || !b->name_class || !b->name_star || !nodes_resize(b->table, 64)) return no_memory(b);
  TRY(scope_enter(b, name, SCOPE_KIND_MODULE, mod, (AstPos){0, 0, 0, 0}));
  b->table->top = b->current;
  switch (mod->kind) {
    case AST_Module: TRY(visit_stmts(b, mod->u.Module.body)); break;
    case AST_Interactive: TRY(visit_stmts(b, mod->u.Interactive.body)); break;
    case AST_Expression: TRY(visit_expr(b, mod->u.Expression.body)); break;
    case AST_FunctionType: return front_error_set(b->err, FRONT_VALUE_ERROR, "this compiler does not handle FunctionTypes");
  }
  return scope_leave(b);
}

SymbolTable *symtable_build(Arena *arena, const AstMod *mod, bool future_annotations, FrontDepth *depth, FrontError *err) {
  FrontDepth default_depth = {.limit = 3000};
  Builder b = {.arena = arena, .err = err, .depth = depth ? depth : &default_depth};
  b.table = arena_alloc(arena, sizeof *b.table);
  if (!b.table) {
    no_memory(&b);
    return NULL;
  }
  b.table->arena = arena;
  b.table->future_annotations = future_annotations;
  return visit_module(&b, mod) && scope_resolve(b.table, err) ? b.table : NULL;
}
