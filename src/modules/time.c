// time: clocks, sleeping, calendar conversions.
#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "modules/module_help.h"
#include "objects/bytes.h"
#include "objects/codecs.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/module.h"
#include "objects/names.h"
#include "objects/namespace.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "system/import.h"

#define FN(name) static Value time_##name(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames)
#define UNUSED (void)t, (void)self, (void)args, (void)nargs, (void)kwnames

// --- Clocks -------------------------------------------------------------------------------------------------------------------------------

static int64_t clock_ns(clockid_t id) {
  struct timespec ts;
  clock_gettime(id, &ts);
  return (int64_t)ts.tv_sec * 1000000000 + ts.tv_nsec;
}
static Value seconds(Thread *t, clockid_t id) { return float_new(t, (double)clock_ns(id) * 1e-9); }
static Value seconds_exact(Thread *t, clockid_t id) {
  struct timespec ts;
  clock_gettime(id, &ts);
  return float_new(t, (double)ts.tv_sec + (double)ts.tv_nsec * 1e-9);
}
static Value nanoseconds(Thread *t, clockid_t id) { return int_from_i64(t, clock_ns(id)); }

FN(time) { UNUSED; return seconds_exact(t, CLOCK_REALTIME); }
FN(time_ns) { UNUSED; return nanoseconds(t, CLOCK_REALTIME); }
FN(monotonic) { UNUSED; return seconds(t, CLOCK_MONOTONIC); }
FN(monotonic_ns) { UNUSED; return nanoseconds(t, CLOCK_MONOTONIC); }
FN(process_time) { UNUSED; return seconds(t, CLOCK_PROCESS_CPUTIME_ID); }
FN(process_time_ns) { UNUSED; return nanoseconds(t, CLOCK_PROCESS_CPUTIME_ID); }
FN(thread_time) { UNUSED; return seconds(t, CLOCK_THREAD_CPUTIME_ID); }
FN(thread_time_ns) { UNUSED; return nanoseconds(t, CLOCK_THREAD_CPUTIME_ID); }

static int clock_id(Thread *t, Value v, clockid_t *id) {
  int n = number_as_int(t, v);
  if (n == -1 && error_pending(t)) return -1;
  *id = n;
  return 0;
}

FN(clock_gettime) {
  UNUSED;
  clockid_t id;
  struct timespec ts;
  if (clock_id(t, args[0], &id) < 0) return V_NULL;
  if (clock_gettime(id, &ts) < 0) return raise_errno(t, errno, V_NULL, V_NULL);
  return float_new(t, (double)ts.tv_sec + (double)ts.tv_nsec * 1e-9);
}
FN(clock_gettime_ns) {
  UNUSED;
  clockid_t id;
  struct timespec ts;
  if (clock_id(t, args[0], &id) < 0) return V_NULL;
  if (clock_gettime(id, &ts) < 0) return raise_errno(t, errno, V_NULL, V_NULL);
  return int_from_i64(t, (int64_t)ts.tv_sec * 1000000000 + ts.tv_nsec);
}
static Value set_clock(Thread *t, clockid_t id, int64_t ns) {
  struct timespec ts = {.tv_sec = ns / 1000000000, .tv_nsec = ns % 1000000000};
  if (ts.tv_nsec < 0) ts.tv_sec--, ts.tv_nsec += 1000000000;
  return clock_settime(id, &ts) < 0 ? raise_errno(t, errno, V_NULL, V_NULL) : V_NONE;
}
// The clock of the two arguments that both functions take. 0 or -1.
static int clock_to_set(Thread *t, const Value *args, size_t nargs, clockid_t *id) {
  if (nargs != 2) return raise_type_error(t, "clock_settime() takes exactly 2 arguments (%zu given)", nargs), -1;
  int64_t n = number_as_i64_clip(t, args[0]);
  if (n == -1 && error_pending(t)) return -1;
  if (n > INT_MAX || n < INT_MIN) return raise_overflow(t, "signed integer is %s", n > 0 ? "greater than maximum" : "less than minimum"), -1;
  *id = (clockid_t)n;
  return 0;
}
FN(clock_settime) {
  (void)self;
  clockid_t id;
  int64_t ns;
  if (native_no_keywords(t, "time.clock_settime", kwnames) < 0 || clock_to_set(t, args, nargs, &id) < 0) return V_NULL;
  return module_seconds_as_ns(t, args[1], &ns) < 0 ? V_NULL : set_clock(t, id, ns);
}
FN(clock_settime_ns) {
  (void)self;
  clockid_t id;
  if (native_no_keywords(t, "time.clock_settime_ns", kwnames) < 0 || clock_to_set(t, args, nargs, &id) < 0) return V_NULL;
  if (!v_is_int(args[1])) return raise_type_error(t, "expect int, got %.200T", args[1]);
  int64_t ns;
  return int_as_i64(args[1], &ns) ? set_clock(t, id, ns) : raise_overflow(t, "timestamp too large to convert to C _PyTime_t");
}
FN(clock_getres) {
  UNUSED;
  clockid_t id;
  struct timespec ts;
  if (clock_id(t, args[0], &id) < 0) return V_NULL;
  if (clock_getres(id, &ts) < 0) return raise_errno(t, errno, V_NULL, V_NULL);
  return float_new(t, (double)ts.tv_sec + (double)ts.tv_nsec * 1e-9);
}

