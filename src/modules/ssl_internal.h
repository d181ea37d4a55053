// What the files of _ssl share: libssl and libcrypto, the objects, the locks, errors.
//
// Locking. libssl allows one thread at a time in an SSL, and says nothing good about an SSL_CTX that is changed while its SSLs are used. So:
//   - SslSocket.lock is held for each call that takes its SSL. Such a call never waits for the peer: the transports below (ssl_transport.c) do
//     not block, so the call comes back, the lock is let go, and only then does the thread wait (ssl_socket.c). A thread that reads and
//     another that writes therefore do not keep each other waiting. A write that has to wait holds write_turn meanwhile, as libssl wants an
//     unfinished write to be taken up by the same writer.
//   - SslContext.gate is held shared for calls that use the SSL_CTX, those on its SSLs among them, and exclusively for changes.
//     A context that an SNI callback switches its connection to is gated from the connection's next call on: for the rest of that one step,
//     changing it elsewhere is as unsafe as in python3.11.
//   - Calls that may take long run detached, and libssl calls back in their midst (SNI, messages, passwords): a callback attaches and runs
//     Python code with the locks held. Its thread may use the same objects again: `lock` can be taken again by its owner, and a thread that is
//     inside one gate passes all others. What a callback must not do is wait for another thread that needs the very connection, or that
//     wants to change the very context.
//   Order: write_turn, lock, gate, then leaves (a MemoryBIO's lock, a context's log lock).
// Errors that libssl notes lie in a queue of the OS thread's; every call begins with an empty one and takes what it needs before it attaches.
#ifndef WEFT_MODULES_SSL_INTERNAL_H
#define WEFT_MODULES_SSL_INTERNAL_H

#define OPENSSL_SUPPRESS_DEPRECATED 1   // DH parameters of before 3.0: their errors are CPython's
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <stdio.h>

#include "modules/owned_lock.h"
#include "modules/shared_library.h"
#include "objects/instance.h"
#include "objects/text_native.h"

