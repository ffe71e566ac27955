import { handle } from '../../../../_server/core/handle.ts'
import {
  listLateRecords,
  sendLateRecords,
  dropLateRecords,
} from '../../../../_server/classes/late-records.ts'

export const GET = handle('lateRecords', 'account', listLateRecords)
export const POST = handle('sendLateRecords', 'account', sendLateRecords)
export const DELETE = handle('dropLateRecords', 'account', dropLateRecords)
