import { handle } from '../../../_server/core/handle.ts'
import { exportOwn } from '../../../_server/accounts/export-own.ts'

export const GET = handle('exportOwn', 'account', exportOwn)
