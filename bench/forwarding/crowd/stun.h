// STUN binding requests and answers (RFC 8489, ICE attributes of RFC 8445): just what connectivity checks need.
#pragma once
#include "common.h"

struct sockaddr_in;

namespace crowd::stun {

struct Credentials {
  std::string local_ufrag, local_password, remote_ufrag, remote_password;
};

enum class Kind { request, success, error, other };

inline bool is_stun(const uint8_t* data, size_t size) { return size >= 20 && data[0] < 4; }

Kind kind_of(const uint8_t* data, size_t size);

// A check that also nominates its pair: the server answers on it and needs nothing else.
Bytes binding_request(const Credentials& who, const uint8_t transaction[12]);

// The answer to a server's own check.
Bytes binding_success(const Credentials& who, const uint8_t* request, const sockaddr_in& from);

}  // namespace crowd::stun
