import { handle } from '../../../_server/core/handle.ts'
import { saveDirectory } from '../../../_server/support/directory.ts'

export const PUT = handle('saveDirectory', 'school-admin', saveDirectory)
