import { handle } from '../../../../_server/core/handle.ts'
import { savePerson } from '../../../../_server/school/save-person.ts'

export const PUT = handle('savePerson', 'school-admin', savePerson)
