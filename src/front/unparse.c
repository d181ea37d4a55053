// Writing expressions as source text, with just the parentheses that Python 3.11's unparser writes.
#include "front/unparse.h"

#include "front/const_pool.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"

// How tightly the surroundings bind: an expression that binds less tightly is put in parentheses.
typedef enum Level {
  LEVEL_TUPLE, LEVEL_TEST, LEVEL_OR, LEVEL_AND, LEVEL_NOT, LEVEL_COMPARE, LEVEL_EXPR, LEVEL_BIT_OR = LEVEL_EXPR, LEVEL_BIT_XOR,
  LEVEL_BIT_AND, LEVEL_SHIFT, LEVEL_ARITH, LEVEL_TERM, LEVEL_FACTOR, LEVEL_POWER, LEVEL_AWAIT, LEVEL_ATOM
} Level;

#define TRY(call)              \
  do {                         \
    if (!(call)) return false; \
  } while (0)

static bool expr(StrBuilder *b, const AstExpr *e, int level);

// ---- text --------------------------------------------------------------------------------------------------------------------------

static bool text(StrBuilder *b, const char *ascii) { return strb_cstr(b, ascii); }
static bool text_if(StrBuilder *b, bool when, const char *ascii) { return !when || strb_cstr(b, ascii); }

static bool owned_str(StrBuilder *b, Value stolen) {
  bool fine = !v_is_null(stolen) && strb_str(b, stolen);
  v_drop(b->t, stolen);
  return fine;
}

static bool name(StrBuilder *b, const AstName *n) { return owned_str(b, str_from_utf8_surrogatepass(b->t, n->utf8, n->len)); }

static bool exprs(StrBuilder *b, AstExprSeq seq, int level) {
  for (uint32_t i = 0; i < seq.size; i++) TRY(text_if(b, i > 0, ", ") && expr(b, seq.items[i], level));
  return true;
}

// ---- constants and f-strings -------------------------------------------------------------------------------------------------------

static bool str_replaced(StrBuilder *b, const Str *s, const char *from, const char *to) {
  int64_t n = (int64_t)strlen(from);
  for (int64_t i = 0; i < s->length;) {
    int64_t k = 0;
    while (k < n && i + k < s->length && str_char(s, i + k) == (unsigned char)from[k]) k++;
    if (k == n) {
      TRY(text(b, to));
      i += n;
    } else {
      TRY(strb_char(b, str_char(s, i++)));
    }
  }
  return true;
}

static bool value(StrBuilder *b, Value v) {
  if (v_is_tuple_exact(v)) {
    TRY(text(b, "("));
    for (int64_t i = 0; i < v_tuple(v)->length; i++) TRY(text_if(b, i > 0, ", ") && value(b, v_tuple(v)->items[i]));
    return text_if(b, v_tuple(v)->length == 1, ",") && text(b, ")");
  }
  if (v_is(v, V_ELLIPSIS)) return text(b, "...");
  Value repr = object_repr(b->t, v);
  if (v_is_null(repr)) return false;
  bool has_inf = v_is_flo(v) || v_is_exact(v, SHAPE_FLOAT) || v_is_exact(v, SHAPE_COMPLEX);
  bool fine = has_inf ? str_replaced(b, v_str(repr), "inf", "1e309") : strb_str(b, repr);
  v_drop(b->t, repr);
  return fine;
}

static bool constant(StrBuilder *b, const AstExpr *e) {
  TRY(text_if(b, e->u.Constant.u_kind, "u"));
  Value v = const_literal_value(b->t, &e->u.Constant.value);
  bool fine = !v_is_null(v) && value(b, v);
  v_drop(b->t, v);
  return fine;
}

static bool fstring_part(StrBuilder *b, const AstExpr *e, bool in_spec);

static bool fstring_literal(StrBuilder *b, const AstExpr *e) {
  Value v = const_literal_value(b->t, &e->u.Constant.value);
  if (v_is_null(v)) return false;
  bool fine = true;
  for (int64_t i = 0; i < v_str(v)->length && fine; i++) {
    uint32_t c = str_char(v_str(v), i);
    fine = strb_char(b, c) && ((c != '{' && c != '}') || strb_char(b, c));
  }
  v_drop(b->t, v);
  return fine;
}

