// Laying out a unit's code: prefix, variables, bytes, tables.
#include "front/assemble.h"

#include <stdlib.h>

#include "code/code.h"
#include "code/exctable.h"
#include "code/linetable.h"
#include "front/flow_finish.h"
#include "front/flow_optimise.h"
#include "objects/bytes.h"
#include "objects/tuple.h"

// ---- variables ---------------------------------------------------------------------------------------------------------------------

// Where the cells and free variables stand in the frame: behind the locals, except for cells that are parameters and stay in their place.
// place[i] for deref number i; *count: all locals, cells and free variables.
static int *place_derefs(Compiler *c, int *count) {
  const Unit *u = c->unit;
  uint32_t derefs = u->cellvars.count + u->freevars.count;
  int *place = arena_alloc(c->arena, (derefs + 1) * sizeof *place), next = (int)u->varnames.count;
  if (!place) return NULL;
  for (uint32_t i = 0; i < u->cellvars.count; i++) {
    int parameter = name_map_find(&u->varnames, u->cellvars.names[i]);
    place[u->cellvars.values[i]] = parameter >= 0 ? parameter : next++;
  }
  for (uint32_t i = 0; i < u->freevars.count; i++) place[u->freevars.values[i]] = next++;
  *count = next;
  return place;
}

static bool is_deref(int op) { return op < 256 && opcode_flags[op] & OPCODE_FREE; }

static void fix_derefs(Flow *flow, const int *place) {
  for (FlowBlock *b = flow->entry; b; b = b->next)
    for (int i = 0; i < b->count; i++)
      if (is_deref(b->code[i].op)) b->code[i].arg = place[b->code[i].arg];
}

static bool is_generator_like(int flags) { return flags & (CO_GENERATOR | CO_COROUTINE | CO_ASYNC_GENERATOR); }

// What runs before RESUME: taking over the closure, making cells (in the order of their places), making the generator.
static bool insert_prefix(Compiler *c, int flags, const int *place, int locals) {
  Unit *u = c->unit;
  FlowBlock *entry = u->flow.entry;
  int at = 0;
  if (u->freevars.count) {
    FlowInstr copy = {.op = OP_COPY_FREE_VARS, .arg = (int)u->freevars.count, .pos = flow_no_pos};
    TRY(flow_insert(c->arena, entry, at++, copy));
  }
  for (int slot = 0; slot < locals; slot++)
    for (uint32_t i = 0; i < u->cellvars.count; i++)
      if (place[u->cellvars.values[i]] == slot) {
        FlowInstr make = {.op = OP_MAKE_CELL, .arg = (int)u->cellvars.values[i], .pos = flow_no_pos};
        TRY(flow_insert(c->arena, entry, at++, make));
      }
  if (is_generator_like(flags)) {
    FlowInstr make = {.op = OP_RETURN_GENERATOR, .pos = {u->firstlineno, -1, u->firstlineno, -1}};
    FlowInstr pop = {.op = OP_POP_TOP, .pos = flow_no_pos};
    TRY(flow_insert(c->arena, entry, at++, make));
    TRY(flow_insert(c->arena, entry, at, pop));
  }
  return true;
}

static bool make_locals(Compiler *c, const int *place, int count, Value *names, Value *kinds) {
  const Unit *u = c->unit;
  *names = tuple_new(c->t, count);
  *kinds = bytes_new(c->t, count);
  if (v_is_null(*names) || v_is_null(*kinds)) return false;
  Value *name = v_tuple(*names)->items;
  char *kind = v_bytes(*kinds)->data;
  memset(kind, 0, (size_t)count);
  for (uint32_t i = 0; i < u->varnames.count; i++) {
    name[i] = const_pool_name(&c->pool, u->varnames.names[i]);
    kind[i] = LOCAL_KIND_LOCAL;
  }
  for (uint32_t i = 0; i < u->cellvars.count; i++) {
    int at = place[u->cellvars.values[i]];
    name[at] = const_pool_name(&c->pool, u->cellvars.names[i]);
    kind[at] |= LOCAL_KIND_CELL;
  }
  for (uint32_t i = 0; i < u->freevars.count; i++) {
    int at = place[u->freevars.values[i]];
    name[at] = const_pool_name(&c->pool, u->freevars.names[i]);
    kind[at] = (char)LOCAL_KIND_FREE;
  }
  for (int i = 0; i < count; i++)
    if (v_is_null(name[i])) return false;
  return true;
}

static Value make_names(Compiler *c) {
  const NameMap *map = &c->unit->names;
  if (!map->count) return tuple_empty;
  Value names = tuple_new(c->t, map->count);
  for (uint32_t i = 0; i < map->count && !v_is_null(names); i++) {
    Value name = const_pool_name(&c->pool, map->names[i]);
    v_tuple(names)->items[i] = name;
    if (v_is_null(name)) {
      v_drop(c->t, names);
      names = V_NULL;
    }
  }
  return names;
}

static Value make_consts(Compiler *c) {
  const ConstList *list = &c->unit->consts;
  if (!list->count) return tuple_empty;
  Value consts = tuple_new(c->t, list->count);
  if (v_is_null(consts)) return V_NULL;
  for (uint32_t i = 0; i < list->count; i++) v_tuple(consts)->items[i] = v_own(c->t, const_pool_value(&c->pool, (int)list->numbers[i]));
  return consts;
}

// ---- bytes and tables --------------------------------------------------------------------------------------------------------------

static uint8_t *write_instr(uint8_t *p, const FlowInstr *i) {
  uint32_t arg = i->op >= OPCODE_HAVE_ARGUMENT ? (uint32_t)i->arg : 0;
  for (int shift = 24; shift > 0; shift -= 8)
    if (arg >> shift) {
      *p++ = OP_EXTENDED_ARG;
      *p++ = (uint8_t)(arg >> shift);
    }
  *p++ = (uint8_t)i->op;
  *p++ = (uint8_t)arg;
  size_t caches = opcode_caches[i->op];
  memset(p, 0, 2 * caches);
  return p + 2 * caches;
}

