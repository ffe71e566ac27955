/** `createTransport`: a way for media, with SCTP only where this role's records travel. */
import type { Role } from '../../protocol/index.ts'
import type { MemberHandler } from '../handler.ts'
import { ownMedia } from './own-media.ts'

const recordsTravel: Readonly<Record<'send' | 'recv', Role>> = { send: 'student', recv: 'teacher' }

export const createTransport: MemberHandler<'createTransport'> = ({ member }, { direction }) =>
  ownMedia(member).createTransport({
    direction,
    records: recordsTravel[direction] === member.role,
  })
