/**
 * Who writes or erases parts of a class does so alone. A chunk's transaction holds its class and sees what was committed
 * before; an erasure's holds all classes of its courses. A writer leaves a new version of the row, so that an erasure
 * that began before it, and cannot see its parts, loses and runs again. So chunks of different classes never lose
 * against each other, however many are written at once. A class that begins leaves a new version of its course's row in
 * the same way: an erasure that did not see it loses too, so that the erased person is in no class of which it knew
 * nothing.
 */
import type { Transaction } from '../core/database.ts'

/** Holds one class for writing; it may not exist. To be the first thing that a `locked` transaction does. */
export async function holdClass(tx: Transaction, id: string): Promise<void> {
  await tx.$executeRaw`UPDATE "Class" SET "startedAt" = "startedAt" WHERE "id" = ${id}::uuid`
}

/** Holds a course while a class of it begins. To be the first thing that a `locked` transaction does. */
export async function holdCourse(tx: Transaction, id: string): Promise<void> {
  await tx.$executeRaw`UPDATE "Course" SET "createdAt" = "createdAt" WHERE "id" = ${id}::uuid`
}

/** Holds every class of the courses that this person ever was in, or of one of them, for erasing; none begins meanwhile. */
export async function holdClassesOf(
  tx: Transaction,
  accountId: string,
  courseId: string | null = null,
): Promise<void> {
  await tx.$queryRaw`
    SELECT 1 FROM "Course" k
    WHERE (${courseId}::uuid IS NULL OR k."id" = ${courseId}::uuid)
      AND EXISTS (
        SELECT 1 FROM "Enrolment" e
        WHERE e."courseId" = k."id" AND e."accountId" = ${accountId}::uuid)
    ORDER BY k."id"
    FOR NO KEY UPDATE OF k`
  await tx.$queryRaw`
    SELECT 1 FROM "Class" c
    WHERE (${courseId}::uuid IS NULL OR c."courseId" = ${courseId}::uuid)
      AND EXISTS (
        SELECT 1 FROM "Enrolment" e
        WHERE e."courseId" = c."courseId" AND e."accountId" = ${accountId}::uuid)
    ORDER BY c."id"
    FOR UPDATE OF c`
}
