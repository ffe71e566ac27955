/** WebRTC parameters as Chromium sends them, for tests that need a producer but no picture. */
import type { DtlsParameters, RtpParameters } from '../protocol/index.ts'

export const dtlsParameters: DtlsParameters = {
  role: 'client',
  fingerprints: [{ algorithm: 'sha-256', value: Array.from({ length: 32 }, () => 'AB').join(':') }],
}

/** @param ssrc unlike every other on the same transport */
export function opus(ssrc: number): RtpParameters {
  return {
    mid: String(ssrc),
    codecs: [
      {
        mimeType: 'audio/opus',
        payloadType: 111,
        clockRate: 48_000,
        channels: 2,
        parameters: { minptime: 10, useinbandfec: 1, usedtx: 1 },
        rtcpFeedback: [{ type: 'transport-cc' }],
      },
    ],
    headerExtensions: [{ uri: 'urn:ietf:params:rtp-hdrext:ssrc-audio-level', id: 1 }],
    encodings: [{ ssrc, dtx: true }],
    rtcp: { cname: 'test' },
  }
}

/** Three simulcast layers. @param ssrc the first of six that are unlike all others */
export function vp8(ssrc: number): RtpParameters {
  return {
    mid: String(ssrc),
    codecs: [
      {
        mimeType: 'video/VP8',
        payloadType: 96,
        clockRate: 90_000,
        rtcpFeedback: [{ type: 'nack' }, { type: 'nack', parameter: 'pli' }],
      },
      { mimeType: 'video/rtx', payloadType: 97, clockRate: 90_000, parameters: { apt: 96 } },
    ],
    encodings: [0, 1, 2].map((layer) => ({
      ssrc: ssrc + layer * 2,
      rtx: { ssrc: ssrc + layer * 2 + 1 },
      scalabilityMode: 'L1T3',
      maxBitrate: 100_000 * 4 ** layer,
    })),
    rtcp: { cname: 'test' },
  }
}
