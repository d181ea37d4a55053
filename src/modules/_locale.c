// _locale: the C library's locales and message catalogues.
//
// The process keeps the number format of the C locale, because the runtime's own conversions between floats and text rely on it: LC_NUMERIC
// is remembered here and put in force, the world stopped, only while the C library is asked about it.
#include <errno.h>
#include <langinfo.h>
#include <libintl.h>
#include <limits.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "gc/heap.h"
#include "modules/module_help.h"
#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/module.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "system/config.h"
#include "threading/stw.h"

#define LANGINFO_ITEMS(X) \
    X(ABDAY_1) X(ABDAY_2) X(ABDAY_3) X(ABDAY_4) X(ABDAY_5) X(ABDAY_6) X(ABDAY_7) X(ABMON_1) X(ABMON_10) X(ABMON_11) X(ABMON_12) X(ABMON_2) \
    X(ABMON_3) X(ABMON_4) X(ABMON_5) X(ABMON_6) X(ABMON_7) X(ABMON_8) X(ABMON_9) X(ALT_DIGITS) X(AM_STR) X(CODESET) X(CRNCYSTR) X(DAY_1) \
    X(DAY_2) X(DAY_3) X(DAY_4) X(DAY_5) X(DAY_6) X(DAY_7) X(D_FMT) X(D_T_FMT) X(ERA) X(ERA_D_FMT) X(ERA_D_T_FMT) X(ERA_T_FMT) X(MON_1) \
    X(MON_10) X(MON_11) X(MON_12) X(MON_2) X(MON_3) X(MON_4) X(MON_5) X(MON_6) X(MON_7) X(MON_8) X(MON_9) X(NOEXPR) X(PM_STR) X(RADIXCHAR) \
    X(THOUSEP) X(T_FMT) X(T_FMT_AMPM) X(YESEXPR) X(_DATE_FMT)

#define FN(name) static Value locale_##name(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames)
#define UNUSED (void)t, (void)self, (void)args, (void)nargs, (void)kwnames

static Value locale_error;
static char numeric[256] = "C";   // LC_NUMERIC as programs see it; under a stopped world

static void numeric_begin(Thread *t) {
  stop_the_world(t);
  if (strcmp(numeric, "C") != 0) setlocale(LC_NUMERIC, numeric);
}
static void numeric_end(Thread *t) {
  if (strcmp(numeric, "C") != 0) setlocale(LC_NUMERIC, "C");
  start_the_world(t);
}

static Value text(Thread *t, const char *s) { return str_decode_fs(t, s, strlen(s)); }

// An argument as C string, of the str itself. NULL: exception.
static const char *as_cstr(Thread *t, const char *function, const char *position, Value v, const char *wanted) {
  if (v_is_str(v)) return module_c_text(t, v);
  raise_type_error(t, "%s() argument%s must be %s, not %K", function, position, wanted, v);
  return NULL;
}

FN(setlocale) {
  UNUSED;
  int category = number_as_int(t, args[0]);
  if (category == -1 && error_pending(t)) return V_NULL;
  if (category < LC_CTYPE || category > LC_IDENTIFICATION) return module_raise(t, locale_error, v_is_absent_or_none(args[1]) ? "locale query failed" : "invalid locale category");
  const char *wanted = NULL;
  if (!v_is_absent_or_none(args[1])) {
    wanted = as_cstr(t, "setlocale", " 2", args[1], "str or None");
    if (!wanted) return V_NULL;
  }
  char *answer = NULL;
  numeric_begin(t);
  const char *got = setlocale(category, wanted);
  if (got) answer = strdup(got);
  bool failed = !got;
  if (got && wanted && (category == LC_NUMERIC || category == LC_ALL)) {
    const char *now = setlocale(LC_NUMERIC, NULL);
    if (strlen(now) < sizeof numeric) strcpy(numeric, now);
    if (strcmp(now, "C") != 0) setlocale(LC_NUMERIC, "C");
  }
  numeric_end(t);
  if (failed) return module_raise(t, locale_error, wanted ? "unsupported locale setting" : "locale query failed");
  if (!answer) return raise_no_memory(t);
  Value r = text(t, answer);
  free(answer);
  return r;
}

