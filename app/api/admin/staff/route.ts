import { handle } from '../../../_server/core/handle.ts'
import { saveStaff } from '../../../_server/support/admin-cases.ts'

export const PUT = handle('saveStaff', 'school-admin', saveStaff)
