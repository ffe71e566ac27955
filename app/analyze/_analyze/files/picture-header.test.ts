import fc from 'fast-check'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { readPictureHeader } from './picture-header.ts'

const create = { width: 60, height: 40, channels: 3 as const, background: '#a53' }
const picture = () => sharp({ create })
const frames = async () => {
  const other = sharp({ create: { ...create, background: '#35a' } })
  const both = await Promise.all([picture(), other].map((frame) => frame.png().toBuffer()))
  return sharp(both, { join: { animated: true } })
}
const header = async (made: Promise<Buffer>) => readPictureHeader(await made)

const PLAIN = {
  width: 60,
  height: 40,
  animated: false,
  deep: false,
  cmyk: false,
  rotated: false,
  truncated: false,
}

describe('readPictureHeader', () => {
  it('knows the formats by their content', async () => {
    expect(await header(picture().jpeg().toBuffer())).toEqual({ ...PLAIN, format: 'jpeg' })
    expect(await header(picture().jpeg({ progressive: true }).toBuffer())).toEqual({
      ...PLAIN,
      format: 'jpeg',
    })
    expect(await header(picture().png().toBuffer())).toEqual({ ...PLAIN, format: 'png' })
    expect(await header(picture().gif().toBuffer())).toEqual({ ...PLAIN, format: 'gif' })
    expect(await header(picture().webp().toBuffer())).toEqual({ ...PLAIN, format: 'webp' })
    expect(await header(picture().webp({ lossless: true }).toBuffer())).toEqual({
      ...PLAIN,
      format: 'webp',
    })
    expect(await header(picture().avif().toBuffer())).toEqual({ ...PLAIN, format: 'avif' })
  })

  it('tells what is odd about a picture', async () => {
    expect(await header(frames().then((both) => both.gif().toBuffer()))).toMatchObject({
      animated: true,
    })
    expect(await header(frames().then((both) => both.webp().toBuffer()))).toMatchObject({
      animated: true,
    })
    expect(await header(picture().toColourspace('rgb16').png().toBuffer())).toMatchObject({
      deep: true,
    })
    expect(await header(picture().toColourspace('cmyk').jpeg().toBuffer())).toMatchObject({
      cmyk: true,
    })
    const turned = picture().withMetadata({ orientation: 6 }).jpeg().toBuffer()
    expect(await header(turned)).toMatchObject({ rotated: true })
  })

  it('notices every cut of a JPEG, PNG or WebP beyond its first bytes', async () => {
    const noise = sharp({
      create: { ...create, noise: { type: 'gaussian', mean: 128, sigma: 30 } },
    })
    for (const made of [noise.jpeg(), noise.clone().png(), noise.clone().webp()]) {
      const bytes = await made.toBuffer()
      fc.assert(
        fc.property(fc.integer({ min: 12, max: bytes.length - 2 }), (length) => {
          expect(readPictureHeader(bytes.subarray(0, length))?.truncated).toBe(true)
        }),
      )
    }
  })

  it('takes nothing else for a picture, and never throws', () => {
    expect(readPictureHeader(new TextEncoder().encode('%PDF-1.7'))).toBeNull()
    expect(readPictureHeader(new Uint8Array())).toBeNull()
    const starts = ['ffd8ff', '89504e470d0a1a0a', '474946383961', '0000001c6674797061766966']
    fc.assert(
      fc.property(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 200 }), (start, rest) => {
        const bytes = Buffer.concat([Buffer.from(start, 'hex'), rest])
        expect(() => readPictureHeader(bytes)).not.toThrow()
      }),
    )
  })
})
