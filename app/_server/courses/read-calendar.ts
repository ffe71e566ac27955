/** The weekly class of a course as a calendar file, for the people of the course. */
import { courseSchedule } from '../../_wire/schedule.ts'
import type { Call } from '../core/handle.ts'
import { Refusal } from '../core/refusal.ts'
import { calendarFile } from './calendar-file.ts'
import { requireRole } from './membership.ts'

export async function readCalendar(call: Call<'calendar', 'account'>) {
  const { context, caller, parameters } = call
  const { id } = parameters
  await requireRole(context.db, id, caller.account.id)
  const course = await context.db.course.findUniqueOrThrow({ where: { id } })
  if (course.schedule === null) throw new Refusal('no-schedule')
  const text = calendarFile({
    id,
    name: course.name,
    schedule: courseSchedule.parse(course.schedule),
    url: new URL(`/courses/${id}`, context.publicUrl).href,
    now: context.clock.now(),
  })
  return { fileName: `${fileNameOf(course.name)}.ics`, text }
}

/** A name that every file system takes. */
function fileNameOf(name: string): string {
  const plain = name
    .normalize('NFKC')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60)
  return plain === '' ? 'course' : plain
}
