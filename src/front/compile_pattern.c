// match statements: each pattern is compiled to tests that jump to a chain of pops on failure.
//
// While a pattern is tested the stack holds, from the bottom: the match's subject, captured values (bound to names only when the whole
// pattern has matched), and on_top items that the pattern still needs. Failure pops captures and on_top items: fail_pop[n] pops n.
#include "front/compile_internal.h"
#include "objects/object.h"
#include "objects/set.h"
#include "objects/str.h"

typedef struct Captures {
  AstName **names;
  uint32_t count, capacity;
} Captures;

typedef struct Pattern {
  Captures stores;          // names captured so far, bottom of the stack first
  bool allow_irrefutable;   // a pattern that always matches may stand here
  FlowBlock **fail_pop;
  uint32_t fail_count, fail_capacity;
  int on_top;
} Pattern;

static bool pattern(Compiler *c, const AstPattern *p, Pattern *pc);

static bool is_wildcard(const AstPattern *p) { return p->kind == AST_MatchAs && !p->u.MatchAs.name; }
static bool is_star_wildcard(const AstPattern *p) { return p->kind == AST_MatchStar && !p->u.MatchStar.name; }

// ---- captures ----------------------------------------------------------------------------------------------------------------------

static int find_capture(const Captures *captures, const AstName *name) {
  for (uint32_t i = 0; i < captures->count; i++)
    if (captures->names[i] == name) return (int)i;
  return -1;
}

static bool add_capture(Compiler *c, Captures *captures, AstName *name) {
  if (find_capture(captures, name) >= 0) return compile_fail(c, "multiple assignments to name '%s' in pattern", name->utf8);
  if (captures->count == captures->capacity) {
    uint32_t capacity = captures->capacity ? 2 * captures->capacity : 8;
    AstName **names = arena_alloc(c->arena, capacity * sizeof *names);
    if (!names) return compile_no_memory(c);
    if (captures->count) memcpy(names, captures->names, captures->count * sizeof *names);
    captures->names = names;
    captures->capacity = capacity;
  }
  captures->names[captures->count++] = name;
  return true;
}

// Moves the top `count - 1` items deep.
static bool rotate(Compiler *c, int count) {
  for (; count > 1; count--) TRY(emit_arg(c, OP_SWAP, count));
  return true;
}

static bool store_name(Compiler *c, AstName *name, Pattern *pc) {
  if (!name) return emit(c, OP_POP_TOP);
  TRY(check_name(c, name, AST_Store));
  if (find_capture(&pc->stores, name) < 0) TRY(rotate(c, pc->on_top + (int)pc->stores.count + 1));
  return add_capture(c, &pc->stores, name);
}

// ---- failure -----------------------------------------------------------------------------------------------------------------------

static bool ensure_fail_pop(Compiler *c, Pattern *pc, uint32_t n) {
  if (n + 1 > pc->fail_capacity) {
    uint32_t capacity = n + 8;
    FlowBlock **blocks = arena_alloc(c->arena, capacity * sizeof *blocks);
    if (!blocks) return compile_no_memory(c);
    if (pc->fail_count) memcpy(blocks, pc->fail_pop, pc->fail_count * sizeof *blocks);
    pc->fail_pop = blocks;
    pc->fail_capacity = capacity;
  }
  for (; pc->fail_count < n + 1; pc->fail_count++) TRY(pc->fail_pop[pc->fail_count] = new_block(c));
  return true;
}

static bool jump_to_fail(Compiler *c, Pattern *pc, int op) {
  uint32_t pops = (uint32_t)pc->on_top + pc->stores.count;
  TRY(ensure_fail_pop(c, pc, pops));
  return emit_jump(c, op, pc->fail_pop[pops]);
}

static bool emit_fail_pops(Compiler *c, Pattern *pc) {
  if (!pc->fail_count) return true;
  while (--pc->fail_count) {
    use_block(c, pc->fail_pop[pc->fail_count]);
    TRY(emit(c, OP_POP_TOP));
  }
  use_block(c, pc->fail_pop[0]);
  pc->fail_pop = NULL;
  pc->fail_capacity = 0;
  return true;
}

static bool fail_unless(Compiler *c, Pattern *pc) { return jump_to_fail(c, pc, FLOW_POP_JUMP_IF_FALSE); }

