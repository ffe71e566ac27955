/**
 * How far a run over many pictures has come, on standard error alone, so that standard output stays what was asked for.
 * It goes by time: pictures may take a millisecond or seconds.
 */

/** On a terminal a line is redrawn; elsewhere each stays. */
const REDRAW_MS = 100
const REPEAT_MS = 2_000

/** Where it is shown, and when it is. */
export interface CounterOutput {
  readonly stream: { readonly isTTY?: boolean; write: (text: string) => unknown }
  readonly now: () => number
}

/** Shows how many of `total` pictures are done, each time that it is told. */
export function createCounter(
  total: number,
  { stream, now }: CounterOutput = { stream: process.stderr, now: Date.now },
): (done: number) => void {
  const terminal = stream.isTTY === true
  const pause = terminal ? REDRAW_MS : REPEAT_MS
  let shown = now()
  return (done) => {
    if (done !== total && now() - shown < pause) return
    shown = now()
    const filled = Math.round((30 * done) / total)
    const bar = `[${'#'.repeat(filled)}${' '.repeat(30 - filled)}] ${done}/${total} pictures`
    stream.write(terminal ? `\r${bar}${done === total ? '\n' : ''}` : `${bar}\n`)
  }
}
