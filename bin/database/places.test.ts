import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { socketFolderFor } from './cluster.ts'
import { closedFolder, openWay, ownerOf } from './database-user.ts'

/** Nobody that owns anything here. */
const stranger = { name: 'stranger', uid: 54_321, gid: 54_321 }

describe('where the database user can go', () => {
  let root: string

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'attune-places-'))
    mkdirSync(join(root, 'home/data'), { recursive: true, mode: 0o755 })
    chmodSync(root, 0o755)
  })

  afterEach(() => {
    rmSync(root, { recursive: true })
  })

  it('finds the outermost folder that is closed', () => {
    chmodSync(join(root, 'home'), 0o700)
    chmodSync(join(root, 'home/data'), 0o700)
    expect(closedFolder(join(root, 'home/data'), stranger)).toBe(join(root, 'home'))
  })

  it('finds none where the way is open, or where nobody else has to pass', () => {
    expect(closedFolder(join(root, 'home/data'), stranger)).toBeNull()
    chmodSync(root, 0o700)
    expect(closedFolder(join(root, 'home/data'), null)).toBeNull()
  })

  it('opens a way through the folder that is ours', () => {
    chmodSync(join(root, 'home/data'), 0o700)
    openWay(join(root, 'home/data'), stranger)
    expect(closedFolder(join(root, 'home/data'), stranger)).toBeNull()
  })

  it('opens temporary folders of our own on the way', () => {
    chmodSync(root, 0o700)
    chmodSync(join(root, 'home'), 0o700)
    openWay(join(root, 'home/data'), stranger)
    expect(closedFolder(join(root, 'home/data'), stranger)).toBeNull()
  })

  it('says what to do about one that is not', () => {
    chmodSync(join(root, 'home'), 0o700)
    const folder = join(root, 'home')
    expect(() => {
      openWay(join(root, 'home/data'), stranger, '/elsewhere')
    }).toThrow(`who cannot enter ${folder}; set ATTUNE_DATA to a folder elsewhere`)
  })
})

describe('ownerOf', () => {
  const files = { uid: 54_321, gid: 54_322 }

  it('is who runs this where the files are their own', async () => {
    expect(await ownerOf('/data', files, files.uid)).toBeNull()
  })

  it('is the owner of the files where root asks', async () => {
    expect(await ownerOf('/data', files, 0)).toEqual({ name: '54321', ...files })
  })

  it.each([
    ['files of root', { uid: 0, gid: 0 }, 0, 'chown -R postgres: /data'],
    ['the files of another', files, 1000, 'belongs to the user "54321"; run this as that user.'],
  ])('says what to do about %s', async (_, owner, self, fix) => {
    await expect(ownerOf('/data', owner, self)).rejects.toThrow(fix)
  })
})

describe('socketFolderFor', () => {
  it('keeps the socket in the data folder where its path is short enough', () => {
    expect(socketFolderFor('/srv/attune')).toBe('/srv/attune/postgresql/socket')
  })

  it('takes a temporary folder of its own for a long path', () => {
    const [a, b] = ['a', 'b'].map((name) => socketFolderFor(`/srv/${name.repeat(90)}`, '/tmp'))
    expect(a).toMatch(/^\/tmp\/attune-[0-9a-f]{16}$/)
    expect(a).not.toBe(b)
  })
})