FN(pthread_getcpuclockid) {
  UNUSED;
  int64_t id = number_as_i64(t, args[0]);
  if (id == -1 && error_pending(t)) return V_NULL;
  clockid_t clock;
  int err = pthread_getcpuclockid((pthread_t)id, &clock);
  return err ? raise_errno(t, err, V_NULL, V_NULL) : int_from_i64(t, clock);
}

FN(get_clock_info) {
  UNUSED;
  static const struct { const char *name, *implementation; clockid_t id; bool monotonic, adjustable; } clocks[] = {
      {"time", "clock_gettime(CLOCK_REALTIME)", CLOCK_REALTIME, false, true},
      {"monotonic", "clock_gettime(CLOCK_MONOTONIC)", CLOCK_MONOTONIC, true, false},
      {"perf_counter", "clock_gettime(CLOCK_MONOTONIC)", CLOCK_MONOTONIC, true, false},
      {"process_time", "clock_gettime(CLOCK_PROCESS_CPUTIME_ID)", CLOCK_PROCESS_CPUTIME_ID, true, false},
      {"thread_time", "clock_gettime(CLOCK_THREAD_CPUTIME_ID)", CLOCK_THREAD_CPUTIME_ID, true, false}};
  if (!v_is_str(args[0])) return raise_type_error(t, "get_clock_info() argument 1 must be str, not %K", args[0]);
  for (size_t i = 0; i < sizeof clocks / sizeof *clocks; i++) {
    if (!str_equals_cstr(args[0], clocks[i].name)) continue;
    struct timespec ts;
    clock_getres(clocks[i].id, &ts);
    Value d = dict_new(t), r = V_NULL, text = str_from_cstr(t, clocks[i].implementation);
    Value resolution = float_new(t, (double)ts.tv_sec + (double)ts.tv_nsec * 1e-9);
    if (!v_is_null(d) && dict_set_cstr(t, v_dict(d), "implementation", text) == 0 && dict_set_cstr(t, v_dict(d), "monotonic", v_from_bool(clocks[i].monotonic)) == 0 &&
        dict_set_cstr(t, v_dict(d), "adjustable", v_from_bool(clocks[i].adjustable)) == 0 && dict_set_cstr(t, v_dict(d), "resolution", resolution) == 0)
      r = namespace_new(t, d);
    v_drop(t, text);
    v_drop(t, resolution);
    v_drop(t, d);
    return r;
  }
  return raise_value_error(t, "unknown clock");
}