#define LIBSSL_FUNCTIONS(X)                                                                                                                 \
  X(OPENSSL_init_ssl) X(TLS_method) X(TLS_client_method) X(TLS_server_method) X(TLSv1_method) X(TLSv1_1_method) X(TLSv1_2_method)           \
  X(SSL_CTX_new) X(SSL_CTX_free) X(SSL_CTX_ctrl) X(SSL_CTX_callback_ctrl) X(SSL_CTX_get_options) X(SSL_CTX_set_options)                     \
  X(SSL_CTX_clear_options) X(SSL_CTX_get_verify_mode) X(SSL_CTX_set_verify) X(SSL_CTX_get_verify_callback) X(SSL_CTX_get0_param)            \
  X(SSL_CTX_set_session_id_context) X(SSL_CTX_set_post_handshake_auth) X(SSL_CTX_set_cipher_list) X(SSL_CTX_set_alpn_protos)                \
  X(SSL_CTX_set_alpn_select_cb) X(SSL_CTX_set_default_passwd_cb) X(SSL_CTX_set_default_passwd_cb_userdata)                                  \
  X(SSL_CTX_get_default_passwd_cb) X(SSL_CTX_get_default_passwd_cb_userdata) X(SSL_CTX_use_certificate_chain_file)                          \
  X(SSL_CTX_use_PrivateKey_file) X(SSL_CTX_check_private_key) X(SSL_CTX_load_verify_locations) X(SSL_CTX_set_default_verify_paths)          \
  X(SSL_CTX_get_cert_store) X(SSL_CTX_get_num_tickets) X(SSL_CTX_set_num_tickets) X(SSL_CTX_get_security_level) X(SSL_CTX_set_msg_callback) \
  X(SSL_CTX_set_keylog_callback) X(SSL_select_next_proto) X(SSL_new) X(SSL_free) X(SSL_ctrl) X(SSL_get_SSL_CTX) X(SSL_set_SSL_CTX)          \
  X(SSL_set_ex_data) X(SSL_get_ex_data) X(SSL_set_bio) X(SSL_set_session_id_context) X(SSL_get_verify_mode) X(SSL_get_verify_callback)      \
  X(SSL_set_verify) X(SSL_set_post_handshake_auth) X(SSL_get0_param) X(SSL_set_connect_state) X(SSL_set_accept_state) X(SSL_do_handshake)   \
  X(SSL_read_ex) X(SSL_write_ex) X(SSL_shutdown) X(SSL_pending) X(SSL_get_error) X(SSL_get_shutdown) X(SSL_set_read_ahead)                  \
  X(SSL_get_verify_result) X(SSL_is_init_finished) X(SSL_get1_peer_certificate) X(SSL_get_peer_cert_chain) X(SSL_get0_verified_chain)       \
  X(SSL_get_ciphers) X(SSL_get_current_cipher) X(SSL_get_version) X(SSL_get0_alpn_selected)                       \
  X(SSL_get_current_compression) X(SSL_get_finished) X(SSL_get_peer_finished) X(SSL_verify_client_post_handshake) X(SSL_session_reused)     \
  X(SSL_get_session) X(SSL_set_session) X(SSL_SESSION_free) X(SSL_SESSION_get_id) X(SSL_SESSION_get_time) X(SSL_SESSION_get_timeout)        \
  X(SSL_SESSION_has_ticket) X(SSL_SESSION_get_ticket_lifetime_hint) X(SSL_SESSION_dup) X(SSL_set_msg_callback) X(SSL_get_servername)        \
  X(SSL_CIPHER_get_name) X(SSL_CIPHER_get_version) X(SSL_CIPHER_get_bits) X(SSL_CIPHER_get_id) X(SSL_CIPHER_description)                    \
  X(SSL_CIPHER_is_aead) X(SSL_CIPHER_get_cipher_nid) X(SSL_CIPHER_get_digest_nid) X(SSL_CIPHER_get_kx_nid) X(SSL_CIPHER_get_auth_nid)
#define LIBCRYPTO_FUNCTIONS(X)                                                                                                              \
  X(ERR_peek_last_error) X(ERR_get_error) X(ERR_clear_error) X(ERR_reason_error_string) X(OpenSSL_version) X(OpenSSL_version_num)           \
  X(BIO_meth_new) X(BIO_meth_set_read) X(BIO_meth_set_write) X(BIO_meth_set_ctrl) X(BIO_new) X(BIO_new_file) X(BIO_free) X(BIO_set_data)    \
  X(BIO_get_data) X(BIO_set_init) X(BIO_set_flags) X(BIO_clear_flags) X(BIO_s_mem) X(BIO_new_mem_buf) X(BIO_ctrl) X(BIO_gets) X(BIO_read)   \
  X(OPENSSL_sk_num) X(OPENSSL_sk_value) X(CRYPTO_free) X(OBJ_txt2obj) X(OBJ_nid2obj) X(OBJ_obj2nid) X(OBJ_nid2sn) X(OBJ_nid2ln)             \
  X(OBJ_sn2nid) X(OBJ_obj2txt) X(ASN1_OBJECT_free) X(RAND_add) X(RAND_bytes) X(RAND_status) X(X509_get_default_cert_file_env)               \
  X(X509_get_default_cert_file) X(X509_get_default_cert_dir_env) X(X509_get_default_cert_dir) X(X509_VERIFY_PARAM_set_flags)                \
  X(X509_VERIFY_PARAM_clear_flags) X(X509_VERIFY_PARAM_get_flags) X(X509_VERIFY_PARAM_set_hostflags) X(X509_VERIFY_PARAM_set1_host)         \
  X(X509_VERIFY_PARAM_set1_ip) X(a2i_IPADDRESS) X(ASN1_OCTET_STRING_free) X(ASN1_STRING_get0_data) X(ASN1_STRING_length)                    \
  X(ASN1_STRING_type) X(ASN1_STRING_to_UTF8) X(ASN1_TIME_print) X(i2a_ASN1_INTEGER) X(i2d_X509) X(d2i_X509_bio) X(PEM_read_bio_X509)        \
  X(PEM_write_bio_X509) X(PEM_write_bio_X509_AUX) X(PEM_read_bio_DHparams) X(DH_free) X(X509_free) X(X509_up_ref) X(X509_cmp)               \
  X(X509_check_ca) X(X509_get_subject_name) X(X509_get_issuer_name) X(X509_get_version) X(X509_get_serialNumber) X(X509_get0_notBefore)     \
  X(X509_get0_notAfter) X(X509_get_ext_d2i) X(X509_subject_name_hash) X(X509_NAME_entry_count) X(X509_NAME_get_entry)                       \
  X(X509_NAME_ENTRY_get_object) X(X509_NAME_ENTRY_get_data) X(X509_NAME_ENTRY_set) X(X509_NAME_print_ex) X(GENERAL_NAME_print)              \
  X(GENERAL_NAMES_free) X(AUTHORITY_INFO_ACCESS_free) X(CRL_DIST_POINTS_free) X(X509_STORE_add_cert) X(X509_STORE_get0_objects)             \
  X(X509_STORE_lock) X(X509_STORE_unlock) X(X509_OBJECT_get_type) X(X509_OBJECT_get0_X509) X(X509_verify_cert_error_string)                 \
  X(COMP_get_type)
