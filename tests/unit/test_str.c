// Unit tests of str: kinds, caches, interning, growth in place, the builder, searching, UTF-8; and sharing between threads.
#include "object_layer.h"

#include "objects/codecs.h"
#include "objects/str_impl.h"
#include "objects/text_search.h"

static void assert_text(Value v, const char *utf8) {
  assert_false(v_is_null(v));
  Value expected = str_from_cstr(object_layer(), utf8);
  assert_true(str_equal(v_str(v), v_str(expected)));
  v_drop(object_layer(), expected);
}

static void test_kinds(void **state) {
  (void)state;
  Thread *t = object_layer();
  static const struct { const char *utf8; int kind; bool ascii; int64_t length; } cases[] = {
    {"", 1, true, 0}, {"abc", 1, true, 3}, {"ab\u00e9", 1, false, 3}, {"a\u20ac", 2, false, 2}, {"\U0001F600x", 4, false, 2},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    Value v = str_from_cstr(t, cases[i].utf8);
    assert_int_equal(str_kind(v_str(v)), cases[i].kind);
    assert_int_equal(str_is_ascii(v_str(v)), cases[i].ascii);
    assert_int_equal(v_str(v)->length, cases[i].length);
    assert_string_equal(str_utf8(t, v, NULL), cases[i].utf8);
    v_drop(t, v);
  }
  Value wide = str_from_cstr(t, "\U0001F600bc"), narrow = str_slice(t, wide, 1, 3);
  assert_int_equal(str_kind(v_str(narrow)), 1);
  assert_true(str_is_ascii(v_str(narrow)));
  v_drop(t, wide), v_drop(t, narrow);
}

static void test_cached_characters(void **state) {
  (void)state;
  Thread *t = object_layer();
  for (uint32_t c = 0; c < 256; c++) {
    Value v = str_from_char(t, c);
    assert_true(v.w & 1);
    assert_true(v_is(v, str_from_ucs4(t, &c, 1)));
    assert_int_equal(v_str(v)->length, 1);
  }
  Value v = str_from_cstr(t, "xyz"), x = str_slice(t, v, 0, 1);
  assert_true(v_is(x, str_from_char(t, 'x')));
  assert_true(v_is(str_slice(t, v, 2, 2), str_empty));
  v_drop(t, v);
}

static void test_intern(void **state) {
  (void)state;
  Thread *t = object_layer();
  Value a = str_intern(t, str_from_cstr(t, "a name to intern")), b = str_intern(t, str_from_cstr(t, "a name to intern"));
  assert_true(v_is(a, b));
  assert_false(object_is_immortal(v_obj(a)));
  Value fixed = str_intern_immortal(t, str_from_cstr(t, "a name to keep"));
  assert_true(object_is_immortal(v_obj(fixed)));
  assert_true(v_is(fixed, str_intern(t, str_from_cstr(t, "a name to keep"))));
  Value kept = str_intern_immortal(t, str_from_cstr(t, "a name to intern"));
  assert_true(v_is(kept, a));  // in use already, and immortal from now on
  assert_true(object_is_immortal(v_obj(kept)));
  v_drop(t, a), v_drop(t, b), v_drop(t, kept);
  assert_true(v_is(kept, str_intern_immortal(t, str_from_cstr(t, "a name to intern"))));
  for (int round = 0; round < 3; round++)  // mortal ones leave the table and may come again
    for (int i = 0; i < 20000; i++) {
      char name[32];
      snprintf(name, sizeof name, "mortal %d", i);
      v_drop(t, str_intern(t, str_from_cstr(t, name)));
    }
}

