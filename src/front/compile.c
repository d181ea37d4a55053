// The compiler's driver: units, names, emitting instructions, and the passes of one compilation in order.
#include "front/compile.h"

#include <stdio.h>
#include <stdlib.h>

#include "code/code.h"
#include "front/assemble.h"
#include "front/compile_internal.h"
#include "front/optimise.h"
#include "objects/error.h"
#include "objects/object.h"

// ---- errors ------------------------------------------------------------------------------------------------------------------------

static const FrontSource no_source;

bool compile_fail(Compiler *c, const char *format, ...) {
  va_list args;
  va_start(args, format);
  front_error_vset_at(c->err, FRONT_SYNTAX_ERROR, &no_source, c->unit->pos, format, args);
  va_end(args);
  return false;
}

bool compile_warn(Compiler *c, const char *format, ...) {
  char message[512];
  va_list args;
  if (!c->options.warn) return true;
  va_start(args, format);
  vsnprintf(message, sizeof message, format, args);
  va_end(args);
  switch (c->options.warn(c->options.warn_context, FRONT_SYNTAX_WARNING, message, c->unit->pos.lineno)) {
    case FRONT_WARN_DONE: return true;
    case FRONT_WARN_IS_ERROR: return compile_fail(c, "%s", message);
    case FRONT_WARN_RAISED: c->err->kind = FRONT_RAISED; return false;
  }
  return true;
}

bool compile_no_memory(Compiler *c) {
  if (c->err->kind != FRONT_OK) return false;
  if (error_pending(c->t)) c->err->kind = FRONT_RAISED;
  else front_error_set(c->err, FRONT_MEMORY_ERROR, "%s", "");
  return false;
}

// ---- names -------------------------------------------------------------------------------------------------------------------------

AstName *known_name(Compiler *c, const char *text) {
  AstName *name = arena_intern(c->arena, text, strlen(text));
  if (!name) compile_no_memory(c);
  return name;
}

AstName *mangle(Compiler *c, AstName *name) {
  AstName *mangled = symtable_mangle(c->arena, c->unit->private_class, name);
  if (!mangled) compile_no_memory(c);
  return mangled;
}

bool check_name(Compiler *c, AstName *name, AstExprContext ctx) {
  if (name != c->known.debug || ctx == AST_Load) return true;
  return compile_fail(c, ctx == AST_Store ? "cannot assign to __debug__" : "cannot delete __debug__");
}

typedef enum NameHome { HOME_FAST, HOME_GLOBAL, HOME_DEREF, HOME_NAME } NameHome;

static NameHome name_home(const Unit *u, SymbolScope scope) {
  bool in_function = u->scope->kind == SCOPE_KIND_FUNCTION;
  switch (scope) {
    case SCOPE_FREE:
    case SCOPE_CELL: return HOME_DEREF;
    case SCOPE_LOCAL: return in_function ? HOME_FAST : HOME_NAME;
    case SCOPE_GLOBAL_IMPLICIT: return in_function ? HOME_GLOBAL : HOME_NAME;
    case SCOPE_GLOBAL_EXPLICIT: return HOME_GLOBAL;
    case SCOPE_NONE: return HOME_NAME;
  }
  return HOME_NAME;
}

bool load_store_name(Compiler *c, AstName *name, AstExprContext ctx) {
  static const int ops[4][4] = {
      [HOME_FAST] = {0, OP_LOAD_FAST, OP_STORE_FAST, OP_DELETE_FAST},
      [HOME_GLOBAL] = {0, OP_LOAD_GLOBAL, OP_STORE_GLOBAL, OP_DELETE_GLOBAL},
      [HOME_DEREF] = {0, OP_LOAD_DEREF, OP_STORE_DEREF, OP_DELETE_DEREF},
      [HOME_NAME] = {0, OP_LOAD_NAME, OP_STORE_NAME, OP_DELETE_NAME},
  };
  Unit *u = c->unit;
  TRY(check_name(c, name, ctx));
  AstName *mangled = mangle(c, name);
  TRY(mangled);
  SymbolScope scope = symbol_scope(scope_symbol(u->scope, mangled));
  NameHome home = name_home(u, scope);
  NameMap *map = home == HOME_FAST ? &u->varnames : home != HOME_DEREF ? &u->names : scope == SCOPE_FREE ? &u->freevars : &u->cellvars;
  int op = ops[home][ctx], index = name_map_add(c->arena, map, mangled, map->count);
  if (index < 0) return compile_no_memory(c);
  if (home == HOME_DEREF) {
    // Cells and free variables are numbered together; a free variable's value is its number.
    index = (int)map->values[index];
    if (op == OP_LOAD_DEREF && u->scope->kind == SCOPE_KIND_CLASS) op = OP_LOAD_CLASSDEREF;
  }
  return emit_arg(c, op, op == OP_LOAD_GLOBAL ? index << 1 : index);
}