// ---- sequences ---------------------------------------------------------------------------------------------------------------------

enum { COMPARE_EQ = 2, COMPARE_GE = 5 };

static bool emit_int(Compiler *c, int64_t i) { return emit_const(c, const_pool_add_int(&c->pool, i)); }

static bool subpattern(Compiler *c, const AstPattern *p, Pattern *pc) {
  bool allowed = pc->allow_irrefutable;
  pc->allow_irrefutable = true;
  TRY(pattern(c, p, pc));
  pc->allow_irrefutable = allowed;
  return true;
}

static bool check_length(Compiler *c, int64_t length, int compare, Pattern *pc) {
  return emit(c, OP_GET_LEN) && emit_int(c, length) && emit_arg(c, OP_COMPARE_OP, compare) && fail_unless(c, pc);
}

static bool unpack_items(Compiler *c, AstPatternSeq patterns, int star, Pattern *pc) {
  int size = (int)patterns.size;
  if (star < 0) {
    TRY(emit_arg(c, OP_UNPACK_SEQUENCE, size));
  } else {
    int behind = size - star - 1;
    if (star >= 256 || behind >= INT32_MAX >> 8) return compile_fail(c, "too many expressions in star-unpacking sequence pattern");
    TRY(emit_arg(c, OP_UNPACK_EX, star + (behind << 8)));
  }
  pc->on_top += size;
  for (int i = 0; i < size; i++) {
    pc->on_top--;
    TRY(subpattern(c, patterns.items[i], pc));
  }
  return true;
}

// With a starred wildcard single items are fetched instead of unpacking everything.
static bool fetch_items(Compiler *c, AstPatternSeq patterns, int star, Pattern *pc) {
  int size = (int)patterns.size;
  pc->on_top++;
  for (int i = 0; i < size; i++) {
    if (i == star || is_wildcard(patterns.items[i])) continue;
    TRY(emit_arg(c, OP_COPY, 1));
    if (i < star) TRY(emit_int(c, i));
    else TRY(emit(c, OP_GET_LEN) && emit_int(c, size - i) && emit_arg(c, OP_BINARY_OP, OP_SUBTRACT));   // negative indexes may not work
    TRY(emit(c, OP_BINARY_SUBSCR));
    TRY(subpattern(c, patterns.items[i], pc));
  }
  pc->on_top--;
  return emit(c, OP_POP_TOP);
}

static bool sequence_pattern(Compiler *c, const AstPattern *p, Pattern *pc) {
  AstPatternSeq patterns = p->u.MatchSequence.patterns;
  int size = (int)patterns.size, star = -1;
  bool only_wildcards = true, star_is_wildcard = false;
  for (int i = 0; i < size; i++) {
    const AstPattern *item = patterns.items[i];
    if (item->kind == AST_MatchStar) {
      if (star >= 0) return compile_fail(c, "multiple starred names in sequence pattern");
      star_is_wildcard = is_star_wildcard(item);
      only_wildcards = only_wildcards && star_is_wildcard;
      star = i;
    } else {
      only_wildcards = only_wildcards && is_wildcard(item);
    }
  }
  pc->on_top++;
  TRY(emit(c, OP_MATCH_SEQUENCE) && fail_unless(c, pc));
  if (star < 0) TRY(check_length(c, size, COMPARE_EQ, pc));
  else if (size > 1) TRY(check_length(c, size - 1, COMPARE_GE, pc));
  pc->on_top--;
  if (only_wildcards) return emit(c, OP_POP_TOP);
  return star_is_wildcard ? fetch_items(c, patterns, star, pc) : unpack_items(c, patterns, star, pc);
}

// ---- mappings ----------------------------------------------------------------------------------------------------------------------

static bool check_key(Compiler *c, const AstExpr *key, Value seen) {
  int number = compile_literal(c, key);
  TRY(number >= 0);
  Value value = const_pool_value(&c->pool, number);
  int found = set_contains(c->t, v_set_obj(seen), value);
  if (found == 0) return set_add(c->t, v_set_obj(seen), value) == 0 || compile_no_memory(c);
  if (found < 0) return compile_no_memory(c);
  Value repr = object_repr(c->t, value);
  const char *text = v_is_null(repr) ? NULL : str_utf8(c->t, repr, NULL);
  if (text) compile_fail(c, "mapping pattern checks duplicate key (%s)", text);
  v_drop(c->t, repr);
  return text ? false : compile_no_memory(c);
}

