import { cpSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { prepareSoundFiles } from './sound-files.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const SOURCES = [
  'node_modules/@jitsi/rnnoise-wasm/dist/rnnoise.wasm',
  'app/_call/devices/noise/worklet.ts',
]

describe('prepareSoundFiles', () => {
  let root: string

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'attune-sound-'))
    for (const path of SOURCES) {
      cpSync(join(ROOT, path), join(root, path), { recursive: true })
    }
  })

  afterEach(() => {
    rmSync(root, { recursive: true })
  })

  const files = (): number[] =>
    ['rnnoise.wasm', 'noise-worklet.js'].map(
      (name) => statSync(join(root, 'public/sound', name)).ino,
    )

  it('leaves files alone that are right, and replaces one that is not', () => {
    prepareSoundFiles(root)
    const made = files()
    prepareSoundFiles(root)
    expect(files()).toEqual(made)
    writeFileSync(join(root, 'public/sound/noise-worklet.js'), 'old')
    prepareSoundFiles(root)
    const [wasm, script] = files()
    expect(wasm).toBe(made[0])
    expect(script).not.toBe(made[1])
  })
})