static bool fstring_field(StrBuilder *b, const AstExpr *e) {
  StrBuilder inner;
  strb_init(&inner, b->t);
  if (!expr(&inner, e->u.FormattedValue.value, LEVEL_TEST + 1)) {   // a lambda's colon must not look like a format
    strb_discard(&inner);
    return false;
  }
  Value field = strb_finish(&inner);
  if (v_is_null(field)) return false;
  bool brace = v_str(field)->length && str_char(v_str(field), 0) == '{';
  bool fine = text(b, brace ? "{ " : "{");
  TRY(owned_str(b, field) && fine);
  int conversion = e->u.FormattedValue.conversion;
  if (conversion > 0) TRY(text(b, "!") && strb_char(b, (uint32_t)conversion));
  if (e->u.FormattedValue.format_spec) TRY(text(b, ":") && fstring_part(b, e->u.FormattedValue.format_spec, true));
  return text(b, "}");
}

static bool fstring_parts(StrBuilder *b, AstExprSeq values, bool in_spec) {
  for (uint32_t i = 0; i < values.size; i++) TRY(fstring_part(b, values.items[i], in_spec));
  return true;
}

// A whole f-string: the repr of its body behind an f.
static bool fstring(StrBuilder *b, AstExprSeq values) {
  StrBuilder inner;
  strb_init(&inner, b->t);
  if (!fstring_parts(&inner, values, false)) {
    strb_discard(&inner);
    return false;
  }
  Value body = strb_finish(&inner);
  if (v_is_null(body)) return false;
  Value repr = object_repr(b->t, body);
  v_drop(b->t, body);
  bool fine = text(b, "f");
  return owned_str(b, repr) && fine;
}

static bool fstring_part(StrBuilder *b, const AstExpr *e, bool in_spec) {
  switch (e->kind) {
    case AST_Constant: return fstring_literal(b, e);
    case AST_JoinedStr: return in_spec ? fstring_parts(b, e->u.JoinedStr.values, true) : fstring(b, e->u.JoinedStr.values);
    case AST_FormattedValue: return fstring_field(b, e);
    default: return expr(b, e, LEVEL_TEST);
  }
}

// ---- operators ---------------------------------------------------------------------------------------------------------------------

static bool boolop(StrBuilder *b, const AstExpr *e, int level) {
  bool is_and = e->u.BoolOp.op == AST_And;
  int own = is_and ? LEVEL_AND : LEVEL_OR;
  TRY(text_if(b, level > own, "("));
  for (uint32_t i = 0; i < e->u.BoolOp.values.size; i++)
    TRY(text_if(b, i > 0, is_and ? " and " : " or ") && expr(b, e->u.BoolOp.values.items[i], own + 1));
  return text_if(b, level > own, ")");
}

static bool binop(StrBuilder *b, const AstExpr *e, int level) {
  static const struct {
    const char *sign;
    Level level;
  } ops[] = {[AST_Add] = {" + ", LEVEL_ARITH},     [AST_Sub] = {" - ", LEVEL_ARITH},      [AST_Mult] = {" * ", LEVEL_TERM},
             [AST_MatMult] = {" @ ", LEVEL_TERM},  [AST_Div] = {" / ", LEVEL_TERM},       [AST_Mod] = {" % ", LEVEL_TERM},
             [AST_Pow] = {" ** ", LEVEL_POWER},    [AST_LShift] = {" << ", LEVEL_SHIFT},  [AST_RShift] = {" >> ", LEVEL_SHIFT},
             [AST_BitOr] = {" | ", LEVEL_BIT_OR},  [AST_BitXor] = {" ^ ", LEVEL_BIT_XOR}, [AST_BitAnd] = {" & ", LEVEL_BIT_AND},
             [AST_FloorDiv] = {" // ", LEVEL_TERM}};
  int own = ops[e->u.BinOp.op].level;
  bool from_right = e->u.BinOp.op == AST_Pow;
  return text_if(b, level > own, "(") && expr(b, e->u.BinOp.left, own + from_right) && text(b, ops[e->u.BinOp.op].sign) &&
         expr(b, e->u.BinOp.right, own + !from_right) && text_if(b, level > own, ")");
}