static bool mapping_keys(Compiler *c, const AstPattern *p) {
  AstExprSeq keys = p->u.MatchMapping.keys;
  Value seen = set_new(c->t, V_NULL);
  if (v_is_null(seen)) return compile_no_memory(c);
  bool fine = true;
  for (uint32_t i = 0; i < keys.size && fine; i++) {
    const AstExpr *key = keys.items[i];
    if (!key) {
      set_pos(c, p->u.MatchMapping.patterns.items[i]->pos);
      fine = compile_fail(c, "can't use NULL keys in MatchMapping (set 'rest' parameter instead)");
    } else if (key->kind == AST_Constant) {
      fine = check_key(c, key, seen);
    } else if (key->kind != AST_Attribute) {
      fine = compile_fail(c, "mapping pattern keys may only match literals and attribute lookups");
    }
    fine = fine && compile_expr(c, key);
  }
  v_drop(c->t, seen);
  return fine;
}

// [subject, keys] becomes a dict of the other items.
static bool mapping_rest(Compiler *c, AstName *rest, int size, Pattern *pc) {
  TRY(emit_arg(c, OP_BUILD_MAP, 0) && emit_arg(c, OP_SWAP, 3) && emit_arg(c, OP_DICT_UPDATE, 2) && emit_arg(c, OP_UNPACK_SEQUENCE, size));
  for (; size; size--) TRY(emit_arg(c, OP_COPY, size + 1) && emit_arg(c, OP_SWAP, 2) && emit(c, OP_DELETE_SUBSCR));
  return store_name(c, rest, pc);
}

static bool mapping_pattern(Compiler *c, const AstPattern *p, Pattern *pc) {
  int size = (int)p->u.MatchMapping.keys.size;
  AstPatternSeq patterns = p->u.MatchMapping.patterns;
  if ((uint32_t)size != patterns.size)
    return compile_fail(c, "keys (%d) / patterns (%d) length mismatch in mapping pattern", size, (int)patterns.size);
  pc->on_top++;
  TRY(emit(c, OP_MATCH_MAPPING) && fail_unless(c, pc));
  if (!size && !p->u.MatchMapping.rest) {
    pc->on_top--;
    return emit(c, OP_POP_TOP);
  }
  if (size) TRY(check_length(c, size, COMPARE_GE, pc));
  TRY(mapping_keys(c, p));
  TRY(emit_arg(c, OP_BUILD_TUPLE, size) && emit(c, OP_MATCH_KEYS));
  pc->on_top += 2;
  TRY(emit_arg(c, OP_COPY, 1) && emit_none(c) && emit_arg(c, OP_IS_OP, 1) && fail_unless(c, pc));
  TRY(emit_arg(c, OP_UNPACK_SEQUENCE, size));
  pc->on_top += size - 1;
  for (int i = 0; i < size; i++) {
    pc->on_top--;
    TRY(subpattern(c, patterns.items[i], pc));
  }
  pc->on_top -= 2;
  if (p->u.MatchMapping.rest) return mapping_rest(c, p->u.MatchMapping.rest, size, pc);
  return emit(c, OP_POP_TOP) && emit(c, OP_POP_TOP);   // keys, subject
}

// ---- classes -----------------------------------------------------------------------------------------------------------------------

static bool check_attributes(Compiler *c, AstNameSeq attrs, AstPatternSeq patterns) {
  for (uint32_t i = 0; i < attrs.size; i++) {
    set_pos(c, patterns.items[i]->pos);
    TRY(check_name(c, attrs.items[i], AST_Store));
    for (uint32_t k = i + 1; k < attrs.size; k++)
      if (attrs.items[k] == attrs.items[i]) {
        set_pos(c, patterns.items[k]->pos);
        return compile_fail(c, "attribute name repeated in class pattern: %s", attrs.items[i]->utf8);
      }
  }
  return true;
}

