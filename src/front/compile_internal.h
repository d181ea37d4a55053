// What the parts of the compiler (compile*.c) share: the state of a compilation, and how instructions are emitted.
#ifndef WEFT_FRONT_COMPILE_INTERNAL_H
#define WEFT_FRONT_COMPILE_INTERNAL_H

#include "code/code_flags.h"
#include "front/ast.h"
#include "front/compile_options.h"
#include "front/const_list.h"
#include "front/flowgraph.h"
#include "front/front_depth.h"
#include "front/future.h"
#include "front/symtable.h"
#include "front/syntax_error.h"

// Every function here that answers bool answers false when compilation must stop: Compiler.err says why.
#define TRY(call) do { if (!(call)) return false; } while (0)

enum { STACK_USE_GUIDELINE = 30,   // more items than this on the stack for one display or call: build it piecemeal
       MOST_BLOCKS = 20 };         // statically nested loops, try and with statements

typedef enum UnitKind { UNIT_MODULE, UNIT_CLASS, UNIT_FUNCTION, UNIT_ASYNC_FUNCTION, UNIT_LAMBDA, UNIT_COMPREHENSION } UnitKind;

// What a return, break or continue must undo on its way out.
typedef enum FrameBlockKind {
  BLOCK_WHILE, BLOCK_FOR, BLOCK_TRY_EXCEPT, BLOCK_FINALLY_TRY, BLOCK_FINALLY_END, BLOCK_WITH, BLOCK_ASYNC_WITH, BLOCK_HANDLER_CLEANUP,
  BLOCK_POP_VALUE, BLOCK_EXCEPTION_HANDLER, BLOCK_GROUP_HANDLER, BLOCK_ASYNC_COMPREHENSION
} FrameBlockKind;

typedef struct FrameBlock {
  FrameBlockKind kind;
  FlowBlock *start, *exit;        // of loops: where continue and break go
  const AstStmt *stmt;            // WITH
  const AstStmtSeq *finally;      // FINALLY_TRY
  AstName *name;                  // HANDLER_CLEANUP: `as` name, or NULL
} FrameBlock;

// One code object under construction.
typedef struct Unit {
  struct Unit *outer;
  UnitKind kind;
  Scope *scope;
  AstName *name, *qualname;
  AstName *private_class;         // for mangling; NULL: none
  NameMap names, varnames, cellvars, freevars;
  ConstList consts;
  int argcount, posonlyargcount, kwonlyargcount;
  int firstlineno;
  AstPos pos;                     // of the instructions to come
  FrameBlock blocks[MOST_BLOCKS];
  int block_count;
  Flow flow;
} Unit;

typedef struct Compiler {
  Thread *t;
  Arena *arena;
  ConstPool pool;
  SymbolTable *symbols;
  FutureFeatures future;
  int flags;                      // CO_FUTURE_* of options and module, COMPILE_*
  CompileOptions options;
  bool interactive;
  Unit *unit;
  int nesting;                    // units around, the innermost counted
  FrontDepth depth;
  FrontError *err;
  struct { AstName *debug, *doc, *annotations, *class_, *classcell, *module, *qualname, *name, *join, *star, *empty; } known;
} Compiler;

// ---- compile.c: errors, units, emitting ---------------------------------------------------------------------------------------------

bool compile_fail(Compiler *c, const char *format, ...) __attribute__((format(printf, 2, 3)));   // SyntaxError at the unit's position
bool compile_warn(Compiler *c, const char *format, ...) __attribute__((format(printf, 2, 3)));   // SyntaxWarning there
bool compile_no_memory(Compiler *c);    // also when an exception is set already

bool unit_enter(Compiler *c, AstName *name, UnitKind kind, const void *node, int firstlineno);
void unit_leave(Compiler *c);
// Finishes the unit's code: the owned code object, V_NULL on failure. adds_none: a missing return returns None, else the value on the stack.
Value unit_assemble(Compiler *c, bool adds_none);

bool block_push(Compiler *c, FrameBlock block);
void block_pop(Compiler *c);

static inline void set_pos(Compiler *c, AstPos pos) { c->unit->pos = pos; }
static inline void unset_pos(Compiler *c) { c->unit->pos = flow_no_pos; }

