// Writing an AST in the form of ast.dump. Nodes are written as Class(field=..., ...): fields that are None by default are left out.
#include "front/ast_dump.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "front/lexer.h"

typedef struct Dumper {
  FILE *out;
  bool attributes;
  bool first;   // no field of the node at hand has been written yet
} Dumper;

static void dump_expr(Dumper *d, const AstExpr *e);
static void dump_stmt(Dumper *d, const AstStmt *s);
static void dump_pattern(Dumper *d, const AstPattern *pattern);

// ---- the frame of a node --------------------------------------------------------------------------------------------------------

static void open_node(Dumper *d, const char *name) {
  fprintf(d->out, "%s(", name);
  d->first = true;
}

static void field(Dumper *d, const char *name) {
  fprintf(d->out, d->first ? "%s=" : ", %s=", name);
  d->first = false;
}

static void close_node(Dumper *d) {
  fputc(')', d->out);
  d->first = false;
}

static void close_located(Dumper *d, const AstPos *pos) {
  if (d->attributes) {
    field(d, "lineno");
    fprintf(d->out, "%d, col_offset=%d, end_lineno=%d, end_col_offset=%d", (int)pos->lineno, (int)pos->col_offset, (int)pos->end_lineno,
            (int)pos->end_col_offset);
  }
  close_node(d);
}

// FIELD=[item, ...]; `WRITE` writes one item.
#define DUMP_LIST(D, FIELD, SEQ, WRITE) do { \
        field(D, FIELD); \
        fputc('[', (D)->out); \
        for (uint32_t i_ = 0; i_ < (SEQ).size; i_++) { \
            if (i_) \
                fputs(", ", (D)->out); \
            WRITE(D, (SEQ).items[i_]); \
        } \
        fputc(']', (D)->out); \
        (D)->first = false; \
    } while (0)

// ---- constants ------------------------------------------------------------------------------------------------------------------

static void write_quoted(FILE *out, const char *text, size_t len, bool bytes) {
  char quote = memchr(text, '\'', len) && !memchr(text, '"', len) ? '"' : '\'';
  const char *end = text + len;
  if (bytes) fputc('b', out);
  fputc(quote, out);
  while (text < end) {
    uint32_t ch = (unsigned char)*text;
    int step = bytes ? 1 : lexer_decode_utf8(text, end, &ch);
    step = step ? step : 1;
    if (ch == (unsigned char)quote || ch == '\\') fprintf(out, "\\%c", (int)ch);
    else if (ch == '\n' || ch == '\t' || ch == '\r') fprintf(out, "\\%c", ch == '\n' ? 'n' : ch == '\t' ? 't' : 'r');
    else if (ch < ' ' || ch == 0x7f || (ch < 0x100 && (bytes ? ch >= 0x80 : !lexer_is_printable(ch)))) fprintf(out, "\\x%02x", (unsigned)ch);
    else if (ch >= 0x80 && !lexer_is_printable(ch)) fprintf(out, ch < 0x10000 ? "\\u%04x" : "\\U%08x", (unsigned)ch);
    else fwrite(text, 1, step, out);
    text += step;
  }
  fputc(quote, out);
}

static void write_name(Dumper *d, const AstName *name) { write_quoted(d->out, name->utf8, name->len, false); }

// Digits of any base in decimal: multiplication by hand on limbs of nine digits.
static void write_int(FILE *out, const char *text, size_t len) {
  unsigned base = 10;
  if (len > 1 && text[0] == '0') {
    base = text[1] == 'x' ? 16 : text[1] == 'o' ? 8 : 2;
    text += 2;
    len -= 2;
  }
  uint32_t *limbs = calloc(len / 7 + 2, sizeof *limbs);
  size_t used = 1;
  if (!limbs) return;
  for (size_t i = 0; i < len; i++) {
    uint64_t carry = (uint64_t)(text[i] <= '9' ? text[i] - '0' : text[i] - 'a' + 10);
    for (size_t k = 0; k < used; k++) {
      carry += (uint64_t)limbs[k] * base;
      limbs[k] = (uint32_t)(carry % 1000000000u);
      carry /= 1000000000u;
    }
    if (carry) limbs[used++] = (uint32_t)carry;
  }
  fprintf(out, "%u", limbs[used - 1]);
  for (size_t k = used - 1; k-- > 0;) fprintf(out, "%09u", limbs[k]);
  free(limbs);
}

