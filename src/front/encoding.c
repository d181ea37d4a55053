// Decoding of source text.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "front/encoding.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

FrontDecodeHook front_decode_hook;

// ---- UTF-8 ----------------------------------------------------------------------------------------------------------------------

static bool is_continuation(unsigned char c) { return (c & 0xc0) == 0x80; }

// Second bytes that would make an overlong form, a surrogate or a number beyond U+10FFFF.
static bool second_byte_fits(unsigned char lead, unsigned char second) {
  if (!is_continuation(second)) return false;
  switch (lead) {
    case 0xe0: return second >= 0xa0;
    case 0xed: return second < 0xa0;
    case 0xf0: return second >= 0x90;
    case 0xf4: return second < 0x90;
    default: return true;
  }
}

bool encoding_utf8_check(const char *text, size_t len, EncodingError *error) {
  const unsigned char *start = (const unsigned char *)text, *p = start, *end = start + len;
  while (p < end) {
    if (*p < 0x80) {
      p++;
      continue;
    }
    size_t want = *p < 0xe0 ? 2 : *p < 0xf0 ? 3 : 4;
    error->at = p - start;
    if (*p < 0xc2 || *p > 0xf4) {
      error->len = 1;
      error->reason = "invalid start byte";
      return false;
    }
    size_t good = 1;
    while (good < want && p + good < end && (good == 1 ? second_byte_fits(p[0], p[1]) : is_continuation(p[good]))) good++;
    if (good < want) {
      error->len = good;
      error->reason = p + good == end ? "unexpected end of data" : "invalid continuation byte";
      return false;
    }
    p += want;
  }
  return true;
}

void encoding_utf8_message(const char *text, const EncodingError *error, char *message, size_t size) {
  if (error->len == 1)
    snprintf(message, size, "'utf-8' codec can't decode byte 0x%02x in position %zu: %s", (unsigned char)text[error->at], error->at, error->reason);
  else snprintf(message, size, "'utf-8' codec can't decode bytes in position %zu-%zu: %s", error->at, error->at + error->len - 1, error->reason);
}

void encoding_repair_text(FrontError *err) {
  EncodingError bad;
  size_t len = err->text ? strlen(err->text) : 0;
  if (encoding_utf8_check(err->text, len, &bad)) return;
  char *fixed = malloc(len * 3 + 1), *p = fixed;
  if (!fixed) {
    err->text[bad.at] = 0;
    return;
  }
  const char *rest = err->text;
  while (!encoding_utf8_check(rest, len, &bad)) {
    memcpy(p, rest, bad.at);
    memcpy(p + bad.at, "\xef\xbf\xbd", 3);
    p += bad.at + 3;
    rest += bad.at + bad.len;
    len -= bad.at + bad.len;
  }
  memcpy(p, rest, len);
  p[len] = 0;
  free(err->text);
  err->text = fixed;
}

// ---- the cookie -----------------------------------------------------------------------------------------------------------------

// Names that mean utf-8 or latin-1, compared in lower case with '-' for '_' over the first 12 characters.
static char *cookie_normalise(const char *name, size_t len) {
  char head[13];
  size_t i;
  for (i = 0; i < 12 && i < len; i++) head[i] = name[i] == '_' ? '-' : (char)tolower((unsigned char)name[i]);
  head[i] = 0;
  static const struct {
    const char *alias, *normal;
  } table[] = {
      {"utf-8", "utf-8"},
      {"latin-1", "iso-8859-1"},
      {"iso-8859-1", "iso-8859-1"},
      {"iso-latin-1", "iso-8859-1"},
  };
  for (i = 0; i < sizeof table / sizeof *table; i++) {
    size_t alias_len = strlen(table[i].alias);
    if (strncmp(head, table[i].alias, alias_len) == 0 && (head[alias_len] == 0 || head[alias_len] == '-')) return strdup(table[i].normal);
  }
  return strndup(name, len);
}

// Looks at one line. *go_on is cleared when the line has more than a comment: then the next one does not count.
static char *cookie_in_line(const char *line, size_t len, bool *go_on) {
  const char *p = line, *end = line + len;
  while (p < end && (*p == ' ' || *p == '\t' || *p == '\f')) p++;
  if (p < end && *p != '#' && *p != '\n' && *p != '\r') {
    *go_on = false;
    return NULL;
  }
  for (; p + 6 < end; p++) {
    if (memcmp(p, "coding", 6) != 0 || (p[6] != ':' && p[6] != '=')) continue;
    const char *name = p + 7;
    while (name < end && (*name == ' ' || *name == '\t')) name++;
    const char *name_end = name;
    while (name_end < end && (isalnum((unsigned char)*name_end) || *name_end == '-' || *name_end == '_' || *name_end == '.')) name_end++;
    if (name_end > name) return cookie_normalise(name, name_end - name);
  }
  return NULL;
}