extern struct LibSsl { LIBSSL_FUNCTIONS(LIBRARY_FIELD) } libssl;              // both constant once loaded
extern struct LibCrypto { LIBCRYPTO_FUNCTIONS(LIBRARY_FIELD) } libcrypto;

// Stacks: the typed wrappers of OpenSSL's headers would have to be linked.
static inline int stack_length(const void *stack) { return stack ? libcrypto.OPENSSL_sk_num(stack) : 0; }
static inline void *stack_item(const void *stack, int i) { return libcrypto.OPENSSL_sk_value(stack, i); }

enum { TLS_ANY = 2, TLS_1 = 3, TLS_1_1 = 4, TLS_1_2 = 5, TLS_CLIENT = 16, TLS_SERVER = 17 };   // PROTOCOL_*
enum { CERTIFICATE_PEM = 1, CERTIFICATE_DER = 2, CERTIFICATE_PEM_TRUSTED = 0x101 };            // ENCODING_*

typedef struct SslContext {
  Object ob;
  SSL_CTX *ctx;                    // constant
  int protocol;                    // constant; TLS_ANY...
  pthread_rwlock_t gate;
  a32 gate_fork_count;             // thread_fork_count() when the gate was made: another process's holders are not waited for
  bool has_gate;
  a32 check_hostname, host_flags, post_handshake_auth;
  uint8_t *alpn;                   // what a server offers, in wire format; under the gate
  uint32_t alpn_length;
  Value sni_callback, msg_callback, keylog_filename;   // owned; instance_field_load and instance_field_store
  Mutex keylog_lock;
  FILE *keylog;                    // under keylog_lock; NULL: none
} SslContext;

typedef struct SslSocket {
  Object ob;
  OwnedLock lock, write_turn;
  SSL *ssl;                        // constant; its use: under lock
  bool server;                     // constant
  Value socket;                    // weak reference to the socket, V_NULL: two MemoryBIOs in its place; constant
  Value incoming, outgoing;        // those, owned; constant
  Value server_hostname;           // str or V_NULL; constant
  Value first_context;             // weak reference to the context it was made with; constant
  Value context, owner;            // the latter a weak reference or V_NULL; instance_field_load and instance_field_store
  // Under lock:
  int fd;                          // where the transport sends to and receives from; what it was when the call began
  bool at_end;                     // the transport has met the end of the stream
  bool shutdown_sent;              // ours was sent, and the peer's is to be read
  Value raised;                    // an exception that a callback left; V_NULL: none
} SslSocket;

