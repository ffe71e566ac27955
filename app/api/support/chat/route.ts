import { handle } from '../../../_server/core/handle.ts'
import { chat } from '../../../_server/support/chat.ts'

export const POST = handle('chat', 'account', chat)
