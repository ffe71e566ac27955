import { describe, expect, it } from 'vitest'
import { createProgress } from './progress.ts'
import { SetupError } from './setup-error.ts'
import { ensureSystemPackages, type PackageSystem } from './system-packages.ts'

/** A Debian of root's that lacks `lacking`; `ran` hears what is run. */
function debian(lacking: readonly string[], change: Partial<PackageSystem> = {}) {
  const ran: string[] = []
  const system: PackageSystem = {
    onDebian: () => Promise.resolve(true),
    missing: (packages) => Promise.resolve(packages.filter((name) => lacking.includes(name))),
    isRoot: () => true,
    run: (file, args) => {
      ran.push([file, ...args].join(' '))
      return Promise.resolve({ status: 0, tail: '', stdout: '' })
    },
    ...change,
  }
  return { system, ran }
}

describe('ensureSystemPackages', () => {
  const said: string[] = []
  const progress = createProgress({ write: (text) => said.push(text) })
  const ensure = (system: PackageSystem, mayInstall: boolean): Promise<void> =>
    ensureSystemPackages(['g++', 'cmake', 'ninja'], 'to build it', { mayInstall }, progress, system)

  it('installs what is missing, and that alone, naming it', async () => {
    const { system, ran } = debian(['g++', 'ninja'])
    await ensure(system, true)
    expect(said.join('')).toContain('Debian packages needed to build it: g++ ninja\n')
    expect(ran).toEqual([
      'apt-get update -q',
      'apt-get install -y -q --no-install-recommends g++ ninja',
    ])
  })

  it.each([
    ['with --no-system-packages', {}, false, 'apt-get'],
    ['for one who is not root', { isRoot: () => false }, true, 'sudo apt-get'],
  ])('says the exact command and runs nothing %s', async (_, change, mayInstall, command) => {
    const { system, ran } = debian(['g++', 'ninja'], change)
    const ensured = ensure(system, mayInstall)
    await expect(ensured).rejects.toThrow(SetupError)
    await expect(ensured).rejects.toThrow(
      `Packages are needed to build it; install them and start again: ${command} install -y --no-install-recommends g++ ninja`,
    )
    expect(ran).toEqual([])
  })

  it('names everything on another system, and runs nothing', async () => {
    const { system, ran } = debian([], { onDebian: () => Promise.resolve(false) })
    await expect(ensure(system, true)).rejects.toThrow(
      "install your system's equivalents of: g++ cmake ninja",
    )
    expect(ran).toEqual([])
  })

  it('runs nothing where nothing is missing', async () => {
    const { system, ran } = debian([])
    await ensure(system, false)
    expect(ran).toEqual([])
  })

  it('gives the command to see why, where installing fails', async () => {
    const { system } = debian(['cmake'], {
      run: () => Promise.resolve({ status: 100, tail: 'E: no such package', stdout: '' }),
    })
    await expect(ensure(system, true)).rejects.toThrow(
      /run it yourself to see why: apt-get install -y --no-install-recommends cmake\nE: no such/,
    )
  })
})
