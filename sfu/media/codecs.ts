/**
 * The formats of a class: Opus with DTX and in-band error correction, and VP8, which every browser
 * can send in layers. rtx and feedback are mediasoup's defaults.
 */
import type { types } from 'mediasoup'
import {
  type RtpCapabilities,
  rtpCapabilitiesSchema,
  type RtpParameters,
  rtpParametersSchema,
} from '../protocol/index.ts'

export const routerCodecs: types.RouterRtpCodecCapability[] = [
  {
    kind: 'audio',
    mimeType: 'audio/opus',
    clockRate: 48_000,
    channels: 2,
    parameters: { useinbandfec: 1, usedtx: 1 },
  },
  {
    kind: 'video',
    mimeType: 'video/VP8',
    clockRate: 90_000,
    parameters: { 'x-google-start-bitrate': 1_000 },
  },
]

/** Header extensions that browsers' libraries have no name for. */
const unspoken: readonly string[] = ['urn:ietf:params:rtp-hdrext:toffset']

/** A router's capabilities as members are told them. */
export function describeRouter(router: types.Router): RtpCapabilities {
  const { codecs, headerExtensions } = router.rtpCapabilities
  return rtpCapabilitiesSchema.parse({
    codecs,
    headerExtensions: headerExtensions?.filter(isSpoken),
  })
}

/** A consumer's parameters as its member is told them. */
export function describeRtpParameters(parameters: types.RtpParameters): RtpParameters {
  const spoken = {
    ...parameters,
    headerExtensions: parameters.headerExtensions?.filter(isSpoken) ?? [],
  }
  // mediasoup leaves undefined members, which a message cannot hold.
  return rtpParametersSchema.parse(JSON.parse(JSON.stringify(spoken)))
}

function isSpoken({ uri }: { uri: string }): boolean {
  return !unspoken.includes(uri)
}
