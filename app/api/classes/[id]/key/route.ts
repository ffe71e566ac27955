import { handle } from '../../../../_server/core/handle.ts'
import { putClassKey } from '../../../../_server/classes/put-class-key.ts'

export const PUT = handle('putClassKey', 'account', putClassKey)
