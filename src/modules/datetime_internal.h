// What the files of _datetime share: the objects, and what one type needs of another.
//
// Locking: none is needed. All objects are immutable once made, but for the hash, which is computed by whoever needs it first (every computation
// gives the same).
//
// Functions that take a Type * make an instance of that type without running Python code; those that take `cls` call a subclass's constructor,
// which is not told of a fold, as in CPython.
#ifndef WEFT_MODULES_DATETIME_INTERNAL_H
#define WEFT_MODULES_DATETIME_INTERNAL_H

#include <time.h>

#include "modules/datetime_calendar.h"
#include "objects/containers.h"
#include "objects/module.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/text_native.h"

enum { MAX_DELTA_DAYS = 999999999, US_PER_SECOND = 1000000 };

typedef struct Delta {
  Object ob;
  a64 hash;       // 0: not known
  int32_t days, seconds, microseconds;   // normalised: 0 <= seconds < 86400, 0 <= microseconds < 10**6
} Delta;

typedef struct Date {
  Object ob;
  a64 hash;
  uint16_t year;
  uint8_t month, day;
} Date;

typedef struct Clock {     // a time of day
  int hour, minute, second, microsecond;
} Clock;

typedef struct Time {
  Object ob;
  a64 hash;
  Clock clock;
  int fold;
  Value zone;              // tzinfo, owned; V_NULL: naive
} Time;

typedef struct DateTime {
  Date date;
  Clock clock;
  int fold;
  Value zone;
} DateTime;

extern Type type_timedelta, type_date, type_time, type_datetime, type_tzinfo, type_timezone;

static inline Delta *v_delta(Value v) { return (Delta *)v_obj(v); }
static inline Date *v_date(Value v) { return (Date *)v_obj(v); }
static inline Time *v_time(Value v) { return (Time *)v_obj(v); }
static inline DateTime *v_datetime(Value v) { return (DateTime *)v_obj(v); }
static inline bool dt_is_a(Value v, const Type *type) { return v_type(v) == type || type_is_subtype(v_type(v), type); }
static inline bool v_is_delta(Value v) { return dt_is_a(v, &type_timedelta); }
static inline bool v_is_date(Value v) { return dt_is_a(v, &type_date); }
static inline bool v_is_time(Value v) { return dt_is_a(v, &type_time); }
static inline bool v_is_datetime(Value v) { return dt_is_a(v, &type_datetime); }
static inline bool v_is_tzinfo(Value v) { return dt_is_a(v, &type_tzinfo); }
static inline Ymd date_ymd(const Date *d) { return (Ymd){d->year, d->month, d->day}; }
static inline Value zone_or_none(Value zone) { return v_is_null(zone) ? V_NONE : zone; }
static inline int clock_seconds(const Clock *c) { return (c->hour * 60 + c->minute) * 60 + c->second; }

// Names of attributes, interned.
#define DT_NAMES(X) \
  X(as_integer_ratio) X(dst) X(fromtimestamp) X(fromutc) X(isoformat) X(replace) X(strftime) X(struct_time) X(time) X(timetuple) X(tzname) \
  X(utcoffset) X(__getinitargs__) X(__getstate__) X(_strptime_datetime)
#define DT_NAME_FIELD(name) Value name;
extern struct DtNames { DT_NAMES(DT_NAME_FIELD) } dt_names;

