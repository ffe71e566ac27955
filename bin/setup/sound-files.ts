/**
 * Puts what takes the noise out of a microphone under public/sound: RNNoise's wasm from its npm package, and the audio
 * thread's script, whose types are stripped, since nothing bundles such a script. Nothing is fetched.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'

const WASM = 'node_modules/@jitsi/rnnoise-wasm/dist/rnnoise.wasm'
const WORKLET = 'app/_call/devices/noise/worklet.ts'

/**
 * Replaces in one step, so that a server that runs never gives out half a file. One that is right is
 * left alone: who starts the service may be another than who set it up, and may not write here.
 */
function write(path: string, content: Buffer): void {
  if (existsSync(path) && readFileSync(path).equals(content)) return
  writeFileSync(`${path}.new`, content)
  renameSync(`${path}.new`, path)
}

/** Brings `<root>/public/sound` up to date. */
export function prepareSoundFiles(root: string): void {
  const target = join(root, 'public/sound')
  mkdirSync(target, { recursive: true })
  write(join(target, 'rnnoise.wasm'), readFileSync(join(root, WASM)))
  const script = stripTypeScriptTypes(readFileSync(join(root, WORKLET), 'utf8'))
  write(join(target, 'noise-worklet.js'), Buffer.from(script))
}
