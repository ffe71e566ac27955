/** `sendReceipt`: a sealed receipt or refusal from the writer's vault to one member alone. */
import { SignalingError } from '../../protocol/index.ts'
import type { MemberHandler } from '../handler.ts'
import { requireWriter } from './require-writer.ts'

export const sendReceipt: MemberHandler<'sendReceipt'> = ({ liveClass, member }, { to, box }) => {
  requireWriter(liveClass, member)
  const recipient = liveClass.member(to)
  if (recipient === undefined) throw new SignalingError('member-unknown')
  recipient.notify({ notification: 'receipt', data: { box } })
  return {}
}
