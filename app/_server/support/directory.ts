/**
 * The school's directory of professionals and help lines: saved whole by admins, read by members. It begins
 * empty; nothing is ever put into it but by an admin's hand.
 */
import * as z from 'zod'
import { directoryEntry, type DirectoryEntry } from '../../_wire/support.ts'
import { recordAudit } from '../core/audit.ts'
import { serializable, type Transaction } from '../core/database.ts'
import type { Call } from '../core/handle.ts'
import { Refusal } from '../core/refusal.ts'

const ONLY = 1

export async function loadDirectory(
  tx: Transaction,
): Promise<{ version: number; entries: DirectoryEntry[] }> {
  const row = await tx.directory.findUnique({ where: { id: ONLY } })
  if (row === null) return { version: 0, entries: [] }
  return { version: row.version, entries: z.array(directoryEntry).parse(row.entries) }
}

export function readDirectory({ context }: Call<'directory', 'account'>) {
  return loadDirectory(context.db)
}

export async function saveDirectory(call: Call<'saveDirectory', 'school-admin'>) {
  const { context, body, caller } = call
  return serializable(context.db, async (tx) => {
    const { version } = await loadDirectory(tx)
    if (version !== body.replaces) throw new Refusal('directory-changed')
    const data = {
      version: version + 1,
      entries: body.entries,
      savedById: caller.account.id,
      savedAt: new Date(context.clock.now()),
    }
    await tx.directory.upsert({ where: { id: ONLY }, create: { id: ONLY, ...data }, update: data })
    await recordAudit(context, tx, {
      kind: 'directory-saved',
      actorId: caller.account.id,
      detail: { entries: body.entries.length },
    })
    return { version: version + 1 }
  })
}
