/**
 * RTP parameters in mediasoup's words for what the crowd sends and takes: the same for our sfu and for bare mediasoup,
 * without bandwidth estimation, which Janus does not do towards those who receive.
 */
import type { RtpCapabilities, RtpParameters } from '../../../sfu/protocol/index.ts'
import { AUDIO_LEVEL, OPUS, ssrcsOf, VP8 } from './peer.ts'

const NACK = [{ type: 'nack' }, { type: 'nack', parameter: 'pli' }]
const SPOKEN: readonly string[] = [AUDIO_LEVEL.uri, 'urn:ietf:params:rtp-hdrext:sdes:mid']

export function soundParameters(group: number, member: number): RtpParameters {
  return {
    mid: '0',
    codecs: [{ mimeType: 'audio/opus', payloadType: OPUS, clockRate: 48_000, channels: 2 }],
    headerExtensions: [AUDIO_LEVEL],
    encodings: [{ ssrc: ssrcsOf(group, member) }],
    rtcp: { cname: `crowd${group}-${member}` },
  }
}

export function cameraParameters(group: number, member: number, layered: boolean): RtpParameters {
  const layers = layered ? [120_000, 350_000, 1_000_000] : [350_000]
  return {
    mid: '1',
    codecs: [{ mimeType: 'video/VP8', payloadType: VP8, clockRate: 90_000, rtcpFeedback: NACK }],
    encodings: layers.map((maxBitrate, layer) => ({
      ssrc: ssrcsOf(group, member) + 1 + layer * 2,
      scalabilityMode: 'L1T3',
      maxBitrate,
    })),
    rtcp: { cname: `crowd${group}-${member}` },
  }
}

/** What a member takes: all that the router offers but estimation of bandwidth and what belongs to it. */
export function takenBy(router: RtpCapabilities): RtpCapabilities {
  return {
    codecs: (router.codecs ?? []).map((codec) => ({
      ...codec,
      rtcpFeedback: (codec.rtcpFeedback ?? []).filter(
        ({ type }) => type !== 'transport-cc' && type !== 'goog-remb',
      ),
    })),
    headerExtensions: (router.headerExtensions ?? []).filter(({ uri }) => SPOKEN.includes(uri)),
  }
}
