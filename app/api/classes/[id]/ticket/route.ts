import { handle } from '../../../../_server/core/handle.ts'
import { issueTicket } from '../../../../_server/classes/issue-ticket.ts'

export const POST = handle('ticket', 'anyone', issueTicket)
