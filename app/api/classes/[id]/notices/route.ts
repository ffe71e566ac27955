import { handle } from '../../../../_server/core/handle.ts'
import { sendNotices } from '../../../../_server/support/send-notices.ts'

export const POST = handle('sendNotices', 'account', sendNotices)
