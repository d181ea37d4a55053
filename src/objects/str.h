// str: immutable text in 1, 2 or 4 bytes a character, with a cached SipHash-1-3.
//
// The kind is the smallest that holds the widest character (so equal strings have equal bytes); ASCII is a flag of kind 1. Immutable but
// for `hash` and `utf8`, which are filled in by whoever computes them first (idempotent; release/acquire).
#ifndef WEFT_OBJECTS_STR_H
#define WEFT_OBJECTS_STR_H

#include <stdarg.h>

#include "objects/type.h"

enum {  // Object.aux
  STR_KIND = 7,         // 1, 2 or 4
  STR_ASCII = 8,
  STR_INTERNED = 16,    // set under the intern table's lock; immortal too if code refers to it
};

typedef struct Str {
  Object ob;
  int64_t length;       // characters
  a64 hash;             // 0: not computed (a hash of 0 is stored as is and recomputed); -1 never
  aptr utf8;            // cached UTF-8 of a non-ASCII str (heap_alloc'd, length-prefixed); NULL until asked for
  char data[];          // length * kind bytes and a terminating zero character
} Str;

static inline bool v_is_str(Value v) { return v_has_flag(v, TYPE_STR); }   // str or a subclass
static inline bool v_is_str_exact(Value v) { return v_is_exact(v, SHAPE_STR); }
static inline Str *v_str(Value v) { return (Str *)v_obj(v); }
static inline int str_kind(const Str *s) { return (int)(a32_load_rlx(&s->ob.aux) & STR_KIND); }
static inline bool str_is_ascii(const Str *s) { return a32_load_rlx(&s->ob.aux) & STR_ASCII; }
static inline bool str_is_interned(const Str *s) { return a32_load_rlx(&s->ob.aux) & STR_INTERNED; }
static inline int64_t str_length(const Str *s) { return s->length; }
static inline uint32_t str_char(const Str *s, int64_t i) {
  switch (str_kind(s)) {
    case 1: return (uint8_t)s->data[i];
    case 2: return ((const uint16_t *)(const void *)s->data)[i];
    default: return ((const uint32_t *)(const void *)s->data)[i];
  }
}

// Making. All return an owned str or V_NULL with MemoryError (or as noted).
Value str_new(Thread *t, int64_t length, uint32_t max_char);       // uninitialised data: fill before publishing
Value str_from_utf8(Thread *t, const char *s, size_t n);           // strict; UnicodeDecodeError
Value str_from_utf8_surrogatepass(Thread *t, const char *s, size_t n);  // WTF-8, as the front end delivers constants
Value str_from_cstr(Thread *t, const char *s);                     // UTF-8
Value str_from_ascii(Thread *t, const char *s, size_t n);          // caller guarantees ASCII
Value str_from_latin1(Thread *t, const char *s, size_t n);
Value str_from_ucs4(Thread *t, const uint32_t *s, int64_t n);
Value str_from_char(Thread *t, uint32_t c);
Value str_from_format(Thread *t, const char *format, ...);         // directives as in objects/error.h
Value str_from_formatv(Thread *t, const char *format, va_list ap);
Value str_decode_replace(Thread *t, const char *s, size_t n);      // UTF-8 where what is invalid becomes U+FFFD; never raises but MemoryError
Value str_decode_fs(Thread *t, const char *s, size_t n);           // file names, argv: utf-8 with surrogateescape
Value str_encode_fs(Thread *t, Value v);                           // bytes
extern Value str_empty;                                            // immortal ''

// Interning. intern returns the canonical str for the text (owned, steals v); _immortal makes it so (identifiers of code), for which it may
// have to stop the world: call it with no raw mutex held.
Value str_intern(Thread *t, Value stolen);
Value str_intern_immortal(Thread *t, Value stolen);
Value str_intern_cstr(Thread *t, const char *s);                   // immortal
void str_intern_forget(Thread *t, Str *s);                         // str's dealloc

// Reading. utf8 is borrowed from the str (lives as long as it); surrogates raise UnicodeEncodeError. size may be NULL (then no '\0' inside
// is guaranteed by the caller's own check).
const char *str_utf8(Thread *t, Value v, size_t *size);
bool str_equals_cstr(Value v, const char *ascii);
bool str_equal(const Str *a, const Str *b);                        // no Python code, no errors
int str_compare(const Str *a, const Str *b);                       // -1 0 1 by code points
int64_t str_hash(Str *s);                                          // cached SipHash-1-3
int64_t hash_bytes(const void *p, size_t n);                       // the same function for bytes and others; 0 for n == 0
uint64_t hash_bytes_keyed(uint64_t k0, uint64_t k1, const void *p, size_t n);  // SipHash-1-3 with a key of one's own
bool hash_init(const char *seed_env /* PYTHONHASHSEED or NULL */); // false: invalid seed

// Operations other parts need (borrowed in, owned out).
Value str_exact(Thread *t, Value v);                               // an exact str with the same text: v itself if it is one
// left + right where left is stolen: grows left's own block when nobody else can see it (`s += x` in a loop). Both are str; left exact or not.
Value str_append(Thread *t, Value left_stolen, Value right);
Value str_concat(Thread *t, Value a, Value b);
Value str_join(Thread *t, Value sep, Value iterable);
Value str_join_array(Thread *t, Value sep /* V_NULL: '' */, const Value *items, size_t n);  // items exact or subclass str, checked
Value str_slice(Thread *t, Value v, int64_t start, int64_t end);   // clipped, step 1
int64_t str_find(const Str *s, const Str *sub, int64_t start, int64_t end);  // -1: not there
Value str_format_method(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames);  // str.format
Value str_mod(Thread *t, Value format, Value args);                // format % args
bool str_is_identifier(Value v);
Value str_repr(Thread *t, Value v);
Value str_escape_non_ascii(Thread *t, Value v);                    // what ascii() does to a repr: \x, \u, \U for all beyond ASCII

// A growing text, for repr and formatting. All return false / V_NULL with MemoryError pending.
typedef struct StrBuilder { Thread *t; char *data; int64_t length, capacity; int kind; bool failed; char small[232]; } StrBuilder;  // never copied
void strb_init(StrBuilder *b, Thread *t);
bool strb_char(StrBuilder *b, uint32_t c);
bool strb_ascii(StrBuilder *b, const char *s, size_t n);
bool strb_cstr(StrBuilder *b, const char *ascii);
bool strb_str(StrBuilder *b, Value v);   // V_NULL with an exception set: the builder has failed
bool strb_slice(StrBuilder *b, const Str *s, int64_t start, int64_t end);
bool strb_fill(StrBuilder *b, uint32_t c, int64_t n);
Value strb_finish(StrBuilder *b);   // the str; the builder is empty again
void strb_discard(StrBuilder *b);

// Before any text is made, and before any type is ready: '' and the one-character strs. Needs the heap, the shape table and hash_init.
bool str_core_init(Thread *t);
void str_dealloc(Thread *t, Object *o);
bool str_init(Thread *t);           // readies str and the iterators of str, bytes and bytearray (and calls str_core_init)

#endif
