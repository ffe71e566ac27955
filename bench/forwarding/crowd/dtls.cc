#include "dtls.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <stdexcept>

namespace crowd {
namespace {

// What browsers agree on with these servers; one suite alone, so that every server does the same work.
constexpr const char* SUITE = "SRTP_AES128_CM_SHA1_80";
constexpr size_t KEY = 16, SALT = 14;
constexpr int MTU = 1200;

int accept_any(int, X509_STORE_CTX*) { return 1; }

std::string fingerprint_of(X509* certificate) {
  uint8_t digest[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  X509_digest(certificate, EVP_sha256(), digest, &size);
  std::string text;
  for (unsigned i = 0; i < size; i++) {
    char byte[4];
    snprintf(byte, sizeof byte, "%s%02X", i == 0 ? "" : ":", digest[i]);
    text += byte;
  }
  return text;
}

srtp_t session(const uint8_t* key, const uint8_t* salt, srtp_ssrc_type_t direction) {
  uint8_t joined[KEY + SALT];
  memcpy(joined, key, KEY);
  memcpy(joined + KEY, salt, SALT);
  srtp_policy_t policy;
  memset(&policy, 0, sizeof policy);
  srtp_crypto_policy_set_aes_cm_128_hmac_sha1_80(&policy.rtp);
  srtp_crypto_policy_set_aes_cm_128_hmac_sha1_80(&policy.rtcp);
  policy.ssrc.type = direction;
  policy.key = joined;
  policy.window_size = 1024;
  policy.allow_repeat_tx = 1;
  srtp_t made = nullptr;
  if (srtp_create(&made, &policy) != srtp_err_status_ok) throw std::runtime_error("srtp_create");
  return made;
}

}  // namespace

Identity::Identity() : context_(SSL_CTX_new(DTLS_method())) {
  EVP_PKEY* key = EVP_EC_gen("P-256");
  X509* certificate = X509_new();
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate), -86'400);
  X509_gmtime_adj(X509_getm_notAfter(certificate), 30 * 86'400);
  X509_set_pubkey(certificate, key);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_ASC,
                             reinterpret_cast<const uint8_t*>("crowd"), -1, -1, 0);
  X509_set_issuer_name(certificate, X509_get_subject_name(certificate));
  X509_sign(certificate, key, EVP_sha256());
  SSL_CTX_use_certificate(context_, certificate);
  SSL_CTX_use_PrivateKey(context_, key);
  SSL_CTX_set_verify(context_, SSL_VERIFY_PEER, accept_any);
  SSL_CTX_set_min_proto_version(context_, DTLS1_2_VERSION);
  if (SSL_CTX_set_tlsext_use_srtp(context_, SUITE) != 0) throw std::runtime_error("use_srtp");
  fingerprint_ = fingerprint_of(certificate);
  X509_free(certificate);
  EVP_PKEY_free(key);
}

Identity::~Identity() { SSL_CTX_free(context_); }

Dtls::Dtls(const Identity& identity, bool client, Send send)
    : ssl_(SSL_new(identity.context())),
      in_(BIO_new(BIO_s_mem())),
      out_(BIO_new(BIO_s_mem())),
      client_(client),
      send_(std::move(send)) {
  BIO_set_mem_eof_return(in_, -1);
  SSL_set_bio(ssl_, in_, out_);
  SSL_set_options(ssl_, SSL_OP_NO_QUERY_MTU);
  SSL_set_mtu(ssl_, MTU);
  if (client)
    SSL_set_connect_state(ssl_);
  else
    SSL_set_accept_state(ssl_);
}

Dtls::~Dtls() {
  if (sending_ != nullptr) srtp_dealloc(sending_);
  if (receiving_ != nullptr) srtp_dealloc(receiving_);
  SSL_free(ssl_);
}

void Dtls::start() {
  if (client_) proceed();
}

void Dtls::receive(const uint8_t* data, size_t size) {
  BIO_write(in_, data, int(size));
  if (connected()) {
    uint8_t rest[2048];
    while (SSL_read(ssl_, rest, sizeof rest) > 0) continue;
    ERR_clear_error();
    flush();
  } else {
    proceed();
  }
}

void Dtls::tick() {
  if (connected() || failed_) return;
  timeval left;
  if (DTLSv1_get_timeout(ssl_, &left) == 1 && left.tv_sec == 0 && left.tv_usec == 0) {
    DTLSv1_handle_timeout(ssl_);
    flush();
  }
}

void Dtls::proceed() {
  ERR_clear_error();
  const int result = SSL_do_handshake(ssl_);
  flush();
  if (result == 1) {
    open_srtp();
  } else if (SSL_get_error(ssl_, result) != SSL_ERROR_WANT_READ) {
    failed_ = true;
  }
}

// One flight may hold several records; each has to travel in a datagram of its own.
void Dtls::flush() {
  char* data = nullptr;
  long size = BIO_get_mem_data(out_, &data);
  const auto* at = reinterpret_cast<const uint8_t*>(data);
  while (size >= 13) {
    const long record = 13 + get16(at + 11);
    if (record > size) break;
    send_(at, size_t(record));
    at += record;
    size -= record;
  }
  (void)BIO_reset(out_);
}

void Dtls::open_srtp() {
  uint8_t keys[2 * (KEY + SALT)];
  constexpr const char* LABEL = "EXTRACTOR-dtls_srtp";
  if (SSL_get_selected_srtp_profile(ssl_) == nullptr ||
      SSL_export_keying_material(ssl_, keys, sizeof keys, LABEL, strlen(LABEL), nullptr, 0, 0) != 1) {
    failed_ = true;
    return;
  }
  const uint8_t* client_salt = keys + 2 * KEY;
  const uint8_t *own_key = keys, *own_salt = client_salt;
  const uint8_t *their_key = keys + KEY, *their_salt = client_salt + SALT;
  if (!client_) {
    std::swap(own_key, their_key);
    std::swap(own_salt, their_salt);
  }
  receiving_ = session(their_key, their_salt, ssrc_any_inbound);
  sending_ = session(own_key, own_salt, ssrc_any_outbound);
}

bool Dtls::protect(uint8_t* packet, int* size) const {
  return srtp_protect(sending_, packet, size) == srtp_err_status_ok;
}
bool Dtls::protect_rtcp(uint8_t* packet, int* size) const {
  return srtp_protect_rtcp(sending_, packet, size) == srtp_err_status_ok;
}
bool Dtls::unprotect(uint8_t* packet, int* size) const {
  return srtp_unprotect(receiving_, packet, size) == srtp_err_status_ok;
}
bool Dtls::unprotect_rtcp(uint8_t* packet, int* size) const {
  return srtp_unprotect_rtcp(receiving_, packet, size) == srtp_err_status_ok;
}

}  // namespace crowd
