import { handle } from '../../../_server/core/handle.ts'
import { listPeople } from '../../../_server/school/list-people.ts'

export const GET = handle('people', 'school-admin', listPeople)
