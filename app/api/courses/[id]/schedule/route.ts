import { handle } from '../../../../_server/core/handle.ts'
import { saveSchedule } from '../../../../_server/courses/save-schedule.ts'

export const PUT = handle('saveSchedule', 'account', saveSchedule)
