import { handle } from '../../../../../_server/core/handle.ts'
import { setCaseState } from '../../../../../_server/support/set-case-state.ts'

export const PUT = handle('setCaseState', 'account', setCaseState)