// The shortest digits that read back as the number, laid out as repr does.
static void write_float(FILE *out, double number, bool imaginary) {
  char text[40];
  if (isinf(number)) {
    fputs(imaginary ? "infj" : "inf", out);
    return;
  }
  int precision = 1;
  do {
    snprintf(text, sizeof text, "%.*e", precision - 1, number);
  } while (strtod(text, NULL) != number && ++precision <= 17);
  int exponent = atoi(strchr(text, 'e') + 1);
  if (exponent < -4 || exponent >= 16) {
    fputs(text, out);
  } else {
    int decimals = precision - 1 - exponent;
    fprintf(out, "%.*f", decimals > 0 ? decimals : imaginary ? 0 : 1, number);
  }
  if (imaginary) fputc('j', out);
}

static void write_constant(Dumper *d, const AstConst *value) {
  switch (value->kind) {
    case AST_CONST_NONE: fputs("None", d->out); break;
    case AST_CONST_TRUE: fputs("True", d->out); break;
    case AST_CONST_FALSE: fputs("False", d->out); break;
    case AST_CONST_ELLIPSIS: fputs("Ellipsis", d->out); break;
    case AST_CONST_INT: write_int(d->out, value->text, value->len); break;
    case AST_CONST_FLOAT: write_float(d->out, value->number, false); break;
    case AST_CONST_COMPLEX: write_float(d->out, value->number, true); break;
    case AST_CONST_STR: write_quoted(d->out, value->text, value->len, false); break;
    case AST_CONST_BYTES: write_quoted(d->out, value->text, value->len, true); break;
    case AST_CONST_EXTERNAL: fputs("<object>", d->out); break;
  }
}

// ---- fields ---------------------------------------------------------------------------------------------------------------------

static void dump_item(Dumper *d, const AstExpr *e) {
  if (e) dump_expr(d, e);
  else fputs("None", d->out);
}

static void expr_field(Dumper *d, const char *name, const AstExpr *e) {
  field(d, name);
  dump_expr(d, e);
}

static void optional_expr(Dumper *d, const char *name, const AstExpr *e) {
  if (e) expr_field(d, name, e);
}

static void optional_name(Dumper *d, const char *name, const AstName *value) {
  if (value) {
    field(d, name);
    write_name(d, value);
  }
}

static void name_field(Dumper *d, const char *name, const AstName *value) {
  field(d, name);
  write_name(d, value);
}

static void optional_text(Dumper *d, const char *name, const char *text) {
  if (text) {
    field(d, name);
    write_quoted(d->out, text, strlen(text), false);
  }
}

static void word_field(Dumper *d, const char *name, const char *word) {
  field(d, name);
  fprintf(d->out, "%s()", word);
}

static void int_field(Dumper *d, const char *name, int value) {
  field(d, name);
  fprintf(d->out, "%d", value);
}

static void ctx_field(Dumper *d, AstExprContext ctx) { word_field(d, "ctx", ast_context_name(ctx)); }

// ---- products -------------------------------------------------------------------------------------------------------------------

static void dump_arg(Dumper *d, const AstArg *arg) {
  open_node(d, "arg");
  name_field(d, "arg", arg->arg);
  optional_expr(d, "annotation", arg->annotation);
  optional_text(d, "type_comment", arg->type_comment);
  close_located(d, &arg->pos);
}

