import { handle } from '../../../../_server/core/handle.ts'
import { eraseOwn } from '../../../../_server/courses/erase-own.ts'

export const POST = handle('eraseOwn', 'account', eraseOwn)
