#include "stun.h"

#include <netinet/in.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace crowd::stun {
namespace {

constexpr uint32_t MAGIC = 0x2112A442;
enum Attribute : uint16_t {
  USERNAME = 0x0006,
  MESSAGE_INTEGRITY = 0x0008,
  XOR_MAPPED_ADDRESS = 0x0020,
  PRIORITY = 0x0024,
  USE_CANDIDATE = 0x0025,
  FINGERPRINT = 0x8028,
  ICE_CONTROLLING = 0x802A,
};

uint32_t crc32(const uint8_t* data, size_t size) {
  uint32_t crc = 0xFFFFFFFF;
  for (size_t i = 0; i < size; i++) {
    crc ^= data[i];
    for (int bit = 0; bit < 8; bit++) crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320 : 0);
  }
  return ~crc;
}

class Message {
 public:
  Message(uint16_t type, const uint8_t transaction[12]) : bytes_(20) {
    put16(bytes_.data(), type);
    put32(bytes_.data() + 4, MAGIC);
    memcpy(bytes_.data() + 8, transaction, 12);
  }

  void add(uint16_t type, const void* value, size_t size) {
    const size_t at = bytes_.size();
    bytes_.resize(at + 4 + (size + 3) / 4 * 4);
    put16(bytes_.data() + at, type);
    put16(bytes_.data() + at + 2, uint16_t(size));
    if (size > 0) memcpy(bytes_.data() + at + 4, value, size);
    set_length(0);
  }

  // Integrity by the password, then the fingerprint: each counts with its own length.
  Bytes finish(const std::string& password) {
    set_length(24);
    uint8_t mac[20];
    unsigned size = sizeof mac;
    HMAC(EVP_sha1(), password.data(), int(password.size()), bytes_.data(), bytes_.size(), mac, &size);
    add(MESSAGE_INTEGRITY, mac, sizeof mac);
    set_length(8);
    uint8_t crc[4];
    put32(crc, crc32(bytes_.data(), bytes_.size()) ^ 0x5354554E);
    add(FINGERPRINT, crc, sizeof crc);
    return bytes_;
  }

 private:
  void set_length(size_t more) { put16(bytes_.data() + 2, uint16_t(bytes_.size() - 20 + more)); }

  Bytes bytes_;
};

}  // namespace

Kind kind_of(const uint8_t* data, size_t size) {
  if (!is_stun(data, size) || get32(data + 4) != MAGIC) return Kind::other;
  switch (get16(data)) {
    case 0x0001: return Kind::request;
    case 0x0101: return Kind::success;
    case 0x0111: return Kind::error;
    default: return Kind::other;
  }
}

Bytes binding_request(const Credentials& who, const uint8_t transaction[12]) {
  Message message(0x0001, transaction);
  const std::string username = who.remote_ufrag + ":" + who.local_ufrag;
  message.add(USERNAME, username.data(), username.size());
  uint8_t priority[4], tie[8] = {1, 2, 3, 4, 5, 6, 7, 8};
  put32(priority, 126u << 24 | 65535u << 8 | 255u);
  message.add(PRIORITY, priority, sizeof priority);
  message.add(ICE_CONTROLLING, tie, sizeof tie);
  message.add(USE_CANDIDATE, nullptr, 0);
  return message.finish(who.remote_password);
}

Bytes binding_success(const Credentials& who, const uint8_t* request, const sockaddr_in& from) {
  Message message(0x0101, request + 8);
  uint8_t address[8] = {0, 1};
  put16(address + 2, uint16_t(ntohs(from.sin_port) ^ MAGIC >> 16));
  put32(address + 4, ntohl(from.sin_addr.s_addr) ^ MAGIC);
  message.add(XOR_MAPPED_ADDRESS, address, sizeof address);
  return message.finish(who.local_password);
}

}  // namespace crowd::stun