static bool unaryop(StrBuilder *b, const AstExpr *e, int level) {
  static const char *const signs[] = {[AST_Invert] = "~", [AST_Not] = "not ", [AST_UAdd] = "+", [AST_USub] = "-"};
  int own = e->u.UnaryOp.op == AST_Not ? LEVEL_NOT : LEVEL_FACTOR;
  return text_if(b, level > own, "(") && text(b, signs[e->u.UnaryOp.op]) && expr(b, e->u.UnaryOp.operand, own) && text_if(b, level > own, ")");
}

static bool compare(StrBuilder *b, const AstExpr *e, int level) {
  static const char *const signs[] = {
      [AST_Eq] = " == ",  [AST_NotEq] = " != ", [AST_Lt] = " < ",         [AST_LtE] = " <= ", [AST_Gt] = " > ",
      [AST_GtE] = " >= ", [AST_Is] = " is ",    [AST_IsNot] = " is not ", [AST_In] = " in ",  [AST_NotIn] = " not in "};
  TRY(text_if(b, level > LEVEL_COMPARE, "(") && expr(b, e->u.Compare.left, LEVEL_COMPARE + 1));
  for (uint32_t i = 0; i < e->u.Compare.ops.size; i++)
    TRY(text(b, signs[e->u.Compare.ops.items[i]]) && expr(b, e->u.Compare.comparators.items[i], LEVEL_COMPARE + 1));
  return text_if(b, level > LEVEL_COMPARE, ")");
}

// ---- functions and calls -----------------------------------------------------------------------------------------------------------

static bool arg(StrBuilder *b, const AstArg *a) {
  TRY(name(b, a->arg));
  return !a->annotation || (text(b, ": ") && expr(b, a->annotation, LEVEL_TEST));
}

static bool comma(StrBuilder *b, bool *first) {
  bool was_first = *first;
  *first = false;
  return text_if(b, !was_first, ", ");
}

static bool default_value(StrBuilder *b, const AstExpr *e) { return !e || (text(b, "=") && expr(b, e, LEVEL_TEST)); }

static bool parameters(StrBuilder *b, const AstArguments *a) {
  bool first = true;
  uint32_t positional = a->posonlyargs.size + a->args.size, without_default = positional - a->defaults.size;
  for (uint32_t i = 0; i < positional; i++) {
    const AstArg *p = i < a->posonlyargs.size ? a->posonlyargs.items[i] : a->args.items[i - a->posonlyargs.size];
    TRY(comma(b, &first) && arg(b, p));
    TRY(default_value(b, i >= without_default ? a->defaults.items[i - without_default] : NULL));
    TRY(text_if(b, a->posonlyargs.size && i + 1 == a->posonlyargs.size, ", /"));
  }
  if (a->vararg || a->kwonlyargs.size) {
    TRY(comma(b, &first) && text(b, "*"));
    if (a->vararg) TRY(arg(b, a->vararg));
  }
  for (uint32_t i = 0; i < a->kwonlyargs.size; i++)
    TRY(comma(b, &first) && arg(b, a->kwonlyargs.items[i]) && default_value(b, a->kw_defaults.items[i]));
  return !a->kwarg || (comma(b, &first) && text(b, "**") && arg(b, a->kwarg));
}

static bool lambda(StrBuilder *b, const AstExpr *e, int level) {
  const AstArguments *a = e->u.Lambda.args;
  return text_if(b, level > LEVEL_TEST, "(") && text(b, a->args.size + a->posonlyargs.size ? "lambda " : "lambda") && parameters(b, a) &&
         text(b, ": ") && expr(b, e->u.Lambda.body, LEVEL_TEST) && text_if(b, level > LEVEL_TEST, ")");
}

