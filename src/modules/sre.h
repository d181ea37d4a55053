// Regular expressions: what the files of _sre share.
//
//   sre_validate.c  refuses code that could make the engine read outside code, marks or text
//   sre_engine.c    matches code against text
//   sre_pattern.c   Pattern and Scanner objects
//   sre_match.c     Match objects
// Patterns and matches never change once made, so threads share them without locks.
#ifndef WEFT_MODULES_SRE_H
#define WEFT_MODULES_SRE_H

#include "objects/type.h"

#define SRE_MAGIC 20220615
#define SRE_MAXREPEAT 4294967295u
#define SRE_MAXGROUPS 1073741823

// The opcodes of the library's re compiler, in its order.
enum {
  SRE_FAILURE, SRE_SUCCESS, SRE_ANY, SRE_ANY_ALL, SRE_ASSERT, SRE_ASSERT_NOT, SRE_AT, SRE_BRANCH, SRE_CATEGORY, SRE_CHARSET, SRE_BIGCHARSET,
  SRE_GROUPREF, SRE_GROUPREF_EXISTS, SRE_IN, SRE_INFO, SRE_JUMP, SRE_LITERAL, SRE_MARK, SRE_MAX_UNTIL, SRE_MIN_UNTIL, SRE_NOT_LITERAL,
  SRE_NEGATE, SRE_RANGE, SRE_REPEAT, SRE_REPEAT_ONE, SRE_SUBPATTERN, SRE_MIN_REPEAT_ONE, SRE_ATOMIC_GROUP, SRE_POSSESSIVE_REPEAT,
  SRE_POSSESSIVE_REPEAT_ONE, SRE_GROUPREF_IGNORE, SRE_IN_IGNORE, SRE_LITERAL_IGNORE, SRE_NOT_LITERAL_IGNORE, SRE_GROUPREF_LOC_IGNORE,
  SRE_IN_LOC_IGNORE, SRE_LITERAL_LOC_IGNORE, SRE_NOT_LITERAL_LOC_IGNORE, SRE_GROUPREF_UNI_IGNORE, SRE_IN_UNI_IGNORE, SRE_LITERAL_UNI_IGNORE,
  SRE_NOT_LITERAL_UNI_IGNORE, SRE_RANGE_UNI_IGNORE, SRE_OPCODES,
};
enum {
  SRE_AT_BEGINNING, SRE_AT_BEGINNING_LINE, SRE_AT_BEGINNING_STRING, SRE_AT_BOUNDARY, SRE_AT_NON_BOUNDARY, SRE_AT_END, SRE_AT_END_LINE,
  SRE_AT_END_STRING, SRE_AT_LOC_BOUNDARY, SRE_AT_LOC_NON_BOUNDARY, SRE_AT_UNI_BOUNDARY, SRE_AT_UNI_NON_BOUNDARY, SRE_ATS,
};
enum {
  SRE_DIGIT, SRE_NOT_DIGIT, SRE_SPACE, SRE_NOT_SPACE, SRE_WORD, SRE_NOT_WORD, SRE_LINEBREAK, SRE_NOT_LINEBREAK, SRE_LOC_WORD, SRE_LOC_NOT_WORD,
  SRE_UNI_DIGIT, SRE_UNI_NOT_DIGIT, SRE_UNI_SPACE, SRE_UNI_NOT_SPACE, SRE_UNI_WORD, SRE_UNI_NOT_WORD, SRE_UNI_LINEBREAK, SRE_UNI_NOT_LINEBREAK,
  SRE_CATEGORIES,
};
enum { SRE_INFO_PREFIX = 1, SRE_INFO_LITERAL = 2, SRE_INFO_CHARSET = 4 };

typedef struct Pattern {
  Object ob;
  int64_t groups;
  Value groupindex;     // dict: name -> number
  Value indexgroup;     // tuple: name or None of each group
  Value pattern;        // str, bytes or None
  int32_t flags;
  int8_t is_bytes;      // 1 bytes, 0 str, -1 neither: matches both
  size_t code_size;
  uint32_t *code;
} Pattern;

typedef struct Match {
  Object ob;
  Value string;         // the subject, or None
  Value regs;           // tuple, made on demand; V_NULL
  Value pattern;
  int64_t pos, endpos;
  int64_t last_index;   // -1: none
  int64_t groups;       // with group 0
  int64_t marks[];      // start and end of each; -1: not matched
} Match;

extern Type type_sre_pattern, type_sre_match, type_sre_scanner;
static inline Pattern *v_pattern(Value v) { return (Pattern *)v_obj(v); }
static inline Match *v_match(Value v) { return (Match *)v_obj(v); }

// --- Matching -------------------------------------------------------------------------------------------------------------------------

struct SreEntry;
struct SreRepeat;

// One run over one text. Holds the text (a buffer for bytes-like objects) until sre_state_end.
typedef struct SreState {
  Thread *t;
  const uint32_t *code;
  const void *text;
  int kind;                       // bytes a character
  bool is_bytes;
  int64_t length;                 // of the whole text
  int64_t pos;                    // as the caller asked, clipped
  int64_t start, end, ptr;        // where the match begins, where the text ends for it, where it ended
  bool must_advance;              // an empty match at `start` will not do
  bool match_all;                 // must reach `end`
  int64_t last_index;
  int64_t *marks;
  int64_t groups;
  Value string;                   // owned
  BufferView view;
  bool has_view;
  struct SreEntry *stack;         // what to undo and where to go on when something fails
  size_t depth, capacity;
  struct SreRepeat *repeats;
  size_t repeat_count, repeat_capacity;
  uint32_t steps;
} SreState;

// Begins work on string[pos:endpos]. 0, or -1 with TypeError or MemoryError.
int sre_state_begin(Thread *t, SreState *s, Pattern *p, Value string, int64_t pos, int64_t endpos);
void sre_state_end(SreState *s);
// Forgets what groups matched, before another match in the same text.
void sre_state_reset(SreState *s);
// Matches at s->start, or at the first place from there on. 1: s->start, s->ptr and the marks say where; 0: no; -1: exception.
int sre_match_here(SreState *s);
int sre_search(SreState *s);
// text[start:end] of the subject, as str or bytes. Owned.
Value sre_slice(Thread *t, Value string, int64_t start, int64_t end);
// The Match for a successful state, None for status 0, V_NULL for -1.
Value sre_match_new(Thread *t, Value pattern, SreState *s, int status);

// True if the engine can run the code safely.
bool sre_code_is_valid(Thread *t, const uint32_t *code, size_t size, int64_t groups);
// Lower case as patterns that ignore case compare.
uint32_t sre_lower_ascii(uint32_t c);
// A function of the library's re module, owned.
Value sre_library_function(Thread *t, const char *name);
bool sre_types_init(Thread *t);
extern const TypeSpec spec_sre_match;

#endif