typedef struct MemoryBio {
  Object ob;
  Mutex lock;                      // a leaf: raw_mutex_lock
  char *data;                      // [start, end) wait to be read; all under lock
  size_t start, end, capacity;
  bool eof_written;
} MemoryBio;

typedef struct SslSession {
  Object ob;
  SSL_SESSION *session;            // constant, never changed by libssl: a copy of what connections use
  Value context;                   // owned, constant
} SslSession;

extern Type type_ssl_context, type_ssl_socket, type_ssl_memory_bio, type_ssl_session, type_ssl_certificate, type_ssl_error;
static inline SslContext *v_ssl_context(Value v) { return (SslContext *)v_obj(v); }
static inline SslSocket *v_ssl_socket(Value v) { return (SslSocket *)v_obj(v); }
static inline MemoryBio *v_memory_bio(Value v) { return (MemoryBio *)v_obj(v); }
static inline SslSession *v_ssl_session(Value v) { return (SslSession *)v_obj(v); }
static inline bool ssl_is_a(Value v, const Type *type) { return v_type(v) == type || type_is_subtype(v_type(v), type); }

// --- Errors (ssl_error.c) -----------------------------------------------------------------------------------------------------------------
extern struct SslErrors { Value zero_return, want_read, want_write, syscall, eof, certificate; } ssl_errors;   // classes; constant once made
enum { PY_SSL_NONE, PY_SSL_SSL, PY_SSL_WANT_READ, PY_SSL_WANT_WRITE, PY_SSL_WANT_X509_LOOKUP, PY_SSL_SYSCALL, PY_SSL_ZERO_RETURN,
       PY_SSL_WANT_CONNECT, PY_SSL_EOF, PY_SSL_NO_SOCKET, PY_SSL_INVALID };   // SSL_ERROR_*

// How a call that takes an SSL went.
typedef struct SslOutcome {
  int result, error, err;          // of the call; of SSL_get_error; errno
  unsigned long code;              // the last of libssl's errors, 0: none
  long verified;                   // SSL_get_verify_result
  bool closed;                     // the peer's close_notify has come, and ours has not been sent
} SslOutcome;
// Raises what it means. V_NULL.
#define SSL_RAISE_OUTCOME(t, s, outcome) ssl_raise_outcome((t), (s), (outcome), __LINE__)
Value ssl_raise_outcome(Thread *t, SslSocket *s, const SslOutcome *outcome, int line);
// Raises SSLError with libssl's last error, or with words of our own. Empties the queue. V_NULL.
#define SSL_RAISE(t, text) ssl_raise((t), (text), __LINE__)
Value ssl_raise(Thread *t, const char *text /* NULL: libssl's */, int line);
// type("_ssl.c:LINE: text"), as CPython words some.
#define SSL_RAISE_AT(t, type, text) raise_error((t), (type), "_ssl.c:%d: %s", __LINE__, (text))
bool ssl_error_init(Thread *t, Value m);

// --- Names of errors (ssl_names.c) --------------------------------------------------------------------------------------------------------
enum { SSL_NAME_SIZE = 128 };
const char *ssl_library_name(int library);                       // "SSL"; NULL: it has none
bool ssl_reason_name(int library, int reason, char name[SSL_NAME_SIZE]);   // "WRONG_VERSION_NUMBER"; false: it has none
int ssl_names_add(Thread *t, Value m);                           // the module's tables of them

// --- Contexts -----------------------------------------------------------------------------------------------------------------------------
// Opens the gate, shared or to change the context. May wait, detached. Pairs with context_leave on the same thread.
void context_enter(Thread *t, SslContext *c, bool change);
void context_leave(SslContext *c);
int context_verify_mode(const SslContext *c);                    // CERT_*; the gate is open
// Methods of ssl_context_load.c: certificates, keys, what else is read from files.
NATIVE(ssl_context_load_cert_chain);
NATIVE(ssl_context_load_dh_params);
NATIVE(ssl_context_load_verify_locations);
NATIVE(ssl_context_set_default_verify_paths);
NATIVE(ssl_context_cert_store_stats);
NATIVE(ssl_context_get_ca_certs);
bool ssl_context_init(Thread *t);

