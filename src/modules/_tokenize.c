// The module _tokenize: the front end's lexer as an iterator over the tokens of a str.
//
// Locking: an iterator's lexer belongs to the thread that set `running`, which changes under the object's lock; a token that warns runs Python
// code, which may come back here, and gets the answer that a running generator gives.
#include <stdlib.h>
#include <string.h>

#include "front/compile_source.h"
#include "front/encoding.h"
#include "front/lexer.h"
#include "modules/module_help.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/module.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/text_native.h"
#include "objects/tuple.h"
#include "threading/critical.h"

typedef struct TokenizerIter {
  Object ob;
  Arena *arena;          // owns the text
  Lexer *lexer;          // malloc'd
  bool running;
  bool ended;
} TokenizerIter;

static Type type_tokenizer_iter;
static TokenizerIter *v_tokenizer(Value v) { return (TokenizerIter *)v_obj(v); }

// The numbers of the module token.
static const uint8_t token_numbers[TOK_COUNT] = {
    [TOK_ENDMARKER] = 0, [TOK_NAME] = 1, [TOK_NUMBER] = 2, [TOK_STRING] = 3, [TOK_NEWLINE] = 4, [TOK_INDENT] = 5, [TOK_DEDENT] = 6, [TOK_LPAR] = 7,
    [TOK_RPAR] = 8, [TOK_LSQB] = 9, [TOK_RSQB] = 10, [TOK_COLON] = 11, [TOK_COMMA] = 12, [TOK_SEMI] = 13, [TOK_PLUS] = 14, [TOK_MINUS] = 15,
    [TOK_STAR] = 16, [TOK_SLASH] = 17, [TOK_VBAR] = 18, [TOK_AMPER] = 19, [TOK_LESS] = 20, [TOK_GREATER] = 21, [TOK_EQUAL] = 22, [TOK_DOT] = 23,
    [TOK_PERCENT] = 24, [TOK_LBRACE] = 25, [TOK_RBRACE] = 26, [TOK_EQEQUAL] = 27, [TOK_NOTEQUAL] = 28, [TOK_LESSEQUAL] = 29,
    [TOK_GREATEREQUAL] = 30, [TOK_TILDE] = 31, [TOK_CIRCUMFLEX] = 32, [TOK_LEFTSHIFT] = 33, [TOK_RIGHTSHIFT] = 34, [TOK_DOUBLESTAR] = 35,
    [TOK_PLUSEQUAL] = 36, [TOK_MINEQUAL] = 37, [TOK_STAREQUAL] = 38, [TOK_SLASHEQUAL] = 39, [TOK_PERCENTEQUAL] = 40, [TOK_AMPEREQUAL] = 41,
    [TOK_VBAREQUAL] = 42, [TOK_CIRCUMFLEXEQUAL] = 43, [TOK_LEFTSHIFTEQUAL] = 44, [TOK_RIGHTSHIFTEQUAL] = 45, [TOK_DOUBLESTAREQUAL] = 46,
    [TOK_DOUBLESLASH] = 47, [TOK_DOUBLESLASHEQUAL] = 48, [TOK_AT] = 49, [TOK_ATEQUAL] = 50, [TOK_RARROW] = 51, [TOK_ELLIPSIS] = 52,
    [TOK_COLONEQUAL] = 53, [TOK_OP] = 54, [TOK_TYPE_IGNORE] = 57, [TOK_TYPE_COMMENT] = 58,
};

static int token_number(TokenType type) {
  if (type == TOK_KW_AWAIT) return 55;
  if (type == TOK_KW_ASYNC) return 56;
  return type > TOK_ERROR && !token_numbers[type] ? token_numbers[TOK_NAME] : token_numbers[type];
}

