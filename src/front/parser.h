// Source text to AST: the front door of the lexer and the parser.
#ifndef WEFT_FRONT_PARSER_H
#define WEFT_FRONT_PARSER_H

#include "front/arena.h"
#include "front/ast.h"
#include "front/parse_options.h"
#include "front/syntax_error.h"

// Parses `source` (len bytes; any encoding that its BOM or cookie declares, see encoding.h) to an AST in `arena`.
// On success answers true and sets *out. On failure answers false, *err says why; the arena then holds garbage that
// arena_free takes along. `filename` appears in messages of decoding errors only. Recursion is bounded: neither deep nesting nor
// any other input faults. Thread-safe: shares nothing but the registered hooks. Runs Python only through the warn callback
// and the decoding hook.
//
//     Arena *arena = arena_new();
//     FrontError err = FRONT_ERROR_INIT;
//     AstMod *mod;
//     FrontFlags flags = { .bits = FRONT_IGNORE_COOKIE };
//     if (!front_parse(text, len, "<string>", FRONT_EXEC, flags, arena, &mod, &err)) ...raise err..., front_error_clear(&err);
//     arena_free(arena);
bool front_parse(const char *source, size_t len, const char *filename, FrontMode mode, FrontFlags flags, Arena *arena,
                 AstMod **out, FrontError *err);

// As front_parse, and tells what the decoded text was: *decoded lives in the arena and is what errors of the later
// stages take their lines from. Set as soon as decoding succeeded, even when parsing then failed.
bool front_parse_source(const char *source, size_t len, const char *filename, FrontMode mode, FrontFlags flags, Arena *arena,
            AstMod **out, FrontSource *decoded, FrontError *err);

#endif
