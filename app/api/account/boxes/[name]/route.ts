import { handle } from '../../../../_server/core/handle.ts'
import { readBox, writeBox } from '../../../../_server/accounts/boxes.ts'

export const GET = handle('readBox', 'account', readBox)
export const PUT = handle('writeBox', 'account', writeBox)