FlowBlock *new_block(Compiler *c);      // NULL: out of memory, error set
static inline void use_block(Compiler *c, FlowBlock *block) { flow_use(&c->unit->flow, block); }
bool emit(Compiler *c, int op);
bool emit_arg(Compiler *c, int op, int arg);
bool emit_jump(Compiler *c, int op, FlowBlock *target);
bool emit_noline(Compiler *c, int op);
bool emit_arg_noline(Compiler *c, int op, int arg);
bool emit_jump_noline(Compiler *c, int op, FlowBlock *target);
bool emit_name(Compiler *c, int op, AstName *name);       // mangled here; the argument is its place in co_names
int const_index(Compiler *c, int pool_number);            // place in co_consts; -1 with the error set, also for pool_number -1
bool emit_const(Compiler *c, int pool_number);            // LOAD_CONST
bool emit_none(Compiler *c);
bool emit_const_name(Compiler *c, AstName *name);         // the name as a str
AstName *known_name(Compiler *c, const char *text);       // NULL: no memory, error set
AstName *mangle(Compiler *c, AstName *name);              // NULL: no memory, error set
bool load_store_name(Compiler *c, AstName *name, AstExprContext ctx);
bool emit_yield_from(Compiler *c, bool is_await);
bool emit_call(Compiler *c, int argc);                    // PRECALL, CALL
bool check_name(Compiler *c, AstName *name, AstExprContext ctx);   // __debug__ is not for assignment
bool compile_check_async(Compiler *c, const char *what);  // an async statement may stand here
static inline bool allows_top_level_await(const Compiler *c) {
  return c->flags & COMPILE_ALLOW_TOP_LEVEL_AWAIT && c->unit->scope->kind == SCOPE_KIND_MODULE;
}

// ---- the other parts ----------------------------------------------------------------------------------------------------------------

bool compile_stmts(Compiler *c, AstStmtSeq body);                                   // compile_stmt.c
bool compile_stmt(Compiler *c, const AstStmt *s);
bool compile_body(Compiler *c, AstStmtSeq body);                                    // of a module or class: annotations, docstring
bool compile_has_annotations(AstStmtSeq body);
bool compile_unwind(Compiler *c, bool keep_top, FrameBlock **loop);                 // compile_unwind.c
bool compile_unwind_block(Compiler *c, const FrameBlock *block, bool keep_top);
bool compile_call_exit_with_nones(Compiler *c);
bool compile_try(Compiler *c, const AstStmt *s);                                    // compile_try.c
bool compile_try_star(Compiler *c, const AstStmt *s);
bool compile_with(Compiler *c, const AstStmt *s, uint32_t item);                    // compile_with.c
bool compile_function(Compiler *c, const AstStmt *s);                               // compile_function.c
bool compile_class(Compiler *c, const AstStmt *s);
bool compile_lambda(Compiler *c, const AstExpr *e);
bool compile_make_closure(Compiler *c, Value stolen_code, int flags);
bool compile_annotation(Compiler *c, const AstExpr *annotation);                    // as a value, or its text under the future feature
bool compile_match(Compiler *c, const AstStmt *s);                                  // compile_pattern.c
bool compile_expr(Compiler *c, const AstExpr *e);                                   // compile_expr.c
bool compile_exprs(Compiler *c, AstExprSeq seq);
bool compile_jump_if(Compiler *c, const AstExpr *e, FlowBlock *next, bool when);
bool compile_warn_compare(Compiler *c, const AstExpr *e);
bool compile_augassign(Compiler *c, const AstStmt *s);
bool compile_comprehension(Compiler *c, const AstExpr *e);                          // compile_comprehension.c
bool compile_call(Compiler *c, const AstExpr *e);                                   // compile_call.c
bool compile_call_args(Compiler *c, int pushed, AstExprSeq args, AstKeywordSeq keywords);
bool compile_at_attribute(Compiler *c, const AstExpr *attribute);                   // position of the attribute's name alone
bool compile_display(Compiler *c, AstExprSeq elts, int pushed, int build, int add, int extend, bool tuple);  // compile_display.c
bool compile_dict(Compiler *c, const AstExpr *e);
bool compile_unpack_targets(Compiler *c, AstExprSeq elts);
bool compile_all_constant(AstExprSeq elts, uint32_t begin, uint32_t end);
// Pool number of a tuple of constants; -1 with the error set. Names: mangled as keyword arguments are not.
int compile_const_tuple(Compiler *c, AstExprSeq elts, uint32_t begin, uint32_t end);
int compile_name_tuple(Compiler *c, AstName *const *names, uint32_t n);
int compile_literal(Compiler *c, const AstExpr *e);                                 // pool number of a constant expression
const char *compile_type_name(const AstExpr *e);                                    // of the value, when the expression tells it; else NULL

#endif