// --- Sleeping -----------------------------------------------------------------------------------------------------------------------------

FN(sleep) {
  UNUSED;
  int64_t ns;
  if (v_is_int(args[0])) {
    int64_t s = number_as_i64(t, args[0]);
    if (s == -1 && error_pending(t)) {
      if (!error_matches(t, &exc_OverflowError)) return V_NULL;
      error_clear(t);
      return raise_overflow(t, "timestamp too large to convert to C _PyTime_t");
    }
    if (s > INT64_MAX / 1000000000) return raise_overflow(t, "timestamp too large to convert to C _PyTime_t");
    ns = s * 1000000000;
  } else {
    if (!v_has_flag(args[0], TYPE_FLOAT) && !number_is_index(args[0])) return raise_type_error(t, "'%T' object cannot be interpreted as an integer", args[0]);
    double d = number_as_double(t, args[0]);
    if (d == -1.0 && error_pending(t)) {
      if (!error_matches(t, &exc_TypeError) || v_type(args[0])->slots.float_) return V_NULL;
      error_clear(t);
      return raise_type_error(t, "'%T' object cannot be interpreted as an integer", args[0]);
    }
    if (isnan(d)) return raise_value_error(t, "Invalid value NaN (not a number)");
    if (d > 9223372036.0) return raise_overflow(t, "timestamp too large to convert to C _PyTime_t");
    ns = (int64_t)ceil(d * 1e9);
  }
  if (ns < 0) return raise_value_error(t, "sleep length must be non-negative");
  int64_t end = clock_ns(CLOCK_MONOTONIC) + ns;
  struct timespec until = {end / 1000000000, end % 1000000000};
  for (;;) {
    int err;
    ALLOW_THREADS_BEGIN(t)
    err = clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL);
    ALLOW_THREADS_END
    if (err == 0) return V_NONE;
    if (err != EINTR) return raise_errno(t, err, V_NULL, V_NULL);
    if (safepoint(t) < 0) return V_NULL;
  }
}

// --- Calendar -----------------------------------------------------------------------------------------------------------------------------

static Type *struct_time;

static Value from_tm(Thread *t, const struct tm *tm) {
  Value items[11] = {v_from_smi(tm->tm_year + 1900LL), v_from_smi(tm->tm_mon + 1), v_from_smi(tm->tm_mday), v_from_smi(tm->tm_hour), v_from_smi(tm->tm_min),
                     v_from_smi(tm->tm_sec), v_from_smi((tm->tm_wday + 6) % 7), v_from_smi(tm->tm_yday + 1), v_from_smi(tm->tm_isdst),
                     str_from_cstr(t, tm->tm_zone ? tm->tm_zone : ""), v_from_smi(tm->tm_gmtoff)};
  return structseq_new(t, struct_time, items, 11);
}

// Seconds since the epoch: absent or None is now.
static int as_time(Thread *t, Value v, time_t *out) {
  if (v_is_absent_or_none(v)) {
    *out = time(NULL);
    return 0;
  }
  if (!v_is_float(v)) {
    *out = number_as_i64(t, v);
    if (*out == -1 && error_pending(t)) {
      if (error_matches(t, &exc_OverflowError)) {
        error_clear(t);
        raise_overflow(t, "timestamp out of range for platform time_t");
      }
      return -1;
    }
    return 0;
  }
  double d = number_as_double(t, v);
  if (isnan(d)) {
    raise_value_error(t, "Invalid value NaN (not a number)");
    return -1;
  }
  d = floor(d);
  if (!(d >= -9.2e18 && d <= 9.2e18)) {
    raise_overflow(t, "timestamp out of range for platform time_t");
    return -1;
  }
  *out = (time_t)d;
  return 0;
}