static Value tokenizer_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  static aptr binder;
  Value source;
  if (native_bind(t, &binder, "tokenizeriter(source)", args, nargs, kwnames, &source) < 0) return V_NULL;
  if (!v_is_str(source)) return raise_type_error(t, "tokenizeriter() argument 'source' must be str, not %K", source);
  const char *text = module_c_text(t, source);
  if (!text) return V_NULL;
  Value v = type->slots.alloc(t, type, 0);
  if (v_is_null(v)) return V_NULL;
  TokenizerIter *it = v_tokenizer(v);
  EncodingResult decoded;
  FrontError error = FRONT_ERROR_INIT;
  it->arena = arena_new();
  it->lexer = malloc(sizeof *it->lexer);
  if (it->arena && it->lexer && encoding_decode_source(text, strlen(text), "<string>", ENCODING_UTF8, true, it->arena, &decoded, &error)) {
    lexer_init(it->lexer, decoded.source.text, decoded.source.len, NULL);
    return v;
  }
  v_drop(t, v);
  return compile_raise(t, &error, V_NONE, false);
}

static void tokenizer_dealloc(Thread *t, Object *o) {
  TokenizerIter *it = (TokenizerIter *)o;
  arena_free(it->arena);
  free(it->lexer);
  heap_free_object(t, o);
}

static Value token_tuple(Thread *t, const Lexer *lexer, const Token *token) {
  bool string = token->type == TOK_STRING, textless = token->type == TOK_INDENT || token->type == TOK_DEDENT;
  const char *line_start = string ? lexer->multi_line_start : lexer->line_start, *start = token->start, *end = start + token->len;
  int column = textless ? -1 : (int)(start - line_start), end_column = textless ? -1 : (int)(end - lexer->line_start);
  const char *line_end = lexer_line_end(lexer);
  Value items[] = {textless ? v_own(t, str_empty) : str_from_utf8(t, start, token->len),
                   v_from_smi(token_number(token->type)),
                   v_from_smi(string ? lexer->first_lineno : lexer->lineno),
                   v_from_smi(lexer->lineno),
                   v_from_smi(column),
                   v_from_smi(end_column),
                   str_decode_replace(t, lexer->buf, (size_t)(line_end - lexer->buf))};
  return tuple_from_stolen(t, items, 7);
}

static Value next_token(Thread *t, TokenizerIter *it) {
  Value filename = str_from_cstr(t, "<string>"), result = V_NULL;
  if (v_is_null(filename)) return V_NULL;
  FrontError error = FRONT_ERROR_INIT;
  CompileWarnContext context = {t, filename};
  it->lexer->err = &error;
  it->lexer->warn = compile_give_warning;
  it->lexer->warn_context = &context;
  Token token;
  lexer_next(it->lexer, &token);
  if (token.type == TOK_ERROR || token.type == TOK_ENDMARKER) {
    it->ended = true;
    if (error.kind != FRONT_OK) compile_raise(t, &error, filename, false);
  } else {
    result = token_tuple(t, it->lexer, &token);
  }
  v_drop(t, filename);
  return result;
}

static Value tokenizer_iternext(Thread *t, Value self) {
  TokenizerIter *it = v_tokenizer(self);
  bool busy;
  CRITICAL_BEGIN(t, v_obj(self));
  busy = it->running;
  if (!busy) it->running = true;
  CRITICAL_END(t);
  if (busy) return raise_value_error(t, "tokenizer already executing");
  Value result = it->ended ? V_NULL : next_token(t, it);
  CRITICAL_BEGIN(t, v_obj(self));
  it->running = false;
  CRITICAL_END(t);
  return result;
}

static Value tokenizer_iter(Thread *t, Value self) { return v_own(t, self); }

static const TypeSpec spec_tokenizer_iter = {
    .name = "_tokenize.TokenizerIter",
    .size = sizeof(TokenizerIter),
    .flags = TYPE_OPEN,
    .slots = {.new = tokenizer_new, .dealloc = tokenizer_dealloc, .iter = tokenizer_iter, .iternext = tokenizer_iternext},
};

static int tokenize_exec(Thread *t, Value m) {
  if (!(type_tokenizer_iter.flags & TYPE_READY) && !type_ready(t, &type_tokenizer_iter, &spec_tokenizer_iter, 0)) return -1;
  return module_add_type(t, m, &type_tokenizer_iter);
}

const ModuleDef module__tokenize = {.name = "_tokenize", .exec = tokenize_exec};