char *encoding_find_cookie(const char *source, size_t len) {
  bool go_on = true;
  const char *end = source + len;
  for (int i = 0; i < 2 && go_on && source < end; i++) {
    const char *line_end = source;
    while (line_end < end && *line_end != '\n' && *line_end != '\r') line_end++;
    char *cookie = cookie_in_line(source, line_end - source, &go_on);
    if (cookie) return cookie;
    source = line_end;
    if (source < end && *source == '\r' && source + 1 < end && source[1] == '\n') source++;
    source++;
  }
  return NULL;
}

// ---- decoding -------------------------------------------------------------------------------------------------------------------

// An error before the first token: CPython reports it at line 0.
static bool decode_fail(FrontError *err, const char *message) {
  front_error_set(err, FRONT_SYNTAX_ERROR, "%s", message);
  if (err->kind == FRONT_SYNTAX_ERROR) {
    front_error_place(err, 0, -1, 0, 0, NULL, 0);
    err->has_end = false;
  }
  return false;
}

// Copies the text with '\n' line ends.
static bool store_text(const char *text, size_t len, bool add_newline, Arena *arena, FrontSource *out, FrontError *err) {
  char *copy = arena_alloc(arena, len + 2);
  if (!copy) return front_error_set(err, FRONT_MEMORY_ERROR, "out of memory");
  if (!memchr(text, '\r', len)) {
    if (len) memcpy(copy, text, len);
  } else {
    size_t used = 0;
    for (size_t i = 0; i < len; i++) {
      if (text[i] == '\r') {
        copy[used++] = '\n';
        if (i + 1 < len && text[i + 1] == '\n') i++;
      } else {
        copy[used++] = text[i];
      }
    }
    len = used;
  }
  if (add_newline && (len == 0 || copy[len - 1] != '\n')) copy[len++] = '\n';
  copy[len] = 0;
  out->text = copy;
  out->len = len;
  return true;
}

static bool latin1_to_utf8(const char *text, size_t len, char **utf8, size_t *utf8_len) {
  char *out = malloc(len * 2 + 1), *p = out;
  if (!out) return false;
  for (size_t i = 0; i < len; i++) {
    unsigned char c = (unsigned char)text[i];
    if (c < 0x80) {
      *p++ = (char)c;
    } else {
      *p++ = (char)(0xc0 | c >> 6);
      *p++ = (char)(0x80 | (c & 0x3f));
    }
  }
  *utf8 = out;
  *utf8_len = p - out;
  return true;
}

typedef enum Native { NATIVE_NONE, NATIVE_UTF8, NATIVE_LATIN1, NATIVE_ASCII } Native;

// The codec names of what this file decodes itself, in the registry's normal form (lower case, '_' for other signs).
static Native native_codec(const char *name) {
  static const struct {
    const char *name;
    Native codec;
  } table[] = {
      {"utf_8", NATIVE_UTF8},     {"utf8", NATIVE_UTF8},         {"u8", NATIVE_UTF8},          {"utf", NATIVE_UTF8},       {"utf8_ucs2", NATIVE_UTF8},
      {"utf8_ucs4", NATIVE_UTF8}, {"cp65001", NATIVE_UTF8},      {"latin_1", NATIVE_LATIN1},   {"latin1", NATIVE_LATIN1},  {"latin", NATIVE_LATIN1},
      {"l1", NATIVE_LATIN1},      {"iso_8859_1", NATIVE_LATIN1}, {"iso8859_1", NATIVE_LATIN1}, {"iso8859", NATIVE_LATIN1}, {"8859", NATIVE_LATIN1},
      {"cp819", NATIVE_LATIN1},   {"ibm819", NATIVE_LATIN1},     {"ascii", NATIVE_ASCII},      {"us_ascii", NATIVE_ASCII}, {"646", NATIVE_ASCII},
      {"us", NATIVE_ASCII},
  };
  char normal[24];
  size_t len = strlen(name);
  if (len >= sizeof normal) return NATIVE_NONE;
  for (size_t i = 0; i <= len; i++) normal[i] = name[i] && !isalnum((unsigned char)name[i]) ? '_' : (char)tolower((unsigned char)name[i]);
  for (size_t i = 0; i < sizeof table / sizeof *table; i++)
    if (strcmp(normal, table[i].name) == 0) return table[i].codec;
  return NATIVE_NONE;
}

static bool copy_text(const char *text, size_t len, char **utf8, size_t *utf8_len, FrontError *err) {
  *utf8 = malloc(len + 1);
  if (!*utf8) return front_error_set(err, FRONT_MEMORY_ERROR, "out of memory");
  memcpy(*utf8, text, len);
  *utf8_len = len;
  return true;
}