FN(gmtime) {
  UNUSED;
  time_t when;
  struct tm tm;
  if (as_time(t, args[0], &when) < 0) return V_NULL;
  errno = 0;
  if (!gmtime_r(&when, &tm)) return raise_errno(t, errno ? errno : EINVAL, V_NULL, V_NULL);
  return from_tm(t, &tm);
}
FN(localtime) {
  UNUSED;
  time_t when;
  struct tm tm;
  if (as_time(t, args[0], &when) < 0) return V_NULL;
  errno = 0;
  if (!localtime_r(&when, &tm)) return raise_errno(t, errno ? errno : EINVAL, V_NULL, V_NULL);
  return from_tm(t, &tm);
}

// An item as a C int, with the messages of CPython's tuple parser.
static bool tuple_int(Thread *t, Value v, int *out) {
  Value index = number_index(t, v);
  if (v_is_null(index)) return false;
  int64_t n;
  bool fits = int_as_i64(index, &n);
  v_drop(t, index);
  if (!fits) raise_overflow(t, "Python int too large to convert to C long");
  else if (n > INT_MAX || n < INT_MIN) raise_overflow(t, n > 0 ? "signed integer is greater than maximum" : "signed integer is less than minimum");
  *out = (int)n;
  return !error_pending(t);
}

// A struct_time or 9-tuple as a struct tm for a function, with CPython's checks of ranges unless it is mktime.
static int to_tm(Thread *t, Value v, struct tm *tm, const char *function) {
  memset(tm, 0, sizeof *tm);
  if (!v_is_tuple(v)) {
    raise_type_error(t, "Tuple or struct_time argument required");
    return -1;
  }
  if (v_tuple(v)->length < 9 || (v_type(v) != struct_time && v_tuple(v)->length != 9)) {
    raise_type_error(t, "%s(): illegal time tuple argument", function);
    return -1;
  }
  int n[9];
  for (int i = 0; i < 9; i++)
    if (!tuple_int(t, v_tuple(v)->items[i], &n[i])) return -1;
  if (n[0] < INT_MIN + 1900) {
    raise_overflow(t, "year out of range");
    return -1;
  }
  tm->tm_year = n[0] - 1900;
  tm->tm_mon = n[1] - 1;
  tm->tm_mday = n[2];
  tm->tm_hour = n[3];
  tm->tm_min = n[4];
  tm->tm_sec = n[5];
  tm->tm_wday = (n[6] + 1) % 7;
  tm->tm_yday = n[7] - 1;
  tm->tm_isdst = n[8];
  if (v_type(v) == struct_time) {   // two fields more than its length tells
    Value zone = v_tuple(v)->items[9], offset = v_tuple(v)->items[10];
    if (!v_is_null(zone) && v_is_str(zone)) tm->tm_zone = str_utf8(t, zone, NULL);
    int64_t seconds_east;
    if (!v_is_null(offset) && v_is_int(offset) && int_as_i64(offset, &seconds_east)) tm->tm_gmtoff = seconds_east;
  }
  if (strcmp(function, "mktime") == 0) return 0;
  // Zero is taken as the first month and day; everything else must be in range, or the C library would read outside its tables.
  if (tm->tm_mon == -1) tm->tm_mon = 0;
  if (tm->tm_mday == 0) tm->tm_mday = 1;
  if (tm->tm_yday == -1) tm->tm_yday = 0;
  const char *problem = tm->tm_mon < 0 || tm->tm_mon > 11 ? "month out of range" : tm->tm_mday < 0 || tm->tm_mday > 31 ? "day of month out of range"
                      : tm->tm_hour < 0 || tm->tm_hour > 23 ? "hour out of range" : tm->tm_min < 0 || tm->tm_min > 59 ? "minute out of range"
                      : tm->tm_sec < 0 || tm->tm_sec > 61 ? "seconds out of range" : tm->tm_wday < 0 ? "day of week out of range"
                      : tm->tm_yday < 0 || tm->tm_yday > 365 ? "day of year out of range" : NULL;
  if (problem) raise_value_error(t, "%s", problem);
  return problem ? -1 : 0;
}

