import { readOwnAudit } from '../../../_server/accounts/read-own-audit.ts'
import { handle } from '../../../_server/core/handle.ts'

export const GET = handle('ownAudit', 'account', readOwnAudit)
