/** Whether web, database and media server answer; names the part that does not, and nothing more. */
import type { ServerContext } from '../core/context.ts'
import type { Call } from '../core/handle.ts'

const PATIENCE_MS = 3_000

export async function readHealth(call: Call<'health', 'public'>) {
  const { context } = call
  const [database, sfu] = await Promise.all([databaseAnswers(context), context.sfu.healthy()])
  const failing: ('database' | 'sfu')[] = []
  if (!database) failing.push('database')
  if (!sfu) failing.push('sfu')
  if (failing.length === 0) return { status: 'ok' as const }
  call.reply.status = 503
  return { status: 'failing' as const, failing }
}

async function databaseAnswers(context: ServerContext): Promise<boolean> {
  const { promise: patience, resolve } = Promise.withResolvers<false>()
  const timer = setTimeout(resolve, PATIENCE_MS, false)
  const question = context.db.$queryRaw`SELECT 1`.then(
    () => true,
    (error: unknown) => {
      context.log.error('database-silent', error)
      return false
    },
  )
  const answered = await Promise.race([question, patience])
  clearTimeout(timer)
  return answered
}
