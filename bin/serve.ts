/**
 * What `npm start` runs once Node 24 is there: starts the service, says where it is, and ends it,
 * whole, on Ctrl-C, on SIGTERM, or when the npm that started it is gone.
 */
import { isOwnOrigin } from '../app/_wire/own-names.ts'
import { createProgress } from './setup/progress.ts'
import { readSettings, SettingsError } from './setup/settings.mjs'
import { SetupError } from './setup/setup-error.ts'
import { createService, type Started } from './service.ts'
import { onEndOfRun } from './supervisor/end-of-run.ts'
import { shownLine } from './supervisor/shown-line.ts'

function announce(service: Started, seconds: number): void {
  const lines = ['', `Attune serves at ${service.publicUrl} (ready in ${seconds.toFixed(1)} s)`]
  if (service.setUpCode !== null) {
    const asks = isOwnOrigin(service.publicUrl)
      ? 'From another machine the form asks'
      : 'The form asks'
    lines.push(
      `There is no account yet; the first one becomes the school's admin: ${service.publicUrl}/sign-up`,
      `${asks} for this set-up code: ${service.setUpCode}`,
    )
  }
  if (service.publicUrl.startsWith('http:')) {
    lines.push(
      'Browsers give cameras to other machines over HTTPS only: npm start -- --https, or TLS_CERT and TLS_KEY, or a proxy with PUBLIC_URL=https://…',
    )
  }
  lines.push('Ctrl-C stops everything.', '')
  console.log(lines.join('\n'))
}

const began = performance.now()
const service = createService({
  settings: readSettings(process.argv.slice(2), process.env),
  env: process.env,
  progress: createProgress(),
  onLine: (line) => {
    console.log(shownLine(line, process.stdout.isTTY))
  },
})
const run = onEndOfRun(() => service.stop())

try {
  announce(await service.start(), (performance.now() - began) / 1000)
} catch (error) {
  if (!run.ending) {
    if (!(error instanceof SetupError || error instanceof SettingsError)) throw error
    console.error(`attune: ${error.message}`)
    process.exit(1)
  }
}