// ---- emitting ----------------------------------------------------------------------------------------------------------------------

static bool emit_at(Compiler *c, int op, int arg, FlowBlock *target, AstPos pos) {
  return flow_emit(&c->unit->flow, op, arg, target, pos) || compile_no_memory(c);
}

bool emit(Compiler *c, int op) { return emit_at(c, op, 0, NULL, c->unit->pos); }
bool emit_arg(Compiler *c, int op, int arg) { return emit_at(c, op, arg, NULL, c->unit->pos); }
bool emit_jump(Compiler *c, int op, FlowBlock *target) { return emit_at(c, op, 0, target, c->unit->pos); }
bool emit_noline(Compiler *c, int op) { return emit_at(c, op, 0, NULL, flow_no_pos); }
bool emit_arg_noline(Compiler *c, int op, int arg) { return emit_at(c, op, arg, NULL, flow_no_pos); }
bool emit_jump_noline(Compiler *c, int op, FlowBlock *target) { return emit_at(c, op, 0, target, flow_no_pos); }

int (*compile_recursion_limit)(void);

FlowBlock *new_block(Compiler *c) {
  FlowBlock *block = flow_block_new(&c->unit->flow);
  if (!block) compile_no_memory(c);
  return block;
}

bool emit_name(Compiler *c, int op, AstName *name) {
  AstName *mangled = mangle(c, name);
  TRY(mangled);
  int index = name_map_add(c->arena, &c->unit->names, mangled, 0);
  return index < 0 ? compile_no_memory(c) : emit_arg(c, op, index);
}

int const_index(Compiler *c, int pool_number) {
  int index = pool_number < 0 ? -1 : const_list_add(c->arena, &c->unit->consts, (uint32_t)pool_number);
  if (index < 0) compile_no_memory(c);
  return index;
}

bool emit_const(Compiler *c, int pool_number) {
  int index = const_index(c, pool_number);
  return index >= 0 && emit_arg(c, OP_LOAD_CONST, index);
}

bool emit_none(Compiler *c) { return emit_const(c, const_pool_add(&c->pool, V_NONE)); }
bool emit_const_name(Compiler *c, AstName *name) { return emit_const(c, const_pool_add_name(&c->pool, name)); }

bool emit_call(Compiler *c, int argc) { return emit_arg(c, OP_PRECALL, argc) && emit_arg(c, OP_CALL, argc); }

bool emit_yield_from(Compiler *c, bool is_await) {
  FlowBlock *start = new_block(c), *resume = start ? new_block(c) : NULL, *exit = resume ? new_block(c) : NULL;
  TRY(exit);
  use_block(c, start);
  TRY(emit_jump(c, OP_SEND, exit));
  use_block(c, resume);
  TRY(emit(c, OP_YIELD_VALUE));
  TRY(emit_arg(c, OP_RESUME, is_await ? 3 : 2));
  TRY(emit_jump(c, FLOW_JUMP_NO_INTERRUPT, start));
  use_block(c, exit);
  return true;
}

// ---- blocks of statements ----------------------------------------------------------------------------------------------------------

bool block_push(Compiler *c, FrameBlock block) {
  if (c->unit->block_count >= MOST_BLOCKS) return compile_fail(c, "too many statically nested blocks");
  c->unit->blocks[c->unit->block_count++] = block;
  return true;
}

void block_pop(Compiler *c) { c->unit->block_count--; }

bool compile_check_async(Compiler *c, const char *what) {
  if (allows_top_level_await(c)) c->unit->scope->coroutine = true;
  else if (c->unit->kind != UNIT_ASYNC_FUNCTION) return compile_fail(c, "'%s' outside async function", what);
  return true;
}

// ---- units -------------------------------------------------------------------------------------------------------------------------

static int by_text(const void *a, const void *b) {
  const AstName *x = *(AstName *const *)a, *y = *(AstName *const *)b;
  return strcmp(x->utf8, y->utf8);
}

