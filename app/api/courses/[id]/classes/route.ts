import { handle } from '../../../../_server/core/handle.ts'
import { startClass } from '../../../../_server/classes/start-class.ts'

export const POST = handle('startClass', 'account', startClass)
