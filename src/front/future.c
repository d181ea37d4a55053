// Reading future statements at the top of a module.
#include "front/future.h"

#include <string.h>

#include "code/code_flags.h"
#include "front/const_pool.h"

// An error at the start of a statement, whose end is left open.
static bool fail_at(FrontError *err, const AstStmt *s, int offset, const char *format, const char *feature) {
  static const FrontSource no_source;
  front_error_set_at(err, FRONT_SYNTAX_ERROR, &no_source, s->pos, format, feature);
  err->offset = offset;
  err->end_lineno = s->pos.lineno;
  err->end_offset = FUTURE_NO_END_OFFSET;
  return false;
}

static bool is_future_import(const AstStmt *s) {
  return s->kind == AST_ImportFrom && s->u.ImportFrom.module && !strcmp(s->u.ImportFrom.module->utf8, "__future__");
}

static bool read_features(const AstStmt *s, FutureFeatures *out, FrontError *err) {
  static const struct {
    const char *name;
    int flag;
  } known[] = {
      {"nested_scopes", 0},
      {"generators", 0},
      {"division", 0},
      {"absolute_import", 0},
      {"with_statement", 0},
      {"print_function", 0},
      {"unicode_literals", 0},
      {"generator_stop", 0},
      {"barry_as_FLUFL", CO_FUTURE_BARRY_AS_BDFL},
      {"annotations", CO_FUTURE_ANNOTATIONS},
  };
  for (uint32_t i = 0; i < s->u.ImportFrom.names.size; i++) {
    const char *feature = s->u.ImportFrom.names.items[i]->name->utf8;
    size_t k = 0;
    while (k < sizeof known / sizeof *known && strcmp(known[k].name, feature)) k++;
    if (k == sizeof known / sizeof *known) {
      bool braces = !strcmp(feature, "braces");
      return fail_at(err, s, s->pos.col_offset + 1, braces ? "not a chance" : "future feature %.100s is not defined", feature);
    }
    out->flags |= known[k].flag;
  }
  return true;
}

static bool is_str_statement(const AstStmt *s) {
  return s->kind == AST_Expr && s->u.Expr.value->kind == AST_Constant && const_is_str(&s->u.Expr.value->u.Constant.value);
}

bool future_read(const AstMod *mod, FutureFeatures *out, FrontError *err) {
  *out = (FutureFeatures){0};
  if (mod->kind != AST_Module && mod->kind != AST_Interactive) return true;
  AstStmtSeq body = mod->kind == AST_Module ? mod->u.Module.body : mod->u.Interactive.body;
  bool done = false;   // something else than a docstring or a future statement has come
  int last_line = 0;
  for (uint32_t i = 0; i < body.size; i++) {
    const AstStmt *s = body.items[i];
    if (done && s->pos.lineno > last_line) return true;
    last_line = s->pos.lineno;
    if (is_future_import(s)) {
      if (done) return fail_at(err, s, s->pos.col_offset, "from __future__ imports must occur at the beginning of the file", "");
      if (!read_features(s, out, err)) return false;
      out->lineno = s->pos.lineno;
    } else if (i > 0 || !is_str_statement(s)) {
      done = true;
    }
  }
  return true;
}
