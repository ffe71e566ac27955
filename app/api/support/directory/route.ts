import { handle } from '../../../_server/core/handle.ts'
import { readDirectory } from '../../../_server/support/directory.ts'

export const GET = handle('directory', 'account', readDirectory)
