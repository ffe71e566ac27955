/** `attendance`: who was in the class, and from when to when, for its teachers. */
import type { MemberHandler } from '../handler.ts'

export const attendance: MemberHandler<'attendance'> = ({ liveClass }) => ({
  people: liveClass.moderation.attendance.describe(),
})
