// Character properties that libunistring does not have, and what was different in Unicode 3.2: constant tables.
//
// All but unicodedata_is_later expect a character that is assigned in Unicode 14; those of 3.2 one that was assigned then.
#ifndef WEFT_MODULES_UNICODEDATA_TABLES_H
#define WEFT_MODULES_UNICODEDATA_TABLES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

const char *unicodedata_width(uint32_t c);             // East Asian width: "F", "H", "W", "Na", "A" or "N"
bool unicodedata_is_mirrored(uint32_t c);

bool unicodedata_is_later(uint32_t c);                 // assigned after 3.2
// NULL: the same in 3.2 as in 14.
const char *unicodedata_old_category(uint32_t c);
const char *unicodedata_old_bidirectional(uint32_t c);
const char *unicodedata_old_width(uint32_t c);
bool unicodedata_old_is_mirrored(uint32_t c);
bool unicodedata_old_decimal(uint32_t c, int *value);  // false: the same

enum { UNICODE_SEQUENCE_MAX = 4 };
typedef struct UnicodeSequence { const char *name; uint32_t characters[UNICODE_SEQUENCE_MAX]; } UnicodeSequence;  // ended by 0
const UnicodeSequence *unicodedata_sequence(const char *name);   // by its name in upper case; NULL: none

#endif