// Text in the declared encoding, which is not spelled utf-8, to malloc'd UTF-8.
static bool transcode(const char *encoding, const char *text, size_t len, char **utf8, size_t *utf8_len, FrontError *err) {
  char words[160];
  switch (native_codec(encoding)) {
    case NATIVE_LATIN1: return latin1_to_utf8(text, len, utf8, utf8_len) || front_error_set(err, FRONT_MEMORY_ERROR, "out of memory");
    case NATIVE_UTF8: {
      EncodingError bad;
      if (encoding_utf8_check(text, len, &bad)) return copy_text(text, len, utf8, utf8_len, err);
      encoding_utf8_message(text, &bad, words, sizeof words);
      return decode_fail(err, words);
    }
    case NATIVE_ASCII:
      for (size_t i = 0; i < len; i++) {
        if ((unsigned char)text[i] >= 0x80) {
          snprintf(words, sizeof words, "'ascii' codec can't decode byte 0x%02x in position %zu: ordinal not in range(128)", (unsigned char)text[i],
                   i);
          return decode_fail(err, words);
        }
      }
      return copy_text(text, len, utf8, utf8_len, err);
    default: break;
  }
  char *message = NULL;
  if (front_decode_hook) {
    if (front_decode_hook(encoding, text, len, utf8, utf8_len, &message)) return true;
    if (!message) return front_error_set(err, FRONT_RAISED, "the decoder raised an exception");
  } else if (asprintf(&message, "unknown encoding: %s", encoding) < 0) {
    return front_error_set(err, FRONT_MEMORY_ERROR, "out of memory");
  }
  decode_fail(err, message);
  free(message);
  return false;
}

// A program's file whose text is not UTF-8 although nothing else is declared.
static bool file_check(const char *text, size_t len, const char *filename, FrontError *err) {
  EncodingError bad;
  if (encoding_utf8_check(text, len, &bad)) return true;
  int line = 1;
  for (size_t i = 0; i < bad.at; i++) line += text[i] == '\n';
  char *message;
  if (asprintf(&message,
               "Non-UTF-8 code starting with '\\x%.2x' in file %s on line %i, but no encoding declared; see "
               "https://peps.python.org/pep-0263/ for details",
               (unsigned char)text[bad.at], filename ? filename : "", line) < 0)
    return front_error_set(err, FRONT_MEMORY_ERROR, "out of memory");
  front_error_set(err, FRONT_SYNTAX_ERROR, "%s", message);
  free(message);
  return false;
}

// Of a program's file, CPython says only which encoding it was that failed.
static bool file_encoding_error(const char *cookie, FrontError *err) {
  if (err->kind == FRONT_SYNTAX_ERROR) {
    front_error_clear(err);
    front_error_set(err, FRONT_SYNTAX_ERROR, "encoding problem: %s", cookie);
  }
  return false;
}

// What CPython's reader of lines makes of 0 bytes in a program's file: one ends its line, which the next line then continues. The text that is
// left, in the arena; NULL when there is no memory.
static char *file_cut_nuls(const char *text, size_t *len, Arena *arena) {
  char *out = arena_alloc(arena, *len + 1);
  if (!out) return NULL;
  const char *end = text + *len;
  size_t used = 0;
  while (text < end) {
    if (*text) {
      out[used++] = *text++;
      continue;
    }
    while (text < end && *text != '\n' && *text != '\r') text++;
    if (text < end && *text++ == '\r' && text < end && *text == '\n') text++;
  }
  *len = used;
  return out;
}

bool encoding_decode_source(const char *source, size_t len, const char *filename, EncodingMode mode, bool add_newline, Arena *arena,
                            EncodingResult *result, FrontError *err) {
  bool has_nuls = memchr(source, 0, len);
  if (has_nuls && mode != ENCODING_FILE) return front_error_set(err, FRONT_VALUE_ERROR, "source code string cannot contain null bytes");
  result->declared = mode == ENCODING_UTF8;
  if (mode == ENCODING_UTF8) return store_text(source, len, add_newline, arena, &result->source, err);
  bool bom = len >= 3 && memcmp(source, "\xef\xbb\xbf", 3) == 0;
  if (bom) {
    source += 3;
    len -= 3;
  }
  // As in CPython, a cookie wants its line ended.
  const char *last_newline = add_newline ? NULL : memrchr(source, '\n', len);
  size_t whole_lines = add_newline ? len : last_newline ? (size_t)(last_newline + 1 - source) : 0;
  char *cookie = encoding_find_cookie(source, whole_lines);
  result->declared = bom || cookie;
  bool fine = true;
  if (cookie && strcmp(cookie, "utf-8") != 0) {
    char *utf8 = NULL;
    size_t utf8_len = 0;
    if (bom) {
      char message[160];
      snprintf(message, sizeof message, "encoding problem: %s with BOM", cookie);
      fine = mode == ENCODING_FILE ? front_error_set(err, FRONT_SYNTAX_ERROR, "%s", message) : decode_fail(err, message);
    } else {
      fine = transcode(cookie, source, len, &utf8, &utf8_len, err) && store_text(utf8, utf8_len, add_newline, arena, &result->source, err);
      if (!fine && mode == ENCODING_FILE) file_encoding_error(cookie, err);
    }
    free(utf8);
  } else {
    if (has_nuls && !(source = file_cut_nuls(source, &len, arena))) {
      free(cookie);
      return front_error_set(err, FRONT_MEMORY_ERROR, "out of memory");
    }
    fine = (mode != ENCODING_FILE || result->declared || file_check(source, len, filename, err)) &&
           store_text(source, len, add_newline, arena, &result->source, err);
  }
  free(cookie);
  return fine;
}
