// Character properties of Unicode 14, as str's methods and the lexer ask for them; on libunistring.
//
// Pure functions without locks or errors. ASCII never leaves the header's callers' own fast paths.
#ifndef WEFT_OBJECTS_UNICODE_H
#define WEFT_OBJECTS_UNICODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

bool unicode_is_alpha(uint32_t c);
bool unicode_is_decimal(uint32_t c);
bool unicode_is_digit(uint32_t c);
bool unicode_is_numeric(uint32_t c);
bool unicode_is_space(uint32_t c);        // as str.isspace and str.split
bool unicode_is_linebreak(uint32_t c);    // as str.splitlines
bool unicode_is_printable(uint32_t c);
bool unicode_is_lower(uint32_t c);
bool unicode_is_upper(uint32_t c);
bool unicode_is_title(uint32_t c);
bool unicode_is_cased(uint32_t c);
bool unicode_is_case_ignorable(uint32_t c);
bool unicode_is_xid_start(uint32_t c);    // '_' is not one here; identifiers allow it besides
bool unicode_is_xid_continue(uint32_t c);
int unicode_decimal(uint32_t c);          // 0..9, -1: not a decimal digit
int unicode_digit(uint32_t c);            // 0..9, -1: not a digit
// The numeric value; false: none.
bool unicode_numeric(uint32_t c, double *value);
// The character with a name (any case) or name alias, as \N{...} finds it. False: none.
bool unicode_by_name(const char *name, size_t n, uint32_t *c);
// The character's name; false: it has none.
enum { UNICODE_NAME_MAX = 256 };
bool unicode_name(uint32_t c, char name[UNICODE_NAME_MAX]);
// Full case mappings: up to 3 characters to out, their number returned. Final sigma is the caller's business.
int unicode_to_lower(uint32_t c, uint32_t out[3]);
int unicode_to_upper(uint32_t c, uint32_t out[3]);
int unicode_to_title(uint32_t c, uint32_t out[3]);
int unicode_fold(uint32_t c, uint32_t out[3]);
uint32_t unicode_simple_lower(uint32_t c);
uint32_t unicode_simple_upper(uint32_t c);
uint32_t unicode_simple_title(uint32_t c);

#endif