static void test_append(void **state) {
  (void)state;
  Thread *t = object_layer();
  Value s = str_from_cstr(t, "ab"), piece = str_from_cstr(t, "cd"), accent = str_from_cstr(t, "\u00e9"), euro = str_from_cstr(t, "\u20ac");
  int moves = 0;
  Object *before = v_obj(s);
  for (int i = 0; i < 1000; i++) {
    str_hash(v_str(s));
    s = str_append(t, s, piece);
    moves += v_obj(s) != before;
    before = v_obj(s);
  }
  assert_int_equal(v_str(s)->length, 2002);
  assert_true(moves < 40);
  assert_int_equal(str_hash(v_str(s)), hash_bytes(v_str(s)->data, 2002));
  Value other = v_own(t, s);  // shared: must not change
  s = str_append(t, s, accent);
  assert_int_equal(v_str(other)->length, 2002);
  assert_int_equal(v_str(s)->length, 2003);
  assert_false(str_is_ascii(v_str(s)));
  s = str_append(t, s, euro);
  assert_int_equal(str_kind(v_str(s)), 2);
  assert_int_equal(str_char(v_str(s), 2002), 0xE9);
  s = str_append(t, s, s);
  assert_int_equal(v_str(s)->length, 4008);
  v_drop(t, s), v_drop(t, other), v_drop(t, piece), v_drop(t, accent), v_drop(t, euro);
}

static void test_builder(void **state) {
  (void)state;
  Thread *t = object_layer();
  StrBuilder b;
  strb_init(&b, t);
  assert_true(v_is(strb_finish(&b), str_empty));
  for (int i = 0; i < 500; i++) strb_cstr(&b, "ab");
  strb_char(&b, 0x20AC);
  strb_fill(&b, '-', 3);
  strb_char(&b, 0x1F600);
  Value v = strb_finish(&b);
  assert_int_equal(v_str(v)->length, 1005);
  assert_int_equal(str_char(v_str(v), 1000), 0x20AC);
  assert_int_equal(str_char(v_str(v), 1004), 0x1F600);
  strb_slice(&b, v_str(v), 0, 4);
  Value head = strb_finish(&b);
  assert_text(head, "abab");
  assert_int_equal(str_kind(v_str(head)), 1);
  v_drop(t, v), v_drop(t, head);
}

static void test_format(void **state) {
  (void)state;
  Thread *t = object_layer();
  Value name = str_from_cstr(t, "n\u00e4me"), v = str_from_format(t, "%s=%d|%5s|%-5s|%.2s|%U|%R|%T|%c|%x|%%|%zd|%05d|%N", "x", -3, "ab", "cd", "xyz", name, name,
                                                                  v_from_smi(1), 0x20AC, 255u, (size_t)7, 42, &type_str);
  assert_text(v, "x=-3|   ab|cd   |xy|n\u00e4me|'n\u00e4me'|int|\u20ac|ff|%|7|00042|str");
  v_drop(t, v), v_drop(t, name);
}

// Every search must agree with the obvious one, on texts made to hit the linear fallback too.
static int64_t naive_find(const uint8_t *s, int64_t n, const uint8_t *p, int64_t m) {
  for (int64_t i = 0; i + m <= n; i++)
    if (memcmp(s + i, p, (size_t)m) == 0) return i;
  return -1;
}

static void test_search(void **state) {
  (void)state;
  uint32_t seed = 1;
  uint8_t s[400], p[40];
  for (int round = 0; round < 20000; round++) {
    int64_t n = (seed = seed * 1103515245 + 12345) >> 16 & 255, m = ((seed = seed * 1103515245 + 12345) >> 16) % 12;
    for (int64_t i = 0; i < n; i++) s[i] = (uint8_t)('a' + (((seed = seed * 1103515245 + 12345) >> 16) % 8 == 0));
    for (int64_t i = 0; i < m; i++) p[i] = (uint8_t)('a' + (((seed = seed * 1103515245 + 12345) >> 16) % 8 == 0));
    int64_t expected = naive_find(s, n, p, m), last = -1;
    for (int64_t i = 0; i + m <= n; i++)
      if (memcmp(s + i, p, (size_t)m) == 0) last = i;
    assert_int_equal(text_find(1, s, n, p, m), expected);
    assert_int_equal(text_rfind(1, s, n, p, m), m ? last : n);
    uint16_t s2[400], p2[40];
    uint32_t s4[400], p4[40];
    for (int64_t i = 0; i < n; i++) s2[i] = s[i] == 'a' ? 0x0101 : 0x0100, s4[i] = s2[i];
    for (int64_t i = 0; i < m; i++) p2[i] = p[i] == 'a' ? 0x0101 : 0x0100, p4[i] = p2[i];
    assert_int_equal(text_find(2, s2, n, p2, m), expected);
    assert_int_equal(text_find(4, s4, n, p4, m), expected);
    assert_int_equal(text_rfind(2, s2, n, p2, m), m ? last : n);
    int64_t count = 0;
    if (m)
      for (int64_t i = 0, at; (at = naive_find(s + i, n - i, p, m)) >= 0; i += at + m) count++;
    else count = n + 1;
    assert_int_equal(text_count(1, s, n, p, m, INT64_MAX), count);
  }
}

