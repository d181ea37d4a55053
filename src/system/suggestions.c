// "Did you mean: 'x'?": the nearest name by edit distance, a change of case counting half.
#include "system/suggestions.h"

#include "objects/dict.h"
#include "objects/error.h"
#include "objects/list.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/str.h"

enum { MOVE_COST = 2, CASE_COST = 1, MAX_NAMES = 750, MAX_LENGTH = 40 };

static int substitution_cost(char a, char b) {
  if ((a & 31) != (b & 31)) return MOVE_COST;
  if (a == b) return 0;
  if (a >= 'A' && a <= 'Z') a |= 32;
  if (b >= 'A' && b <= 'Z') b |= 32;
  return a == b ? CASE_COST : MOVE_COST;
}

// Levenshtein's distance in units of 1/MOVE_COST, or max + 1 as soon as it must be larger.
static int distance(const char *a, int na, const char *b, int nb, int max) {
  while (na && nb && *a == *b) a++, b++, na--, nb--;
  while (na && nb && a[na - 1] == b[nb - 1]) na--, nb--;
  if (!na || !nb) return (na + nb) * MOVE_COST;
  if (na > MAX_LENGTH || nb > MAX_LENGTH) return max + 1;
  if (nb < na) {
    const char *swap = a;
    a = b;
    b = swap;
    int n = na;
    na = nb;
    nb = n;
  }
  if ((nb - na) * MOVE_COST > max) return max + 1;
  int row[MAX_LENGTH];
  for (int i = 0; i < na; i++) row[i] = (i + 1) * MOVE_COST;
  int result = 0;
  for (int j = 0; j < nb; j++) {
    int left = j * MOVE_COST, smallest = max + 1;
    result = left;
    int diagonal = left;
    for (int i = 0; i < na; i++) {
      int replace = diagonal + substitution_cost(b[j], a[i]);
      diagonal = row[i];
      int change = (result < diagonal ? result : diagonal) + MOVE_COST;
      result = replace < change ? replace : change;
      row[i] = result;
      if (result < smallest) smallest = result;
    }
    if (smallest > max) return max + 1;
  }
  return result;
}

static Value nearest(Thread *t, Value names, Value name) {
  size_t n;
  const char *text = str_utf8(t, name, &n);
  if (!text || list_length(v_list(names)) >= MAX_NAMES) return V_NULL;
  Value best = V_NULL;
  int best_distance = 0;
  for (int64_t i = 0; i < list_length(v_list(names)); i++) {
    Value item = list_get(t, v_list(names), i);
    size_t m;
    const char *other = !v_is_null(item) && v_is_str(item) ? str_utf8(t, item, &m) : NULL;
    if (other && !str_equal(v_str(item), v_str(name)) && n < 10000 && m < 10000) {
      int max = (int)(n + m + 3) * MOVE_COST / 6;
      if (!v_is_null(best) && best_distance - 1 < max) max = best_distance - 1;
      int d = distance(text, (int)n, other, (int)m, max);
      if (d <= max) {
        v_set(t, &best, v_own(t, item));
        best_distance = d;
      }
    }
    v_drop(t, item);
  }
  return best;
}

static Value from_dict(Thread *t, Value dict, Value name) {
  if (v_is_null(dict) || !v_is_dict(dict)) return V_NULL;
  Value keys = dict_keys_list(t, v_dict(dict));
  Value r = v_is_null(keys) ? V_NULL : nearest(t, keys, name);
  v_drop(t, keys);
  return r;
}

static Value frame_attribute(Thread *t, Value frame, const char *attribute) {
  Value key = str_intern_cstr(t, attribute);
  Value v = v_is_null(key) ? V_NULL : object_getattr(t, frame, key);
  error_clear(t);
  return v;
}

// Looks where the failing frame looked: its locals, globals and builtins.
static Value for_name_error(Thread *t, Value exc) {
  Value name = ((NameErrorException *)v_obj(exc))->name;
  if (v_is_null(name) || !v_is_str(name)) return V_NULL;
  Value tb = exception_get_traceback(t, exc), found = V_NULL;
  if (v_is_none(tb)) return V_NULL;
  for (;;) {
    Value next = frame_attribute(t, tb, "tb_next");
    if (v_is_null(next) || v_is_none(next)) break;
    v_drop(t, tb);
    tb = next;
  }
  Value frame = frame_attribute(t, tb, "tb_frame");
  v_drop(t, tb);
  static const char *const places[] = {"f_locals", "f_globals", "f_builtins"};
  for (int i = 0; i < 3 && !v_is_null(frame) && v_is_null(found); i++) {
    Value dict = frame_attribute(t, frame, places[i]);
    found = from_dict(t, dict, name);
    v_drop(t, dict);
  }
  v_drop(t, frame);
  return found;
}

static Value for_attribute_error(Thread *t, Value exc) {
  AttributeErrorException *e = (AttributeErrorException *)v_obj(exc);
  if (v_is_null(e->name) || v_is_null(e->obj) || !v_is_str(e->name)) return V_NULL;
  Value names = object_dir(t, e->obj);
  Value r = v_is_null(names) ? V_NULL : nearest(t, names, e->name);
  v_drop(t, names);
  return r;
}

Value suggestion_for(Thread *t, Value exc) {
  Value r = V_NULL;
  if (v_type(exc) == &exc_AttributeError) r = for_attribute_error(t, exc);
  else if (type_is_subtype(v_type(exc), &exc_NameError)) r = for_name_error(t, exc);
  error_clear(t);
  return r;
}
