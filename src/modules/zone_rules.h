// The rules of a POSIX TZ text, "CET-1CEST,M3.5.0,M10.5.0/3", which say how a zone goes on after the last change that its file lists.
//
// Plain numbers only: nothing here touches Python objects or the thread. Times are seconds since 1970-01-01 00:00 in the zone's own local time.
#ifndef WEFT_MODULES_ZONE_RULES_H
#define WEFT_MODULES_ZONE_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum { DAY_OF_WEEK /* Mm.w.d */, DAY_JULIAN /* Jn: 29 February is never counted */, DAY_OF_YEAR /* n, from 0 */ } ZoneDayKind;

// When the clock is changed each year.
typedef struct ZoneChange {
  ZoneDayKind kind;
  int month, week, weekday;   // DAY_OF_WEEK; Sunday is 0, week 5 the last
  int day;                    // the other kinds
  int hour, minute, second;   // all with the sign of the time
} ZoneChange;

typedef struct ZoneName { const char *text; size_t n; } ZoneName;   // within the text that was parsed

typedef struct ZoneRules {
  ZoneName standard, daylight;
  int64_t standard_offset, daylight_offset;   // seconds ahead of UTC
  bool has_daylight;
  ZoneChange start, end;                      // of daylight saving time; with has_daylight
} ZoneRules;

// Parses text, which ends with a zero. NULL, or what is wrong with it.
const char *zone_rules_parse(const char *text, ZoneRules *rules);
// Whether daylight saving time holds at a local moment of `year`.
bool zone_rules_local(const ZoneRules *rules, int64_t when, int year, int fold);
// The same at a moment of UTC that lies in `year`. *fold: whether its local time comes for the second time.
bool zone_rules_utc(const ZoneRules *rules, int64_t when, int year, bool *fold);

#endif
