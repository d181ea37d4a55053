// Character names: those of libunistring, corrected where that library has none or a wrong one, and the aliases it lacks.
//
// Names of ideographs and Hangul syllables follow rules; only upper case finds them, as in CPython. Other names are found in any case.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <uniname.h>

#include "objects/unicode.h"

// --- Ideographs -------------------------------------------------------------------------------------------------------------------

static const char ideograph_prefix[] = "CJK UNIFIED IDEOGRAPH-";

static bool is_unified_ideograph(uint32_t c) {
  static const struct { uint32_t first, last; } ranges[] = {
    {0x3400, 0x4DBF}, {0x4E00, 0x9FFF}, {0x20000, 0x2A6DF}, {0x2A700, 0x2B738}, {0x2B740, 0x2B81D}, {0x2B820, 0x2CEA1},
    {0x2CEB0, 0x2EBE0}, {0x30000, 0x3134A},
  };
  for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
    if (c >= ranges[i].first && c <= ranges[i].last) return true;
  return false;
}

static bool ideograph_by_name(const char *name, uint32_t *c) {
  const char *digits = name + sizeof ideograph_prefix - 1;
  size_t n = strlen(digits);
  if (n < 4 || n > 5) return false;
  *c = 0;
  for (size_t i = 0; i < n; i++) {
    char d = digits[i];
    if (!((d >= '0' && d <= '9') || (d >= 'A' && d <= 'F'))) return false;
    *c = *c << 4 | (uint32_t)(d <= '9' ? d - '0' : d - 'A' + 10);
  }
  return is_unified_ideograph(*c);
}

// --- Hangul syllables -------------------------------------------------------------------------------------------------------------

enum { SYLLABLE_FIRST = 0xAC00, LEADS = 19, VOWELS = 21, TAILS = 28, SYLLABLES = LEADS * VOWELS * TAILS };
static const char syllable_prefix[] = "HANGUL SYLLABLE ";
static const char *const leads[LEADS] = {"G", "GG", "N", "D", "DD", "R", "M", "B", "BB", "S", "SS", "", "J", "JJ", "C", "K", "T", "P", "H"};
static const char *const vowels[VOWELS] = {"A", "AE", "YA", "YAE", "EO", "E", "YEO", "YE", "O", "WA", "WAE", "OE", "YO", "U", "WEO", "WE", "WI",
                                           "YU", "EU", "YI", "I"};
static const char *const tails[TAILS] = {"", "G", "GG", "GS", "N", "NJ", "NH", "D", "L", "LG", "LM", "LB", "LS", "LT", "LP", "LH", "M", "B", "BS",
                                         "S", "SS", "NG", "J", "C", "K", "T", "P", "H"};

// The longest of the parts that p begins with; *p is moved past it. -1: none.
static int longest_part(const char **p, const char *const *parts, int count) {
  int best = -1;
  size_t best_length = 0;
  for (int i = 0; i < count; i++) {
    size_t n = strlen(parts[i]);
    if ((best < 0 || n > best_length) && strncmp(*p, parts[i], n) == 0) {
      best = i;
      best_length = n;
    }
  }
  *p += best_length;
  return best;
}

static bool syllable_by_name(const char *name, uint32_t *c) {
  const char *p = name + sizeof syllable_prefix - 1;
  int lead = longest_part(&p, leads, LEADS), vowel = longest_part(&p, vowels, VOWELS), tail = vowel < 0 ? -1 : longest_part(&p, tails, TAILS);
  if (lead < 0 || vowel < 0 || tail < 0 || *p) return false;
  *c = (uint32_t)(SYLLABLE_FIRST + (lead * VOWELS + vowel) * TAILS + tail);
  return true;
}

// --- Aliases ----------------------------------------------------------------------------------------------------------------------

