#include "endpoint.h"

#include <openssl/rand.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>

namespace crowd {
namespace {

constexpr int BATCH = 64;
constexpr int SOCKET_BUFFER = 4 << 20;
constexpr int64_t CHECK_AGAIN = 200'000'000, CHECK_ALIVE = 4'000'000'000;

int open_socket(const sockaddr_in& server) {
  const int made = ::socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
  if (made < 0) throw std::runtime_error("no socket: too many open files?");
  const int on = 1;
  if (setsockopt(made, SOL_SOCKET, SO_RCVBUFFORCE, &SOCKET_BUFFER, sizeof SOCKET_BUFFER) != 0)
    setsockopt(made, SOL_SOCKET, SO_RCVBUF, &SOCKET_BUFFER, sizeof SOCKET_BUFFER);
  setsockopt(made, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on);
  if (connect(made, reinterpret_cast<const sockaddr*>(&server), sizeof server) != 0)
    throw std::runtime_error("the server's address cannot be reached");
  return made;
}

int64_t stamp_of(msghdr& message) {
  for (cmsghdr* c = CMSG_FIRSTHDR(&message); c != nullptr; c = CMSG_NXTHDR(&message, c)) {
    if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_TIMESTAMPNS) continue;
    timespec t;
    memcpy(&t, CMSG_DATA(c), sizeof t);
    return int64_t(t.tv_sec) * 1'000'000'000 + t.tv_nsec;
  }
  return now_ns();
}

}  // namespace

Endpoint::Endpoint(const Identity& identity, const sockaddr_in& server, stun::Credentials credentials,
                   bool client, Counter& counter, const Settings& settings)
    : socket_(open_socket(server)),
      server_(server),
      credentials_(std::move(credentials)),
      counter_(counter),
      settings_(settings),
      dtls_(identity, client, [this](const uint8_t* data, size_t size) { send(data, size); }) {}

Endpoint::~Endpoint() { close(socket_); }

void Endpoint::send(const uint8_t* data, size_t size) {
  // A full socket drops, as a network does; it shows in what is counted.
  (void)!::send(socket_, data, size, 0);
}

void Endpoint::readable() {
  static uint8_t buffers[BATCH][MAX_PACKET + 64];
  static uint8_t controls[BATCH][64];
  mmsghdr messages[BATCH];
  iovec places[BATCH];
  for (;;) {
    for (int i = 0; i < BATCH; i++) {
      places[i] = {buffers[i], MAX_PACKET};
      messages[i] = {};
      messages[i].msg_hdr.msg_iov = &places[i];
      messages[i].msg_hdr.msg_iovlen = 1;
      messages[i].msg_hdr.msg_control = controls[i];
      messages[i].msg_hdr.msg_controllen = sizeof controls[i];
    }
    const int count = recvmmsg(socket_, messages, BATCH, 0, nullptr);
    for (int i = 0; i < count; i++) take(buffers[i], messages[i].msg_len, stamp_of(messages[i].msg_hdr));
    if (count < BATCH) return;
  }
}

void Endpoint::take(uint8_t* data, size_t size, int64_t at) {
  if (size < 12) return;
  if (data[0] < 4)
    take_stun(data, size);
  else if (data[0] >= 20 && data[0] < 64)
    dtls_.receive(data, size);
  else if (!connected())
    return;
  else if (data[1] >= 192 && data[1] < 224)
    take_rtcp(data, size);
  else
    take_rtp(data, size, at);
}

void Endpoint::take_stun(const uint8_t* data, size_t size) {
  switch (stun::kind_of(data, size)) {
    case stun::Kind::request: {
      const Bytes answer = stun::binding_success(credentials_, data, server_);
      send(answer.data(), answer.size());
      return;
    }
    case stun::Kind::success:
      if (checked_) return;
      checked_ = true;
      next_check_ = now_ns() + CHECK_ALIVE;
      dtls_.start();
      return;
    default:
      return;
  }
}