static bool class_pattern(Compiler *c, const AstPattern *p, Pattern *pc) {
  AstPatternSeq positional = p->u.MatchClass.patterns, by_name = p->u.MatchClass.kwd_patterns;
  AstNameSeq attrs = p->u.MatchClass.kwd_attrs;
  if (attrs.size != by_name.size)
    return compile_fail(c, "kwd_attrs (%d) / kwd_patterns (%d) length mismatch in class pattern", (int)attrs.size, (int)by_name.size);
  if (attrs.size) {
    TRY(check_attributes(c, attrs, by_name));
    set_pos(c, p->pos);
  }
  int count = (int)(positional.size + by_name.size);
  TRY(compile_expr(c, p->u.MatchClass.cls));
  TRY(emit_const(c, compile_name_tuple(c, attrs.items, attrs.size)) && emit_arg(c, OP_MATCH_CLASS, (int)positional.size));
  TRY(emit_arg(c, OP_COPY, 1) && emit_none(c) && emit_arg(c, OP_IS_OP, 1));
  pc->on_top++;
  TRY(fail_unless(c, pc));
  TRY(emit_arg(c, OP_UNPACK_SEQUENCE, count));
  pc->on_top += count - 1;
  for (int i = 0; i < count; i++) {
    const AstPattern *item = i < (int)positional.size ? positional.items[i] : by_name.items[i - (int)positional.size];
    pc->on_top--;
    TRY(is_wildcard(item) ? emit(c, OP_POP_TOP) : subpattern(c, item, pc));
  }
  return true;
}

// ---- alternatives ------------------------------------------------------------------------------------------------------------------

// Brings the captures of an alternative, and the stack, into the order of the first alternative.
static bool reorder_captures(Compiler *c, const Captures *control, Captures *stores) {
  for (int want = (int)control->count - 1; want >= 0; want--) {
    int at = find_capture(stores, control->names[want]);
    if (at < 0) return compile_fail(c, "alternative patterns bind different names");
    if (at == want) continue;
    // stores[0..at] move up so that stores[at] comes to stand at `want`.
    AstName **moved = arena_alloc(c->arena, (size_t)(at + 1) * sizeof *moved);
    if (!moved) return compile_no_memory(c);
    memcpy(moved, stores->names, (size_t)(at + 1) * sizeof *moved);
    memmove(stores->names, stores->names + at + 1, (size_t)(want - at) * sizeof *moved);
    memcpy(stores->names + want - at, moved, (size_t)(at + 1) * sizeof *moved);
    for (int i = 0; i <= at; i++) TRY(rotate(c, want + 1));
  }
  return true;
}

static bool or_pattern(Compiler *c, const AstPattern *p, Pattern *pc) {
  AstPatternSeq patterns = p->u.MatchOr.patterns;
  FlowBlock *end = new_block(c);
  TRY(end);
  Captures control = {0};
  for (uint32_t i = 0; i < patterns.size; i++) {
    const AstPattern *alternative = patterns.items[i];
    Pattern inner = {.allow_irrefutable = i + 1 == patterns.size && pc->allow_irrefutable};
    set_pos(c, alternative->pos);
    TRY(emit_arg(c, OP_COPY, 1));
    TRY(pattern(c, alternative, &inner));
    if (i == 0) control = inner.stores;
    else if (inner.stores.count != control.count) return compile_fail(c, "alternative patterns bind different names");
    else TRY(reorder_captures(c, &control, &inner.stores));
    TRY(emit_jump(c, FLOW_JUMP, end));
    TRY(emit_fail_pops(c, &inner));
  }
  TRY(emit(c, OP_POP_TOP));   // no alternative matched: drop the copy of the subject
  TRY(jump_to_fail(c, pc, FLOW_JUMP));
  use_block(c, end);
  int depth = (int)control.count + 1 + pc->on_top + (int)pc->stores.count;
  for (uint32_t i = 0; i < control.count; i++) {
    TRY(rotate(c, depth));
    TRY(add_capture(c, &pc->stores, control.names[i]));
  }
  return emit(c, OP_POP_TOP);
}

// ---- all of them -------------------------------------------------------------------------------------------------------------------