typedef struct Alias { const char *name; uint32_t c; } Alias;
static const Alias aliases[] = {  // sorted by name
  {"ACK", 0x6}, {"ACKNOWLEDGE", 0x6}, {"ALERT", 0x7}, {"APC", 0x9F}, {"APPLICATION PROGRAM COMMAND", 0x9F}, {"BACKSPACE", 0x8},
  {"BEL", 0x7}, {"BPH", 0x82}, {"BREAK PERMITTED HERE", 0x82}, {"BS", 0x8}, {"CAN", 0x18}, {"CANCEL", 0x18}, {"CANCEL CHARACTER", 0x94},
  {"CARRIAGE RETURN", 0xD}, {"CCH", 0x94}, {"CHARACTER TABULATION", 0x9}, {"CHARACTER TABULATION SET", 0x88},
  {"CHARACTER TABULATION WITH JUSTIFICATION", 0x89}, {"CONTROL SEQUENCE INTRODUCER", 0x9B}, {"CR", 0xD}, {"CSI", 0x9B},
  {"DATA LINK ESCAPE", 0x10}, {"DC1", 0x11}, {"DC2", 0x12}, {"DC3", 0x13}, {"DC4", 0x14}, {"DCS", 0x90}, {"DEL", 0x7F}, {"DELETE", 0x7F},
  {"DEVICE CONTROL FOUR", 0x14}, {"DEVICE CONTROL ONE", 0x11}, {"DEVICE CONTROL STRING", 0x90}, {"DEVICE CONTROL THREE", 0x13},
  {"DEVICE CONTROL TWO", 0x12}, {"DLE", 0x10}, {"END OF GUARDED AREA", 0x97}, {"END OF LINE", 0xA}, {"END OF MEDIUM", 0x19},
  {"END OF PROTECTED AREA", 0x97}, {"END OF SELECTED AREA", 0x87}, {"END OF TEXT", 0x3}, {"END OF TRANSMISSION", 0x4},
  {"END OF TRANSMISSION BLOCK", 0x17}, {"ENQ", 0x5}, {"ENQUIRY", 0x5}, {"EOL", 0xA}, {"EOM", 0x19}, {"EOT", 0x4}, {"EPA", 0x97},
  {"ESA", 0x87}, {"ESC", 0x1B}, {"ESCAPE", 0x1B}, {"ETB", 0x17}, {"ETX", 0x3}, {"FF", 0xC}, {"FILE SEPARATOR", 0x1C}, {"FORM FEED", 0xC},
  {"FS", 0x1C}, {"GROUP SEPARATOR", 0x1D}, {"GS", 0x1D}, {"HIGH OCTET PRESET", 0x81}, {"HOP", 0x81}, {"HORIZONTAL TABULATION", 0x9},
  {"HORIZONTAL TABULATION SET", 0x88}, {"HORIZONTAL TABULATION WITH JUSTIFICATION", 0x89}, {"HT", 0x9}, {"HTJ", 0x89}, {"HTS", 0x88},
  {"IND", 0x84}, {"INDEX", 0x84}, {"INFORMATION SEPARATOR FOUR", 0x1C}, {"INFORMATION SEPARATOR ONE", 0x1F},
  {"INFORMATION SEPARATOR THREE", 0x1D}, {"INFORMATION SEPARATOR TWO", 0x1E}, {"LF", 0xA}, {"LINE FEED", 0xA}, {"LINE TABULATION", 0xB},
  {"LINE TABULATION SET", 0x8A}, {"LOCKING-SHIFT ONE", 0xE}, {"LOCKING-SHIFT ZERO", 0xF}, {"MESSAGE WAITING", 0x95}, {"MW", 0x95},
  {"NAK", 0x15}, {"NBH", 0x83}, {"NEGATIVE ACKNOWLEDGE", 0x15}, {"NEL", 0x85}, {"NEW LINE", 0xA}, {"NEXT LINE", 0x85}, {"NL", 0xA},
  {"NO BREAK HERE", 0x83}, {"NUL", 0x0}, {"NULL", 0x0}, {"OPERATING SYSTEM COMMAND", 0x9D}, {"OSC", 0x9D}, {"PAD", 0x80},
  {"PADDING CHARACTER", 0x80}, {"PARTIAL LINE BACKWARD", 0x8C}, {"PARTIAL LINE DOWN", 0x8B}, {"PARTIAL LINE FORWARD", 0x8B},
  {"PARTIAL LINE UP", 0x8C}, {"PLD", 0x8B}, {"PLU", 0x8C}, {"PM", 0x9E}, {"PRIVACY MESSAGE", 0x9E}, {"PRIVATE USE ONE", 0x91},
  {"PRIVATE USE TWO", 0x92}, {"PRIVATE USE-1", 0x91}, {"PRIVATE USE-2", 0x92}, {"PU1", 0x91}, {"PU2", 0x92}, {"RECORD SEPARATOR", 0x1E},
  {"REVERSE INDEX", 0x8D}, {"REVERSE LINE FEED", 0x8D}, {"RI", 0x8D}, {"RS", 0x1E}, {"SCI", 0x9A}, {"SET TRANSMIT STATE", 0x93},
  {"SGC", 0x99}, {"SHIFT IN", 0xF}, {"SHIFT OUT", 0xE}, {"SI", 0xF}, {"SINGLE CHARACTER INTRODUCER", 0x9A},
  {"SINGLE GRAPHIC CHARACTER INTRODUCER", 0x99}, {"SINGLE SHIFT THREE", 0x8F}, {"SINGLE SHIFT TWO", 0x8E}, {"SINGLE-SHIFT-2", 0x8E},
  {"SINGLE-SHIFT-3", 0x8F}, {"SO", 0xE}, {"SOH", 0x1}, {"SOS", 0x98}, {"SPA", 0x96}, {"SS2", 0x8E}, {"SS3", 0x8F}, {"SSA", 0x86},
  {"ST", 0x9C}, {"START OF GUARDED AREA", 0x96}, {"START OF HEADING", 0x1}, {"START OF PROTECTED AREA", 0x96},
  {"START OF SELECTED AREA", 0x86}, {"START OF STRING", 0x98}, {"START OF TEXT", 0x2}, {"STRING TERMINATOR", 0x9C}, {"STS", 0x93},
  {"STX", 0x2}, {"SUB", 0x1A}, {"SUBSTITUTE", 0x1A}, {"SYN", 0x16}, {"SYNCHRONOUS IDLE", 0x16}, {"TAB", 0x9}, {"UNIT SEPARATOR", 0x1F},
  {"US", 0x1F}, {"VERTICAL TABULATION", 0xB}, {"VERTICAL TABULATION SET", 0x8A}, {"VT", 0xB}, {"VTS", 0x8A},
};

