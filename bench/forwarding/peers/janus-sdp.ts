/** Session descriptions between the crowd and Janus: written for what the crowd sends, read for where it has to call. */
import { BenchError } from '../../report/part.ts'
import type { OwnIce, Remote } from '../crowd.ts'
import { AUDIO_LEVEL, OPUS, ssrcsOf, VP8 } from './peer.ts'

interface Own {
  readonly ice: OwnIce
  readonly fingerprint: string
}

const head = (mids: readonly string[]): string[] => [
  'v=0',
  'o=- 1 1 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  `a=group:BUNDLE ${mids.join(' ')}`,
]

const transportLines = ({ ice, fingerprint }: Own): string[] => [
  'c=IN IP4 0.0.0.0',
  `a=ice-ufrag:${ice.usernameFragment}`,
  `a=ice-pwd:${ice.password}`,
  `a=fingerprint:sha-256 ${fingerprint}`,
  'a=setup:active',
  'a=rtcp-mux',
]

const text = (lines: readonly string[]): string => `${lines.join('\r\n')}\r\n`

/** The offer of a member who sends sound and one layer of video. */
export function publishingOffer(own: Own, group: number, member: number): string {
  const ssrc = ssrcsOf(group, member)
  return text([
    ...head(['0', '1']),
    `m=audio 9 UDP/TLS/RTP/SAVPF ${OPUS}`,
    ...transportLines(own),
    'a=mid:0',
    'a=sendonly',
    `a=rtpmap:${OPUS} opus/48000/2`,
    `a=extmap:${AUDIO_LEVEL.id} ${AUDIO_LEVEL.uri}`,
    `a=ssrc:${ssrc} cname:crowd${group}-${member}`,
    `m=video 9 UDP/TLS/RTP/SAVPF ${VP8}`,
    ...transportLines(own),
    'a=mid:1',
    'a=sendonly',
    `a=rtpmap:${VP8} VP8/90000`,
    `a=rtcp-fb:${VP8} nack`,
    `a=rtcp-fb:${VP8} nack pli`,
    `a=ssrc:${ssrc + 1} cname:crowd${group}-${member}`,
  ])
}

/** The answer of a member who receives everything that Janus offers, as it is offered. */
export function receivingAnswer(own: Own, offer: string): string {
  const sections = offer.split(/\r?\n(?=m=)/).slice(1)
  const mids = sections.map((section) => /^a=mid:(.+?)\r?$/m.exec(section)?.[1] ?? '0')
  return text([
    ...head(mids),
    ...sections.flatMap((section, at) => {
      const kept = section
        .split(/\r?\n/)
        .filter((line) => /^(m=|a=(rtpmap|fmtp|rtcp-fb|extmap):)/.test(line))
        .filter((line) => !/transport-cc|goog-remb|rtx\/|apt=|transport-wide/.test(line))
      return [
        ...kept.slice(0, 1),
        ...transportLines(own),
        `a=mid:${mids[at] ?? '0'}`,
        'a=recvonly',
        ...kept.slice(1),
      ]
    }),
  ])
}

/** Where Janus waits for the checks of a member. */
export function remoteOf(description: string): Remote {
  const value = (name: string): string => {
    const found = new RegExp(`^a=${name}:(.+?)\\r?$`, 'm').exec(description)?.[1]
    if (found === undefined) throw new BenchError('peer-failed', `Janus named no ${name}.`)
    return found
  }
  const fields = value('candidate').split(' ')
  return {
    address: fields[4] ?? '',
    port: Number(fields[5]),
    usernameFragment: value('ice-ufrag'),
    password: value('ice-pwd'),
  }
}
