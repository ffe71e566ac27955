import { handle } from '../../../../_server/core/handle.ts'
import { handOver, listHolders } from '../../../../_server/history/key-holders.ts'

export const GET = handle('keyHolders', 'account', listHolders)
export const POST = handle('handOver', 'account', handOver)
