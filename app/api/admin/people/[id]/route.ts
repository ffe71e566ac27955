import { handle } from '../../../../_server/core/handle.ts'
import { readPerson } from '../../../../_server/school/read-person.ts'
import { savePerson } from '../../../../_server/school/save-person.ts'

export const GET = handle('person', 'school-admin', readPerson)
export const PUT = handle('savePerson', 'school-admin', savePerson)