// --- localeconv -----------------------------------------------------------------------------------------------------------------------------

static const struct { const char *name; size_t offset; } texts[] = {
    {"int_curr_symbol", offsetof(struct lconv, int_curr_symbol)}, {"currency_symbol", offsetof(struct lconv, currency_symbol)},
    {"mon_decimal_point", offsetof(struct lconv, mon_decimal_point)}, {"mon_thousands_sep", offsetof(struct lconv, mon_thousands_sep)},
    {"mon_grouping", offsetof(struct lconv, mon_grouping)}, {"positive_sign", offsetof(struct lconv, positive_sign)},
    {"negative_sign", offsetof(struct lconv, negative_sign)}, {"decimal_point", offsetof(struct lconv, decimal_point)},
    {"thousands_sep", offsetof(struct lconv, thousands_sep)}, {"grouping", offsetof(struct lconv, grouping)}};
enum { TEXTS = sizeof texts / sizeof *texts, TEXTS_BEFORE_NUMBERS = 7 };
static const struct { const char *name; size_t offset; } numbers[] = {
    {"int_frac_digits", offsetof(struct lconv, int_frac_digits)}, {"frac_digits", offsetof(struct lconv, frac_digits)},
    {"p_cs_precedes", offsetof(struct lconv, p_cs_precedes)}, {"p_sep_by_space", offsetof(struct lconv, p_sep_by_space)},
    {"n_cs_precedes", offsetof(struct lconv, n_cs_precedes)}, {"n_sep_by_space", offsetof(struct lconv, n_sep_by_space)},
    {"p_sign_posn", offsetof(struct lconv, p_sign_posn)}, {"n_sign_posn", offsetof(struct lconv, n_sign_posn)}};

// Group sizes, with the ending 0 or CHAR_MAX.
static Value grouping(Thread *t, const char *s) {
  Value list = list_new(t, 4);
  bool more = *s != 0;
  for (; !v_is_null(list) && more; s++) {
    if (list_append(t, v_list(list), v_from_smi(*s)) < 0) {
      v_drop(t, list);
      return V_NULL;
    }
    more = *s != 0 && *s != CHAR_MAX;
  }
  return list;
}

static int enter(Thread *t, Value dict, const char *name, Value stolen) {
  int r = v_is_null(stolen) ? -1 : dict_set_cstr(t, v_dict(dict), name, stolen);
  v_drop(t, stolen);
  return r;
}

FN(localeconv) {
  UNUSED;
  char copies[TEXTS][64];
  struct lconv conv;
  numeric_begin(t);
  conv = *localeconv();
  for (int i = 0; i < TEXTS; i++) {
    const char *s = *(char **)(void *)((char *)&conv + texts[i].offset);
    size_t n = strnlen(s, sizeof copies[i] - 1);
    memcpy(copies[i], s, n);
    copies[i][n] = 0;
  }
  numeric_end(t);
  Value dict = dict_new(t);
  int r = v_is_null(dict) ? -1 : 0;
  for (int i = 0; r == 0 && i < TEXTS; i++) {
    if (i == TEXTS_BEFORE_NUMBERS)
      for (size_t k = 0; r == 0 && k < sizeof numbers / sizeof *numbers; k++) r = enter(t, dict, numbers[k].name, v_from_smi(*((const char *)&conv + numbers[k].offset)));
    bool groups = strstr(texts[i].name, "grouping") != NULL;
    if (r == 0) r = enter(t, dict, texts[i].name, groups ? grouping(t, copies[i]) : text(t, copies[i]));
  }
  if (r == 0) return dict;
  v_drop(t, dict);
  return V_NULL;
}

// --- Information ------------------------------------------------------------------------------------------------------------------------------