static Value make_code(Compiler *c, int units) {
  Value code = bytes_new(c->t, 2 * (int64_t)units);
  if (v_is_null(code)) return V_NULL;
  uint8_t *p = (uint8_t *)v_bytes(code)->data;
  for (FlowBlock *b = c->unit->flow.entry; b; b = b->next)
    for (int i = 0; i < b->count; i++) p = write_instr(p, &b->code[i]);
  return code;
}

static Value make_linetable(Compiler *c, int instructions, int units) {
  uint8_t *table = arena_alloc(c->arena, (size_t)(instructions + units / 8 + 1) * LINETABLE_ENTRY_MAX);
  if (!table) return V_NULL;
  uint8_t *p = table;
  int line = c->unit->firstlineno;
  for (FlowBlock *b = c->unit->flow.entry; b; b = b->next)
    for (int i = 0; i < b->count; i++) {
      AstPos pos = b->code[i].pos;
      LineEntry entry = {.line = pos.lineno, .end_line = pos.end_lineno, .column = pos.col_offset, .end_column = pos.end_col_offset};
      int size = flow_instr_size(&b->code[i]);
      for (; size > 8; size -= 8) p += linetable_write(p, &entry, 8, &line);
      p += linetable_write(p, &entry, size, &line);
    }
  return bytes_from(c->t, table, (size_t)(p - table));
}

static uint8_t *write_range(uint8_t *p, int start, int end, const FlowBlock *handler) {
  ExceptionEntry entry = {.start = 2 * start,
                          .end = 2 * end,
                          .target = 2 * handler->offset,
                          .depth = handler->start_depth - 1 - handler->push_lasti,
                          .push_lasti = handler->push_lasti};
  return p + exctable_write(p, &entry);
}

static Value make_exception_table(Compiler *c, int instructions) {
  uint8_t *table = NULL, *p = NULL;
  const FlowBlock *handler = NULL;
  int start = 0, offset = 0;
  for (FlowBlock *b = c->unit->flow.entry; b; b = b->next)
    for (int i = 0; i < b->count; i++) {
      if (b->code[i].handler != handler) {
        if (!table && !(p = table = arena_alloc(c->arena, (size_t)(instructions + 1) * EXCTABLE_ENTRY_MAX))) return V_NULL;
        if (handler) p = write_range(p, start, offset, handler);
        start = offset;
        handler = b->code[i].handler;
      }
      offset += flow_instr_size(&b->code[i]);
    }
  if (handler) p = write_range(p, start, offset, handler);
  return p == table ? v_own(c->t, bytes_empty) : bytes_from(c->t, table, (size_t)(p - table));
}

// ---- the whole ---------------------------------------------------------------------------------------------------------------------

static Value build_code(Compiler *c, int flags, int depth, const int *place, int locals) {
  Unit *u = c->unit;
  int instructions = 0, units = 0;
  for (FlowBlock *b = u->flow.entry; b; b = b->next) {
    instructions += b->count;
    for (int i = 0; i < b->count; i++) units += flow_instr_size(&b->code[i]);
  }
  CodeFields f = {.argcount = u->argcount,
                  .posonlyargcount = u->posonlyargcount,
                  .kwonlyargcount = u->kwonlyargcount,
                  .stacksize = depth,
                  .flags = flags,
                  .firstlineno = u->firstlineno,
                  .filename = c->options.filename};
  bool fine = make_locals(c, place, locals, &f.localsplusnames, &f.localspluskinds);
  if (fine) {
    f.code = make_code(c, units);
    f.linetable = make_linetable(c, instructions, units);
    f.exceptiontable = make_exception_table(c, instructions);
    f.consts = make_consts(c);
    f.names = make_names(c);
    f.name = const_pool_name(&c->pool, u->name);
    f.qualname = const_pool_name(&c->pool, u->qualname);
    fine = !v_is_null(f.code) && !v_is_null(f.linetable) && !v_is_null(f.exceptiontable) && !v_is_null(f.consts) && !v_is_null(f.names) &&
           !v_is_null(f.name) && !v_is_null(f.qualname);
  }
  Value code = fine ? code_new(c->t, &f) : V_NULL;
  Value made[] = {f.localsplusnames, f.localspluskinds, f.code, f.linetable, f.exceptiontable, f.consts, f.names};
  for (size_t i = 0; i < sizeof made / sizeof *made; i++) v_drop(c->t, made[i]);
  return code;
}

Value assemble_unit(Compiler *c, int flags) {
  Unit *u = c->unit;
  Flow *flow = &u->flow;
  int locals;
  flow_normalise(flow);
  if (!flow_inline_exits(flow)) return V_NULL;
  int *place = place_derefs(c, &locals);
  if (!place || !insert_prefix(c, flags, place, locals)) return V_NULL;
  fix_derefs(flow, place);
  if (!flow_optimise(flow, &c->pool, &u->consts)) return V_NULL;
  flow_trim_consts(flow, &u->consts);
  if (!flow_duplicate_exits(flow)) return V_NULL;
  flow_settle_lines(flow, u->firstlineno);
  int depth = flow_stack_depth(flow, u->scope->generator || u->scope->coroutine);
  if (depth < 0 || !flow_label_handlers(flow)) return V_NULL;
  for (FlowBlock *b = flow->entry; b; b = b->next) flow_clean_block(b, -1);
  flow_direct_jumps(flow);
  flow_place(flow);
  return build_code(c, flags, depth, place, locals);
}
