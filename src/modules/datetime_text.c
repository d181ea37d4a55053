// The text of dates and times: isoformat(), ctime(), strftime(), __format__().
#include <stdio.h>
#include <string.h>

#include "modules/datetime_internal.h"
#include "modules/module_help.h"
#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"

Value dt_timetuple(Thread *t, Ymd date, const Clock *c, int dst) {
  const int fields[] = {date.year, date.month, date.day, c->hour, c->minute, c->second, calendar_weekday(date), calendar_day_of_year(date), dst};
  Value items[9];
  for (int i = 0; i < 9; i++) items[i] = v_from_smi(fields[i]);
  Value tuple = tuple_from(t, items, 9);
  Value result = v_is_null(tuple) ? V_NULL : dt_time_module_call(t, dt_names.struct_time, &tuple, 1);
  v_drop(t, tuple);
  return result;
}

Value dt_ctime(Thread *t, Ymd date, const Clock *c) {
  static const char days[7][4] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  static const char months[12][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  return str_from_format(t, "%s %s %2d %02d:%02d:%02d %04d", days[calendar_weekday(date)], months[date.month - 1], date.day, c->hour, c->minute,
                         c->second, date.year);
}

int dt_timespec(Thread *t, Value v, int position, TimeSpec *spec) {
  static const char *const names[] = {"auto", "hours", "minutes", "seconds", "milliseconds", "microseconds"};
  *spec = SPEC_AUTO;
  if (v_is_absent(v)) return 0;
  if (!v_is_str(v)) return raise_type_error(t, "isoformat() argument %d must be str, not %K", position, v), -1;
  const char *name = module_c_text(t, v);
  if (!name) return -1;
  for (int i = 0; i < 6; i++) {
    if (strcmp(names[i], name) != 0) continue;
    *spec = (TimeSpec)i;
    return 0;
  }
  raise_value_error(t, "Unknown timespec value");
  return -1;
}

void dt_clock_text(char out[CLOCK_TEXT], const Clock *c, TimeSpec spec) {
  if (spec == SPEC_AUTO) spec = c->microsecond ? SPEC_MICROSECONDS : SPEC_SECONDS;
  int n = snprintf(out, CLOCK_TEXT, "%02d", c->hour);
  if (spec >= SPEC_MINUTES) n += snprintf(out + n, (size_t)(CLOCK_TEXT - n), ":%02d", c->minute);
  if (spec >= SPEC_SECONDS) n += snprintf(out + n, (size_t)(CLOCK_TEXT - n), ":%02d", c->second);
  if (spec == SPEC_MILLISECONDS) snprintf(out + n, (size_t)(CLOCK_TEXT - n), ".%03d", c->microsecond / 1000);
  if (spec == SPEC_MICROSECONDS) snprintf(out + n, (size_t)(CLOCK_TEXT - n), ".%06d", c->microsecond);
}

int dt_offset_text(Thread *t, char out[OFFSET_TEXT], const char *separator, Value zone, Value arg) {
  out[0] = 0;
  Value offset = zone_utcoffset(t, zone, arg);
  if (v_is_null(offset)) return -1;
  if (v_is_none(offset)) return 0;
  int64_t us = (int64_t)delta_total(v_delta(offset));
  v_drop(t, offset);
  char sign = us < 0 ? '-' : '+';
  if (us < 0) us = -us;
  int seconds = (int)(us / US_PER_SECOND), rest = (int)(us % US_PER_SECOND);
  int n = snprintf(out, OFFSET_TEXT, "%c%02d%s%02d", sign, seconds / 3600, separator, seconds / 60 % 60);
  if (rest || seconds % 60) n += snprintf(out + n, (size_t)(OFFSET_TEXT - n), "%s%02d", separator, seconds % 60);
  if (rest) snprintf(out + n, (size_t)(OFFSET_TEXT - n), ".%06d", rest);
  return 0;
}

Value dt_append_keyword(Thread *t, Value repr, const char *name, Value value) {
  if (v_is_null(repr) || v_is_null(value)) {
    v_drop(t, repr);
    v_drop(t, value);
    return V_NULL;
  }
  Value head = str_slice(t, repr, 0, v_str(repr)->length - 1), result = V_NULL;
  if (!v_is_null(head)) result = str_from_format(t, "%U, %s=%R)", head, name, value);
  v_drop(t, head);
  v_drop(t, repr);
  v_drop(t, value);
  return result;
}

// --- strftime -----------------------------------------------------------------------------------------------------------------------------

// name.replace("%", "%%"), which a subclass of str may have made its own: a str. Steals the name.
static Value double_percents(Thread *t, Value name) {
  Value one = str_from_char(t, '%'), two = str_from_cstr(t, "%%");
  Value result = v_is_null(two) ? V_NULL : object_call_method2(t, name, dt_names.replace, one, two);
  v_drop(t, one);
  v_drop(t, two);
  v_drop(t, name);
  if (v_is_null(result) || v_is_str(result)) return result;
  v_drop(t, result);
  return raise_type_error(t, "tzname.replace() did not return a string");
}

// Adds the zone's name to a format. 0, -1.
static int put_zone_name(Thread *t, BytesBuilder *b, Value zone, Value zone_arg) {
  Value name = zone_tzname(t, zone, zone_arg);
  if (v_is_null(name) || v_is_none(name)) return v_is_null(name) ? -1 : 0;
  name = double_percents(t, name);
  size_t n;
  const char *s = v_is_null(name) ? NULL : str_utf8(t, name, &n);
  if (s) bytesb_put(b, s, (int64_t)n);
  v_drop(t, name);
  return s ? 0 : -1;
}

// The format with %z, %Z and %f replaced. 0, -1.
static int fill_in(Thread *t, BytesBuilder *b, const char *s, Value zone, Value zone_arg, int microsecond) {
  char text[OFFSET_TEXT];
  for (; *s; s++) {
    if (*s != '%' || !s[1]) {
      bytesb_byte(b, (uint8_t)*s);
      continue;
    }
    switch (*++s) {
      case 'z':
        if (dt_offset_text(t, text, "", zone, zone_arg) < 0) return -1;
        bytesb_put(b, text, (int64_t)strlen(text));
        break;
      case 'Z':
        if (put_zone_name(t, b, zone, zone_arg) < 0) return -1;
        break;
      case 'f':
        snprintf(text, sizeof text, "%06d", microsecond);
        bytesb_put(b, text, 6);
        break;
      default:
        bytesb_byte(b, '%');
        bytesb_byte(b, (uint8_t)*s);
    }
  }
  return b->failed ? -1 : 0;
}

Value dt_strftime(Thread *t, Value format, Value timetuple, Value zone, Value zone_arg, int microsecond) {
  const char *s = str_utf8(t, format, NULL);
  if (!s) return V_NULL;
  BytesBuilder b;
  bytesb_init(&b, t);
  Value bytes = V_NULL, text = V_NULL, result = V_NULL;
  if (fill_in(t, &b, s, zone, zone_arg, microsecond) == 0) bytes = bytesb_finish(&b);
  else bytesb_discard(&b);
  if (!v_is_null(bytes)) text = str_from_utf8(t, v_bytes(bytes)->data, (size_t)v_bytes(bytes)->length);
  if (!v_is_null(text)) result = dt_time_module_call(t, dt_names.strftime, (const Value[]){text, timetuple}, 2);
  v_drop(t, text);
  v_drop(t, bytes);
  return result;
}

NATIVE(dt_format) {
  if (dt_exactly(t, "__format__", nargs, 1, kwnames) < 0 || dt_text_argument(t, "__format__", args[0]) < 0) return V_NULL;
  if (v_str(args[0])->length == 0) return object_str(t, self);
  return object_call_method1(t, self, dt_names.strftime, args[0]);
}
