// Unit tests of bytes, bytearray and memoryview in C: caches, resizing, exports, views; and a bytearray between threads.
#include "object_layer.h"

#include "objects/buffer.h"
#include "objects/memoryview.h"

static Thread *layer(void) {
  static bool ready;
  Thread *t = object_layer();
  if (!ready) ready = bytearray_init(t) && memoryview_init(t);
  assert_true(ready);
  return t;
}

static Value call1(Value v, const char *method, Value a) { return object_call_method1(layer(), v, name_of(method), a); }

static ByteArray *array_of(Value v) { return (ByteArray *)v_obj(v); }

static void test_bytes_core(void **state) {
  (void)state;
  Thread *t = layer();
  assert_true(v_is(bytes_from(t, "", 0), bytes_empty));
  assert_true(v_is(bytes_from(t, "x", 1), bytes_from_byte('x')));
  Value v = bytes_new(t, 100);
  memset(v_bytes(v)->data, 'z', 100);
  v = bytes_shrink(t, v, 3);
  assert_int_equal(v_bytes(v)->length, 3);
  assert_memory_equal(v_bytes(v)->data, "zzz", 4);
  v_drop(t, v);
  BytesBuilder b;
  bytesb_init(&b, t);
  for (int i = 0; i < 1000; i++) bytesb_put(&b, "abc", 3);
  v = bytesb_finish(&b);
  assert_int_equal(v_bytes(v)->length, 3000);
  assert_memory_equal(v_bytes(v)->data + 2997, "abc", 4);
  v_drop(t, v);
}

static void test_bytearray_exports(void **state) {
  (void)state;
  Thread *t = layer();
  Value b = bytearray_from(t, "abc", 3);
  BufferView view;
  assert_int_equal(buffer_get(t, b, &view, BUFFER_WRITABLE), 0);
  assert_true(v_is_null(call1(b, "append", v_from_smi('d'))));
  assert_raised(&exc_BufferError, "Existing exports of data: object cannot be re-sized");
  ((char *)view.data)[0] = 'X';
  buffer_release(t, &view);
  v_drop(t, call1(b, "append", v_from_smi('d')));
  assert_int_equal(bytearray_length(array_of(b)), 4);
  assert_memory_equal(bytearray_data(array_of(b)), "Xbcd", 4);
  for (int i = 0; i < 5000; i++) v_drop(t, call1(b, "append", v_from_smi(i & 255)));
  for (int i = 0; i < 5000; i++) v_drop(t, object_call_method0(t, b, name_of("pop")));
  assert_int_equal(bytearray_length(array_of(b)), 4);
  v_drop(t, b);
}

static void test_memoryview(void **state) {
  (void)state;
  Thread *t = layer();
  Value b = bytearray_from(t, "abcdef", 6), m = memoryview_from(t, b), n = memoryview_from(t, m);
  assert_int_equal(object_length(t, m), 6);
  v_drop(t, object_call_method0(t, m, name_of("release")));
  assert_int_equal(object_length(t, m), -1);
  assert_raised(&exc_ValueError, "operation forbidden on released memoryview object");
  Value item = object_getitem(t, n, v_from_smi(1));
  assert_int_equal(v_smi(item), 'b');
  assert_true(v_is_null(object_call_method0(t, b, name_of("clear"))));
  assert_raised(&exc_BufferError, "Existing exports of data: object cannot be re-sized");
  assert_int_equal(object_setitem(t, n, v_from_smi(-1), v_from_smi('Z')), 0);
  v_drop(t, n);  // the last view gives the buffer back
  v_drop(t, object_call_method0(t, b, name_of("clear")));
  assert_int_equal(bytearray_length(array_of(b)), 0);
  v_drop(t, m), v_drop(t, b);
}

// --- One bytearray, several threads ---------------------------------------------------------------------------------------------------

enum { THREADS = 4, ROUNDS = 1000 };
static Value shared, shared_names[3];

static void *append_and_pop(void *arg) {
  Thread *t = arg;
  thread_start(t);
  for (int i = 0; i < ROUNDS; i++) {
    v_drop(t, object_call_method1(t, shared, shared_names[0], v_from_smi(i & 127)));
    Value v = object_call_method1(t, shared, shared_names[1], v_from_smi(5));
    assert_true(v_is_smi(v));
    int c = bytearray_get(t, array_of(shared), i % 50);  // beside those who change it
    assert_in_range(c + 1, 0, 128);
    if (i & 1) v_drop(t, object_call_method0(t, shared, shared_names[2]));
    safepoint(t);
  }
  thread_exit(t);
  return NULL;
}

static void test_threads(void **state) {
  (void)state;
  Thread *t = layer();
  shared = bytearray_from(t, "", 0);
  static const char *const names[3] = {"append", "count", "pop"};
  for (int i = 0; i < 3; i++) shared_names[i] = name_of(names[i]);
  pthread_t threads[THREADS];
  for (int i = 0; i < THREADS; i++) pthread_create(&threads[i], NULL, append_and_pop, thread_new(t));
  ALLOW_THREADS_BEGIN(t)
  for (int i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
  ALLOW_THREADS_END
  assert_int_equal(bytearray_length(array_of(shared)), THREADS * ROUNDS / 2);
  v_drop(t, shared);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_bytes_core), cmocka_unit_test(test_bytearray_exports), cmocka_unit_test(test_memoryview), cmocka_unit_test(test_threads),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