static int alias_order(const void *key, const void *entry) { return strcasecmp(key, ((const Alias *)entry)->name); }

// --- Both ways --------------------------------------------------------------------------------------------------------------------

bool unicode_by_name(const char *name, size_t n, uint32_t *c) {
  char text[UNINAME_MAX];
  if (n == 0 || n >= sizeof text || memchr(name, 0, n)) return false;
  memcpy(text, name, n);
  text[n] = 0;
  if (strncmp(text, ideograph_prefix, sizeof ideograph_prefix - 1) == 0) return ideograph_by_name(text, c);
  if (strncasecmp(text, syllable_prefix, sizeof syllable_prefix - 1) == 0)
    return strncmp(text, syllable_prefix, sizeof syllable_prefix - 1) == 0 && syllable_by_name(text, c);
  const Alias *alias = bsearch(text, aliases, sizeof aliases / sizeof *aliases, sizeof *aliases, alias_order);
  *c = alias ? alias->c : unicode_name_character(text);
  return *c != UNINAME_INVALID;
}

bool unicode_name(uint32_t c, char name[UNICODE_NAME_MAX]) {
  if (is_unified_ideograph(c)) {
    snprintf(name, UNICODE_NAME_MAX, "%s%X", ideograph_prefix, c);
  } else if (c - SYLLABLE_FIRST < SYLLABLES) {
    uint32_t i = c - SYLLABLE_FIRST;
    snprintf(name, UNICODE_NAME_MAX, "%s%s%s%s", syllable_prefix, leads[i / (VOWELS * TAILS)], vowels[i / TAILS % VOWELS], tails[i % TAILS]);
  } else {
    char full[UNINAME_MAX];
    if (!unicode_character_name(c, full)) return false;
    snprintf(name, UNICODE_NAME_MAX, "%s", full);
  }
  return true;
}
