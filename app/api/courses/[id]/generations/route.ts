import { handle } from '../../../../_server/core/handle.ts'
import { addGeneration } from '../../../../_server/courses/add-generation.ts'

export const POST = handle('addGeneration', 'account', addGeneration)