static bool call(StrBuilder *b, const AstExpr *e) {
  AstExprSeq args = e->u.Call.args;
  AstKeywordSeq keywords = e->u.Call.keywords;
  TRY(expr(b, e->u.Call.func, LEVEL_ATOM));
  if (args.size == 1 && !keywords.size && args.items[0]->kind == AST_GeneratorExp) return expr(b, args.items[0], LEVEL_TUPLE);
  bool first = true;
  TRY(text(b, "("));
  for (uint32_t i = 0; i < args.size; i++) TRY(comma(b, &first) && expr(b, args.items[i], LEVEL_TEST));
  for (uint32_t i = 0; i < keywords.size; i++) {
    const AstKeyword *kw = keywords.items[i];
    TRY(comma(b, &first));
    TRY(kw->arg ? name(b, kw->arg) && text(b, "=") : text(b, "**"));
    TRY(expr(b, kw->value, LEVEL_TEST));
  }
  return text(b, ")");
}

// ---- displays and comprehensions ---------------------------------------------------------------------------------------------------

static bool dict(StrBuilder *b, const AstExpr *e) {
  TRY(text(b, "{"));
  for (uint32_t i = 0; i < e->u.Dict.values.size; i++) {
    const AstExpr *key = e->u.Dict.keys.items[i], *item = e->u.Dict.values.items[i];
    TRY(text_if(b, i > 0, ", "));
    if (key) TRY(expr(b, key, LEVEL_TEST) && text(b, ": ") && expr(b, item, LEVEL_TEST));
    else TRY(text(b, "**") && expr(b, item, LEVEL_EXPR));
  }
  return text(b, "}");
}

static bool tuple(StrBuilder *b, const AstExpr *e, int level) {
  AstExprSeq elts = e->u.Tuple.elts;
  if (!elts.size) return text(b, "()");
  return text_if(b, level > LEVEL_TUPLE, "(") && exprs(b, elts, LEVEL_TEST) && text_if(b, elts.size == 1, ",") &&
         text_if(b, level > LEVEL_TUPLE, ")");
}

static bool clauses(StrBuilder *b, AstComprehensionSeq seq) {
  for (uint32_t i = 0; i < seq.size; i++) {
    const AstComprehension *gen = seq.items[i];
    TRY(text(b, gen->is_async ? " async for " : " for ") && expr(b, gen->target, LEVEL_TUPLE) && text(b, " in ") &&
        expr(b, gen->iter, LEVEL_TEST + 1));
    for (uint32_t k = 0; k < gen->ifs.size; k++) TRY(text(b, " if ") && expr(b, gen->ifs.items[k], LEVEL_TEST + 1));
  }
  return true;
}

static bool comprehension(StrBuilder *b, const AstExpr *e, const char *open, const char *close) {
  return text(b, open) && expr(b, e->u.ListComp.elt, LEVEL_TEST) && clauses(b, e->u.ListComp.generators) && text(b, close);
}

static bool dict_comprehension(StrBuilder *b, const AstExpr *e) {
  return text(b, "{") && expr(b, e->u.DictComp.key, LEVEL_TEST) && text(b, ": ") && expr(b, e->u.DictComp.value, LEVEL_TEST) &&
         clauses(b, e->u.DictComp.generators) && text(b, "}");
}

// ---- the rest ----------------------------------------------------------------------------------------------------------------------

static bool attribute(StrBuilder *b, const AstExpr *e) {
  const AstExpr *object = e->u.Attribute.value;
  TRY(expr(b, object, LEVEL_ATOM));
  // 1.real would be a float.
  bool is_int =
      object->kind == AST_Constant && (object->u.Constant.value.kind == AST_CONST_INT ||
                                       (object->u.Constant.value.kind == AST_CONST_EXTERNAL && v_is_smi(const_external(&object->u.Constant.value))));
  return text(b, is_int ? " ." : ".") && name(b, e->u.Attribute.attr);
}

static bool subscript(StrBuilder *b, const AstExpr *e) {
  return expr(b, e->u.Subscript.value, LEVEL_ATOM) && text(b, "[") && expr(b, e->u.Subscript.slice, LEVEL_TUPLE) && text(b, "]");
}

