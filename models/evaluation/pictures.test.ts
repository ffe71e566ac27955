import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { decode } from './pictures.ts'

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
