import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPictures } from './pictures.ts'
import { openZip } from './zip.ts'

let folder = ''

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
})

describe('openPictures', () => {
  it('never leaves its folder', async () => {
    await mkdir(join(folder, 'set'))
    await writeFile(join(folder, 'secret'), 'x')
    await writeFile(join(folder, 'set', 'face'), 'y')
    const source = await openPictures(join(folder, 'set'))
    expect(await source.read('../secret')).toBeNull()
    expect(await source.read(join(folder, 'secret'))).toBeNull()
    expect(await source.read('face')).toEqual(Buffer.from('y'))
    await source.close()
  })

  it('names a place that does not exist', async () => {
    await expect(openPictures(join(folder, 'none'))).rejects.toThrow('does not exist')
  })
})