static const struct { const char *name; int item; } items[] = {
#define ITEM_ENTRY(name) {#name, name},
    LANGINFO_ITEMS(ITEM_ENTRY)
#undef ITEM_ENTRY
};

FN(nl_langinfo) {
  UNUSED;
  int item = number_as_int(t, args[0]);
  if (item == -1 && error_pending(t)) return V_NULL;
  bool known = false;   // others may not be texts
  for (size_t i = 0; !known && i < sizeof items / sizeof *items; i++) known = items[i].item == item;
  if (!known) return raise_value_error(t, "unsupported langinfo constant");
  char copy[512];
  numeric_begin(t);
  const char *s = nl_langinfo(item);
  size_t n = s ? strnlen(s, sizeof copy - 1) : 0;
  memcpy(copy, s ? s : "", n);
  copy[n] = 0;
  numeric_end(t);
  return text(t, copy);
}

FN(getencoding) {
  UNUSED;
  const char *codeset = sys_config.utf8_mode ? "UTF-8" : nl_langinfo(CODESET);
  return text(t, codeset && *codeset ? codeset : "UTF-8");
}

// --- Collation ------------------------------------------------------------------------------------------------------------------------------

FN(strcoll) {
  UNUSED;
  for (int i = 0; i < 2; i++)
    if (!v_is_str(args[i])) return raise_type_error(t, "strcoll() argument %d must be str, not %K", i + 1, args[i]);
  wchar_t *a = module_wide_text(t, args[0]), *b = a ? module_wide_text(t, args[1]) : NULL;
  Value r = b ? v_from_smi(wcscoll(a, b)) : V_NULL;
  if (a) heap_free(t, a);
  if (b) heap_free(t, b);
  return r;
}

FN(strxfrm) {
  UNUSED;
  if (!v_is_str(args[0])) return raise_type_error(t, "strxfrm() argument must be str, not %K", args[0]);
  wchar_t *w = module_wide_text(t, args[0]);
  if (!w) return V_NULL;
  size_t n = wcsxfrm(NULL, w, 0);
  wchar_t *out = heap_alloc(t, (n + 1) * sizeof *out);
  Value r = V_NULL;
  if (!out) {
    raise_no_memory(t);
  } else {
    wcsxfrm(out, w, n + 1);
    r = str_from_ucs4(t, (const uint32_t *)out, (int64_t)n);
    heap_free(t, out);
  }
  heap_free(t, w);
  return r;
}

// --- Message catalogues ---------------------------------------------------------------------------------------------------------------------

// A str argument, or None as NULL. False: exception.
static bool optional_cstr(Thread *t, const char *function, const char *position, Value v, const char **out) {
  *out = NULL;
  if (v_is_none(v)) return true;
  *out = as_cstr(t, function, position, v, "str or None");
  return *out != NULL;
}

FN(gettext) {
  UNUSED;
  const char *message = as_cstr(t, "gettext", "", args[0], "str");
  return message ? text(t, gettext(message)) : V_NULL;
}
FN(dgettext) {
  UNUSED;
  const char *domain, *message;
  if (!optional_cstr(t, "dgettext", " 1", args[0], &domain)) return V_NULL;
  message = as_cstr(t, "dgettext", " 2", args[1], "str");
  return message ? text(t, dgettext(domain, message)) : V_NULL;
}
FN(dcgettext) {
  UNUSED;
  const char *domain, *message;
  if (!optional_cstr(t, "dcgettext", " 1", args[0], &domain)) return V_NULL;
  message = as_cstr(t, "dcgettext", " 2", args[1], "str");
  int category = message ? number_as_int(t, args[2]) : -1;
  if (!message || (category == -1 && error_pending(t))) return V_NULL;
  return text(t, dcgettext(domain, message, category));
}
FN(textdomain) {
  UNUSED;
  const char *domain;
  if (!optional_cstr(t, "textdomain", "", args[0], &domain)) return V_NULL;
  const char *now = textdomain(domain);
  return now ? text(t, now) : raise_errno(t, ENOMEM, V_NULL, V_NULL);
}
FN(bindtextdomain) {
  UNUSED;
  const char *domain = as_cstr(t, "bindtextdomain", " 1", args[0], "str"), *folder;
  if (!domain) return V_NULL;
  if (!*domain) return module_raise(t, locale_error, "domain must be a non-empty string");
  if (!optional_cstr(t, "bindtextdomain", " 2", args[1], &folder)) return V_NULL;
  const char *now = bindtextdomain(domain, folder);
  return now ? text(t, now) : raise_errno(t, ENOMEM, V_NULL, V_NULL);
}
FN(bind_textdomain_codeset) {
  UNUSED;
  const char *domain = as_cstr(t, "bind_textdomain_codeset", " 1", args[0], "str"), *codeset;
  if (!domain || !optional_cstr(t, "bind_textdomain_codeset", " 2", args[1], &codeset)) return V_NULL;
  const char *now = bind_textdomain_codeset(domain, codeset);
  return now ? text(t, now) : V_NONE;
}