static void dump_arguments(Dumper *d, const AstArguments *args) {
  open_node(d, "arguments");
  DUMP_LIST(d, "posonlyargs", args->posonlyargs, dump_arg);
  DUMP_LIST(d, "args", args->args, dump_arg);
  if (args->vararg) {
    field(d, "vararg");
    dump_arg(d, args->vararg);
  }
  DUMP_LIST(d, "kwonlyargs", args->kwonlyargs, dump_arg);
  DUMP_LIST(d, "kw_defaults", args->kw_defaults, dump_item);
  if (args->kwarg) {
    field(d, "kwarg");
    dump_arg(d, args->kwarg);
  }
  DUMP_LIST(d, "defaults", args->defaults, dump_item);
  close_node(d);
}

static void dump_keyword(Dumper *d, const AstKeyword *keyword) {
  open_node(d, "keyword");
  optional_name(d, "arg", keyword->arg);
  expr_field(d, "value", keyword->value);
  close_located(d, &keyword->pos);
}

static void dump_alias(Dumper *d, const AstAlias *alias) {
  open_node(d, "alias");
  name_field(d, "name", alias->name);
  optional_name(d, "asname", alias->asname);
  close_located(d, &alias->pos);
}

static void dump_with_item(Dumper *d, const AstWithItem *item) {
  open_node(d, "withitem");
  expr_field(d, "context_expr", item->context_expr);
  optional_expr(d, "optional_vars", item->optional_vars);
  close_node(d);
}

static void dump_comprehension(Dumper *d, const AstComprehension *clause) {
  open_node(d, "comprehension");
  expr_field(d, "target", clause->target);
  expr_field(d, "iter", clause->iter);
  DUMP_LIST(d, "ifs", clause->ifs, dump_expr);
  int_field(d, "is_async", clause->is_async);
  close_node(d);
}

static void dump_handler(Dumper *d, const AstExceptHandler *handler) {
  open_node(d, "ExceptHandler");
  optional_expr(d, "type", handler->type);
  optional_name(d, "name", handler->name);
  DUMP_LIST(d, "body", handler->body, dump_stmt);
  close_located(d, &handler->pos);
}

static void dump_case(Dumper *d, const AstMatchCase *block) {
  open_node(d, "match_case");
  field(d, "pattern");
  dump_pattern(d, block->pattern);
  optional_expr(d, "guard", block->guard);
  DUMP_LIST(d, "body", block->body, dump_stmt);
  close_node(d);
}

static void dump_type_ignore(Dumper *d, const AstTypeIgnore *ignore) {
  open_node(d, "TypeIgnore");
  int_field(d, "lineno", ignore->lineno);
  field(d, "tag");
  write_quoted(d->out, ignore->tag, strlen(ignore->tag), false);
  close_node(d);
}

// ---- patterns -------------------------------------------------------------------------------------------------------------------

static void dump_pattern(Dumper *d, const AstPattern *pattern) {
  open_node(d, ast_pattern_kind_name(pattern->kind));
  switch (pattern->kind) {
    case AST_MatchValue: expr_field(d, "value", pattern->u.MatchValue.value); break;
    case AST_MatchSingleton:
      field(d, "value");
      write_constant(d, &pattern->u.MatchSingleton.value);
      break;
    case AST_MatchSequence: DUMP_LIST(d, "patterns", pattern->u.MatchSequence.patterns, dump_pattern); break;
    case AST_MatchMapping:
      DUMP_LIST(d, "keys", pattern->u.MatchMapping.keys, dump_expr);
      DUMP_LIST(d, "patterns", pattern->u.MatchMapping.patterns, dump_pattern);
      optional_name(d, "rest", pattern->u.MatchMapping.rest);
      break;
    case AST_MatchClass:
      expr_field(d, "cls", pattern->u.MatchClass.cls);
      DUMP_LIST(d, "patterns", pattern->u.MatchClass.patterns, dump_pattern);
      DUMP_LIST(d, "kwd_attrs", pattern->u.MatchClass.kwd_attrs, write_name);
      DUMP_LIST(d, "kwd_patterns", pattern->u.MatchClass.kwd_patterns, dump_pattern);
      break;
    case AST_MatchStar: optional_name(d, "name", pattern->u.MatchStar.name); break;
    case AST_MatchAs:
      if (pattern->u.MatchAs.pattern) {
        field(d, "pattern");
        dump_pattern(d, pattern->u.MatchAs.pattern);
      }
      optional_name(d, "name", pattern->u.MatchAs.name);
      break;
    case AST_MatchOr: DUMP_LIST(d, "patterns", pattern->u.MatchOr.patterns, dump_pattern); break;
  }
  close_located(d, &pattern->pos);
}

