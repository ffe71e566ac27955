import { handle } from '../../../../../_server/core/handle.ts'
import { addNote } from '../../../../../_server/support/add-note.ts'

export const POST = handle('addNote', 'account', addNote)
