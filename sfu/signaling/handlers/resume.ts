/** `resume`: the same membership on a new connection, within the grace period. */
import type { EntryHandler } from '../handler.ts'
import { describeEntry } from './entry.ts'

export const resume: EntryHandler<'resume'> = ({ services, connection }, { resumeToken }) => {
  const membership = services.registry.resume(resumeToken, connection)
  const transports = membership.member.media?.transportIds ?? []
  return Promise.resolve({
    admission: { membership },
    answer: { ...describeEntry(membership, services), transports },
  })
}
