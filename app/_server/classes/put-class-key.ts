/**
 * Takes the class key that a teacher's vault made: the first one holds, and with it the settings of
 * this moment. Whoever comes second is given the first.
 */
import { fromB64u } from '../core/bytes.ts'
import { serializable } from '../core/database.ts'
import type { Call } from '../core/handle.ts'
import { Refusal } from '../core/refusal.ts'
import { newestGeneration } from '../courses/generations.ts'
import { loadClass, readingsOf, requireClassRole } from './class-access.ts'
import { toClassKeyAnswer } from './class-key.ts'
import { pushReadings } from './push.ts'

export async function putClassKey(call: Call<'putClassKey', 'account'>) {
  const { context, body, caller, parameters } = call
  const id = parameters.id
  const { row, accepted } = await serializable(context.db, async (tx) => {
    await requireClassRole(tx, id, caller, ['teacher'])
    // Two teachers at once: one waits here for the other.
    await tx.$queryRaw`SELECT 1 FROM "Class" WHERE "id" = ${id}::uuid FOR UPDATE`
    const row = await loadClass(tx, id)
    if (row.key !== null) return { row, accepted: false }
    if (row.endedAt !== null) throw new Refusal('class-ended')
    const readings = await readingsOf(tx, row)
    if (readings.mode === 'off') throw new Refusal('readings-off')
    if (row.course.generationNeeded) throw new Refusal('generation-needed')
    const { number } = await newestGeneration(tx, row.courseId)
    if (body.generation !== number) throw new Refusal('generation-outdated')
    const key = await tx.classKey.create({
      data: {
        classId: id,
        generation: body.generation,
        publicKey: fromB64u(body.publicKey),
        signed: fromB64u(body.signed),
        signerId: caller.account.id,
        privateBox: fromB64u(body.privateBox),
        readings: readings.mode,
        intervalSeconds: readings.intervalSeconds,
        minimumGroup: readings.minimumGroup,
        acceptedAt: new Date(context.clock.now()),
      },
    })
    return { row: { ...row, key }, accepted: true }
  })
  if (row.key === null) throw new Refusal('key-not-accepted')
  if (accepted) await pushReadings(context, row.courseId)
  return { classKey: toClassKeyAnswer(row.key, 'teacher'), accepted }
}
