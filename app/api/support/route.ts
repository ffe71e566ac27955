import { handle } from '../../_server/core/handle.ts'
import { readSupport } from '../../_server/support/offers.ts'

export const GET = handle('support', 'account', readSupport)
