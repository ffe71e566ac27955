#!/usr/bin/env node
/**
 * Completes package-lock.json after an `npm install` against a registry mirror that lacks the builds
 * of some packages for other platforms: npm then leaves those optional packages out of the lock file,
 * and `npm ci` refuses it. Adds the entries that an install with the whole registry would have
 * written (less `integrity`). It must never write a registry's address.
 *
 * Use: node bin/complete-lock.mjs [package-lock.json]
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const OPERATING_SYSTEMS = {
  aix: 'aix',
  android: 'android',
  darwin: 'darwin',
  freebsd: 'freebsd',
  linux: 'linux',
  macos: 'darwin',
  netbsd: 'netbsd',
  openbsd: 'openbsd',
  openharmony: 'openharmony',
  sunos: 'sunos',
  win32: 'win32',
  windows: 'win32',
}
const PROCESSORS = [
  'x64',
  'arm64',
  'ia32',
  'arm',
  'ppc64',
  's390x',
  'riscv64',
  'loong64',
  'mips64el',
  'wasm32',
]

/** The folder above `at` (`a/node_modules/b` -> `a`), or '' at the top. */
function parentOf(at) {
  const cut = at.lastIndexOf('/node_modules/')
  return cut === -1 ? '' : at.slice(0, cut)
}

/** Whether Node, standing in package folder `at`, finds `name`: nested first, then each parent folder. */
function resolves(packages, at, name) {
  for (let folder = at; ; folder = parentOf(folder)) {
    if (`${folder === '' ? '' : `${folder}/`}node_modules/${name}` in packages) return true
    if (folder === '') return false
  }
}

/** What a platform package's name says of it: `@next/swc-darwin-arm64` -> darwin, arm64. */
function platformOf(name) {
  const words = name.split(/[-/]/)
  const os = words.map((word) => OPERATING_SYSTEMS[word]).find(Boolean)
  const cpu =
    PROCESSORS.find((processor) => words.includes(processor)) ??
    (words.some((word) => /^armv?[67]/.test(word)) ? 'arm' : undefined)
  return { os, cpu }
}

/** Adds the missing entries to a parsed lock file; returns the names added and those left alone. */
export function completeLock(lock) {
  const added = []
  const skipped = []
  for (const [at, entry] of Object.entries({ ...lock.packages })) {
    for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
      if (resolves(lock.packages, at, name)) continue
      const { os, cpu } = platformOf(name)
      if (os === undefined && cpu !== 'wasm32') {
        skipped.push(`${name}@${range} of ${at === '' ? 'package.json' : at}`)
        continue
      }
      lock.packages[`node_modules/${name}`] = {
        version: range.replace(/^npm:.*@/, '').replace(/^[\^~>=]+/, ''),
        ...(cpu && { cpu: [cpu] }),
        ...(entry.dev && { dev: true }),
        ...(entry.devOptional && { devOptional: true }),
        ...(entry.peer && { peer: true }),
        license: entry.license,
        optional: true,
        ...(os && { os: [os] }),
        ...(entry.engines && { engines: entry.engines }),
      }
      added.push(name)
    }
  }
  const sorted = Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  lock.packages = Object.fromEntries(sorted)
  return { added, skipped }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = process.argv[2] ?? 'package-lock.json'
  const lock = JSON.parse(readFileSync(file, 'utf8'))
  const { added, skipped } = completeLock(lock)
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
  for (const name of skipped) console.error(`not a platform package, left alone: ${name}`)
  console.log(`${file}: ${added.length} entries added`)
}
