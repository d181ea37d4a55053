// readline: line editing, history and completion for input() and the interactive loop, on libedit's readline interface.
//
// libedit keeps its state in globals of the process, so everything here runs under one lock, `editor_lock`, in both builds. While a line is being
// typed the lock is held and the thread is detached; libedit then calls back into the functions below, which attach, may run Python code
// (completer, hooks), and detach again. Python code so called may use this module: the lock's holder takes it no second time (`editing`).

#include <editline/readline.h>
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "modules/history_file.h"
#include "modules/line_input.h"
#include "modules/shared_library.h"
#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/module.h"
#include "objects/object.h"
#include "objects/str.h"
#include "system/import.h"
#include "system/sys_state.h"
#include "threading/mutex.h"

#define EDIT_SYMBOLS(X) \
  X(add_history) X(clear_history) X(history_get) X(read_history) X(rl_callback_handler_install) \
  X(rl_callback_handler_remove) X(rl_callback_read_char) X(rl_cleanup_after_signal) X(rl_completion_matches) X(rl_initialize) \
  X(rl_insert_text) X(rl_parse_and_bind) X(rl_read_init_file) X(rl_redisplay) X(write_history) \
  X(history_base) X(history_length) X(rl_attempted_completion_function) X(rl_attempted_completion_over) X(rl_catch_signals) \
  X(rl_completer_word_break_characters) X(rl_completion_append_character) X(rl_completion_type) X(rl_library_version) X(rl_line_buffer) \
  X(rl_pre_input_hook) X(rl_readline_name) X(rl_readline_version) X(rl_startup_hook)
static struct { EDIT_SYMBOLS(LIBRARY_FIELD) } edit;
static const char *const edit_names[] = {EDIT_SYMBOLS(LIBRARY_NAME)};

static Mutex editor_lock = MUTEX_INIT;
static Thread *editing;             // who is in read_edited; written under the lock, compared by its own thread only
// Under the lock.
static Value completer, startup_hook, pre_input_hook, display_hook;   // owned; V_NULL: none
static char *delimiters;            // malloc'd
static int file_length = -1;        // lines that a history file keeps; -1: all
static bool auto_history = true;
static int word_begin, word_end;    // of the word being completed, in characters
static char *typed;                 // the line libedit has handed over
static bool has_typed;
static bool shown;                  // a line has been edited: only then does GNU readline know the terminal and redisplay

#define READLINE(name) static Value readline_##name(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames)
#define UNUSED (void)t, (void)self, (void)args, (void)nargs, (void)kwnames

static bool take_editor(Thread *t) {
  if (editing == t) return false;
  mutex_lock(t, &editor_lock);
  return true;
}
static void give_editor(bool taken) {
  if (taken) mutex_unlock(&editor_lock);
}

// --- Text in and out --------------------------------------------------------------------------------------------------------------

// malloc'd UTF-8 of a str argument (surrogateescape undone). NULL with an exception.
static char *text_arg(Thread *t, Value v) {
  if (!v_is_str(v)) {
    raise_type_error(t, "bad argument type for built-in operation");
    return NULL;
  }
  Value bytes = str_encode_fs(t, v);
  if (v_is_null(bytes)) return NULL;
  const Bytes *b = v_bytes(bytes);
  char *text = NULL;
  if (memchr(b->data, 0, (size_t)b->length)) raise_value_error(t, "embedded null character");
  else if (!(text = strndup(b->data, (size_t)b->length))) raise_no_memory(t);
  v_drop(t, bytes);
  return text;
}

static Value text_value(Thread *t, const char *s) { return s ? str_decode_fs(t, s, strlen(s)) : V_NONE; }

// Characters of the first n bytes of UTF-8 text.
static int characters(const char *s, int n) {
  int count = 0;
  for (int i = 0; i < n && s[i]; i++) count += (s[i] & 0xC0) != 0x80;
  return count;
}

// malloc'd path of an argument; absent or None: ~/.history. NULL with an exception.
static char *history_path(Thread *t, Value v) {
  if (v_is_absent(v) || v_is_none(v)) {
    const char *home = getenv("HOME");
    char *path = NULL;
    if (asprintf(&path, "%s/.history", home ? home : "") < 0) path = NULL;
    if (!path) raise_no_memory(t);
    return path;
  }
  Value keep;
  const char *name = fs_path_bytes(t, v, &keep);
  if (!name) return NULL;
  char *path = strdup(name);
  if (!path) raise_no_memory(t);
  v_drop(t, keep);
  return path;
}

