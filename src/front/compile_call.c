// Calls: plain ones, method calls, and those with * and **.
#include "front/compile_internal.h"

// ---- keywords ----------------------------------------------------------------------------------------------------------------------

static bool check_keywords(Compiler *c, AstKeywordSeq keywords) {
  for (uint32_t i = 0; i < keywords.size; i++) {
    const AstKeyword *kw = keywords.items[i];
    if (!kw->arg) continue;
    TRY(check_name(c, kw->arg, AST_Store));
    for (uint32_t k = i + 1; k < keywords.size; k++)
      if (keywords.items[k]->arg == kw->arg) {
        set_pos(c, keywords.items[k]->pos);
        return compile_fail(c, "keyword argument repeated: %s", kw->arg->utf8);
      }
  }
  return true;
}

static int keyword_names(Compiler *c, AstKeywordSeq keywords, uint32_t begin, uint32_t end) {
  AstName **names = arena_alloc(c->arena, (end - begin + 1) * sizeof *names);
  if (!names) {
    compile_no_memory(c);
    return -1;
  }
  for (uint32_t i = begin; i < end; i++) names[i - begin] = keywords.items[i]->arg;
  return compile_name_tuple(c, names, end - begin);
}

static bool plain_keywords(Compiler *c, AstKeywordSeq keywords) {
  for (uint32_t i = 0; i < keywords.size; i++) TRY(compile_expr(c, keywords.items[i]->value));
  int index = const_index(c, keyword_names(c, keywords, 0, keywords.size));
  return index >= 0 && emit_arg(c, OP_KW_NAMES, index);
}

static bool has_double_star(AstKeywordSeq keywords) {
  for (uint32_t i = 0; i < keywords.size; i++)
    if (!keywords.items[i]->arg) return true;
  return false;
}

static bool has_star(AstExprSeq args) {
  for (uint32_t i = 0; i < args.size; i++)
    if (args.items[i]->kind == AST_Starred) return true;
  return false;
}

// A dict of the keywords in [begin, end).
static bool keyword_dict(Compiler *c, AstKeywordSeq keywords, uint32_t begin, uint32_t end) {
  uint32_t n = end - begin;
  bool big = n * 2 > STACK_USE_GUIDELINE;
  if (n > 1 && !big) {
    for (uint32_t i = begin; i < end; i++) TRY(compile_expr(c, keywords.items[i]->value));
    return emit_const(c, keyword_names(c, keywords, begin, end)) && emit_arg(c, OP_BUILD_CONST_KEY_MAP, (int)n);
  }
  if (big) TRY(emit_arg_noline(c, OP_BUILD_MAP, 0));
  for (uint32_t i = begin; i < end; i++) {
    TRY(emit_const_name(c, keywords.items[i]->arg) && compile_expr(c, keywords.items[i]->value));
    if (big) TRY(emit_arg_noline(c, OP_MAP_ADD, 1));
  }
  return big || emit_arg(c, OP_BUILD_MAP, (int)n);
}

static bool flush_keywords(Compiler *c, AstKeywordSeq keywords, uint32_t begin, uint32_t end, bool *have_dict) {
  TRY(keyword_dict(c, keywords, begin, end));
  if (*have_dict) TRY(emit_arg(c, OP_DICT_MERGE, 1));
  *have_dict = true;
  return true;
}

static bool merged_keywords(Compiler *c, AstKeywordSeq keywords) {
  bool have_dict = false;
  uint32_t waiting = 0;
  for (uint32_t i = 0; i < keywords.size; i++) {
    if (keywords.items[i]->arg) {
      waiting++;
      continue;
    }
    if (waiting) TRY(flush_keywords(c, keywords, i - waiting, i, &have_dict));
    waiting = 0;
    if (!have_dict) TRY(emit_arg(c, OP_BUILD_MAP, 0));
    have_dict = true;
    TRY(compile_expr(c, keywords.items[i]->value) && emit_arg(c, OP_DICT_MERGE, 1));
  }
  return !waiting || flush_keywords(c, keywords, keywords.size - waiting, keywords.size, &have_dict);
}

// ---- arguments ---------------------------------------------------------------------------------------------------------------------

