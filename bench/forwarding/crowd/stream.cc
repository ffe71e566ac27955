#include "stream.h"

namespace crowd {

void Stream::start(int64_t at) {
  running_ = true;
  key_wanted_ = false;
  // A pause is a pause in the picture's time as well.
  if (packets_ > 0) loop_timestamp_ += recording_.duration;
  at_ = 0;
  loop_began_ = due_ = at;
}

void Stream::key_frame() {
  // The first picture of the loop is one: nothing to do while it goes out.
  if (video() && at_ > 0) key_wanted_ = true;
}

void Stream::rewind() {
  const uint32_t played = at_ < recording_.payloads.size() ? recording_.payloads[at_].timestamp
                                                           : recording_.duration;
  loop_timestamp_ += played;
  loop_began_ += nanoseconds(played);
  at_ = 0;
  key_wanted_ = false;
}

bool Stream::next(uint8_t* packet, int* size) {
  const bool frame_begins = at_ == 0 || at_ == recording_.payloads.size() ||
                            recording_.payloads[at_].timestamp != recording_.payloads[at_ - 1].timestamp;
  if (at_ == recording_.payloads.size() || (key_wanted_ && frame_begins)) rewind();
  const Payload& payload = recording_.payloads[at_];
  const int64_t due = loop_began_ + nanoseconds(payload.timestamp);
  if (due > due_) {
    due_ = due;
    return false;
  }
  const bool first = at_ == 0 || recording_.payloads[at_ - 1].timestamp != payload.timestamp;
  const bool extended = level_extension_ != 0;
  last_timestamp_ = loop_timestamp_ + payload.timestamp;
  packet[0] = extended ? 0x90 : 0x80;
  packet[1] = uint8_t(payload_type_ | (payload.marker ? 0x80 : 0));
  put16(packet + 2, sequence_++);
  put32(packet + 4, last_timestamp_);
  put32(packet + 8, ssrc_);
  size_t head = 12;
  if (extended) {
    // Speaking, at 30 dB under the loudest: what an observer of speakers looks at.
    const uint8_t level[8] = {0xBE, 0xDE, 0, 1, uint8_t(level_extension_ << 4), 0x80 | 30, 0, 0};
    memcpy(packet + head, level, sizeof level);
    head += sizeof level;
  }
  uint8_t* body = packet + head;
  memcpy(body, payload.bytes.data(), payload.bytes.size());
  if (video()) {
    if (first) picture_++;
    mark_picture(body);
  }
  *size = int(head + payload.bytes.size());
  put64(packet + *size - STAMP_BYTES, uint64_t(now_ns()));
  packets_++;
  octets_ += payload.bytes.size();
  at_++;
  return true;
}

// The recording's payload descriptors are all extended ones with picture id (15 bits), TL0PICIDX and TID: a loop has to
// number on where it began anew.
void Stream::mark_picture(uint8_t* payload) {
  const uint8_t temporal_layer = payload[5] >> 6;
  const bool first_packet = (payload[0] & 0x10) != 0;
  if (first_packet && temporal_layer == 0) base_picture_++;
  put16(payload + 2, uint16_t(0x8000 | (picture_ & 0x7FFF)));
  payload[4] = base_picture_;
}

int Stream::report(uint8_t* packet) const {
  const int64_t now = now_ns();
  packet[0] = 0x80;
  packet[1] = 200;
  put16(packet + 2, 6);
  put32(packet + 4, ssrc_);
  put32(packet + 8, uint32_t(now / 1'000'000'000 + 2'208'988'800));
  put32(packet + 12, uint32_t(double(now % 1'000'000'000) / 1e9 * 4294967296.0));
  put32(packet + 16, loop_timestamp_ + uint32_t(int64_t(double(now - loop_began_) / 1e9 * recording_.clock_rate)));
  put32(packet + 20, uint32_t(packets_));
  put32(packet + 24, uint32_t(octets_));
  return 28;
}

}  // namespace crowd
