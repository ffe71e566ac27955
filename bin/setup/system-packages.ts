/**
 * Debian packages that a set-up step needs. As root on Debian or Ubuntu it installs them, naming
 * them; anywhere else, or when told not to, it prints the exact command and stops. It never
 * installs anything that the step did not name.
 */
import { existsSync } from 'node:fs'
import type { Progress } from './progress.ts'
import { answers, runCommand } from './run-command.ts'
import { SetupError } from './setup-error.ts'

export interface SystemPackagesPolicy {
  /** False with `--no-system-packages`. */
  readonly mayInstall: boolean
}

/** Whether this is Debian or a descendant of it. */
export async function onDebian(): Promise<boolean> {
  return existsSync('/etc/debian_version') && (await answers('apt-get'))
}

/** Those of `packages` that dpkg does not know as installed. */
export async function missingPackages(packages: readonly string[]): Promise<string[]> {
  const query = await runCommand('dpkg-query', [
    '-W',
    '-f=${Package} ${db:Status-Status}\\n',
    ...packages,
  ])
  const installed = new Set(
    query.stdout
      .split('\n')
      .filter((line) => line.endsWith(' installed'))
      .map((line) => line.split(' ')[0]),
  )
  return packages.filter((name) => !installed.has(name))
}

/** What is asked of the system, and of whom; handed in, so that tests can be any system. */
export interface PackageSystem {
  readonly onDebian: () => Promise<boolean>
  readonly missing: (packages: readonly string[]) => Promise<string[]>
  readonly isRoot: () => boolean
  readonly run: typeof runCommand
}

const thisSystem: PackageSystem = {
  onDebian,
  missing: missingPackages,
  isRoot: () => process.getuid?.() === 0,
  run: runCommand,
}

/**
 * Makes sure that `packages` are installed, for `purpose` (it ends a sentence: "to build …").
 * Throws `missing-packages` with the command that a person can run where it may not.
 */
export async function ensureSystemPackages(
  packages: readonly string[],
  purpose: string,
  policy: SystemPackagesPolicy,
  progress: Progress,
  system: PackageSystem = thisSystem,
): Promise<void> {
  if (!(await system.onDebian())) {
    throw new SetupError(
      'missing-packages',
      `Packages are needed ${purpose}; install your system's equivalents of: ${packages.join(' ')}`,
    )
  }
  const missing = await system.missing(packages)
  if (missing.length === 0) return
  const command = `apt-get install -y --no-install-recommends ${missing.join(' ')}`
  if (!policy.mayInstall || !system.isRoot()) {
    const sudo = system.isRoot() ? '' : 'sudo '
    throw new SetupError(
      'missing-packages',
      `Packages are needed ${purpose}; install them and start again: ${sudo}${command}`,
    )
  }
  progress.note(`Debian packages needed ${purpose}: ${missing.join(' ')}`)
  const step = progress.step('Installing Debian packages')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const options = {
    env,
    onLine: (line: string): undefined => {
      step.update(line.slice(0, 60))
    },
  }
  await system.run('apt-get', ['update', '-q'], options)
  const install = await system.run(
    'apt-get',
    ['install', '-y', '-q', '--no-install-recommends', ...missing],
    options,
  )
  if (install.status !== 0) {
    throw new SetupError(
      'missing-packages',
      `apt-get could not install what is needed ${purpose}; run it yourself to see why: ${command}\n${install.tail}`,
    )
  }
  step.done(`${String(missing.length)} installed`)
}
