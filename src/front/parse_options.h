// What reading source text is told: mode, flags, and where warnings go.
#ifndef WEFT_FRONT_PARSE_OPTIONS_H
#define WEFT_FRONT_PARSE_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum FrontMode {
  FRONT_EXEC,         // Module
  FRONT_SINGLE,       // Interactive: one statement
  FRONT_EVAL,         // Expression
  FRONT_FUNC_TYPE     // FunctionType: the signature type comment "(int, str) -> bool"
} FrontMode;

typedef enum FrontFlag {
  FRONT_FUTURE_ANNOTATIONS = 1u << 0,         // carried for the compiler; the parser does not look
  FRONT_FUTURE_BARRY_AS_FLUFL = 1u << 1,      // `<>` instead of `!=`
  FRONT_DONT_IMPLY_DEDENT = 1u << 2,          // no DEDENT at the end of the input: the REPL's block may go on
  FRONT_TYPE_COMMENTS = 1u << 3,              // keep `# type:` comments
  FRONT_ALLOW_INCOMPLETE_INPUT = 1u << 4,     // an error at the end of the input becomes "incomplete input"
  FRONT_IGNORE_COOKIE = 1u << 5,              // source is UTF-8 already (it came from a str): no BOM, no cookie is obeyed
  FRONT_INTERACTIVE = 1u << 7,                // lines typed at a prompt, UTF-8: an empty line ends a block
  FRONT_MORE_TO_COME = 1u << 8,               // with it: the statement may go on; then the error is FRONT_NEED_LINE
  FRONT_FILE_INPUT = 1u << 6                  // source is a program's file: text that is not UTF-8 and declares nothing is refused
} FrontFlag;

// Which class of warning a FrontWarnFn is asked to give.
typedef enum FrontWarningKind {
  FRONT_DEPRECATION_WARNING,      // invalid escape sequence, number followed by a keyword
  FRONT_SYNTAX_WARNING            // the compiler's
} FrontWarningKind;

typedef enum FrontWarnResult {
  FRONT_WARN_DONE,        // delivered or filtered out: go on
  FRONT_WARN_IS_ERROR,    // the filter made an error of it: the parser reports it as SyntaxError with the same message
  FRONT_WARN_RAISED       // another exception came up: the parser stops with FRONT_RAISED
} FrontWarnResult;

// Called in the order of the source, at the end of a successful parse, or while the message of an error is looked for (then, as in CPython,
// a place may be warned of twice). May run Python.
typedef FrontWarnResult (*FrontWarnFn)(void *context, FrontWarningKind kind, const char *message, int lineno);

typedef struct FrontFlags {
  uint32_t bits;              // FrontFlag
  int optimize;               // -1, 0, 1, 2: carried for the compiler
  int feature_version;        // minor version, as in ast.parse(feature_version=(3, n)); 0 means the newest, 11
  int max_int_digits;         // sys.get_int_max_str_digits(): longer decimal literals are errors; 0: no limit
  size_t stack_limit;         // bytes of C stack that parsing may use before it reports MemoryError; 0 means 3 MiB
  FrontWarnFn warn;           // ? NULL drops warnings
  void *warn_context;
} FrontFlags;

// Looks up the character of a \N{...} escape: name[0..len) in any case. NULL (the default) uses libunistring's names, which lack
// Unicode's aliases; whoever has the whole table sets this once at start-up.
typedef bool (*FrontCharacterNameHook)(const char *name, size_t len, uint32_t *ch);
extern FrontCharacterNameHook front_character_name_hook;

#endif