// --- The module -----------------------------------------------------------------------------------------------------------------------------

static const NativeDef functions[] = {
    {"setlocale($module, category, locale=<unrepresentable>, /)", locale_setlocale,
     "Chooses the locale of a category, or tells which one is in use.", 0},
    {"localeconv($module, /)", locale_localeconv, "How the locale writes numbers and amounts of money, as a dictionary.", 0},
    {"strcoll($module, os1, os2, /)", locale_strcoll, "Orders two strings as the locale does: negative, zero or positive.", 0},
    {"strxfrm($module, string, /)", locale_strxfrm, "Transforms a string so that plain comparison orders as the locale does.", 0},
    {"nl_langinfo($module, key, /)", locale_nl_langinfo, "A fact of the locale, such as RADIXCHAR.", 0},
    {"gettext($module, msg, /)", locale_gettext, "The message in the user's language.", 0},
    {"dgettext($module, domain, msg, /)", locale_dgettext, "The message in the user's language, from that domain.", 0},
    {"dcgettext($module, domain, msg, category, /)", locale_dcgettext, "The message in the user's language, from that domain and category.", 0},
    {"textdomain($module, domain, /)", locale_textdomain, "Chooses the domain for gettext; None only asks which one it is.", 0},
    {"bindtextdomain($module, domain, dir, /)", locale_bindtextdomain, "Says in which folder translations of the domain lie.", 0},
    {"bind_textdomain_codeset($module, domain, codeset, /)", locale_bind_textdomain_codeset,
     "Says in which encoding translations of the domain come.", 0},
    {"getencoding($module, /)", locale_getencoding, "The encoding that the locale prescribes.", 0},
    {0},
};

static int locale_exec(Thread *t, Value m) {
  static const struct { const char *name; int value; } constants[] = {{"LC_CTYPE", LC_CTYPE}, {"LC_TIME", LC_TIME}, {"LC_COLLATE", LC_COLLATE},
      {"LC_MONETARY", LC_MONETARY}, {"LC_MESSAGES", LC_MESSAGES}, {"LC_NUMERIC", LC_NUMERIC}, {"LC_ALL", LC_ALL}, {"CHAR_MAX", CHAR_MAX}};
  // Programs find the environment's character set in force, as the rest of the runtime assumes.
  setlocale(LC_CTYPE, "");
  for (size_t i = 0; i < sizeof constants / sizeof *constants; i++)
    if (module_add_int(t, m, constants[i].name, constants[i].value) < 0) return -1;
  for (size_t i = 0; i < sizeof items / sizeof *items; i++)
    if (module_add_int(t, m, items[i].name, items[i].item) < 0) return -1;
  locale_error = module_new_exception(t, "locale", "Error", &exc_Exception, NULL);
  return module_add(t, m, "Error", v_own(t, locale_error));
}

const ModuleDef module__locale = {.name = "_locale",
    .doc = "What the C library knows of the user's locale.", .functions = functions, .exec = locale_exec};