// Adds the scope's names of one kind to the map, sorted, numbered from `number` on.
static bool collect_names(Compiler *c, const Scope *scope, SymbolScope kind, uint32_t flag, uint32_t number, NameMap *out) {
  uint32_t n = 0;
  const NameMap *symbols = &scope->symbols;
  for (uint32_t i = 0; i < symbols->count; i++) n += symbol_scope(symbols->values[i]) == kind || symbols->values[i] & flag;
  if (!n) return true;
  AstName **names = arena_alloc(c->arena, n * sizeof *names);
  if (!names) return compile_no_memory(c);
  n = 0;
  for (uint32_t i = 0; i < symbols->count; i++)
    if (symbol_scope(symbols->values[i]) == kind || symbols->values[i] & flag) names[n++] = symbols->names[i];
  qsort(names, n, sizeof *names, by_text);
  for (uint32_t i = 0; i < n; i++)
    if (name_map_add(c->arena, out, names[i], number + i) < 0) return compile_no_memory(c);
  return true;
}

static AstName *name_join(Compiler *c, const AstName *base, const char *middle, const AstName *name) {
  size_t middle_len = strlen(middle), len = base->len + middle_len + name->len;
  char *text = arena_alloc(c->arena, len + 1);
  if (!text) return NULL;
  memcpy(text, base->utf8, base->len);
  memcpy(text + base->len, middle, middle_len);
  memcpy(text + base->len + middle_len, name->utf8, name->len);
  return arena_intern(c->arena, text, len);
}

static bool set_qualname(Compiler *c, Unit *u) {
  const Unit *outer = u->outer;
  u->qualname = u->name;
  if (c->nesting <= 1) return true;
  if (u->kind == UNIT_FUNCTION || u->kind == UNIT_ASYNC_FUNCTION || u->kind == UNIT_CLASS) {
    AstName *mangled = symtable_mangle(c->arena, outer->private_class, u->name);
    if (!mangled) return compile_no_memory(c);
    if (symbol_scope(scope_symbol(outer->scope, mangled)) == SCOPE_GLOBAL_EXPLICIT) return true;
  }
  bool in_function = outer->kind == UNIT_FUNCTION || outer->kind == UNIT_ASYNC_FUNCTION || outer->kind == UNIT_LAMBDA;
  if (outer->kind == UNIT_MODULE) return true;
  u->qualname = name_join(c, outer->qualname, in_function ? ".<locals>." : ".", u->name);
  return u->qualname || compile_no_memory(c);
}

bool unit_enter(Compiler *c, AstName *name, UnitKind kind, const void *node, int firstlineno) {
  Unit *u = arena_alloc(c->arena, sizeof *u);
  if (!u || !flow_init(&u->flow, c->arena)) return compile_no_memory(c);
  u->kind = kind;
  u->name = name;
  u->firstlineno = firstlineno;
  u->scope = symtable_scope(c->symbols, node);
  u->outer = c->unit;
  for (uint32_t i = 0; i < u->scope->params.count; i++)
    if (name_map_add(c->arena, &u->varnames, u->scope->params.names[i], i) < 0) return compile_no_memory(c);
  TRY(collect_names(c, u->scope, SCOPE_CELL, 0, 0, &u->cellvars));
  if (u->scope->needs_class_closure && name_map_add(c->arena, &u->cellvars, c->known.class_, 0) < 0) return compile_no_memory(c);
  TRY(collect_names(c, u->scope, SCOPE_FREE, DEF_FREE_CLASS, u->cellvars.count, &u->freevars));
  if (u->outer) u->private_class = u->outer->private_class;
  TRY(set_qualname(c, u));
  u->pos = (AstPos){kind == UNIT_MODULE ? 0 : firstlineno, 0, firstlineno, 0};
  c->unit = u;
  c->nesting++;
  return emit_arg(c, OP_RESUME, 0);
}

void unit_leave(Compiler *c) {
  c->unit = c->unit->outer;
  c->nesting--;
}

