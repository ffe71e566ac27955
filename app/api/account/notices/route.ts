import { handle } from '../../../_server/core/handle.ts'
import { readOwnNotices } from '../../../_server/support/read-own-notices.ts'

export const GET = handle('ownNotices', 'account', readOwnNotices)
