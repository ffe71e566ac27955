import { expect, test } from 'vitest'
import { publishingOffer, receivingAnswer, remoteOf } from './janus-sdp.ts'

const own = { ice: { usernameFragment: 'me', password: 'secret' }, fingerprint: 'AB:CD' }

test('an answer takes every section of an offer in its order, without estimation', () => {
  const offer = [
    'v=0',
    'm=audio 9 UDP/TLS/RTP/SAVPF 111',
    'a=mid:a',
    'a=rtpmap:111 opus/48000/2',
    'a=ice-ufrag:theirs',
    'a=ice-pwd:their-password',
    'a=candidate:1 1 udp 2015363327 192.0.2.7 50000 typ host',
    'm=video 9 UDP/TLS/RTP/SAVPF 96 97',
    'a=mid:v',
    'a=rtpmap:96 VP8/90000',
    'a=rtcp-fb:96 transport-cc',
    'a=rtpmap:97 rtx/90000',
    'a=fmtp:97 apt=96',
  ].join('\r\n')
  const answer = receivingAnswer(own, offer)
  expect(answer.match(/^m=.*$/gm)?.map((line) => line.trim())).toEqual([
    'm=audio 9 UDP/TLS/RTP/SAVPF 111',
    'm=video 9 UDP/TLS/RTP/SAVPF 96 97',
  ])
  expect(answer).toContain('a=group:BUNDLE a v')
  expect(answer).not.toMatch(/transport-cc|apt=/)
  expect(remoteOf(offer)).toEqual({
    address: '192.0.2.7',
    port: 50_000,
    usernameFragment: 'theirs',
    password: 'their-password',
  })
})

test('members of one group send under names of their own', () => {
  const ssrcs = [0, 1].map((member) => publishingOffer(own, 3, member).match(/a=ssrc:\d+/g))
  expect(new Set(ssrcs.flat()).size).toBe(4)
})