FN(mktime) {
  UNUSED;
  struct tm tm;
  if (to_tm(t, args[0], &tm, "mktime") < 0) return V_NULL;
  tm.tm_wday = -1;   // mktime sets it; still -1 means that it failed
  time_t when = mktime(&tm);
  if (when == (time_t)-1 && tm.tm_wday == -1) return raise_overflow(t, "mktime argument out of range");
  return float_new(t, (double)when);
}

static int tm_or_now(Thread *t, Value v, struct tm *tm, const char *function) {
  if (!v_is_absent(v)) return to_tm(t, v, tm, function);
  time_t now = time(NULL);
  localtime_r(&now, tm);
  return 0;
}

static Value ascii_time(Thread *t, const struct tm *tm) {
  static const char days[] = "SunMonTueWedThuFriSat", months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
  return str_from_format(t, "%.3s %.3s%3d %02d:%02d:%02d %d", days + tm->tm_wday * 3, months + tm->tm_mon * 3, tm->tm_mday, tm->tm_hour, tm->tm_min,
                         tm->tm_sec, 1900 + tm->tm_year);
}
FN(asctime) {
  UNUSED;
  struct tm tm;
  return tm_or_now(t, args[0], &tm, "asctime") < 0 ? V_NULL : ascii_time(t, &tm);
}
FN(ctime) {
  UNUSED;
  time_t when;
  struct tm tm;
  if (as_time(t, args[0], &when) < 0) return V_NULL;
  errno = 0;
  if (!localtime_r(&when, &tm)) return raise_errno(t, errno ? errno : EINVAL, V_NULL, V_NULL);
  return ascii_time(t, &tm);
}

// The format is UTF-8.
static Value formatted_time(Thread *t, const char *format, const struct tm *tm) {
  if (!*format) return v_own(t, str_empty);
  for (size_t size = 256;; size *= 2) {
    char *buffer = malloc(size);
    if (!buffer) return raise_no_memory(t);
    size_t got = strftime(buffer, size, format, tm);
    if (got > 0 || size >= 256 * strlen(format)) {
      // 0xED begins a surrogate. Without one, what is no UTF-8 (a zone's name, say) is escaped.
      Value r = strchr(format, 0xED) ? utf8_decode(t, buffer, got, "surrogatepass", NULL) : str_decode_fs(t, buffer, got);
      free(buffer);
      return r;
    }
    free(buffer);
  }
}

FN(strftime) {
  UNUSED;
  struct tm tm;
  if (!v_is_str(args[0])) return raise_type_error(t, "strftime() argument 1 must be str, not %K", args[0]);
  if (tm_or_now(t, args[1], &tm, "strftime") < 0) return V_NULL;
  if (tm.tm_isdst < -1) tm.tm_isdst = -1;
  if (tm.tm_isdst > 1) tm.tm_isdst = 1;
  // Lone surrogates pass through, as where C's wide characters are used.
  Value bytes = utf8_encode(t, args[0], "surrogatepass");
  if (v_is_null(bytes)) return V_NULL;
  const char *format = v_bytes(bytes)->data;
  Value text = V_NULL;
  if ((int64_t)strlen(format) != v_bytes(bytes)->length) raise_value_error(t, "embedded null character");
  else text = formatted_time(t, format, &tm);
  v_drop(t, bytes);
  return text;
}

FN(strptime) {
  UNUSED;
  Value name = N(_strptime);
  Value m = v_is_null(name) ? V_NULL : import_module_named(t, name);
  Value f = v_is_null(m) ? V_NULL : object_getattr(t, m, N(_strptime_time));
  v_drop(t, m);
  if (v_is_null(f)) return V_NULL;
  Value r = object_call(t, f, args, v_is_absent(args[1]) ? 1 : 2, V_NULL);
  v_drop(t, f);
  return r;
}

// --- The module -----------------------------------------------------------------------------------------------------------------------------

