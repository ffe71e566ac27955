import { handle } from '../../../../../_server/core/handle.ts'
import { exportPerson } from '../../../../../_server/school/export-person.ts'

export const POST = handle('exportPerson', 'school-admin', exportPerson)