// --- Callbacks ----------------------------------------------------------------------------------------------------------------------------
// Attributes of contexts that hold callbacks.
#define SSL_CALLBACK_ATTRIBUTE(name)                                         \
  Value ssl_context_get_##name(Thread *t, Value self, void *closure);        \
  int ssl_context_set_##name(Thread *t, Value self, Value value, void *closure)
SSL_CALLBACK_ATTRIBUTE(sni);
SSL_CALLBACK_ATTRIBUTE(msg);
SSL_CALLBACK_ATTRIBUTE(keylog);
void ssl_context_on_message(int writing, int version, int kind, const void *data, size_t size, SSL *ssl, void *arg);
int ssl_context_on_alpn(SSL *ssl, const unsigned char **out, unsigned char *out_length, const unsigned char *in, unsigned in_length, void *arg);
void context_close_keylog(Thread *t, SslContext *c);

// --- Transports ---------------------------------------------------------------------------------------------------------------------------
// What an SSL reads from and writes to: neither blocks. Borrow their objects, which outlive the SSL. NULL: no memory.
BIO *transport_of_socket(SslSocket *s);
BIO *transport_of_memory(MemoryBio *m);
bool transport_init(Thread *t);
bool ssl_memory_bio_init(Thread *t);

// --- Connections --------------------------------------------------------------------------------------------------------------------------
// socket: a socket object, or V_NULL and two MemoryBIOs. hostname: str or None; owner, session: V_ABSENT or None where there is none.
Value ssl_socket_new(Thread *t, Value context, Value socket, Value incoming, Value outgoing, bool server, Value hostname, Value owner, Value session);
// Methods and attributes of ssl_socket_info.c: what a connection can be asked.
NATIVE(ssl_socket_getpeercert);
NATIVE(ssl_socket_get_channel_binding);
NATIVE(ssl_socket_cipher);
NATIVE(ssl_socket_shared_ciphers);
NATIVE(ssl_socket_version);
NATIVE(ssl_socket_selected_alpn_protocol);
NATIVE(ssl_socket_compression);
NATIVE(ssl_socket_get_unverified_chain);
NATIVE(ssl_socket_get_verified_chain);
extern const GetSetDef ssl_socket_getset[];
int ssl_socket_set_session(Thread *t, SslSocket *s, Value session);   // 0, -1
int ssl_socket_set_owner(Thread *t, SslSocket *s, Value owner);
bool ssl_socket_init(Thread *t);
bool ssl_session_init(Thread *t);
Value ssl_session_of(Thread *t, SslSocket *s);                   // an SSLSession or None; the connection is locked

// --- Certificates -------------------------------------------------------------------------------------------------------------------------
Value certificate_decode(Thread *t, X509 *certificate);          // the dict that getpeercert() gives
Value certificate_der(Thread *t, X509 *certificate);             // bytes
Value certificate_new(Thread *t, X509 *certificate);             // a Certificate, which takes a reference of its own
Value certificate_list(Thread *t, const STACK_OF(X509) *chain);  // list of Certificates
bool ssl_certificate_init(Thread *t);
// The dotted numbers or the name of an object.
Value ssl_object_text(Thread *t, const ASN1_OBJECT *object, bool numbers);

// --- Ciphers (ssl_cipher.c) ---------------------------------------------------------------------------------------------------------------
Value cipher_tuple(Thread *t, const SSL_CIPHER *cipher);         // (name, protocol, bits)
Value cipher_dict(Thread *t, const SSL_CIPHER *cipher);

#endif