static int add_zone(Thread *t, Value m) {
  // Winter and summer of this year tell the zone's two offsets, wherever on the globe.
  tzset();
  const time_t year = (365 * 24 + 6) * 3600;
  time_t january = time(NULL) / year * year;
  struct tm winter, summer;
  localtime_r(&january, &winter);
  time_t july = january + year / 2;
  localtime_r(&july, &summer);
  char winter_zone[16], summer_zone[16];
  snprintf(winter_zone, sizeof winter_zone, "%s", winter.tm_zone);
  snprintf(summer_zone, sizeof summer_zone, "%s", summer.tm_zone);
  long w = -winter.tm_gmtoff, s = -summer.tm_gmtoff;
  bool south = w < s;
  Value names[2] = {str_from_cstr(t, south ? summer_zone : winter_zone), str_from_cstr(t, south ? winter_zone : summer_zone)};
  return module_add_int(t, m, "timezone", south ? s : w) < 0 || module_add_int(t, m, "altzone", south ? w : s) < 0 ||
                 module_add_int(t, m, "daylight", w != s) < 0 || module_add(t, m, "tzname", tuple_from_stolen(t, names, 2)) < 0
             ? -1
             : 0;
}
FN(tzset) { UNUSED; return add_zone(t, self) < 0 ? V_NULL : V_NONE; }

static const NativeDef functions[] = {
    {"time()", time_time, "Seconds since the start of 1970 in UTC.", NATIVE_NO_SIGNATURE},
    {"time_ns()", time_time_ns, "Nanoseconds since the start of 1970 in UTC.", NATIVE_NO_SIGNATURE},
    {"clock_gettime(clk_id, /)", time_clock_gettime, "What a clock shows, in seconds.", NATIVE_NO_SIGNATURE | NATIVE_VARARGS | NATIVE_PARSED},
    {"clock_settime(clk_id, time, /)", time_clock_settime, "Sets a clock, in seconds.", NATIVE_RAW | NATIVE_NO_SIGNATURE | NATIVE_VARARGS},
    {"clock_settime_ns(clk_id, time, /)", time_clock_settime_ns, "Sets a clock, in nanoseconds.", NATIVE_RAW | NATIVE_NO_SIGNATURE | NATIVE_VARARGS},
    {"clock_gettime_ns(clk_id, /)", time_clock_gettime_ns, "What a clock shows, in nanoseconds.", NATIVE_NO_SIGNATURE | NATIVE_VARARGS},
    {"clock_getres(clk_id, /)", time_clock_getres, "The smallest step of a clock, in seconds.", NATIVE_NO_SIGNATURE | NATIVE_VARARGS | NATIVE_PARSED},
    {"pthread_getcpuclockid(thread_id, /)", time_pthread_getcpuclockid, "The clock for the processor time of a thread.", NATIVE_NO_SIGNATURE | NATIVE_VARARGS | NATIVE_PARSED},
    {"sleep(seconds, /)", time_sleep, "Waits for so many seconds.", NATIVE_NO_SIGNATURE},
    {"gmtime(seconds=None, /)", time_gmtime, "The time in UTC of so many seconds since 1970.", NATIVE_NO_SIGNATURE | NATIVE_VARARGS | NATIVE_PARSED},
    {"localtime(seconds=None, /)", time_localtime, "The local time of so many seconds since 1970.", NATIVE_NO_SIGNATURE | NATIVE_VARARGS | NATIVE_PARSED},
    {"asctime(tuple=None, /)", time_asctime, "The time as text, such as 'Fri Mar  1 08:05:09 2024'.", NATIVE_NO_SIGNATURE | NATIVE_VARARGS},
    {"ctime(seconds=None, /)", time_ctime, "The local time as text, like asctime.", NATIVE_NO_SIGNATURE | NATIVE_VARARGS | NATIVE_PARSED},
    {"mktime(tuple, /)", time_mktime, "The seconds since 1970 for a local time.", NATIVE_NO_SIGNATURE},
    {"strftime(format, tuple=None, /)", time_strftime, "The time as text in the given format.", NATIVE_NO_SIGNATURE | NATIVE_VARARGS | NATIVE_PARSED},
    {"strptime(string, format=None, /)", time_strptime, "The time that a text in the given format tells.", NATIVE_NO_SIGNATURE | NATIVE_VARARGS},
    {"tzset()", time_tzset, "Takes the time zone from the environment's variable TZ.", NATIVE_NO_SIGNATURE},
    {"monotonic()", time_monotonic, "Seconds on a clock that only goes forward.", NATIVE_NO_SIGNATURE},
    {"monotonic_ns()", time_monotonic_ns, "Nanoseconds on a clock that only goes forward.", NATIVE_NO_SIGNATURE},
    {"process_time()", time_process_time, "Seconds of processor time this process has used.", NATIVE_NO_SIGNATURE},
    {"process_time_ns()", time_process_time_ns, "Nanoseconds of processor time this process has used.", NATIVE_NO_SIGNATURE},
    {"thread_time()", time_thread_time, "Seconds of processor time this thread has used.", NATIVE_NO_SIGNATURE},
    {"thread_time_ns()", time_thread_time_ns, "Nanoseconds of processor time this thread has used.", NATIVE_NO_SIGNATURE},
    {"perf_counter()", time_monotonic, "Seconds on the finest clock, for measuring.", NATIVE_NO_SIGNATURE},
    {"perf_counter_ns()", time_monotonic_ns, "Nanoseconds on the finest clock, for measuring.", NATIVE_NO_SIGNATURE},
    {"get_clock_info(name, /)", time_get_clock_info, "How a clock works, how finely, and whether it can be set.", NATIVE_NO_SIGNATURE | NATIVE_VARARGS | NATIVE_PARSED},
    {0},
};

