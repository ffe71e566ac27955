import { handle } from '../../../../_server/core/handle.ts'
import { listChunks } from '../../../../_server/classes/list-chunks.ts'
import { writeChunk } from '../../../../_server/classes/write-chunk.ts'

export const GET = handle('chunks', 'account', listChunks)
export const POST = handle('writeChunk', 'account', writeChunk)