bool compile_call_args(Compiler *c, int pushed, AstExprSeq args, AstKeywordSeq keywords) {
  TRY(check_keywords(c, keywords));
  bool many = (uint64_t)args.size + (uint64_t)keywords.size * 2 > STACK_USE_GUIDELINE;
  if (!many && !has_star(args) && !has_double_star(keywords)) {
    TRY(compile_exprs(c, args));
    if (keywords.size) TRY(plain_keywords(c, keywords));
    return emit_call(c, pushed + (int)args.size + (int)keywords.size);
  }
  if (!pushed && args.size == 1 && args.items[0]->kind == AST_Starred) TRY(compile_expr(c, args.items[0]->u.Starred.value));
  else TRY(compile_display(c, args, pushed, OP_BUILD_LIST, OP_LIST_APPEND, OP_LIST_EXTEND, true));
  if (keywords.size) TRY(merged_keywords(c, keywords));
  return emit_arg(c, OP_CALL_FUNCTION_EX, keywords.size > 0);
}

// ---- calls -------------------------------------------------------------------------------------------------------------------------

// When an attribute's name stands on another line than the start of the position: narrows the position to the name.
bool compile_at_attribute(Compiler *c, const AstExpr *attribute) {
  AstPos *pos = &c->unit->pos, at = attribute->pos;
  if (pos->lineno == at.end_lineno) return true;
  int len = 0;
  for (const char *p = attribute->u.Attribute.attr->utf8; *p; p++) len += (*p & 0xC0) != 0x80;
  pos->lineno = at.end_lineno;
  if (len <= at.end_col_offset) {
    pos->col_offset = at.end_col_offset - len;
  } else {
    pos->col_offset = -1;   // a tree that no source has
    pos->end_col_offset = -1;
  }
  return true;
}

// A function of an imported module is no method: loading it as one gains nothing.
static bool is_import(const Compiler *c, const AstExpr *e) { return e->kind == AST_Name && scope_symbol(c->symbols->top, e->u.Name.id) & DEF_IMPORT; }

static bool is_method_call(const Compiler *c, const AstExpr *e) {
  const AstExpr *f = e->u.Call.func;
  AstKeywordSeq keywords = e->u.Call.keywords;
  if (f->kind != AST_Attribute || f->u.Attribute.ctx != AST_Load || is_import(c, f->u.Attribute.value)) return false;
  if ((uint64_t)e->u.Call.args.size + keywords.size + (keywords.size != 0) >= STACK_USE_GUIDELINE) return false;
  return !has_star(e->u.Call.args) && !has_double_star(keywords);
}

static bool method_call(Compiler *c, const AstExpr *e) {
  const AstExpr *f = e->u.Call.func;
  AstPos pos = c->unit->pos;
  TRY(compile_expr(c, f->u.Attribute.value));
  set_pos(c, f->pos);
  TRY(compile_at_attribute(c, f));
  TRY(emit_name(c, OP_LOAD_METHOD, f->u.Attribute.attr));
  TRY(compile_exprs(c, e->u.Call.args));
  if (e->u.Call.keywords.size) TRY(plain_keywords(c, e->u.Call.keywords));
  set_pos(c, e->pos);
  TRY(compile_at_attribute(c, f));
  TRY(emit_call(c, (int)(e->u.Call.args.size + e->u.Call.keywords.size)));
  set_pos(c, pos);
  return true;
}

// Calling a literal is a forgotten comma.
static bool warn_callee(Compiler *c, const AstExpr *f) {
  switch (f->kind) {
    case AST_Constant:
    case AST_Tuple:
    case AST_List:
    case AST_ListComp:
    case AST_Dict:
    case AST_DictComp:
    case AST_Set:
    case AST_SetComp:
    case AST_GeneratorExp:
    case AST_JoinedStr:
    case AST_FormattedValue: {
      const char *name = compile_type_name(f);
      return compile_warn(c, "'%.200s' object is not callable; perhaps you missed a comma?", name);
    }
    default: return true;
  }
}

bool compile_call(Compiler *c, const AstExpr *e) {
  TRY(check_keywords(c, e->u.Call.keywords));
  if (is_method_call(c, e)) return method_call(c, e);
  TRY(warn_callee(c, e->u.Call.func));
  set_pos(c, e->u.Call.func->pos);
  TRY(emit(c, OP_PUSH_NULL));
  set_pos(c, e->pos);
  TRY(compile_expr(c, e->u.Call.func));
  return compile_call_args(c, 0, e->u.Call.args, e->u.Call.keywords);
}
