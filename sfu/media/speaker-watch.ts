/**
 * Who speaks in a class: the dominant speaker while anyone is heard, nobody in silence. It passes
 * on member ids alone and keeps no history.
 */
import type { types } from 'mediasoup'
import type { MemberId } from '../protocol/index.ts'

/** Milliseconds between two looks at the levels. */
const INTERVAL = 300
/** Level under which a voice counts as silence, in dBov. */
const THRESHOLD = -60

export class SpeakerWatch {
  readonly #dominance: types.ActiveSpeakerObserver
  readonly #levels: types.AudioLevelObserver
  readonly #speakers = new Map<string, MemberId>()
  readonly #onChange: (memberId: MemberId | null) => void
  #dominant: string | null = null
  #silent = true
  #announced: MemberId | null = null

  private constructor(
    dominance: types.ActiveSpeakerObserver,
    levels: types.AudioLevelObserver,
    onChange: (memberId: MemberId | null) => void,
  ) {
    this.#dominance = dominance
    this.#levels = levels
    this.#onChange = onChange
    dominance.on('dominantspeaker', ({ producer }) => {
      this.#dominant = producer.id
      this.#announce()
    })
    levels.on('volumes', () => {
      this.#silent = false
      this.#announce()
    })
    levels.on('silence', () => {
      this.#silent = true
      this.#announce()
    })
  }

  /** Opens the watch of one class on its router; it closes with the router. */
  static async open(
    router: types.Router,
    onChange: (memberId: MemberId | null) => void,
  ): Promise<SpeakerWatch> {
    const [dominance, levels] = await Promise.all([
      router.createActiveSpeakerObserver({ interval: INTERVAL }),
      router.createAudioLevelObserver({ interval: INTERVAL, threshold: THRESHOLD, maxEntries: 1 }),
    ])
    return new SpeakerWatch(dominance, levels, onChange)
  }

  /** Who was announced last. */
  get current(): MemberId | null {
    return this.#announced
  }

  /** Listens to a microphone until its producer closes. */
  async add(producer: types.Producer, memberId: MemberId): Promise<void> {
    this.#speakers.set(producer.id, memberId)
    producer.observer.once('close', () => {
      this.#speakers.delete(producer.id)
      if (this.#dominant === producer.id) this.#dominant = null
      this.#announce()
    })
    await Promise.all([
      this.#dominance.addProducer({ producerId: producer.id }),
      this.#levels.addProducer({ producerId: producer.id }),
    ])
  }

  #announce(): void {
    const speaking = this.#silent || this.#dominant === null ? null : this.#dominant
    const memberId = speaking === null ? null : (this.#speakers.get(speaking) ?? null)
    if (memberId === this.#announced) return
    this.#announced = memberId
    this.#onChange(memberId)
  }
}