static bool slice(StrBuilder *b, const AstExpr *e) {
  if (e->u.Slice.lower) TRY(expr(b, e->u.Slice.lower, LEVEL_TEST));
  TRY(text(b, ":"));
  if (e->u.Slice.upper) TRY(expr(b, e->u.Slice.upper, LEVEL_TEST));
  return !e->u.Slice.step || (text(b, ":") && expr(b, e->u.Slice.step, LEVEL_TEST));
}

static bool conditional(StrBuilder *b, const AstExpr *e, int level) {
  return text_if(b, level > LEVEL_TEST, "(") && expr(b, e->u.IfExp.body, LEVEL_TEST + 1) && text(b, " if ") &&
         expr(b, e->u.IfExp.test, LEVEL_TEST + 1) && text(b, " else ") && expr(b, e->u.IfExp.orelse, LEVEL_TEST) &&
         text_if(b, level > LEVEL_TEST, ")");
}

static bool expr_kind(StrBuilder *b, const AstExpr *e, int level) {
  switch (e->kind) {
    case AST_BoolOp: return boolop(b, e, level);
    case AST_NamedExpr:
      return text_if(b, level > LEVEL_TUPLE, "(") && expr(b, e->u.NamedExpr.target, LEVEL_ATOM) && text(b, " := ") &&
             expr(b, e->u.NamedExpr.value, LEVEL_ATOM) && text_if(b, level > LEVEL_TUPLE, ")");
    case AST_BinOp: return binop(b, e, level);
    case AST_UnaryOp: return unaryop(b, e, level);
    case AST_Lambda: return lambda(b, e, level);
    case AST_IfExp: return conditional(b, e, level);
    case AST_Dict: return dict(b, e);
    case AST_Set: return text(b, "{") && exprs(b, e->u.Set.elts, LEVEL_TEST) && text(b, "}");
    case AST_ListComp: return comprehension(b, e, "[", "]");
    case AST_SetComp: return comprehension(b, e, "{", "}");
    case AST_GeneratorExp: return comprehension(b, e, "(", ")");
    case AST_DictComp: return dict_comprehension(b, e);
    case AST_Await:
      return text_if(b, level > LEVEL_AWAIT, "(") && text(b, "await ") && expr(b, e->u.Await.value, LEVEL_ATOM) &&
             text_if(b, level > LEVEL_AWAIT, ")");
    case AST_Yield:
      if (!e->u.Yield.value) return text(b, "(yield)");
      return text(b, "(yield ") && expr(b, e->u.Yield.value, LEVEL_TEST) && text(b, ")");
    case AST_YieldFrom: return text(b, "(yield from ") && expr(b, e->u.YieldFrom.value, LEVEL_TEST) && text(b, ")");
    case AST_Compare: return compare(b, e, level);
    case AST_Call: return call(b, e);
    case AST_FormattedValue: return fstring_field(b, e);
    case AST_JoinedStr: return fstring(b, e->u.JoinedStr.values);
    case AST_Constant: return constant(b, e);
    case AST_Attribute: return attribute(b, e);
    case AST_Subscript: return subscript(b, e);
    case AST_Starred: return text(b, "*") && expr(b, e->u.Starred.value, LEVEL_EXPR);
    case AST_Name: return name(b, e->u.Name.id);
    case AST_List: return text(b, "[") && exprs(b, e->u.List.elts, LEVEL_TEST) && text(b, "]");
    case AST_Tuple: return tuple(b, e, level);
    case AST_Slice: return slice(b, e);
  }
  return true;
}

static bool expr(StrBuilder *b, const AstExpr *e, int level) {
  if (recursion_enter(b->t, " during compilation") < 0) return false;
  bool fine = expr_kind(b, e, level);
  recursion_leave(b->t);
  return fine;
}

Value unparse_expr(Thread *t, const AstExpr *e) {
  StrBuilder b;
  strb_init(&b, t);
  if (expr(&b, e, LEVEL_TEST)) return strb_finish(&b);
  strb_discard(&b);
  return V_NULL;
}
