#!/usr/bin/env node
/**
 * Stands in for Prisma's native schema engine, which its command line would download: speaks the
 * same line-delimited JSON-RPC on standard input and output, and answers with the engine's
 * WebAssembly build from npm. prisma.config.ts names it to Prisma. It serves PostgreSQL only.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import * as glue from '@prisma/schema-engine-wasm/schema_engine_bg'
import { postgresFactory } from './postgres-factory.mjs'

/** Used where a command needs an engine but no database (validate, generate). */
const NO_DATABASE = 'postgresql://nobody@127.0.0.1:1/none'
const STATUS_PANIC = 101
const RPC_FAILED = 4466

const require = createRequire(import.meta.url)
const wasmFile = require
  .resolve('@prisma/schema-engine-wasm')
  .replace(/schema_engine\.js$/, 'schema_engine_bg.wasm')

const argv = process.argv.slice(2)
const valuesOf = (name) => argv.flatMap((word, at) => (word === name ? [argv[at + 1]] : []))

function say(stream, message) {
  stream.write(`${JSON.stringify(message)}\n`)
}

function logError(fields) {
  say(process.stderr, { level: 'ERROR', target: 'schema_engine::logger', fields })
}

if (argv.includes('--version')) {
  console.log('schema-engine-wasm')
  process.exit(0)
}

let panic = ''
globalThis.PRISMA_WASM_PANIC_REGISTRY = {
  set_message(message) {
    panic = message
    logError({ message })
  },
}
process.on('uncaughtException', (error) => {
  if (panic === '') logError({ message: String(error.stack) })
  process.exit(STATUS_PANIC)
})

const { instance } = await WebAssembly.instantiate(readFileSync(wasmFile), {
  './schema_engine_bg.js': glue,
})
glue.__wbg_set_wasm(instance.exports)
instance.exports.__wbindgen_start?.()

const datamodels = valuesOf('--datamodels').map((file) => [file, readFileSync(file, 'utf8')])
const { url = NO_DATABASE } = JSON.parse(valuesOf('--datasource')[0] ?? '{}')

let engine
/** The engine, made at first use, since making it connects. */
function getEngine() {
  engine ??= glue.SchemaEngine.new(
    { datamodels: datamodels.length > 0 ? datamodels : undefined },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(postgresFactory(url)),
  )
  return engine
}

async function call(method, params) {
  // The database is there already: the supervisor makes it, or the person who gave its URL.
  if (method === 'createDatabase') return { databaseName: '' }
  const target = await getEngine()
  return target[method === 'getDatabaseVersion' ? 'version' : method](params)
}

async function answer({ id, method, params }) {
  try {
    const result = await call(method, params)
    if (method !== 'diff') return { jsonrpc: '2.0', id, result: result ?? {} }
    // The native engine prints a difference by asking its caller to.
    if (typeof result.stdout === 'string') {
      const content = { content: result.stdout }
      say(process.stdout, { jsonrpc: '2.0', id: 1e6 + id, method: 'print', params: content })
    }
    return { jsonrpc: '2.0', id, result: { exitCode: result.exitCode, stdout: null } }
  } catch (error) {
    const message = String(error?.message ?? error)
    const data = { is_panic: false, message, error_code: error?.code, meta: error?.meta ?? null }
    return { jsonrpc: '2.0', id, error: { code: RPC_FAILED, message, data } }
  }
}

if (argv.includes('cli')) {
  // can-connect-to-database, create-database, drop-database
  try {
    const target = await getEngine()
    await target.ensureConnectionValidity({ datasource: { tag: 'ConnectionString', url } })
    process.exit(0)
  } catch (error) {
    logError({ error_code: error.code ?? 'P1001', message: String(error.message ?? error) })
    process.exit(1)
  }
}

let queue = Promise.resolve()
createInterface({ input: process.stdin })
  .on('line', (line) => {
    if (line.trim() === '') return
    const message = JSON.parse(line)
    // Answers to our own `print` requests come back here: they need nothing.
    if (!message.method || message.result !== undefined) return
    queue = queue.then(async () => {
      say(process.stdout, await answer(message))
    })
  })
  .on('close', () => {
    void queue.then(() => process.exit(0))
  })
