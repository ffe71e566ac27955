/** `announceChunk`: the writer's word to the other teachers that a chunk is stored. */
import type { MemberHandler } from '../handler.ts'
import { requireWriter } from './require-writer.ts'

export const announceChunk: MemberHandler<'announceChunk'> = ({ liveClass, member }, chunk) => {
  requireWriter(liveClass, member)
  for (const other of liveClass.members) {
    if (other.role !== 'teacher' || other === member) continue
    other.notify({ notification: 'chunk', data: chunk })
  }
  return {}
}
