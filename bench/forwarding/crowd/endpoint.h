// One WebRTC transport of a member: a socket, connectivity checks, DTLS, the streams that it sends, and a count of those
// that it receives. It decodes nothing and asks for nothing again.
#pragma once
#include <netinet/in.h>

#include <memory>
#include <unordered_map>

#include "dtls.h"
#include "stream.h"
#include "stun.h"

namespace crowd {

// A stream as it is received, since counting began.
struct Received {
  uint64_t packets = 0;
  uint16_t last = 0;
  int64_t first_extended = 0, last_extended = 0;
  bool counting = false;
};

// What is counted for all members of one server.
struct Counter {
  uint64_t sent = 0, received = 0, received_bytes = 0, refused = 0, key_requests = 0;
  std::vector<float> delays_ms;
};

struct Settings {
  // Of received packets one in so many is opened to read its stamp; the others are counted by their heads.
  unsigned sample = 1;
};

class Endpoint {
 public:
  Endpoint(const Identity& identity, const sockaddr_in& server, stun::Credentials credentials, bool client,
           Counter& counter, const Settings& settings);
  ~Endpoint();
  Endpoint(const Endpoint&) = delete;

  int socket() const { return socket_; }
  bool connected() const { return dtls_.connected(); }
  bool failed() const { return dtls_.failed(); }
  bool has_media() const { return !received_.empty(); }

  void readable();
  void tick(int64_t now);
  void count_anew();
  // Reports about what it sends and receives, each second.
  void report_rtcp();
  // Sends what is due of a stream.
  void play(Stream& stream);

  std::vector<std::unique_ptr<Stream>> streams;
  const std::unordered_map<uint32_t, Received>& received() const { return received_; }

 private:
  void send(const uint8_t* data, size_t size);
  void take(uint8_t* data, size_t size, int64_t at);
  void take_stun(const uint8_t* data, size_t size);
  void take_rtp(uint8_t* data, size_t size, int64_t at);
  void take_rtcp(uint8_t* data, size_t size);

  int socket_;
  sockaddr_in server_;
  stun::Credentials credentials_;
  Counter& counter_;
  const Settings& settings_;
  Dtls dtls_;
  bool checked_ = false;
  int64_t next_check_ = 0;
  unsigned taken_ = 0;
  std::unordered_map<uint32_t, Received> received_;
};

}  // namespace crowd