// --- History ----------------------------------------------------------------------------------------------------------------------

static const char *history_line(int index) {   // from 1 on
  HIST_ENTRY *entry = index > 0 && index <= *edit.history_length ? edit.history_get(index - 1 + *edit.history_base) : NULL;
  return entry ? entry->line : NULL;
}

// libedit numbers its entries anew in some calls and not in others; so a change in the middle rebuilds the history. replacement NULL: removed.
static bool rebuild_history(int position, const char *replacement) {
  int n = *edit.history_length;
  char **lines = calloc((size_t)n + 1, sizeof *lines);
  bool ok = lines != NULL;
  for (int i = 0; ok && i < n; i++) {
    const char *line = i == position ? replacement : history_line(i + 1);
    if (line) ok = (lines[i] = strdup(line)) != NULL;
  }
  if (ok) {
    edit.clear_history();
    for (int i = 0; i < n; i++)
      if (lines[i]) edit.add_history(lines[i]);
  }
  for (int i = 0; lines && i < n; i++) free(lines[i]);
  free(lines);
  return ok;
}

READLINE(add_history) {
  UNUSED;
  char *line = text_arg(t, args[0]);
  if (!line) return V_NULL;
  bool taken = take_editor(t);
  edit.add_history(line);
  give_editor(taken);
  free(line);
  return V_NONE;
}

READLINE(clear_history) {
  UNUSED;
  bool taken = take_editor(t);
  edit.clear_history();
  give_editor(taken);
  return V_NONE;
}

READLINE(get_current_history_length) {
  UNUSED;
  bool taken = take_editor(t);
  int n = *edit.history_length;
  give_editor(taken);
  return v_from_smi(n);
}

READLINE(get_history_item) {
  UNUSED;
  int index = number_as_int(t, args[0]);
  if (index == -1 && error_pending(t)) return V_NULL;
  bool taken = take_editor(t);
  const char *line = index > 0 && index <= *edit.history_length ? history_line(index) : NULL;
  Value v = text_value(t, line);
  give_editor(taken);
  return v;
}

static Value change_item(Thread *t, int position, const char *replacement) {
  if (position < 0) return raise_value_error(t, "History index cannot be negative");
  bool taken = take_editor(t);
  bool there = position < *edit.history_length, ok = there && rebuild_history(position, replacement);
  give_editor(taken);
  if (!there) return raise_value_error(t, "No history item at position %d", position);
  return ok ? V_NONE : raise_no_memory(t);
}

READLINE(remove_history_item) {
  UNUSED;
  int position = number_as_int(t, args[0]);
  return position == -1 && error_pending(t) ? V_NULL : change_item(t, position, NULL);
}

READLINE(replace_history_item) {
  UNUSED;
  int position = number_as_int(t, args[0]);
  if (position == -1 && error_pending(t)) return V_NULL;
  char *line = text_arg(t, args[1]);
  Value r = line ? change_item(t, position, line) : V_NULL;
  free(line);
  return r;
}

READLINE(get_history_length) {
  UNUSED;
  return v_from_smi(file_length);
}

READLINE(set_history_length) {
  UNUSED;
  int n = number_as_int(t, args[0]);
  if (n == -1 && error_pending(t)) return V_NULL;
  bool taken = take_editor(t);
  file_length = n < 0 ? -1 : n;
  give_editor(taken);
  return V_NONE;
}

READLINE(set_auto_history) {
  UNUSED;
  int on = object_is_true(t, args[0]);
  if (on < 0) return V_NULL;
  bool taken = take_editor(t);
  auto_history = on;
  give_editor(taken);
  return V_NONE;
}

// fn(path) under the lock; an errno of its, or 0.
static Value with_history_file(Thread *t, Value file, int (*fn)(const char *path, int n), int n) {
  char *path = history_path(t, file);
  if (!path) return V_NULL;
  bool taken = take_editor(t);
  int err = fn(path, n);
  give_editor(taken);
  free(path);
  return err ? raise_errno(t, err, V_NULL, V_NULL) : V_NONE;
}

