// One RTP stream that a member of the crowd sends: a recording in a loop, numbered on and stamped with its sending time.
#pragma once
#include "recording.h"

namespace crowd {

// At the end of every payload: the moment of sending.
constexpr size_t STAMP_BYTES = 8;
constexpr size_t MAX_PACKET = 1500;

class Stream {
 public:
  Stream(const Recording& recording, uint32_t ssrc, uint8_t payload_type, uint8_t level_extension)
      : recording_(recording), ssrc_(ssrc), payload_type_(payload_type), level_extension_(level_extension) {}

  // From now on, a little later or earlier than other streams.
  void start(int64_t at);
  void stop() { running_ = false; }
  bool running() const { return running_; }
  // When the next packets go out.
  int64_t due() const { return due_; }
  // Writes the next packet; false once the present frame has been written.
  bool next(uint8_t* packet, int* size);
  // Goes on at the loop's first picture, which needs no other.
  void key_frame();
  // A sender report (RFC 3550) as it stands now.
  int report(uint8_t* packet) const;

  uint32_t ssrc() const { return ssrc_; }
  bool video() const { return recording_.video; }
  uint64_t packets() const { return packets_; }
  uint64_t octets() const { return octets_; }

 private:
  int64_t nanoseconds(uint32_t units) const {
    return int64_t(units) * 1'000'000'000 / recording_.clock_rate;
  }
  void mark_picture(uint8_t* payload);
  void rewind();

  const Recording& recording_;
  uint32_t ssrc_;
  uint8_t payload_type_;
  uint8_t level_extension_;
  bool running_ = false;
  bool key_wanted_ = false;
  int64_t loop_began_ = 0;
  int64_t due_ = 0;
  size_t at_ = 0;
  uint32_t loop_timestamp_ = 0x1000;
  uint32_t last_timestamp_ = 0;
  uint16_t sequence_ = 1;
  uint16_t picture_ = 0;
  uint8_t base_picture_ = 0;
  uint64_t packets_ = 0;
  uint64_t octets_ = 0;
};

}  // namespace crowd
