import { handle } from '../../../../../_server/core/handle.ts'
import { erasePerson } from '../../../../../_server/school/erase-person.ts'

export const POST = handle('erasePerson', 'school-admin', erasePerson)
