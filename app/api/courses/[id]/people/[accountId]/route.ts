import { handle } from '../../../../../_server/core/handle.ts'
import { setRole } from '../../../../../_server/courses/set-role.ts'
import { removePerson } from '../../../../../_server/courses/remove-person.ts'

export const PUT = handle('setRole', 'account', setRole)
export const DELETE = handle('removePerson', 'account', removePerson)
