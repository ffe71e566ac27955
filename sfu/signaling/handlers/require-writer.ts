/** Only the vault that was named writes the ledger and gives receipts. */
import type { LiveClass } from '../../class/live-class.ts'
import type { Member } from '../../class/member.ts'
import { SignalingError } from '../../protocol/index.ts'

/** @throws {SignalingError} `not-the-writer` */
export function requireWriter(liveClass: LiveClass, member: Member): void {
  if (liveClass.writer !== member.id.reveal()) throw new SignalingError('not-the-writer')
}
