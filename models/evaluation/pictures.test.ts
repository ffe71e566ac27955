import sharp from 'sharp'
import { describe, expect, it, vi } from 'vitest'
import { classifyCrops } from './crops.ts'
import { figuresOf } from './figures.ts'
import type { LabelledPicture } from './labels.ts'
import { decode } from './pictures.ts'
import type { PictureFile } from './pictures.ts'

describe('decode', () => {
  it('makes three channels of grey, transparent and plain pictures', async () => {
    for (const [raw, value, expected] of [
      [{ width: 2, height: 1, channels: 1 }, [200, 10], [200, 200, 200, 10, 10, 10]],
      [{ width: 1, height: 1, channels: 4 }, [90, 80, 70, 0], [0, 0, 0]],
      [{ width: 1, height: 1, channels: 3 }, [90, 80, 70], [90, 80, 70]],
    ] as const) {
      const png = await sharp(Uint8Array.from(value), { raw }).png().toBuffer()
      const pixels = await decode(png)
      expect(pixels).toMatchObject({ width: raw.width, height: raw.height, channels: 3 })
      expect([...pixels.data]).toEqual(expected)
    }
  })

  it('refuses what is no picture', async () => {
    await expect(decode(Buffer.from('words'))).rejects.toThrow()
  })
})

describe('classifyCrops', () => {
  it('names what cannot be read, counts it as wrong and goes on', async () => {
    const png = await sharp({ create: { width: 2, height: 2, channels: 3, background: '#fff' } })
      .png()
      .toBuffer()
    const set: Readonly<Record<string, PictureFile>> = {
      damaged: { bytes: null, fault: 'damaged is damaged in the .zip.' },
      words: { bytes: Buffer.from('words'), fault: null },
      face: { bytes: png, fault: null },
    }
    const pictures = Object.keys(set).map((file): LabelledPicture => ({ file, label: 'neutral' }))
    const missing: PictureFile = { bytes: null, fault: 'It is missing.' }
    const source = {
      read: (name: string) => Promise.resolve(set[name] ?? missing),
      close: () => Promise.resolve(),
    }
    const sure = [1, 0, 0, 0, 0, 0, 0, 0]
    const dispose = vi.fn()
    const classifier = { classify: () => Promise.resolve(sure), dispose }
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    const { predictions } = await classifyCrops(pictures, source, classifier)
    const text = said.mock.calls.map(([chunk]) => String(chunk)).join('')
    said.mockRestore()
    expect(predictions.map(({ probabilities }) => probabilities)).toEqual([null, null, sure])
    expect(text).toContain('damaged is damaged in the .zip.')
    expect(text).toContain('words is no picture.')
    expect(figuresOf(predictions)).toMatchObject({ n: 3, unread: 2, accuracy: 1 / 3 })
    expect(dispose).toHaveBeenCalledOnce()
  })
})
