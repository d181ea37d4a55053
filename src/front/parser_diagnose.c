/* Finding the message for a text that the fast parser has refused. */
#include "front/parser_internal.h"

void parser_diagnose(Parser *p)
{
    const Token *last = &p->tokens[p->fill - 1];
    if (last->type == TOK_ERROR)
        parser_lexer_error(p);
    else if (last->type == TOK_INDENT || last->type == TOK_DEDENT)
        parser_error(p, FRONT_INDENTATION_ERROR, last->type == TOK_INDENT ? "unexpected indent" : "unexpected unindent");
    else
        parser_error_at(p, FRONT_SYNTAX_ERROR, last->pos, "invalid syntax");
}
