/**
 * Pieces of the protocol that tests of the engine are made of.
 */
import { type Entry, entrySchema } from '../../../sfu/protocol/index.ts'

export const MEMBER_ID = '00000000-0000-4000-8000-000000000001'
const CLASS_ID = '00000000-0000-4000-8000-0000000000c1'

/** An entry as the media server answers it, for a student alone in a class. */
export const ENTRY: Entry = entrySchema.parse({
  memberId: MEMBER_ID,
  resumeToken: 'A'.repeat(43),
  role: 'student',
  class: {
    id: CLASS_ID,
    courseId: '00000000-0000-4000-8000-0000000000c0',
    startedAt: 1_000,
    readings: 'check-ins',
    intervalSeconds: 10,
  },
  now: 2_000,
  routerRtpCapabilities: { codecs: [], headerExtensions: [] },
  iceServers: [],
  members: [],
  producers: [],
  writerMemberId: null,
  activeSpeakerMemberId: null,
  moderation: {
    rules: {
      permissions: { screen: true, chat: true, unmute: true, video: true },
      locked: false,
      restHiddenVideo: false,
    },
    stopped: [],
    endsInMs: null,
    waiting: [],
    removed: [],
  },
  talk: { chat: [], hands: [], spotlight: null },
  recovery: { run: '00000000-0000-4000-8000-0000000000a0', pass: 'A'.repeat(22) },
})
