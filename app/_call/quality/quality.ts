/**
 * How the connections of a call do: the own one by what the browser measures, others' by what the
 * media server says of what they send; and how far this machine is behind, so that the call can ask
 * for less before it stutters. It measures and tells, and must never end or change a call by itself.
 */
import type { Notification } from '../../../sfu/protocol/index.ts'
import type { Call } from '../call.ts'
import { createStore, type ReadableStore, type Store } from '../store.ts'
import { browserTimers, type Timers } from '../timers.ts'
import {
  figuresOf,
  type Grade,
  gradeOf,
  gradeOfScore,
  isStrained,
  type StatsLines,
  type WayFigures,
} from './measure.ts'
import { type Strain, StrainGauge } from './strain.ts'

const EVERY_MS = 3_000

export type QualityState = {
  /** The own connection; null while it is not known. */
  own: Grade | null
  /** Others', by member; those of whom nothing is known are not in it. */
  others: Readonly<Record<string, Grade>>
  send: WayFigures | null
  receive: WayFigures | null
  strain: Strain
}

export type QualityOptions = {
  call: Pick<Call, 'state' | 'events' | 'readStats' | 'ownerOf'>
  timers?: Timers
  /** This machine falls behind, or keeps up again; `yielding` is for analysis, which yields first. */
  onStrain: (strain: Strain, yielding: Strain) => void
}

export class Quality {
  readonly #options: QualityOptions
  readonly #timers: Timers
  readonly #gauge = new StrainGauge()
  #yielding: Strain = 0
  readonly #store: Store<QualityState> = createStore<QualityState>({
    own: null,
    others: {},
    send: null,
    receive: null,
    strain: 0,
  })
  #before: { send: StatsLines; receive: StatsLines } | null = null

  constructor(options: QualityOptions) {
    this.#options = options
    this.#timers = options.timers ?? browserTimers
    options.call.events.on('notification', (message) => {
      this.#notified(message)
    })
    this.#plan()
  }

  get state(): ReadableStore<QualityState> {
    return this.#store
  }

  #plan(): void {
    this.#timers.after(EVERY_MS, () => {
      if (this.#options.call.state.getState().phase === 'ended') return
      this.#look().then(
        () => {
          this.#plan()
        },
        () => {
          // Media went while it was measured; the next look sees what there is then.
          this.#before = null
          this.#plan()
        },
      )
    })
  }

  async #look(): Promise<void> {
    const reports = await this.#options.call.readStats()
    if (reports === null) {
      this.#before = null
      this.#store.patch({ own: null, send: null, receive: null })
      return
    }
    const send = figuresOf(reports.send, this.#before?.send ?? null)
    const receive = figuresOf(reports.receive, this.#before?.receive ?? null)
    this.#before = reports
    const strain = this.#gauge.look(isStrained([send, receive]))
    const { yielding } = this.#gauge
    const changed = strain !== this.#store.getState().strain || yielding !== this.#yielding
    this.#yielding = yielding
    this.#store.patch({ own: gradeOf([send, receive]), send, receive, strain })
    if (changed) this.#options.onStrain(strain, yielding)
  }

  #notified({ notification, data }: Notification): void {
    if (notification === 'memberLeft') this.#grade(data.memberId, null)
    if (notification !== 'consumerScore') return
    const memberId = this.#options.call.ownerOf(data.consumerId)
    if (memberId !== null) this.#grade(memberId, gradeOfScore(data.score))
  }

  #grade(memberId: string, grade: Grade | null): void {
    this.#store.update((state) => {
      const { [memberId]: before, ...rest } = state.others
      if (before === (grade ?? undefined)) return state
      return { ...state, others: grade === null ? rest : { ...rest, [memberId]: grade } }
    })
  }
}
