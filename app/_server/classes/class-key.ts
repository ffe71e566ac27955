/** A class key's row, as it travels: its sealed private half goes to teachers alone. */
import type { z } from 'zod'
import type { classKeyAnswer } from '../../_wire/classes.ts'
import type { ClassRole } from '../../_wire/roles.ts'
import { toB64u } from '../core/bytes.ts'

interface ClassKeyRow {
  readonly generation: number
  readonly publicKey: Uint8Array
  readonly signed: Uint8Array
  readonly signerId: string
  readonly privateBox: Uint8Array
}

export function toClassKeyAnswer(
  row: ClassKeyRow,
  role: ClassRole,
): z.input<typeof classKeyAnswer> {
  return {
    generation: row.generation,
    publicKey: toB64u(row.publicKey),
    signed: toB64u(row.signed),
    signerId: row.signerId,
    privateBox: role === 'teacher' ? toB64u(row.privateBox) : null,
  }
}
