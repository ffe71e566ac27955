// DTLS-SRTP of one transport: the handshake over OpenSSL with memory for a wire, and the SRTP sessions that come of it.
#pragma once
#include <openssl/ssl.h>
#include <srtp2/srtp.h>

#include <functional>

#include "common.h"

namespace crowd {

// The certificate that the whole crowd shows, and its fingerprint as SDP writes it.
class Identity {
 public:
  Identity();
  ~Identity();
  Identity(const Identity&) = delete;
  SSL_CTX* context() const { return context_; }
  const std::string& fingerprint() const { return fingerprint_; }

 private:
  SSL_CTX* context_;
  std::string fingerprint_;
};

class Dtls {
 public:
  using Send = std::function<void(const uint8_t*, size_t)>;

  Dtls(const Identity& identity, bool client, Send send);
  ~Dtls();
  Dtls(const Dtls&) = delete;

  void start();
  void receive(const uint8_t* data, size_t size);
  // Sends again what the handshake waits for, when it is time.
  void tick();
  bool connected() const { return sending_ != nullptr; }
  bool failed() const { return failed_; }

  // In place; false where SRTP refuses. The buffer needs room for SRTP_MAX_TRAILER_LEN more.
  bool protect(uint8_t* packet, int* size) const;
  bool protect_rtcp(uint8_t* packet, int* size) const;
  bool unprotect(uint8_t* packet, int* size) const;
  bool unprotect_rtcp(uint8_t* packet, int* size) const;

 private:
  void proceed();
  void flush();
  void open_srtp();

  SSL* ssl_;
  BIO* in_;
  BIO* out_;
  bool client_;
  bool failed_ = false;
  Send send_;
  srtp_t sending_ = nullptr;
  srtp_t receiving_ = nullptr;
};

}  // namespace crowd
