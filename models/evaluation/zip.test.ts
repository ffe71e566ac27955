import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EvaluationError } from './errors.ts'
import { openPictures } from './pictures.ts'
import { openZip } from './zip.ts'

let folder = ''

const FACE = Buffer.from('face '.repeat(500))
const LOCAL = Buffer.from('PK\x03\x04')
const CENTRAL = Buffer.from('PK\x01\x02')

/** An archive of one deflated file `bad` and one sound `good`, after `damage` to the head of the first. */
function archive(damage: (zip: Buffer, local: number, central: number) => void): Buffer {
  const zip = Buffer.from(zipSync({ bad: [FACE, { level: 9 }], good: [FACE, { level: 9 }] }))
  damage(zip, zip.indexOf(LOCAL), zip.indexOf(CENTRAL))
  return zip
}

const damages: readonly [string, Parameters<typeof archive>[0], string][] = [
  [
    'deflated bytes that are none',
    (zip, local) => zip.fill(0xff, local + 34, local + 44),
    'bad is damaged in the .zip.',
  ],
  [
    'a head that is none',
    (zip, local) => zip.writeUInt32LE(7, local),
    'bad is damaged in the .zip.',
  ],
  [
    'an encrypted entry',
    (zip, local) => zip.writeUInt16LE(1, local + 6),
    'bad is encrypted in the .zip.',
  ],
  [
    'an unknown packing',
    (zip, _, central) => zip.writeUInt16LE(14, central + 10),
    'bad is packed in an unknown way in the .zip.',
  ],
  [
    'a length beyond the end',
    (zip, _, central) => zip.writeUInt32LE(0xfffffff0, central + 20),
    'bad is damaged in the .zip.',
  ],
  [
    'a place beyond the end',
    (zip, _, central) => zip.writeUInt32LE(0xfffffff0, central + 42),
    'bad is damaged in the .zip.',
  ],
]

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'attune-zip-'))
})

afterAll(async () => {
  await rm(folder, { recursive: true })
})

describe('openZip', () => {
  it('reads stored and deflated files, and misses what is not there', async () => {
    const path = join(folder, 'a.zip')
    const text = Buffer.from('face '.repeat(500))
    await writeFile(
      path,
      zipSync({ 'x/stored.txt': [text, { level: 0 }], packed: [text, { level: 9 }] }),
    )
    const zip = await openZip(path)
    expect(zip.names).toEqual(['x/stored.txt', 'packed'])
    expect(await zip.read('x/stored.txt')).toEqual(text)
    expect(await zip.read('packed')).toEqual(text)
    expect(await zip.read('other')).toBeNull()
    await zip.close()
  })

  it('refuses what is no archive', async () => {
    const path = join(folder, 'b.zip')
    await writeFile(path, 'not a zip, but long enough to look at')
    await expect(openZip(path)).rejects.toThrow('no .zip')
  })

  it.each(damages)('names a file with %s, and reads the others', async (_, damage, sentence) => {
    const path = join(folder, 'damaged.zip')
    await writeFile(path, archive(damage))
    const zip = await openZip(path)
    const read = zip.read('bad')
    await expect(read).rejects.toThrow(EvaluationError)
    await expect(read).rejects.toThrow(sentence)
    expect(await zip.read('good')).toEqual(FACE)
    await zip.close()
  })

  it.each([
    ['is cut', (end: number) => ({ at: end + 12, value: 60 })],
    ['is longer than the file', (end: number) => ({ at: end + 12, value: 0xfffffff0 })],
    ['names more files than it has', (end: number) => ({ at: end + 10, value: 0xfff0 })],
  ])('refuses an archive whose table %s', async (_, change) => {
    const path = join(folder, 'table.zip')
    const zip = archive(() => undefined)
    const { at, value } = change(zip.length - 22)
    if (value > 0xffff) zip.writeUInt32LE(value, at)
    else zip.writeUInt16LE(value, at)
    await writeFile(path, zip)
    await expect(openZip(path)).rejects.toThrow(EvaluationError)
  })

  it('refuses a place that cannot be opened', async () => {
    await expect(openZip(join(folder, 'none.zip'))).rejects.toThrow(EvaluationError)
  })
})

describe('openPictures', () => {
  it('never leaves its folder', async () => {
    await mkdir(join(folder, 'set'))
    await writeFile(join(folder, 'secret'), 'x')
    await writeFile(join(folder, 'set', 'face'), 'y')
    const source = await openPictures(join(folder, 'set'))
    expect((await source.read('../secret')).bytes).toBeNull()
    expect((await source.read(join(folder, 'secret'))).bytes).toBeNull()
    expect(await source.read('face')).toEqual({ bytes: Buffer.from('y'), fault: null })
    await source.close()
  })

  it('says of a file in a .zip why there is nothing of it, and never throws for it', async () => {
    const path = join(folder, 'faults.zip')
    await writeFile(
      path,
      archive((zip, local) => zip.writeUInt32LE(7, local)),
    )
    const source = await openPictures(path)
    expect(await source.read('bad')).toEqual({ bytes: null, fault: 'bad is damaged in the .zip.' })
    expect(await source.read('none')).toEqual({ bytes: null, fault: 'none is missing.' })
    expect(await source.read('good')).toEqual({ bytes: FACE, fault: null })
    await source.close()
  })

  it('names a place that does not exist', async () => {
    await expect(openPictures(join(folder, 'none'))).rejects.toThrow('does not exist')
  })
})
