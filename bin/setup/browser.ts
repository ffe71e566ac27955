/**
 * A Chromium for the end-to-end tests and the demo: the one that CHROMIUM names, one on PATH, or
 * Debian's package. No test tool's own download is used.
 */
import type { Progress } from './progress.ts'
import { answers } from './run-command.ts'
import { SetupError } from './setup-error.ts'
import { ensureSystemPackages, type SystemPackagesPolicy } from './system-packages.ts'

const DEBIAN_PATH = '/usr/bin/chromium'
const NAMES = [DEBIAN_PATH, 'chromium', 'chromium-browser', 'google-chrome']

/** Path or name of a Chromium that runs. */
export async function ensureBrowser(
  policy: SystemPackagesPolicy,
  progress: Progress,
): Promise<string> {
  const named = process.env['CHROMIUM']
  if (named !== undefined && named !== '') {
    if (await answers(named)) return named
    throw new SetupError(
      'bad-variable',
      `CHROMIUM is ${named}, which does not run; correct it, or unset it.`,
    )
  }
  for (const name of NAMES) if (await answers(name)) return name
  await ensureSystemPackages(['chromium'], 'to drive a browser', policy, progress)
  return DEBIAN_PATH
}