static int time_exec(Thread *t, Value m) {
  static const StructSeqField fields[] = {{"tm_year", "Year with all its digits"}, {"tm_mon", "Month, 1 to 12"},
                                          {"tm_mday", "Day of the month, 1 to 31"},
                                          {"tm_hour", "hours, range [0, 23]"}, {"tm_min", "Minute, 0 to 59"}, {"tm_sec", "Second, 0 to 61"},
                                          {"tm_wday", "Day of the week, 0 for Monday to 6"}, {"tm_yday", "Day of the year, 1 to 366"},
                                          {"tm_isdst", "1: summer time, 0: none, -1: unknown"}, {"tm_zone", "Short name of the time zone"},
                                          {"tm_gmtoff", "Seconds that local time is ahead of UTC"}, {NULL, NULL}};
  static const StructSeqDef def = {"time.struct_time", "A date and time of day: a tuple with names.", fields, 9};
  static const struct { const char *name; int id; } clocks[] = {
      {"CLOCK_REALTIME", CLOCK_REALTIME}, {"CLOCK_MONOTONIC", CLOCK_MONOTONIC}, {"CLOCK_MONOTONIC_RAW", CLOCK_MONOTONIC_RAW}, {"CLOCK_BOOTTIME", CLOCK_BOOTTIME},
      {"CLOCK_TAI", CLOCK_TAI}, {"CLOCK_PROCESS_CPUTIME_ID", CLOCK_PROCESS_CPUTIME_ID}, {"CLOCK_THREAD_CPUTIME_ID", CLOCK_THREAD_CPUTIME_ID}};
  struct_time = structseq_new_type(t, &def);
  if (!struct_time || module_add(t, m, "struct_time", v_own_obj(t, struct_time)) < 0 || module_add_int(t, m, "_STRUCT_TM_ITEMS", 11) < 0) return -1;
  for (size_t i = 0; i < sizeof clocks / sizeof *clocks; i++)
    if (module_add_int(t, m, clocks[i].name, clocks[i].id) < 0) return -1;
  return add_zone(t, m);
}

const ModuleDef module_time = {.name = "time", .doc = "Clocks, waiting, and dates as text and tuples.", .functions = functions, .exec = time_exec};