// ---- expressions ----------------------------------------------------------------------------------------------------------------

static void write_cmpops(Dumper *d, const AstCmpOpSeq *ops) {
  field(d, "ops");
  fputc('[', d->out);
  for (uint32_t i = 0; i < ops->size; i++) fprintf(d->out, i ? ", %s()" : "%s()", ast_cmpop_name(ops->items[i]));
  fputc(']', d->out);
}

static void dump_expr(Dumper *d, const AstExpr *e) {
  open_node(d, ast_expr_kind_name(e->kind));
  switch (e->kind) {
    case AST_BoolOp:
      word_field(d, "op", ast_boolop_name(e->u.BoolOp.op));
      DUMP_LIST(d, "values", e->u.BoolOp.values, dump_expr);
      break;
    case AST_NamedExpr:
      expr_field(d, "target", e->u.NamedExpr.target);
      expr_field(d, "value", e->u.NamedExpr.value);
      break;
    case AST_BinOp:
      expr_field(d, "left", e->u.BinOp.left);
      word_field(d, "op", ast_operator_name(e->u.BinOp.op));
      expr_field(d, "right", e->u.BinOp.right);
      break;
    case AST_UnaryOp:
      word_field(d, "op", ast_unaryop_name(e->u.UnaryOp.op));
      expr_field(d, "operand", e->u.UnaryOp.operand);
      break;
    case AST_Lambda:
      field(d, "args");
      dump_arguments(d, e->u.Lambda.args);
      expr_field(d, "body", e->u.Lambda.body);
      break;
    case AST_IfExp:
      expr_field(d, "test", e->u.IfExp.test);
      expr_field(d, "body", e->u.IfExp.body);
      expr_field(d, "orelse", e->u.IfExp.orelse);
      break;
    case AST_Dict:
      DUMP_LIST(d, "keys", e->u.Dict.keys, dump_item);
      DUMP_LIST(d, "values", e->u.Dict.values, dump_expr);
      break;
    case AST_Set: DUMP_LIST(d, "elts", e->u.Set.elts, dump_expr); break;
    case AST_ListComp:
    case AST_SetComp:
    case AST_GeneratorExp:
      expr_field(d, "elt", e->u.ListComp.elt);
      DUMP_LIST(d, "generators", e->u.ListComp.generators, dump_comprehension);
      break;
    case AST_DictComp:
      expr_field(d, "key", e->u.DictComp.key);
      expr_field(d, "value", e->u.DictComp.value);
      DUMP_LIST(d, "generators", e->u.DictComp.generators, dump_comprehension);
      break;
    case AST_Await:
    case AST_YieldFrom: expr_field(d, "value", e->u.Await.value); break;
    case AST_Yield: optional_expr(d, "value", e->u.Yield.value); break;
    case AST_Compare:
      expr_field(d, "left", e->u.Compare.left);
      write_cmpops(d, &e->u.Compare.ops);
      DUMP_LIST(d, "comparators", e->u.Compare.comparators, dump_expr);
      break;
    case AST_Call:
      expr_field(d, "func", e->u.Call.func);
      DUMP_LIST(d, "args", e->u.Call.args, dump_expr);
      DUMP_LIST(d, "keywords", e->u.Call.keywords, dump_keyword);
      break;
    case AST_FormattedValue:
      expr_field(d, "value", e->u.FormattedValue.value);
      int_field(d, "conversion", e->u.FormattedValue.conversion);
      optional_expr(d, "format_spec", e->u.FormattedValue.format_spec);
      break;
    case AST_JoinedStr: DUMP_LIST(d, "values", e->u.JoinedStr.values, dump_expr); break;
    case AST_Constant:
      field(d, "value");
      write_constant(d, &e->u.Constant.value);
      if (e->u.Constant.u_kind) optional_text(d, "kind", "u");
      break;
    case AST_Attribute:
      expr_field(d, "value", e->u.Attribute.value);
      name_field(d, "attr", e->u.Attribute.attr);
      ctx_field(d, e->u.Attribute.ctx);
      break;
    case AST_Subscript:
      expr_field(d, "value", e->u.Subscript.value);
      expr_field(d, "slice", e->u.Subscript.slice);
      ctx_field(d, e->u.Subscript.ctx);
      break;
    case AST_Starred:
      expr_field(d, "value", e->u.Starred.value);
      ctx_field(d, e->u.Starred.ctx);
      break;
    case AST_Name:
      name_field(d, "id", e->u.Name.id);
      ctx_field(d, e->u.Name.ctx);
      break;
    case AST_List:
    case AST_Tuple:
      DUMP_LIST(d, "elts", e->u.List.elts, dump_expr);
      ctx_field(d, e->u.List.ctx);
      break;
    case AST_Slice:
      optional_expr(d, "lower", e->u.Slice.lower);
      optional_expr(d, "upper", e->u.Slice.upper);
      optional_expr(d, "step", e->u.Slice.step);
      break;
  }
  close_located(d, &e->pos);
}

