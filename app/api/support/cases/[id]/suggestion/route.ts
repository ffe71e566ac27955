import { handle } from '../../../../../_server/core/handle.ts'
import { suggestHelper } from '../../../../../_server/support/admin-cases.ts'

export const PUT = handle('suggestHelper', 'school-admin', suggestHelper)
