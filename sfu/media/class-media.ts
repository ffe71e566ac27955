/**
 * The media of one class: a router with its record relay and its watch over who speaks. When the
 * worker underneath dies, this object is finished and its owner opens another.
 */
import type { types } from 'mediasoup'
import type { MemberId, RtpCapabilities } from '../protocol/index.ts'
import { describeRouter } from './codecs.ts'
import { RecordRelay } from './record-relay.ts'
import { SpeakerWatch } from './speaker-watch.ts'
import type { WorkerPool } from './worker-pool.ts'

export interface ClassMediaEvents {
  /** The worker died: every transport, producer and consumer of the class is gone. */
  onLost: () => void
  onSpeaker: (memberId: MemberId | null) => void
}

export class ClassMedia {
  readonly router: types.Router
  readonly webRtcServer: types.WebRtcServer
  readonly relay: RecordRelay
  readonly speakers: SpeakerWatch
  readonly rtpCapabilities: RtpCapabilities

  private constructor(parts: {
    router: types.Router
    webRtcServer: types.WebRtcServer
    relay: RecordRelay
    speakers: SpeakerWatch
  }) {
    this.router = parts.router
    this.webRtcServer = parts.webRtcServer
    this.relay = parts.relay
    this.speakers = parts.speakers
    this.rtpCapabilities = describeRouter(parts.router)
  }

  /** Opens the media of a class on one of the pool's workers. */
  static async open(pool: WorkerPool, events: ClassMediaEvents): Promise<ClassMedia> {
    const { router, webRtcServer } = await pool.createRouter(events.onLost)
    try {
      const [relay, speakers] = await Promise.all([
        RecordRelay.open(router),
        SpeakerWatch.open(router, events.onSpeaker),
      ])
      return new ClassMedia({ router, webRtcServer, relay, speakers })
    } catch (error) {
      router.close()
      throw error
    }
  }

  close(): void {
    this.router.close()
  }
}
