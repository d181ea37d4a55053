// SSLSession: what a client keeps of a connection in order to take up the session again.
#include <string.h>

#include "modules/ssl_internal.h"
#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/object.h"

static SSL_SESSION *session_of(Value v) { return v_ssl_session(v)->session; }

Value ssl_session_of(Thread *t, SslSocket *s) {
  SSL_SESSION *used = libssl.SSL_get_session(s->ssl);
  if (!used) return V_NONE;
  SSL_SESSION *copy = libssl.SSL_SESSION_dup(used);
  if (!copy) return SSL_RAISE(t, NULL);
  Value v = type_generic_alloc(t, &type_ssl_session, 0);
  if (v_is_null(v)) {
    libssl.SSL_SESSION_free(copy);
    return V_NULL;
  }
  v_ssl_session(v)->session = copy;
  v_ssl_session(v)->context = instance_field_load(t, &s->ob, &s->context);
  return v;
}

static void session_dealloc(Thread *t, Object *o) {
  SslSession *s = (SslSession *)o;
  if (s->session) libssl.SSL_SESSION_free(s->session);
  v_drop(t, s->context);
  heap_free_object(t, o);
}
static void session_traverse(Object *o, GcVisit visit, void *arg) { gc_visit_value(((SslSession *)o)->context, visit, arg); }
static void session_clear(Thread *t, Object *o) { v_clear(t, &((SslSession *)o)->context); }

static Value session_compare(UNUSED_OK Thread *t, Value a, Value b, int op) {
  if (v_type(a) != &type_ssl_session || v_type(b) != &type_ssl_session || (op != CMP_EQ && op != CMP_NE)) return V_NOT_IMPLEMENTED;
  unsigned n, m;
  const unsigned char *x = libssl.SSL_SESSION_get_id(session_of(a), &n), *y = libssl.SSL_SESSION_get_id(session_of(b), &m);
  bool same = n == m && memcmp(x, y, n) == 0;
  return v_from_bool(same == (op == CMP_EQ));
}

static Value session_get_id(Thread *t, Value self, UNUSED_OK void *closure) {
  unsigned n;
  const unsigned char *id = libssl.SSL_SESSION_get_id(session_of(self), &n);
  return bytes_from(t, id, n);
}
static Value session_get_time(Thread *t, Value self, UNUSED_OK void *closure) { return int_from_i64(t, libssl.SSL_SESSION_get_time(session_of(self))); }
static Value session_get_timeout(Thread *t, Value self, UNUSED_OK void *closure) {
  return int_from_i64(t, libssl.SSL_SESSION_get_timeout(session_of(self)));
}
static Value session_get_hint(Thread *t, Value self, UNUSED_OK void *closure) {
  unsigned long hint = libssl.SSL_SESSION_get_ticket_lifetime_hint(session_of(self));
  return hint ? int_from_u64(t, hint) : V_NONE;
}
static Value session_get_has_ticket(UNUSED_OK Thread *t, Value self, UNUSED_OK void *closure) {
  return v_from_bool(libssl.SSL_SESSION_has_ticket(session_of(self)));
}

static const GetSetDef session_getset[] = {
    {"has_ticket", session_get_has_ticket, NULL, "Whether the server gave a ticket for it.", NULL},
    {"id", session_get_id, NULL, "What names the session, as bytes.", NULL},
    {"ticket_lifetime_hint", session_get_hint, NULL, "For how many seconds the server takes the ticket; None: it did not say.", NULL},
    {"time", session_get_time, NULL, "When it began, in seconds since the epoch.", NULL},
    {"timeout", session_get_timeout, NULL, "For how many seconds it can be taken up again.", NULL},
    {0},
};
Type type_ssl_session;
static const TypeSpec spec_session = {
    .name = "_ssl.SSLSession",
    .size = sizeof(SslSession),
    .flags = TYPE_NO_INSTANTIATE,
    .slots = {.richcompare = session_compare, .hash = object_hash_not_implemented, .dealloc = session_dealloc, .traverse = session_traverse, .clear = session_clear},
    .getset = session_getset,
};

bool ssl_session_init(Thread *t) { return type_ready(t, &type_ssl_session, &spec_session, 0); }