static bool as_pattern(Compiler *c, const AstPattern *p, Pattern *pc) {
  AstName *name = p->u.MatchAs.name;
  if (!p->u.MatchAs.pattern) {
    if (!pc->allow_irrefutable) {
      if (name) return compile_fail(c, "name capture '%s' makes remaining patterns unreachable", name->utf8);
      return compile_fail(c, "wildcard makes remaining patterns unreachable");
    }
    return store_name(c, name, pc);
  }
  pc->on_top++;
  TRY(emit_arg(c, OP_COPY, 1));
  TRY(pattern(c, p->u.MatchAs.pattern, pc));
  pc->on_top--;
  return store_name(c, name, pc);
}

static bool value_pattern(Compiler *c, const AstPattern *p, Pattern *pc) {
  const AstExpr *value = p->u.MatchValue.value;
  if (value->kind != AST_Constant && value->kind != AST_Attribute) return compile_fail(c, "patterns may only match literals and attribute lookups");
  return compile_expr(c, value) && emit_arg(c, OP_COMPARE_OP, COMPARE_EQ) && fail_unless(c, pc);
}

static bool singleton_pattern(Compiler *c, const AstPattern *p, Pattern *pc) {
  int number = const_pool_add_ast(&c->pool, &p->u.MatchSingleton.value);
  return emit_const(c, number) && emit_arg(c, OP_IS_OP, 0) && fail_unless(c, pc);
}

static bool pattern_fields(Compiler *c, const AstPattern *p, Pattern *pc) {
  switch (p->kind) {
    case AST_MatchValue: return value_pattern(c, p, pc);
    case AST_MatchSingleton: return singleton_pattern(c, p, pc);
    case AST_MatchSequence: return sequence_pattern(c, p, pc);
    case AST_MatchMapping: return mapping_pattern(c, p, pc);
    case AST_MatchClass: return class_pattern(c, p, pc);
    case AST_MatchStar: return store_name(c, p->u.MatchStar.name, pc);
    case AST_MatchAs: return as_pattern(c, p, pc);
    case AST_MatchOr: return or_pattern(c, p, pc);
  }
  return true;
}

static bool pattern(Compiler *c, const AstPattern *p, Pattern *pc) {
  if (!front_depth_enter(&c->depth)) return front_error_set(c->err, FRONT_RECURSION_ERROR, FRONT_DEPTH_MESSAGE);
  set_pos(c, p->pos);
  TRY(pattern_fields(c, p, pc));
  front_depth_leave(&c->depth);
  return true;
}

// ---- the statement -----------------------------------------------------------------------------------------------------------------

static bool match_case(Compiler *c, const AstMatchCase *m, bool last_test, bool may_be_irrefutable, FlowBlock *end) {
  Pattern pc = {.allow_irrefutable = m->guard || may_be_irrefutable};
  set_pos(c, m->pattern->pos);
  if (!last_test) TRY(emit_arg(c, OP_COPY, 1));
  TRY(pattern(c, m->pattern, &pc));
  for (uint32_t i = 0; i < pc.stores.count; i++) TRY(load_store_name(c, pc.stores.names[i], AST_Store));
  if (m->guard) {
    TRY(ensure_fail_pop(c, &pc, 0));
    TRY(compile_jump_if(c, m->guard, pc.fail_pop[0], false));
  }
  if (!last_test) TRY(emit(c, OP_POP_TOP));
  TRY(compile_stmts(c, m->body));
  TRY(emit_jump(c, FLOW_JUMP, end));
  set_pos(c, m->pattern->pos);   // cleaning up after a failed test counts as the pattern, not as the body
  return emit_fail_pops(c, &pc);
}

bool compile_match(Compiler *c, const AstStmt *s) {
  AstMatchCaseSeq cases = s->u.Match.cases;
  TRY(compile_expr(c, s->u.Match.subject));
  FlowBlock *end = new_block(c);
  TRY(end);
  const AstMatchCase *last = cases.items[cases.size - 1];
  bool has_default = cases.size > 1 && is_wildcard(last->pattern);
  uint32_t tests = cases.size - has_default;
  for (uint32_t i = 0; i < tests; i++) TRY(match_case(c, cases.items[i], i + 1 == tests, i + 1 == cases.size, end));
  if (has_default) {
    set_pos(c, last->pattern->pos);
    TRY(emit(c, OP_NOP));   // the line of a plain `case _`
    if (last->guard) TRY(compile_jump_if(c, last->guard, end, false));
    TRY(compile_stmts(c, last->body));
  }
  use_block(c, end);
  return true;
}