// ---- statements -----------------------------------------------------------------------------------------------------------------

static void dump_function(Dumper *d, const struct AstFunctionDef *f) {
  name_field(d, "name", f->name);
  field(d, "args");
  dump_arguments(d, f->args);
  DUMP_LIST(d, "body", f->body, dump_stmt);
  DUMP_LIST(d, "decorator_list", f->decorator_list, dump_expr);
  optional_expr(d, "returns", f->returns);
  optional_text(d, "type_comment", f->type_comment);
}

static void dump_simple_fields(Dumper *d, const AstStmt *s) {
  switch (s->kind) {
    case AST_Return: optional_expr(d, "value", s->u.Return.value); break;
    case AST_Delete: DUMP_LIST(d, "targets", s->u.Delete.targets, dump_expr); break;
    case AST_Assign:
      DUMP_LIST(d, "targets", s->u.Assign.targets, dump_expr);
      expr_field(d, "value", s->u.Assign.value);
      optional_text(d, "type_comment", s->u.Assign.type_comment);
      break;
    case AST_AugAssign:
      expr_field(d, "target", s->u.AugAssign.target);
      word_field(d, "op", ast_operator_name(s->u.AugAssign.op));
      expr_field(d, "value", s->u.AugAssign.value);
      break;
    case AST_AnnAssign:
      expr_field(d, "target", s->u.AnnAssign.target);
      expr_field(d, "annotation", s->u.AnnAssign.annotation);
      optional_expr(d, "value", s->u.AnnAssign.value);
      int_field(d, "simple", s->u.AnnAssign.simple);
      break;
    case AST_Raise:
      optional_expr(d, "exc", s->u.Raise.exc);
      optional_expr(d, "cause", s->u.Raise.cause);
      break;
    case AST_Assert:
      expr_field(d, "test", s->u.Assert.test);
      optional_expr(d, "msg", s->u.Assert.msg);
      break;
    case AST_Import: DUMP_LIST(d, "names", s->u.Import.names, dump_alias); break;
    case AST_ImportFrom:
      optional_name(d, "module", s->u.ImportFrom.module);
      DUMP_LIST(d, "names", s->u.ImportFrom.names, dump_alias);
      int_field(d, "level", s->u.ImportFrom.level);
      break;
    case AST_Global:
    case AST_Nonlocal: DUMP_LIST(d, "names", s->u.Global.names, write_name); break;
    case AST_Expr: expr_field(d, "value", s->u.Expr.value); break;
    default: break;
  }
}