void Endpoint::take_rtp(uint8_t* data, size_t size, int64_t at) {
  const uint32_t ssrc = get32(data + 8);
  const uint16_t sequence = get16(data + 2);
  Received& stream = received_[ssrc];
  if (!stream.counting) {
    stream = {};
    stream.counting = true;
    stream.first_extended = stream.last_extended = sequence;
  } else {
    const int64_t extended = stream.last_extended + int16_t(uint16_t(sequence - stream.last));
    if (extended < stream.last_extended) {
      // Late, yet not lost.
      stream.packets++;
      counter_.received++;
      return;
    }
    stream.last_extended = extended;
  }
  stream.last = sequence;
  stream.packets++;
  counter_.received++;
  counter_.received_bytes += size;
  if (++taken_ % settings_.sample != 0) return;
  int plain = int(size);
  if (!dtls_.unprotect(data, &plain)) {
    counter_.refused++;
    return;
  }
  const int64_t sent = int64_t(get64(data + plain - STAMP_BYTES));
  counter_.delays_ms.push_back(float(double(at - sent) / 1e6));
}

void Endpoint::take_rtcp(uint8_t* data, size_t size) {
  int plain = int(size);
  if (!dtls_.unprotect_rtcp(data, &plain)) {
    counter_.refused++;
    return;
  }
  // Picture loss (PSFB 1) and full intra requests (PSFB 4) in the compound.
  for (int at = 0; at + 12 <= plain; at += 4 * (get16(data + at + 2) + 1)) {
    const int format = data[at] & 31;
    if (data[at + 1] != 206 || (format != 1 && format != 4)) continue;
    counter_.key_requests++;
    const uint32_t ssrc = get32(data + at + (format == 1 || plain < at + 16 ? 8 : 12));
    for (auto& stream : streams)
      if (stream->ssrc() == ssrc) stream->key_frame();
  }
}

void Endpoint::tick(int64_t now) {
  if (now >= next_check_) {
    next_check_ = now + (checked_ ? CHECK_ALIVE : CHECK_AGAIN);
    uint8_t transaction[12];
    RAND_bytes(transaction, sizeof transaction);
    const Bytes check = stun::binding_request(credentials_, transaction);
    send(check.data(), check.size());
  }
  if (checked_) dtls_.tick();
}

void Endpoint::count_anew() {
  for (auto& [ssrc, stream] : received_) stream.counting = false, stream.packets = 0;
}

void Endpoint::play(Stream& stream) {
  uint8_t packet[MAX_PACKET + SRTP_MAX_TRAILER_LEN];
  int size = 0;
  while (stream.next(packet, &size)) {
    if (!dtls_.protect(packet, &size)) continue;
    send(packet, size_t(size));
    counter_.sent++;
  }
}

void Endpoint::report_rtcp() {
  if (!connected()) return;
  uint8_t packet[MAX_PACKET + SRTP_MAX_TRAILER_LEN + 4];
  for (const auto& stream : streams) {
    if (!stream->running() || stream->packets() == 0) continue;
    int size = stream->report(packet);
    if (dtls_.protect_rtcp(packet, &size)) send(packet, size_t(size));
  }
  auto at = received_.begin();
  while (at != received_.end()) {
    int blocks = 0;
    for (; at != received_.end() && blocks < 31; ++at) {
      if (!at->second.counting) continue;
      uint8_t* block = packet + 8 + 24 * blocks++;
      memset(block, 0, 24);
      put32(block, at->first);
      put32(block + 8, uint32_t(at->second.last_extended));
    }
    if (blocks == 0) return;
    packet[0] = uint8_t(0x80 | blocks);
    packet[1] = 201;
    put16(packet + 2, uint16_t(1 + 6 * blocks));
    put32(packet + 4, 1);
    int size = 8 + 24 * blocks;
    if (dtls_.protect_rtcp(packet, &size)) send(packet, size_t(size));
  }
}

}  // namespace crowd