static int read_file(const char *path, int n) {
  (void)n;
  return edit.read_history(path);
}
static int truncate_file(const char *path) { return file_length < 0 ? 0 : history_file_truncate(path, file_length); }
static int write_file(const char *path, int n) {
  (void)n;
  int err = edit.write_history(path);
  return err ? err : truncate_file(path);
}
static int append_file(const char *path, int n) {
  int entries = *edit.history_length, err = history_file_append(path, n < entries ? n : entries, edit.write_history);
  return err ? err : truncate_file(path);
}

READLINE(read_history_file) {
  UNUSED;
  return with_history_file(t, args[0], read_file, 0);
}
READLINE(write_history_file) {
  UNUSED;
  return with_history_file(t, args[0], write_file, 0);
}
READLINE(append_history_file) {
  UNUSED;
  int n = number_as_int(t, args[0]);
  if (n == -1 && error_pending(t)) return V_NULL;
  return with_history_file(t, args[1], append_file, n);
}

// --- Settings ---------------------------------------------------------------------------------------------------------------------

static Value set_hook(Thread *t, const char *name, Value *hook, Value v) {
  bool none = v_is_absent(v) || v_is_none(v);
  if (!none && !object_is_callable(v)) return raise_type_error(t, "set_%s(func): argument not callable", name);
  Value mine = none ? V_NULL : v_own(t, v);
  bool taken = take_editor(t);
  Value old = *hook;
  *hook = mine;
  give_editor(taken);
  v_drop(t, old);
  return V_NONE;
}

READLINE(set_completer) {
  UNUSED;
  return set_hook(t, "completer", &completer, args[0]);
}
READLINE(set_startup_hook) {
  UNUSED;
  return set_hook(t, "startup_hook", &startup_hook, args[0]);
}
READLINE(set_pre_input_hook) {
  UNUSED;
  return set_hook(t, "pre_input_hook", &pre_input_hook, args[0]);
}
READLINE(set_completion_display_matches_hook) {
  UNUSED;
  return set_hook(t, "completion_display_matches_hook", &display_hook, args[0]);
}

READLINE(get_completer) {
  UNUSED;
  bool taken = take_editor(t);
  Value v = v_is_null(completer) ? V_NONE : v_own(t, completer);
  give_editor(taken);
  return v;
}

READLINE(get_completer_delims) {
  UNUSED;
  bool taken = take_editor(t);
  Value v = text_value(t, delimiters);
  give_editor(taken);
  return v;
}

READLINE(set_completer_delims) {
  UNUSED;
  char *text = text_arg(t, args[0]);
  if (!text) return V_NULL;
  bool taken = take_editor(t);
  free(delimiters);
  delimiters = *edit.rl_completer_word_break_characters = text;
  give_editor(taken);
  return V_NONE;
}

READLINE(get_begidx) {
  UNUSED;
  return v_from_smi(word_begin);
}
READLINE(get_endidx) {
  UNUSED;
  return v_from_smi(word_end);
}
READLINE(get_completion_type) {
  UNUSED;
  return v_from_smi(*edit.rl_completion_type);
}

READLINE(parse_and_bind) {
  UNUSED;
  char *text = text_arg(t, args[0]);
  if (!text) return V_NULL;
  bool taken = take_editor(t);
  edit.rl_parse_and_bind(text);
  give_editor(taken);
  free(text);
  return V_NONE;
}

READLINE(read_init_file) {
  UNUSED;
  char *path = v_is_absent(args[0]) || v_is_none(args[0]) ? NULL : history_path(t, args[0]);
  if (!path && error_pending(t)) return V_NULL;
  bool taken = take_editor(t);
  errno = 0;
  int err = edit.rl_read_init_file(path) ? (errno ? errno : ENOENT) : 0;
  give_editor(taken);
  free(path);
  return err ? raise_errno(t, err, V_NULL, V_NULL) : V_NONE;
}

READLINE(get_line_buffer) {
  UNUSED;
  bool taken = take_editor(t);
  Value v = text_value(t, *edit.rl_line_buffer ? *edit.rl_line_buffer : "");
  give_editor(taken);
  return v;
}

READLINE(insert_text) {
  UNUSED;
  char *text = text_arg(t, args[0]);
  if (!text) return V_NULL;
  bool taken = take_editor(t);
  edit.rl_insert_text(text);
  give_editor(taken);
  free(text);
  return V_NONE;
}

READLINE(redisplay) {
  UNUSED;
  bool taken = take_editor(t);
  if (shown) edit.rl_redisplay();
  give_editor(taken);
  return V_NONE;
}

// --- What libedit calls while a line is typed ---------------------------------------------------------------------------------------
// The thread is `editing`, detached.

