// Regular expressions: what the files of _sre share.
//
//   sre_unit.c      says what the instructions for one character accept
//   sre_validate.c  refuses code that could make the engine read outside code, marks or text
//   sre_program.c   makes the program that runs: sets as tables, choices that could never help left out
//   sre_engine.c    matches programs against text
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

// --- Programs ---------------------------------------------------------------------------------------------------------------------------

// A program is a copy of the code, word for word at the same places, in which some instructions have become others.
enum {
  SRE_TABLE = SRE_OPCODES,   // one character, as a unit of two words: number of a SreSet
  SRE_TABLE_IN,              // one character, as SRE_IN: skip, number of a SreSet
  SRE_OPTIONAL,              // a repeat of at most one item: skip, number of what the item begins with or SRE_NO_SET, whether leaving it out may help
  SRE_NOP,                   // where an optional's UNTIL was
};
#define SRE_NO_SET UINT32_MAX

// Which characters an instruction accepts: those below 256 by table[c] & mask, others as its code says, or without code: all if wide.
typedef struct SreSet {
  const uint8_t *table;      // 256 bytes, shared by eight sets
  uint8_t mask;
  bool wide;
  const uint32_t *unit;
} SreSet;

// A repeat: in the program its skip word is its number. The limits are those of the code.
typedef struct SreLoop {
  uint32_t skip, min, max;
  uint32_t first;            // number of the set of what an item begins with; SRE_NO_SET: anything, or an item may be empty
  bool choice;               // going on behind the repeat may help where another item could begin
} SreLoop;

typedef struct SreProgram {
  uint32_t *code;
  SreSet *sets;
  SreLoop *loops;
  uint8_t *tables;
  int64_t width;             // of the shortest match
  const uint32_t *prefix;    // what each match begins with, of prefix_length characters; NULL: none
  uint32_t prefix_length;
  bool literal;              // the prefix is all
  bool anchored;             // to the beginning of the text
  uint32_t first;            // number of the set of the first character; SRE_NO_SET: none known
} SreProgram;

// What validation has found, in the order of the code: places of units and of the other instructions that programs change.
typedef struct SreNotes {
  uint32_t *places;
  size_t count, capacity;
} SreNotes;

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
  SreProgram program;
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

typedef struct SreEntry {
  uint32_t kind, pc;
  int64_t a, b;
} SreEntry;
struct SreRepeat;
enum { SRE_OWN_ENTRIES = 16, SRE_OWN_MARKS = 16 };

// One run over one text. Holds the text (a buffer for bytes-like objects) until sre_state_end. Stays where it is.
typedef struct SreState {
  Thread *t;
  const SreProgram *program;
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
  SreEntry *stack;                // what to undo and where to go on when something fails
  size_t capacity;
  struct SreRepeat *repeats;
  size_t repeat_count, repeat_capacity;
  uint32_t steps;
  // Room for small patterns, as it comes.
  SreEntry own_stack[SRE_OWN_ENTRIES];
  int64_t own_marks[SRE_OWN_MARKS];
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

// True if the engine can run the code safely; notes, to be freed by the caller in any case, what is in it. False with an exception or without.
bool sre_code_is_valid(Thread *t, const uint32_t *code, size_t size, int64_t groups, SreNotes *notes);
// The program of valid code. 0, or -1 with MemoryError; sre_program_free in any case.
int sre_program_make(Thread *t, SreProgram *p, const uint32_t *code, size_t size, const SreNotes *notes);
void sre_program_free(Thread *t, SreProgram *p);

// A unit is an instruction that accepts one character. Its length at pc; 0: there is none.
uint32_t sre_unit_length(const uint32_t *pc);
bool sre_unit_accepts(const uint32_t *pc, uint32_t c);
// The same for what follows a SRE_IN's skip, up to FAILURE.
bool sre_set_accepts(const uint32_t *set, uint32_t c);
// Whether the unit depends on the locale of the moment.
bool sre_unit_is_locale(const uint32_t *pc);
// Whether it may accept characters from 256 on; true in doubt.
bool sre_unit_is_wide(const uint32_t *pc);

// Lower case as patterns that ignore case compare.
uint32_t sre_lower_ascii(uint32_t c);
uint32_t sre_lower_locale(uint32_t c);
uint32_t sre_lower_unicode(uint32_t c);
// Letters, digits and the underscore.
static inline bool sre_is_ascii_word(uint32_t c) { return c < 128 && (c < 64 ? 0x03FF000000000000 : 0x07FFFFFE87FFFFFE) >> (c & 63) & 1; }
bool sre_is_locale_word(uint32_t c);
bool sre_is_unicode_word(uint32_t c);
// A function of the library's re module, owned.
Value sre_library_function(Thread *t, const char *name);
bool sre_types_init(Thread *t);
extern const TypeSpec spec_sre_match;

#endif
