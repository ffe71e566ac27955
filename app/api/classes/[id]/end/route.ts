import { handle } from '../../../../_server/core/handle.ts'
import { endClass } from '../../../../_server/classes/end-class.ts'

export const POST = handle('endClass', 'account', endClass)
