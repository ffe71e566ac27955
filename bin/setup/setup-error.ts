/**
 * What set-up, supervisor and commands throw when a person has to do something: a stable code and
 * one sentence that holds the fix. Whoever catches it at the top prints the sentence alone.
 */
export type SetupErrorCode =
  | 'bad-variable'
  | 'bad-argument'
  | 'port-busy'
  | 'missing-packages'
  | 'wrong-node'
  | 'install-failed'
  | 'worker-unusable'
  | 'worker-build-failed'
  | 'models-wrong'
  | 'data-folder'
  | 'database'
  | 'migration'
  | 'build-failed'
  | 'certificate'
  | 'process-gone'

export class SetupError extends Error {
  readonly code: SetupErrorCode

  constructor(code: SetupErrorCode, sentence: string, options?: ErrorOptions) {
    super(sentence, options)
    this.name = 'SetupError'
    this.code = code
  }
}

/** The message of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
