/** `readClock`: the class's clock, when a device has reason to doubt what it made of the announcements. */
import type { MemberHandler } from '../handler.ts'

export const readClock: MemberHandler<'readClock'> = ({ services }) => ({
  now: services.clock.now(),
})
