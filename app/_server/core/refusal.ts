/** The one way in which a use case says no: a stable code of `_wire/errors.ts`. */
import { errorTable, type ErrorCode } from '../../_wire/errors.ts'

export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: ErrorCode
  readonly status: number
  /** Whole seconds after which it is worth trying again. */
  readonly retryAfterSeconds: number | undefined

  constructor(code: ErrorCode, retryAfterSeconds?: number) {
    super(errorTable[code].message)
    this.code = code
    this.status = errorTable[code].status
    this.retryAfterSeconds = retryAfterSeconds
  }
}
