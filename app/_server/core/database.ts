/**
 * The database client and transactions. One pool a process: the client lives on `globalThis`, since
 * Next bundles copies of this module. It must never be used from a browser room.
 */
import { setTimeout as after } from 'node:timers/promises'
import { PrismaPg } from '@prisma/adapter-pg'
import { Prisma, PrismaClient } from '../../../prisma/generated/client.ts'

export type Database = PrismaClient
/** What use cases work on: the client, or a transaction of it. */
export type Transaction = Prisma.TransactionClient

/** Opens a pool of connections to `url`. */
export function openDatabase(url: string): Database {
  return new PrismaClient({ adapter: new PrismaPg({ connectionString: url, max: 10 }) })
}

const TRIES = 8
/** Longest pause before the second try; doubled with each further one. */
const FIRST_PAUSE_MS = 8
/** Prisma's code, then PostgreSQL's own, for transactions that lost against another one. */
const CONFLICTS = ['P2034', '40001', '40P01']

/** True when a transaction only lost against another one and may be run again from its start. */
export function isConflict(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if ('code' in error && typeof error.code === 'string' && CONFLICTS.includes(error.code))
    return true
  if (error.name === 'DriverAdapterError' && error.message.includes('TransactionWriteConflict')) {
    return true
  }
  // Of a query in SQL the adapter's error is told beside Prisma's own.
  if ('meta' in error && toldIn(error.meta)) return true
  return error.cause === undefined ? false : isConflict(error.cause)
}

function toldIn(meta: unknown): boolean {
  if (meta === undefined) return false
  const text = JSON.stringify(meta)
  return [...CONFLICTS, 'TransactionWriteConflict'].some((word) => text.includes(`"${word}"`))
}

/** True when no connection came free, or a transaction did not end, in the time that it is given. */
export function isOverloaded(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'P2028'
}

/** PostgreSQL's code for a full disk, and the system's. */
const FULL = ['53100', 'ENOSPC']

/** True when the database had no room left. */
export function isFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const told = [
    'code' in error ? error.code : null,
    'meta' in error ? JSON.stringify(error.meta) : null,
    error.message,
  ]
  if (told.some((text) => typeof text === 'string' && FULL.some((code) => text.includes(code)))) {
    return true
  }
  return error.cause === undefined ? false : isFull(error.cause)
}

/** True when a unique key refused a row. */
export function isTaken(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002'
}

/**
 * Runs `work` in one serializable transaction, and again from its start when it lost against another
 * one. `work` must do nothing outside the database.
 */
export function serializable<T>(db: Database, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return retried(db, Prisma.TransactionIsolationLevel.Serializable, work)
}

/**
 * Runs `work` in a transaction that sees what others commit meanwhile, and so never loses for what it
 * has read: for work that first locks, by itself, whatever it decides upon.
 */
export function locked<T>(db: Database, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return retried(db, Prisma.TransactionIsolationLevel.ReadCommitted, work)
}

async function retried<T>(
  db: Database,
  isolationLevel: Prisma.TransactionIsolationLevel,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.$transaction(work, { isolationLevel, maxWait: 10_000, timeout: 20_000 })
    } catch (error) {
      if (attempt === TRIES || !isConflict(error)) throw error
      // Those that lost together must not meet again.
      await after(Math.random() * FIRST_PAUSE_MS * 2 ** (attempt - 1))
    }
  }
}