static void test_utf8_errors(void **state) {
  (void)state;
  Thread *t = object_layer();
  assert_true(v_is_null(str_from_utf8(t, "ab\xff", 3)));
  assert_raised(&exc_UnicodeDecodeError, "'utf-8' codec can't decode byte 0xff in position 2: invalid start byte");
  assert_true(v_is_null(str_from_utf8(t, "\xe2\x82", 2)));
  assert_raised(&exc_UnicodeDecodeError, "'utf-8' codec can't decode bytes in position 0-1: unexpected end of data");
  Value v = str_from_utf8_surrogatepass(t, "\xed\xa0\x80", 3);
  assert_int_equal(str_char(v_str(v), 0), 0xD800);
  assert_null(str_utf8(t, v, NULL));
  assert_raised(&exc_UnicodeEncodeError, "'utf-8' codec can't encode character '\\ud800' in position 0: surrogates not allowed");
  v_drop(t, v);
  v = str_decode_fs(t, "a\xff", 2);
  Value bytes = str_encode_fs(t, v);
  assert_int_equal(v_bytes(bytes)->length, 2);
  assert_int_equal((uint8_t)v_bytes(bytes)->data[1], 0xFF);
  v_drop(t, v), v_drop(t, bytes);
  size_t used;
  v = utf8_decode(t, "a\xe2\x82", 3, NULL, &used);
  assert_int_equal(used, 1);
  assert_text(v, "a");
}

// --- Threads: the caches and the intern table under several hands --------------------------------------------------------------------

enum { THREADS = 4, ROUNDS = 2000 };
static Value shared_text;

static void *use_shared(void *arg) {
  Thread *t = arg;
  thread_start(t);
  for (int i = 0; i < ROUNDS; i++) {
    assert_int_equal(str_hash(v_str(shared_text)), hash_bytes(v_str(shared_text)->data, (size_t)v_str(shared_text)->length * 2));
    assert_string_equal(str_utf8(t, shared_text, NULL), "shared \u20ac text");
    char name[32];
    snprintf(name, sizeof name, "interned %d", i % 50);
    Value a = str_intern(t, str_from_cstr(t, name)), b = str_intern(t, str_from_cstr(t, name));
    assert_true(v_is(a, b));
    if (i % 100 == 7) v_drop(t, str_intern_immortal(t, v_own(t, a)));
    v_drop(t, a), v_drop(t, b);
    safepoint(t);
  }
  thread_exit(t);
  return NULL;
}

static void test_threads(void **state) {
  (void)state;
  Thread *t = object_layer();
  shared_text = str_from_cstr(t, "shared \u20ac text");
  pthread_t threads[THREADS];
  for (int i = 0; i < THREADS; i++) {
    Thread *child = thread_new(t);
    assert_non_null(child);
    pthread_create(&threads[i], NULL, use_shared, child);
  }
  ALLOW_THREADS_BEGIN(t)
  for (int i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
  ALLOW_THREADS_END
  v_drop(t, shared_text);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_kinds), cmocka_unit_test(test_cached_characters), cmocka_unit_test(test_intern), cmocka_unit_test(test_append),
    cmocka_unit_test(test_builder), cmocka_unit_test(test_format), cmocka_unit_test(test_search), cmocka_unit_test(test_utf8_errors),
    cmocka_unit_test(test_threads),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
