#include "recording.h"

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace crowd {
namespace {

class Reader {
 public:
  explicit Reader(Bytes bytes) : bytes_(std::move(bytes)) {}
  const uint8_t* take(size_t size) {
    if (size > bytes_.size() - at_) throw std::runtime_error("the recording is cut off");
    at_ += size;
    return bytes_.data() + at_ - size;
  }
  uint8_t u8() { return *take(1); }
  uint16_t u16() { return get16(take(2)); }
  uint32_t u32() { return get32(take(4)); }

 private:
  Bytes bytes_;
  size_t at_ = 0;
};

}  // namespace

std::vector<Recording> read_recordings(const std::string& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) throw std::runtime_error("there is no recording at " + file);
  Reader reader(Bytes(std::istreambuf_iterator<char>(stream), {}));
  if (memcmp(reader.take(8), "CROWDRTP", 8) != 0) throw std::runtime_error("this is no recording");
  std::vector<Recording> all(reader.u8());
  for (auto& one : all) {
    one.video = reader.u8() == 1;
    one.clock_rate = reader.u32();
    one.duration = reader.u32();
    one.payloads.resize(reader.u32());
    for (auto& payload : one.payloads) {
      payload.timestamp = reader.u32();
      payload.marker = reader.u8() == 1;
      const uint16_t size = reader.u16();
      const uint8_t* bytes = reader.take(size);
      payload.bytes.assign(bytes, bytes + size);
    }
  }
  return all;
}

}  // namespace crowd