// --- Arguments ----------------------------------------------------------------------------------------------------------------------
// An int argument; absent: *out stays. 0, or -1 with TypeError or OverflowError.
int dt_int(Thread *t, Value v, int *out);
int dt_ints(Thread *t, const Value *args, int n, int *const *out);   // the first n arguments
// The constructors' year, month, day, each of which is looked at before the next is missed. 0 or -1.
int dt_required_date(Thread *t, const Value *bound, Ymd *date);
// The end of parsing hour, minute, second, microsecond and fold: where a keyword has no place, they are still looked at before it.
int dt_parse_end(Thread *t, const NativeParse *parse, const Value *clock, Value fold);
// None or a tzinfo: *out is borrowed, V_NULL for None; absent: stays. 0 or -1.
int dt_zone(Thread *t, Value v, Value *out);
int dt_check_date(Thread *t, Ymd date);                    // 0, or -1 with ValueError
int dt_check_clock(Thread *t, const Clock *c, int fold);   // as above
// Exactly n positional arguments for a method that CPython's binder calls by a plain name. 0 or -1.
int dt_exactly(Thread *t, const char *name, size_t nargs, size_t n, Value kwnames);
// The str that is argument 1 of a function. 0 or -1.
int dt_text_argument(Thread *t, const char *name, Value v);
// Pickled state of n bytes in a bytes, or in a str of Latin-1 (as Python 2 wrote them) of which the character at `at` is below `limit` when its
// highest bit is cleared. 1; 0: it is neither; -1: ValueError, naming `what`.
typedef struct StateRule { const char *what; size_t size, at; int minimum, limit; bool folds; } StateRule;
int dt_state(Thread *t, Value v, const StateRule *rule, uint8_t *out);
// time.NAME(...).
Value dt_time_module_call(Thread *t, Value name, const Value *args, size_t nargs);
int64_t dt_hash_cached(a64 *field, int64_t hash);
int64_t dt_hash_delta(Thread *t, a64 *field, int64_t days, int64_t seconds, int64_t us, Value offset);   // as the timedelta minus offset hashes
Value dt_not_comparable(Thread *t, Value a, Value b);   // TypeError "can't compare X to Y"
static inline bool dt_compare_result(int order, int op) { return container_compare_lengths(order, 0, op); }   // order < 0, 0, > 0
void dt_pack_date(uint8_t out[4], Ymd date);
void dt_pack_clock(uint8_t out[6], const Clock *c);
void dt_unpack_clock(const uint8_t in[6], Clock *c, int *fold);
// A pickle's (type, (bytes, zone)), the second left out where there is none.
Value dt_reduced(Thread *t, Value self, const uint8_t *state, size_t n, Value zone);

// --- timedelta ------------------------------------------------------------------------------------------------------------------------
Value delta_make(Thread *t, Type *type, int64_t days, int64_t seconds, int64_t microseconds);   // normalises; OverflowError
Value delta_subtract(Thread *t, const Delta *a, const Delta *b);
int delta_compare(const Delta *a, const Delta *b);
__int128 delta_total(const Delta *d);           // in microseconds
int64_t delta_hash_of(Thread *t, Value v);

// --- tzinfo -----------------------------------------------------------------------------------------------------------------------------
extern Value dt_utc;                            // timezone.utc
Value zone_new(Thread *t, Value offset, Value name /* V_NULL: none */);     // timezone(offset, name)
// zone.utcoffset(arg), zone.dst(arg): a timedelta or None, checked; owned. zone V_NULL: None.
Value zone_utcoffset(Thread *t, Value zone, Value arg);
Value zone_dst(Thread *t, Value zone, Value arg);
Value zone_tzname(Thread *t, Value zone, Value arg);
// Whether two results of zone_utcoffset are the same: both None, or equal.
bool offsets_equal(Value a, Value b);

// --- date, time, datetime ---------------------------------------------------------------------------------------------------------------
Value date_make(Thread *t, Type *type, Ymd date);                 // ValueError
Value date_make_cls(Thread *t, Value cls, Ymd date);
Value time_make(Thread *t, Type *type, const Clock *c, int fold, Value zone /* borrowed, V_NULL: naive */);
Value datetime_make(Thread *t, Type *type, Ymd date, const Clock *c, int fold, Value zone);
Value datetime_make_cls(Thread *t, Value cls, Ymd date, const Clock *c, int fold, Value zone);
Value datetime_add(Thread *t, Value d, const Delta *delta, int factor);   // of d's own class; OverflowError

