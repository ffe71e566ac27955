import { describe, expect, it } from 'vitest'
import { buildFaceLandmarker } from './face-landmarker.ts'
import { storedZip } from './stored-zip.ts'
import { TfliteEditor } from './tflite-editor.ts'

describe('buildFaceLandmarker', () => {
  it('assembles the known bundle, bit for bit', () => {
    expect(buildFaceLandmarker()).toHaveLength(3_219_759)
  })
})

describe('storedZip', () => {
  it('starts every entry at a multiple of 64 bytes, whatever the name', () => {
    for (let length = 1; length < 70; length++) {
      const zip = storedZip([
        ['n'.repeat(length), Buffer.from('first')],
        ['second', Buffer.from('another')],
      ])
      expect(zip.indexOf('first') % 64).toBe(0)
      expect(zip.indexOf('another') % 64).toBe(0)
    }
  })
})

describe('TfliteEditor', () => {
  it('refuses what is not a model', () => {
    expect(() => new TfliteEditor(new Uint8Array(64))).toThrow(TypeError)
  })
})
