import { handle } from '../../_server/core/handle.ts'
import { listRecipients } from '../../_server/results/recipients.ts'

export const GET = handle('resultRecipients', 'account', listRecipients)
