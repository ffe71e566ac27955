/**
 * Tells a waiting person what set-up is doing: one line a step, and on anything longer than two
 * seconds a line that moves (on a terminal) or repeats (in a log). It decides nothing.
 */
export interface Step {
  /** Replaces what the step says at the moment, for example `43 %`. */
  update(detail: string): void
  /** Ends the step; `detail` stands after its name. */
  done(detail?: string): void
}

export interface Progress {
  step(name: string): Step
  note(text: string): void
}

const REDRAW_MS = 500
/** In a log, a step that takes this long is worth a line, and then one now and then. */
const FIRST_MS = 2_000
const REPEAT_MS = 5_000

export interface ProgressStream {
  readonly isTTY?: boolean
  readonly write: (text: string) => unknown
}

/** Progress on `stream`, standard error unless told otherwise: standard output is for results. */
export function createProgress(
  stream: ProgressStream = process.stderr,
  now: () => number = Date.now,
): Progress {
  return {
    note(text) {
      stream.write(`  ${text}\n`)
    },
    step(name) {
      const began = now()
      let detail = ''
      const show = (end: string): void => {
        const seconds = Math.round((now() - began) / 1000)
        const time = seconds >= 2 ? ` (${String(seconds)} s)` : ''
        const text = `  ${name}${detail === '' ? '' : `: ${detail}`}${time}`
        stream.write(stream.isTTY ? `\r\u001b[K${text}${end}` : `${text}\n`)
      }
      let timer: NodeJS.Timeout
      const showAfter = (ms: number): void => {
        timer = setTimeout(() => {
          show('')
          showAfter(stream.isTTY ? REDRAW_MS : REPEAT_MS)
        }, ms)
        timer.unref()
      }
      showAfter(stream.isTTY ? REDRAW_MS : FIRST_MS)
      if (stream.isTTY) show('')
      return {
        update(text) {
          detail = text
        },
        done(text = 'done') {
          clearTimeout(timer)
          detail = text
          show('\n')
        },
      }
    },
  }
}
