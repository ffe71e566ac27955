/**
 * The page around the vault worker: hands records in as a record channel does, when they are due or all at once, and
 * notes what the worker says. The script outside calls `window.records`.
 */
import { setupSchema, type FromWorker, type ToWorker } from './messages.ts'

const RECORD = 272

interface Outcome {
  readonly taken: number
  readonly seconds: number
  /** When totals came, after the end of their interval, milliseconds. */
  readonly totalsAfterMs: readonly number[]
  readonly receipts: number
  readonly chunks: number
  readonly failures: readonly string[]
}

interface Records {
  seal(count: number): Promise<number>
  /** Every record at once. */
  burst(): Promise<Outcome>
  /** Each student's record at its phase of every interval, for so many intervals. */
  run(intervals: number): Promise<Outcome>
}

declare global {
  interface Window {
    records: Records
  }
}

const open = (): Worker => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })

/** Resolves with the worker's first word of that kind. */
function heard<K extends FromWorker['kind']>(
  worker: Worker,
  kind: K,
): Promise<Extract<FromWorker, { kind: K }>> {
  return new Promise((resolve, reject) => {
    worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
      if (data.kind === kind) resolve(data as Extract<FromWorker, { kind: K }>)
      else if (data.kind === 'failed') reject(new Error(data.why))
    })
  })
}

const tell = (worker: Worker, order: ToWorker): void => {
  worker.postMessage(order)
}

async function begin(which: number) {
  const setup = setupSchema.parse(await (await fetch(`/picture/${String(which)}`)).json())
  const bytes = new Uint8Array(await (await fetch(`/picture/${String(which + 1)}`)).arrayBuffer())
  const worker = open()
  const startedAt = Date.now()
  const begun = heard(worker, 'begun')
  tell(worker, { kind: 'begin', setup, startedAt })
  await begun
  const watch = {
    taken: 0,
    receipts: 0,
    chunks: 0,
    totals: [] as number[],
    failures: [] as string[],
  }
  const interval = setup.intervalSeconds * 1000
  let look = (): void => undefined
  worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
    if (data.kind === 'taken') watch.taken++
    else if (data.kind === 'failed') watch.failures.push(data.why)
    else if (data.kind === 'event') {
      if (data.event === 'receiptOut') watch.receipts++
      if (data.event === 'chunkOut') watch.chunks++
      if (data.event === 'totals') {
        const number = Number(Reflect.get(Object(data.data), 'interval'))
        watch.totals.push(data.at - (startedAt + (number + 1) * interval))
      }
    }
    look()
  })
  const record = (n: number): Uint8Array => bytes.slice(n * RECORD, (n + 1) * RECORD)
  const count = bytes.length / RECORD
  const students = setup.members.length - 1
  const until = (fits: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      look = () => {
        if (fits()) resolve()
      }
      look()
    })
  const outcome = (began: number): Outcome => {
    const { taken, totals, receipts, chunks, failures } = watch
    const seconds = (performance.now() - began) / 1000
    worker.terminate()
    return { taken, seconds, totalsAfterMs: totals, receipts, chunks, failures }
  }
  return { worker, startedAt, interval, record, count, students, until, outcome, watch }
}

window.records = {
  seal: async (count) => {
    const worker = open()
    const sealed = heard(worker, 'sealed')
    tell(worker, { kind: 'seal', count })
    const { seconds } = await sealed
    worker.terminate()
    return seconds
  },
  burst: async () => {
    const { worker, record, count, until, outcome, watch } = await begin(0)
    const began = performance.now()
    for (let id = 0; id < count; id++) tell(worker, { kind: 'record', id, message: record(id) })
    await until(() => watch.taken + watch.failures.length >= count)
    return outcome(began)
  },
  run: async (intervals) => {
    const { worker, startedAt, interval, record, students, until, outcome, watch } = await begin(2)
    const began = performance.now()
    const phases = Array.from({ length: students }, () => 0.1 + 0.5 * Math.random())
    for (let n = 0; n < intervals; n++) {
      for (let student = 0; student < students; student++) {
        const id = n * students + student
        const at = startedAt + (n + (phases[student] ?? 0)) * interval
        setTimeout(
          () => {
            tell(worker, { kind: 'record', id, message: record(id) })
          },
          Math.max(0, at - Date.now()),
        )
      }
    }
    await until(() => watch.chunks >= intervals || watch.failures.length > 0)
    return outcome(began)
  },
}
