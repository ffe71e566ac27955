import { handle } from '../../../_server/core/handle.ts'
import { importPeople } from '../../../_server/school/import-people.ts'

export const POST = handle('importPeople', 'school-admin', importPeople)