static void report(Thread *t, Value where) {
  if (error_pending(t)) error_write_unraisable(t, "Exception ignored in", where);
}

// Hooks return an int or None.
static int run_hook(Value hook) {
  Thread *t = editing;
  if (!t || v_is_null(hook)) return 0;
  thread_attach(t);
  Value kept = v_own(t, hook), r = object_call0(t, kept);
  int n = v_is_null(r) || v_is_none(r) ? 0 : number_as_int(t, r);
  report(t, kept);
  v_drop(t, r);
  v_drop(t, kept);
  thread_detach(t);
  return n;
}
static int on_startup(void) { return run_hook(startup_hook); }
static int on_pre_input(void) { return run_hook(pre_input_hook); }

// The state-th completion of text, malloc'd; NULL: no more.
static char *next_completion(const char *text, int state) {
  Thread *t = editing;
  if (!t || v_is_null(completer)) return NULL;
  thread_attach(t);
  *edit.rl_attempted_completion_over = 1;
  char *found = NULL;
  Value function = v_own(t, completer), word = text_value(t, text);
  Value r = v_is_null(word) ? V_NULL : object_call2(t, function, word, v_from_smi(state));
  if (!v_is_null(r) && !v_is_none(r)) found = text_arg(t, r);
  report(t, function);
  v_drop(t, r);
  v_drop(t, word);
  v_drop(t, function);
  thread_detach(t);
  return found;
}

static char **complete_word(const char *text, int start, int end) {
  *edit.rl_completion_append_character = '\0';
  word_begin = characters(*edit.rl_line_buffer, start);
  word_end = characters(*edit.rl_line_buffer, end);
  return edit.rl_completion_matches(text, next_completion);
}

static void on_line(char *line) {
  typed = line;
  has_typed = true;
  edit.rl_callback_handler_remove();
}

// --- Reading a line -----------------------------------------------------------------------------------------------------------------

// Waits for keys with the terminal in libedit's hands. 0, or -1 with an exception from a signal handler.
static int edit_line(Thread *t, const char *prompt) {
  shown = true;
  edit.rl_callback_handler_install(prompt, on_line);
  int r = 0;
  while (!has_typed && r == 0) {
    struct pollfd keys = {.fd = STDIN_FILENO, .events = POLLIN};
    int ready = poll(&keys, 1, -1);
    if (ready > 0) {
      edit.rl_callback_read_char();
      continue;
    }
    thread_attach(t);
    r = safepoint(t);
    thread_detach(t);
  }
  if (r < 0) {
    edit.rl_callback_handler_remove();
    edit.rl_cleanup_after_signal();
  }
  return r;
}

static void remember(const char *line) {
  const char *last = history_line(*edit.history_length);
  if (auto_history && *line && (!last || strcmp(last, line) != 0)) edit.add_history(line);
}

// The line with its newline, malloc'd. Takes `typed`.
static char *finish_line(Thread *t) {
  char *line = NULL;
  if (!typed) {
    line = strdup("");
  } else {
    remember(typed);
    size_t n = strlen(typed);
    line = realloc(typed, n + 2);
    if (line) memcpy(line + n, "\n", 2);
    else free(typed);
    typed = NULL;
  }
  if (!line) raise_no_memory(t);
  return line;
}

static char *read_edited(Thread *t, const char *prompt) {
  if (editing == t) {
    raise_error(t, &exc_RuntimeError, "can't re-enter readline");
    return NULL;
  }
  mutex_lock(t, &editor_lock);
  editing = t;
  typed = NULL;
  has_typed = false;
  int r;
  ALLOW_THREADS_BEGIN(t);
  r = edit_line(t, prompt);
  ALLOW_THREADS_END;
  char *line = r < 0 ? NULL : finish_line(t);
  editing = NULL;
  mutex_unlock(&editor_lock);
  return line;
}

// --- The module ---------------------------------------------------------------------------------------------------------------------

