import { handle } from '../../../_server/core/handle.ts'
import { readOwnParts } from '../../../_server/accounts/read-own-parts.ts'

export const GET = handle('ownParts', 'account', readOwnParts)