// The civil time of a moment, local or UTC. 0, or -1 with OSError.
int dt_local_time(Thread *t, time_t when, struct tm *tm);
int dt_utc_time(Thread *t, time_t when, struct tm *tm);
// Seconds from the beginning of year 0's last day (ordinal 0) to a civil time, in its own zone. -1 with ValueError.
int64_t dt_civil_seconds(Thread *t, Ymd date, const Clock *c);
// Seconds on the same scale, but UTC, of a local civil time. -1 with ValueError or OSError.
int64_t dt_local_to_utc_seconds(Thread *t, Ymd date, const Clock *c, int fold);
// The local civil seconds at a moment given on that scale in UTC. -1 with an exception.
int64_t dt_local_seconds(Thread *t, int64_t utc);
#define DT_EPOCH_SECONDS ((int64_t)EPOCH_ORDINAL * SECONDS_PER_DAY)
enum { MAX_FOLD_SECONDS = SECONDS_PER_DAY };
// A timestamp argument: seconds rounded down; or with microseconds, rounded half to even. 0, or -1 with TypeError, ValueError or OverflowError.
int dt_timestamp_seconds(Thread *t, Value v, time_t *seconds);
int dt_timestamp_us(Thread *t, Value v, time_t *seconds, int *us);

// --- Text -------------------------------------------------------------------------------------------------------------------------------
// object.strftime(format): %z, %Z and %f are filled in here, the rest by time.strftime(format, timetuple). zone_arg: what tzname() and
// utcoffset() are asked with.
Value dt_strftime(Thread *t, Value format, Value timetuple, Value zone, Value zone_arg, int microsecond);
Value dt_timetuple(Thread *t, Ymd date, const Clock *c, int dst);
Value dt_ctime(Thread *t, Ymd date, const Clock *c);
Value dt_format(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames);   // __format__
typedef enum { SPEC_AUTO, SPEC_HOURS, SPEC_MINUTES, SPEC_SECONDS, SPEC_MILLISECONDS, SPEC_MICROSECONDS } TimeSpec;
int dt_timespec(Thread *t, Value v, int position, TimeSpec *spec);          // absent: auto. 0 or -1
enum { CLOCK_TEXT = 64, OFFSET_TEXT = 48 };
void dt_clock_text(char out[CLOCK_TEXT], const Clock *c, TimeSpec spec);
// "+HH:MM[:SS[.ffffff]]" for zone.utcoffset(arg), "" for None. 0, -1.
int dt_offset_text(Thread *t, char out[OFFSET_TEXT], const char *separator, Value zone, Value arg);
// repr text with ", name=value" put before its last character. Steals both; V_NULL passes through.
Value dt_append_keyword(Thread *t, Value repr, const char *name, Value value);
// Parts of ISO 8601 text. False: invalid.
bool dt_parse_date(const char *s, size_t n, Ymd *date);
typedef struct IsoClock { Clock clock; bool has_zone; int zone_seconds, zone_us; } IsoClock;
bool dt_parse_clock(const char *s, size_t n, IsoClock *out);
Value dt_iso_zone(Thread *t, const IsoClock *c, Value *zone);   // *zone: V_NULL or owned. V_NONE, or V_NULL with an exception
int dt_find_separator(const char *s, int n);                    // of date and time; n >= 7; -1: none
Value dt_iso_not_str(Thread *t);                                // TypeError
Value dt_iso_invalid(Thread *t, Value text);                    // ValueError
// The UTF-8 of ISO text; NULL with the ValueError when it has surrogates.
const char *dt_iso_utf8(Thread *t, Value text, Value original, size_t *size);

bool timedelta_init(Thread *t);
bool tzinfo_init(Thread *t);
bool date_init(Thread *t);
bool time_init(Thread *t);
bool datetime_init(Thread *t);
// type.NAME = value (stolen; V_NULL with an exception: false), for a type that is not in use yet.
bool dt_type_constant(Thread *t, Type *type, const char *name, Value value);

#endif