static const NativeDef functions[] = {
    {"add_history($module, string, /)", readline_add_history, "Add a line to the history.", 0},
    {"append_history_file($module, nelements, filename=None, /)", readline_append_history_file, "Adds the newest lines of the history to a file.", 0},
    {"clear_history($module, /)", readline_clear_history, "Forget the history.", 0},
    {"get_begidx($module, /)", readline_get_begidx, "Where the word being completed begins.", 0},
    {"get_completer($module, /)", readline_get_completer, "The completer function, or None.", 0},
    {"get_completer_delims($module, /)", readline_get_completer_delims, "The characters that end a word for completion.", 0},
    {"get_completion_type($module, /)", readline_get_completion_type, "What kind of completion is being tried.", 0},
    {"get_current_history_length($module, /)", readline_get_current_history_length, "How many lines the history has.", 0},
    {"get_endidx($module, /)", readline_get_endidx, "Where the word being completed ends.", 0},
    {"get_history_item($module, index, /)", readline_get_history_item, "A line of the history, the first being 1, or None.", 0},
    {"get_history_length($module, /)", readline_get_history_length, "How many lines a history file keeps, negative: all.", 0},
    {"get_line_buffer($module, /)", readline_get_line_buffer, "What has been typed of the line.", 0},
    {"insert_text($module, string, /)", readline_insert_text, "Puts text at the cursor.", 0},
    {"parse_and_bind($module, string, /)", readline_parse_and_bind, "Execute a line of an editrc file.", 0},
    {"read_history_file($module, filename=None, /)", readline_read_history_file, "Load a history file, by default ~/.history.", 0},
    {"read_init_file($module, filename=None, /)", readline_read_init_file, "Execute an editrc file.", 0},
    {"redisplay($module, /)", readline_redisplay, "Show the line as it is now.", 0},
    {"remove_history_item($module, pos, /)", readline_remove_history_item, "Remove a line of the history, the first being 0.", 0},
    {"replace_history_item($module, pos, line, /)", readline_replace_history_item, "Replace a line of the history, the first being 0.", 0},
    {"set_auto_history($module, enabled, /)", readline_set_auto_history, "Whether typed lines join the history by themselves.", 0},
    {"set_completer($module, function=None, /)", readline_set_completer, "Set the function(text, state) that finds completions.", 0},
    {"set_completer_delims($module, string, /)", readline_set_completer_delims, "Set the characters that end a word for completion.", 0},
    {"set_completion_display_matches_hook($module, function=None, /)", readline_set_completion_display_matches_hook,
     "Set the function(substitution, matches, longest_match_length) that shows completions; libedit shows them itself.", 0},
    {"set_history_length($module, length, /)", readline_set_history_length, "Set how many lines a history file keeps.", 0},
    {"set_pre_input_hook($module, function=None, /)", readline_set_pre_input_hook, "Set the function called before typing begins.", 0},
    {"set_startup_hook($module, function=None, /)", readline_set_startup_hook, "Set the function called before the prompt is shown.", 0},
    {"write_history_file($module, filename=None, /)", readline_write_history_file, "Write the history to a file, by default ~/.history.", 0},
    {0},
};

static int readline_exec(Thread *t, Value m) {
  static bool ready;   // under the import lock
  if (!ready) {
    Value locale = import_module(t, "_locale");   // puts the environment's character set in force, in which libedit reads keys
    if (v_is_null(locale)) return -1;
    v_drop(t, locale);
    if (LIBRARY_LOAD(t, "libedit.so.2", edit) < 0) return -1;
    delimiters = strdup(" \t\n`~!@#$%^&*()-=+[{]}\\|;:'\",<>/?");
    if (!delimiters) {
      raise_no_memory(t);
      return -1;
    }
    *edit.rl_readline_name = "python";
    edit.rl_initialize();   // using_history() would do it too, and a second time throws away what has been typed ahead
    *edit.rl_catch_signals = 0;
    *edit.rl_completer_word_break_characters = delimiters;
    *edit.rl_attempted_completion_function = complete_word;
    *edit.rl_startup_hook = on_startup;
    *edit.rl_pre_input_hook = on_pre_input;
    edit.rl_parse_and_bind("bind ^I ed-insert");
    line_input_editor = read_edited;
    ready = true;
  }
  return module_add_int(t, m, "_READLINE_VERSION", 0x0402) < 0 || module_add_int(t, m, "_READLINE_RUNTIME_VERSION", *edit.rl_readline_version) < 0 ||
                 module_add_str(t, m, "_READLINE_LIBRARY_VERSION", *edit.rl_library_version) < 0
             ? -1
             : 0;
}

const ModuleDef module_readline = {
    .name = "readline",
    .doc = "Line editing, history and completion for input() and the interactive loop, on libedit's readline interface.",
    .functions = functions,
    .exec = readline_exec,
};
