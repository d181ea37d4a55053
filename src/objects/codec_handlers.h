// What the built-in error handlers put in place of bad input; shared by the codecs' short cuts and the registered Python callables.
#ifndef WEFT_OBJECTS_CODEC_HANDLERS_H
#define WEFT_OBJECTS_CODEC_HANDLERS_H

#include "objects/bytes.h"
#include "objects/str.h"

typedef enum { ESCAPE_BACKSLASH, ESCAPE_XML, ESCAPE_NAME } EscapeKind;
// Characters [start, end) as \xNN \uNNNN, &#NNN; or \N{...}: an ASCII str.
Value handler_escape_chars(Thread *t, const Str *s, int64_t start, int64_t end, EscapeKind kind);
// How many of the bytes from p[0] on surrogateescape takes (bytes >= 0x80, at most 4); they become U+DC80..U+DCFF.
int64_t handler_escapable_bytes(const uint8_t *p, int64_t n);
// How many characters from `start` on stand for escaped bytes.
int64_t handler_escaped_chars(const Str *s, int64_t start, int64_t end);

typedef struct SurrogateForm { int width; bool big; } SurrogateForm;  // bytes a surrogate takes in an encoding: 3, 2, 4; 0: unknown
SurrogateForm handler_surrogate_form(const char *encoding);
// A surrogate written at p[0..n), or 0 if there is none.
uint32_t handler_surrogate_read(SurrogateForm form, const uint8_t *p, int64_t n);
void handler_surrogate_write(SurrogateForm form, uint32_t c, uint8_t *p);

// The registered callables: name and function, ended by NULL.
typedef struct HandlerEntry { const char *name; NativeDef def; } HandlerEntry;
extern const HandlerEntry handler_entries[];

#endif