static int code_flags(const Compiler *c) {
  const Scope *s = c->unit->scope;
  int flags = c->flags & COMPILE_FUTURE_MASK;
  if (s->kind == SCOPE_KIND_FUNCTION) {
    flags |= CO_NEWLOCALS | CO_OPTIMIZED;
    if (s->nested) flags |= CO_NESTED;
    if (s->generator && s->coroutine) flags |= CO_ASYNC_GENERATOR;
    else if (s->generator) flags |= CO_GENERATOR;
    else if (s->coroutine) flags |= CO_COROUTINE;
    if (s->varargs) flags |= CO_VARARGS;
    if (s->varkeywords) flags |= CO_VARKEYWORDS;
  }
  if (allows_top_level_await(c) && s->coroutine && !s->generator) flags |= CO_COROUTINE;
  return flags;
}

Value unit_assemble(Compiler *c, bool adds_none) {
  FlowInstr *last = flow_last(c->unit->flow.current);
  if (!last || last->op != OP_RETURN_VALUE) {
    unset_pos(c);
    if ((adds_none && !emit_none(c)) || !emit(c, OP_RETURN_VALUE)) return V_NULL;
  }
  Value code = assemble_unit(c, code_flags(c));
  if (v_is_null(code)) compile_no_memory(c);
  return code;
}

// ---- the whole ---------------------------------------------------------------------------------------------------------------------

static bool intern_known(Compiler *c) {
  struct {
    AstName **slot;
    const char *text;
  } names[] = {
      {&c->known.debug, "__debug__"},
      {&c->known.doc, "__doc__"},
      {&c->known.annotations, "__annotations__"},
      {&c->known.class_, "__class__"},
      {&c->known.classcell, "__classcell__"},
      {&c->known.module, "__module__"},
      {&c->known.qualname, "__qualname__"},
      {&c->known.name, "__name__"},
      {&c->known.join, "join"},
      {&c->known.star, "*"},
      {&c->known.empty, ""},
  };
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) TRY(*names[i].slot = known_name(c, names[i].text));
  return true;
}

static Value compile_mod(Compiler *c, const AstMod *mod) {
  AstName *name = known_name(c, "<module>");
  if (!name || !unit_enter(c, name, UNIT_MODULE, mod, 1)) return V_NULL;
  bool adds_none = true, fine = false;
  switch (mod->kind) {
    case AST_Module: fine = compile_body(c, mod->u.Module.body); break;
    case AST_Interactive:
      c->interactive = true;
      set_pos(c, (AstPos){1, 0, 1, 0});
      fine = (!compile_has_annotations(mod->u.Interactive.body) || emit(c, OP_SETUP_ANNOTATIONS)) && compile_stmts(c, mod->u.Interactive.body);
      break;
    case AST_Expression:
      adds_none = false;
      fine = compile_expr(c, mod->u.Expression.body);
      break;
    case AST_FunctionType: break;   // refused by the symbol table
  }
  return fine ? unit_assemble(c, adds_none) : V_NULL;
}

FrontDepth compile_depth(Thread *t) {
  // A Python frame is worth three levels here, and the frames that are active already count.
  enum { LEVELS_A_FRAME = 3 };
  int limit = compile_recursion_limit ? compile_recursion_limit() : 1000;
  int most = limit > INT_MAX / LEVELS_A_FRAME ? INT_MAX : limit * LEVELS_A_FRAME;
  int depth = t->py_depth > INT_MAX / LEVELS_A_FRAME ? INT_MAX : t->py_depth * LEVELS_A_FRAME;
  return (FrontDepth){.depth = depth, .limit = most, .stack_limit = t->c_stack_limit};
}

Value compile_ast(Thread *t, Arena *arena, AstMod *mod, const CompileOptions *options, FrontError *err) {
  Compiler c = {.t = t, .arena = arena, .flags = options->flags, .options = *options, .err = err, .depth = compile_depth(t)};
  const_pool_init(&c.pool, t, arena);
  Value code = V_NULL;
  FrontDepth start = c.depth;
  if (intern_known(&c) && future_read(mod, &c.future, err)) {
    c.flags |= c.future.flags;
    OptimiseOptions fold = {.optimize = options->optimize, .future_annotations = c.flags & CO_FUTURE_ANNOTATIONS};
    if (optimise_ast(mod, &c.pool, fold, &c.depth, err)) {
      c.depth = start;
      c.symbols = symtable_build(arena, mod, fold.future_annotations, &c.depth, err);
      c.depth = start;
      if (c.symbols) code = compile_mod(&c, mod);
    }
  }
  const_pool_clear(&c.pool);
  if (v_is_null(code)) compile_no_memory(&c);
  return code;
}
