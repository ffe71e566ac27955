/**
 * Ends a command in an orderly way, once, whatever ends it: Ctrl-C, SIGTERM, a closed terminal, or
 * the death of the process that handed over to it. A second Ctrl-C does not cut the first one short.
 */
export interface Run {
  /** Whether the end has begun. */
  readonly ending: boolean
}

const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const
/** An end that takes longer than this is not orderly any more. */
const LIMIT_MS = 30_000

/** Calls `end` once when the run is to end, then exits. */
export function onEndOfRun(end: () => Promise<void>): Run {
  const run = { ending: false }
  const finish = (status: number): void => {
    if (run.ending) return
    run.ending = true
    setTimeout(() => process.exit(status), LIMIT_MS).unref()
    end().then(
      () => process.exit(status),
      (error: unknown) => {
        console.error(error)
        process.exit(1)
      },
    )
  }
  for (const [signal, status] of Object.entries(SIGNALS)) {
    process.on(signal, () => {
      finish(status)
    })
  }
  process.on('disconnect', () => {
    finish(SIGNALS.SIGTERM)
  })
  process.channel?.unref()
  return run
}
