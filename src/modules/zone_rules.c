// Parsing POSIX TZ texts, and telling from their rules whether daylight saving time holds.
#include "modules/zone_rules.h"

#include <ctype.h>

#include "modules/datetime_calendar.h"

enum { SECONDS_PER_HOUR = 3600, SECONDS_PER_MINUTE = 60, DEFAULT_HOUR = 2, LAST_WEEK = 5, DAYS_PER_WEEK = 7, MAX_DAY_OF_YEAR = 365, FEBRUARY_28 = 59 };

// --- Parsing ------------------------------------------------------------------------------------------------------------------------
// Each function takes the place where its part begins and returns the place behind it, NULL if the part is not well-formed.

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_letter(char c) { return isalpha((unsigned char)c) && (unsigned char)c < 0x80; }

// Between `least` and `most` digits.
static const char *parse_digits(const char *p, int least, int most, int *out) {
  int n = 0;
  for (*out = 0; n < most && is_digit(*p); n++) *out = *out * 10 + (*p++ - '0');
  return n < least ? NULL : p;
}

static const char *parse_name(const char *p, ZoneName *name) {
  bool quoted = *p == '<';
  const char *start = p += quoted;
  while (is_letter(*p) || (quoted && (is_digit(*p) || *p == '+' || *p == '-'))) p++;
  *name = (ZoneName){start, (size_t)(p - start)};
  if (quoted) return *p == '>' ? p + 1 : NULL;
  return p == start ? NULL : p;
}

// hh[:mm[:ss]]: the hours of one or two digits, the others of two.
static const char *parse_clock(const char *p, int *hour, int *minute, int *second) {
  int *parts[] = {hour, minute, second};
  *minute = *second = 0;
  p = parse_digits(p, 1, 2, hour);
  for (int i = 1; p && i < 3 && *p == ':'; i++) p = parse_digits(p + 1, 2, 2, parts[i]);
  return p;
}

// What is added to local time to get UTC: the offset with its sign turned.
static const char *parse_offset(const char *p, int64_t *offset) {
  int sign = *p == '-' ? 1 : -1, hour, minute, second;
  p = parse_clock(p + (*p == '-' || *p == '+'), &hour, &minute, &second);
  if (!p || hour > 24) return NULL;
  *offset = sign * (int64_t)(hour * SECONDS_PER_HOUR + minute * SECONDS_PER_MINUTE + second);
  return p;
}

static const char *parse_day_of_week(const char *p, ZoneChange *change) {
  change->kind = DAY_OF_WEEK;
  p = parse_digits(p, 1, 2, &change->month);
  if (p) p = *p == '.' ? parse_digits(p + 1, 1, 1, &change->week) : NULL;
  if (p) p = *p == '.' ? parse_digits(p + 1, 1, 1, &change->weekday) : NULL;
  return p;
}

static bool is_sound(const ZoneChange *c) {
  if (c->kind == DAY_OF_WEEK) return c->month >= 1 && c->month <= 12 && c->week >= 1 && c->week <= LAST_WEEK && c->weekday < DAYS_PER_WEEK;
  return c->day >= (c->kind == DAY_JULIAN) && c->day <= MAX_DAY_OF_YEAR;
}

static const char *parse_change(const char *p, ZoneChange *change) {
  *change = (ZoneChange){.hour = DEFAULT_HOUR};
  if (*p == 'M') {
    p = parse_day_of_week(p + 1, change);
  } else {
    change->kind = *p == 'J' ? DAY_JULIAN : DAY_OF_YEAR;
    p = parse_digits(p + (*p == 'J'), 1, 3, &change->day);
  }
  if (p && *p == '/') {
    p++;
    int sign = *p == '-' ? -1 : 1;
    p = parse_clock(p + (*p == '-' || *p == '+'), &change->hour, &change->minute, &change->second);
    change->hour *= sign;
    change->minute *= sign;
    change->second *= sign;
  }
  return p && is_sound(change) ? p : NULL;
}

const char *zone_rules_parse(const char *p, ZoneRules *rules) {
  *rules = (ZoneRules){0};
  if (!(p = parse_name(p, &rules->standard))) return "Invalid STD format in";
  if (!(p = parse_offset(p, &rules->standard_offset))) return "Invalid STD offset in";
  if (!*p) return NULL;
  if (!(p = parse_name(p, &rules->daylight))) return "Invalid DST format in";
  rules->daylight_offset = rules->standard_offset + SECONDS_PER_HOUR;
  if (*p != ',' && !(p = parse_offset(p, &rules->daylight_offset))) return "Invalid DST offset in";
  ZoneChange *const changes[] = {&rules->start, &rules->end};
  for (int i = 0; i < 2; i++) {
    if (*p != ',') return "Missing transition rules in TZ string:";
    if (!(p = parse_change(p + 1, changes[i]))) return "Malformed transition rule in TZ string:";
  }
  if (*p) return "Extraneous characters at end of TZ string:";
  rules->has_daylight = true;
  return NULL;
}

// --- Telling the time ------------------------------------------------------------------------------------------------------------------

// The change's local moment in a year.
static int64_t change_moment(const ZoneChange *c, int year) {
  int64_t day;
  if (c->kind == DAY_OF_WEEK) {
    Ymd first = {year, c->month, 1};
    int sunday_first = (calendar_weekday(first) + 1) % DAYS_PER_WEEK, length = calendar_days_in_month(year, c->month);
    int wanted = (c->weekday - sunday_first + DAYS_PER_WEEK) % DAYS_PER_WEEK + (c->week - 1) * DAYS_PER_WEEK;
    if (wanted >= length) wanted -= DAYS_PER_WEEK;
    day = calendar_ordinal(first) + wanted - EPOCH_ORDINAL;
  } else {
    // As in CPython: days from 0 are taken as if they were counted from 1, and Jn's 28 February moves in leap years.
    day = calendar_ordinal((Ymd){year, 1, 1}) - EPOCH_ORDINAL + c->day - 1 + (c->kind == DAY_JULIAN && c->day >= FEBRUARY_28 && calendar_is_leap(year));
  }
  return day * SECONDS_PER_DAY + c->hour * SECONDS_PER_HOUR + c->minute * SECONDS_PER_MINUTE + c->second;
}

static bool between(int64_t start, int64_t end, int64_t when) { return start < end ? start <= when && when < end : !(end <= when && when < start); }

bool zone_rules_local(const ZoneRules *rules, int64_t when, int year, int fold) {
  int64_t start = change_moment(&rules->start, year), end = change_moment(&rules->end, year), ahead = rules->daylight_offset - rules->standard_offset;
  // Without a fold the period with the smaller offset runs from the gap's end to the fold's end, with one from the gap's start to the fold's
  // start. Which of the two changes is moved depends on whether daylight saving time is ahead or behind, too.
  if (fold == (ahead >= 0)) end -= ahead;
  else start += ahead;
  return between(start, end, when);
}

bool zone_rules_utc(const ZoneRules *rules, int64_t when, int year, bool *fold) {
  int64_t start = change_moment(&rules->start, year) - rules->standard_offset, end = change_moment(&rules->end, year) - rules->daylight_offset;
  int64_t ahead = rules->daylight_offset - rules->standard_offset;
  *fold = ahead > 0 ? end <= when && when < end + ahead : start <= when && when < start - ahead;
  return between(start, end, when);
}