static void dump_stmt(Dumper *d, const AstStmt *s) {
  open_node(d, ast_stmt_kind_name(s->kind));
  switch (s->kind) {
    case AST_FunctionDef:
    case AST_AsyncFunctionDef: dump_function(d, &s->u.FunctionDef); break;
    case AST_ClassDef:
      name_field(d, "name", s->u.ClassDef.name);
      DUMP_LIST(d, "bases", s->u.ClassDef.bases, dump_expr);
      DUMP_LIST(d, "keywords", s->u.ClassDef.keywords, dump_keyword);
      DUMP_LIST(d, "body", s->u.ClassDef.body, dump_stmt);
      DUMP_LIST(d, "decorator_list", s->u.ClassDef.decorator_list, dump_expr);
      break;
    case AST_For:
    case AST_AsyncFor:
      expr_field(d, "target", s->u.For.target);
      expr_field(d, "iter", s->u.For.iter);
      DUMP_LIST(d, "body", s->u.For.body, dump_stmt);
      DUMP_LIST(d, "orelse", s->u.For.orelse, dump_stmt);
      optional_text(d, "type_comment", s->u.For.type_comment);
      break;
    case AST_While:
    case AST_If:
      expr_field(d, "test", s->u.If.test);
      DUMP_LIST(d, "body", s->u.If.body, dump_stmt);
      DUMP_LIST(d, "orelse", s->u.If.orelse, dump_stmt);
      break;
    case AST_With:
    case AST_AsyncWith:
      DUMP_LIST(d, "items", s->u.With.items, dump_with_item);
      DUMP_LIST(d, "body", s->u.With.body, dump_stmt);
      optional_text(d, "type_comment", s->u.With.type_comment);
      break;
    case AST_Match:
      expr_field(d, "subject", s->u.Match.subject);
      DUMP_LIST(d, "cases", s->u.Match.cases, dump_case);
      break;
    case AST_Try:
    case AST_TryStar:
      DUMP_LIST(d, "body", s->u.Try.body, dump_stmt);
      DUMP_LIST(d, "handlers", s->u.Try.handlers, dump_handler);
      DUMP_LIST(d, "orelse", s->u.Try.orelse, dump_stmt);
      DUMP_LIST(d, "finalbody", s->u.Try.finalbody, dump_stmt);
      break;
    default: dump_simple_fields(d, s); break;
  }
  close_located(d, &s->pos);
}

// ---- entries --------------------------------------------------------------------------------------------------------------------

void ast_dump(const AstMod *mod, bool attributes, FILE *out) {
  Dumper dumper = {.out = out, .attributes = attributes}, *d = &dumper;
  switch (mod->kind) {
    case AST_Module:
      open_node(d, "Module");
      DUMP_LIST(d, "body", mod->u.Module.body, dump_stmt);
      DUMP_LIST(d, "type_ignores", mod->u.Module.type_ignores, dump_type_ignore);
      break;
    case AST_Interactive:
      open_node(d, "Interactive");
      DUMP_LIST(d, "body", mod->u.Interactive.body, dump_stmt);
      break;
    case AST_Expression:
      open_node(d, "Expression");
      expr_field(d, "body", mod->u.Expression.body);
      break;
    case AST_FunctionType:
      open_node(d, "FunctionType");
      DUMP_LIST(d, "argtypes", mod->u.FunctionType.argtypes, dump_expr);
      expr_field(d, "returns", mod->u.FunctionType.returns);
      break;
  }
  close_node(d);
}

void ast_dump_expr(const AstExpr *expr, bool attributes, FILE *out) {
  Dumper dumper = {.out = out, .attributes = attributes};
  dump_expr(&dumper, expr);
}
