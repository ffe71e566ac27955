/**
 * What a part of `npm run bench` is handed and what it hands back: tables and plots for people, figures for machines,
 * and in words whatever was skipped or too noisy to tell. It must never hold a number that no run measured.
 */

/** Rows of text under headings; the first column is the name. */
export interface Table {
  readonly title: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

export interface Plot {
  /** File name without its ending, `part-what`. */
  readonly name: string
  readonly title: string
  readonly svg: string
}

export interface PartResult {
  readonly tables: readonly Table[]
  readonly plots?: readonly Plot[]
  /** What was skipped, and what was too noisy to tell, one sentence each. */
  readonly notes: readonly string[]
  readonly figures: unknown
  /** False where the part judges and found what may not be; the command then fails. */
  readonly passed?: boolean
}

export interface PartContext {
  /** Small sizes and few repeats: to see that a part runs, not to learn from it. */
  readonly quick: boolean
  /** What is given behind the parts' names, as `--name value` or `--name`. */
  readonly option: (name: string) => string | undefined
  /** Tells a waiting person where the run is. */
  readonly say: (text: string) => void
}

export type Part = (context: PartContext) => Promise<PartResult>

/** What keeps a part from running at all; the message says what to do. */
export class BenchError extends Error {
  readonly code: 'bench-option' | 'peer-missing' | 'peer-failed' | 'service-failed'
  constructor(code: BenchError['code'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'BenchError'
    this.code = code
  }
}
