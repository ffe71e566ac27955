import { handle } from '../../../../_server/core/handle.ts'
import { readCalendar } from '../../../../_server/courses/read-calendar.ts'

export const GET = handle('calendar', 'account', readCalendar)
