/**
 * Arguments and environment of the commands, checked before anything is installed (so this is plain
 * JavaScript that Node 20 runs). Anything wrong throws a SettingsError whose message is one sentence
 * with the fix. It never prints a value of a secret.
 */
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { accessSync, constants, existsSync, readFileSync, statfsSync, statSync } from 'node:fs'
import { isIP } from 'node:net'
import { networkInterfaces } from 'node:os'
import { dirname, resolve } from 'node:path'
import { createSecureContext } from 'node:tls'

export class SettingsError extends Error {
  name = 'SettingsError'
}

/**
 * @typedef {object} Settings
 * @property {number} port web's port
 * @property {string} publicUrl the origin that people type
 * @property {string} trustProxy
 * @property {number} sfuPort first media port
 * @property {number} sfuWorkers media workers, one port each
 * @property {string | null} announcedAddress null: every address of this machine
 * @property {string} dataFolder absolute
 * @property {string | null} databaseUrl null: the embedded database
 * @property {{ cert: string, key: string } | null} tls
 * @property {boolean} https make a local certificate
 * @property {boolean} systemPackages Debian packages may be installed
 * @property {boolean} development
 * @property {boolean} demo
 */

const USAGE = 'npm start -- [--port N] [--https] [--no-system-packages]'

/** @param {readonly string[]} argv words after the command */
export function parseArguments(argv) {
  const options = {
    port: undefined,
    https: false,
    systemPackages: true,
    development: false,
    demo: false,
    help: false,
  }
  const words = argv.flatMap((word) => {
    const pair = /^(--[a-z-]+)=(.*)$/.exec(word)
    return pair ? [pair[1], pair[2]] : [word]
  })
  while (words.length > 0) {
    const word = words.shift()
    if (word === '--port') {
      const value = words.shift()
      if (value === undefined) throw new SettingsError(`--port needs a number; use: ${USAGE}`)
      options.port = value
    } else if (word === '--https') options.https = true
    else if (word === '--no-system-packages') options.systemPackages = false
    else if (word === '--dev') options.development = true
    else if (word === '--demo') options.demo = true
    else if (word === '--help' || word === '-h') options.help = true
    else throw new SettingsError(`There is no argument ${word}; use: ${USAGE}`)
  }
  return options
}

function wholeNumber(name, text, least, most) {
  if (!/^\d{1,6}$/.test(text) || Number(text) < least || Number(text) > most) {
    throw new SettingsError(
      `${name} is "${text}"; it must be a whole number from ${least} to ${most}.`,
    )
  }
  return Number(text)
}

function url(name, text, protocols, example) {
  const parsed = URL.canParse(text) ? new URL(text) : null
  if (parsed === null || !protocols.includes(parsed.protocol)) {
    throw new SettingsError(`${name} is not a URL of the form ${example}.`)
  }
  return parsed
}

function origin(text) {
  const parsed = url('PUBLIC_URL', text, ['http:', 'https:'], 'https://class.example.org')
  if (
    parsed.pathname !== '/' ||
    parsed.search !== '' ||
    parsed.hash !== '' ||
    parsed.username !== ''
  ) {
    throw new SettingsError(
      `PUBLIC_URL is "${text}"; it must be an origin without a path, such as ${parsed.origin}.`,
    )
  }
  return parsed.origin
}

function list(text) {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

function contentOf(name, path) {
  try {
    return readFileSync(path)
  } catch (error) {
    throw new SettingsError(`${name} is ${path}, which cannot be read (${error.code}); correct it.`)
  }
}

function parsed(name, path, what, parse) {
  const content = contentOf(name, path)
  try {
    return parse(content)
  } catch {
    // What OpenSSL says of it helps nobody.
    throw new SettingsError(`${name} is ${path}, which is no ${what}; name a file that is one.`)
  }
}

/** Web would end with these words itself, but only after everything is built. */
function certificateFiles(env) {
  const files = pair(env, 'TLS_CERT', 'TLS_KEY')
  if (files === null) return null
  const [cert, key] = files
  const certificate = parsed('TLS_CERT', cert, 'certificate in PEM', (pem) => {
    createSecureContext({ cert: pem })
    return new X509Certificate(pem)
  })
  const privateKey = parsed('TLS_KEY', key, 'private key in PEM without a passphrase', (pem) =>
    createPrivateKey(pem),
  )
  if (!certificate.checkPrivateKey(privateKey)) {
    throw new SettingsError(
      `TLS_KEY is ${key}, which does not belong to the certificate ${cert}; name the two that were made together, the server's own certificate first in its file.`,
    )
  }
  return { cert: resolve(cert), key: resolve(key) }
}

/** Types of file systems, as statfs names them, that take no files: Node's recursive mkdir never ends in them. */
const KERNEL_FILE_SYSTEMS = [0x9fa0, 0x62656572, 0x27e0eb]

/** The folder itself need not be there yet; what it would be made in must be a folder that takes it. */
function dataFolder(text) {
  const folder = resolve(text)
  let there = folder
  while (!existsSync(there) && dirname(there) !== there) there = dirname(there)
  const wrong = (why) => {
    throw new SettingsError(`ATTUNE_DATA is ${folder}, but ${there} ${why}; choose another folder.`)
  }
  if (!statSync(there).isDirectory()) wrong('is not a folder')
  if (KERNEL_FILE_SYSTEMS.includes(statfsSync(there).type))
    wrong("is the kernel's and holds no files")
  try {
    accessSync(there, constants.W_OK)
  } catch (error) {
    wrong(`cannot be written to (${error.code})`)
  }
  return folder
}

function pair(env, first, second) {
  const [a, b] = [env[first] ?? '', env[second] ?? '']
  if (a !== '' && b === '') throw new SettingsError(`${first} needs ${second} beside it; set both.`)
  if (a === '' && b !== '') throw new SettingsError(`${second} needs ${first} beside it; set both.`)
  return a === '' ? null : [a, b]
}

function trustProxy(text) {
  for (const entry of list(text)) {
    const [address, bits, more] = entry.split('/')
    const widest = isIP(address) === 6 ? 128 : 32
    const good = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= widest)
    if (isIP(address) === 0 || more !== undefined || !good) {
      throw new SettingsError(
        `TRUST_PROXY holds "${entry}"; it must list addresses or networks, such as 127.0.0.1, 10.0.0.0/8.`,
      )
    }
  }
  return text
}

/** Loopback first, then the machine's own addresses; link-local ones reach nobody. */
export function machineAddresses() {
  const others = Object.values(networkInterfaces())
    .flatMap((entries) => entries ?? [])
    .filter((entry) => !entry.internal && !entry.address.startsWith('fe80:'))
    .map((entry) => entry.address)
  return ['127.0.0.1', ...others]
}

/** One IPv4 address or name, one IPv6 address, or both. */
function announcedAddress(text) {
  const addresses = list(text).map((entry) => entry.replace(/^\[(.*)\]$/, '$1'))
  const six = addresses.filter((address) => isIP(address) === 6).length
  const names = addresses.filter(
    (address) => isIP(address) === 4 || /^(?=.{1,253}$)[a-z0-9-]+(\.[a-z0-9-]+)*$/i.test(address),
  ).length
  if (six > 1 || names > 1 || six + names !== addresses.length || addresses.length === 0) {
    throw new SettingsError(
      `ANNOUNCED_ADDRESS is "${text}"; it must be one address or host name, such as class.example.org; an IPv6 address may stand beside it after a comma.`,
    )
  }
  return addresses.join(', ')
}

/** As sfu/log.ts and app/_server/web/environment.ts have them, which take more than Node 20 to read. */
export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']
/** As app/_server/web/expression-model.ts has them. */
export const EXPRESSION_MODELS = ['standard', 'wide', 'open']
const SHORTEST_TOKEN = 16

/** Checks variables that web and sfu parse themselves, so that a wrong one is named at the start. */
function checkServices(env) {
  const turn = pair(env, 'TURN_URLS', 'TURN_SECRET')
  const urls = turn === null ? [] : list(turn[0])
  const wrong = turn === null ? undefined : urls.find((entry) => !/^turns?:[^\s]+$/.test(entry))
  if (turn !== null && (urls.length === 0 || wrong !== undefined)) {
    throw new SettingsError(
      `TURN_URLS holds "${wrong ?? turn[0]}"; it must list turn: or turns: URLs such as turn:turn.example.org:3478.`,
    )
  }
  if (env.SFU_LISTEN_ADDRESS && isIP(env.SFU_LISTEN_ADDRESS) === 0) {
    throw new SettingsError(
      `SFU_LISTEN_ADDRESS is "${env.SFU_LISTEN_ADDRESS}"; it must be an IP address of this machine, such as 0.0.0.0.`,
    )
  }
  if (env.SFU_TEACHER_ABSENCE)
    wholeNumber('SFU_TEACHER_ABSENCE', env.SFU_TEACHER_ABSENCE, 10, 86_400)
  if (env.SFU_LOG_LEVEL && !LOG_LEVELS.includes(env.SFU_LOG_LEVEL)) {
    throw new SettingsError(
      `SFU_LOG_LEVEL is "${env.SFU_LOG_LEVEL}"; it must be one of ${LOG_LEVELS.join(', ')}.`,
    )
  }
  if (env.EXPRESSION_MODEL && !EXPRESSION_MODELS.includes(env.EXPRESSION_MODEL)) {
    throw new SettingsError(
      `EXPRESSION_MODEL is "${env.EXPRESSION_MODEL}"; it must be one of ${EXPRESSION_MODELS.join(', ')}.`,
    )
  }
  if (env.METRICS_TOKEN && env.METRICS_TOKEN.length < SHORTEST_TOKEN) {
    throw new SettingsError(
      `METRICS_TOKEN has ${env.METRICS_TOKEN.length} letters; give it ${SHORTEST_TOKEN} at least, or unset it.`,
    )
  }
  if (env.SMTP_URL) url('SMTP_URL', env.SMTP_URL, ['smtp:', 'smtps:'], 'smtps://user:password@host')
  pair(env, 'SMTP_URL', 'SMTP_FROM')
  if (env.SUPPORT_CHAT_URL) {
    url('SUPPORT_CHAT_URL', env.SUPPORT_CHAT_URL, ['http:', 'https:'], 'https://host/v1')
  }
  pair(env, 'SUPPORT_CHAT_URL', 'SUPPORT_CHAT_MODEL')
}

/**
 * @param {readonly string[]} argv
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {Settings}
 */
export function readSettings(argv, env) {
  const options = parseArguments(argv)
  const value = (name) => (env[name] === '' ? undefined : env[name])
  const port =
    options.port === undefined
      ? wholeNumber('PORT', value('PORT') ?? '3000', 1, 65_535)
      : wholeNumber('--port', options.port, 1, 65_535)
  const sfuWorkers = wholeNumber('SFU_WORKERS', value('SFU_WORKERS') ?? '1', 1, 64)
  const sfuPort = wholeNumber('SFU_PORT', value('SFU_PORT') ?? '4443', 1, 65_536 - sfuWorkers)
  if (port >= sfuPort && port < sfuPort + sfuWorkers) {
    throw new SettingsError(`PORT and SFU_PORT are both ${port}; give media a port of its own.`)
  }
  const databaseUrl = value('DATABASE_URL') ?? null
  if (databaseUrl !== null) {
    url(
      'DATABASE_URL',
      databaseUrl,
      ['postgres:', 'postgresql:'],
      'postgresql://user@host/database',
    )
  }
  const announced = value('ANNOUNCED_ADDRESS') ?? null
  const tls = certificateFiles(env)
  const secure = tls !== null || options.https
  checkServices(env)
  return {
    port,
    publicUrl: origin(value('PUBLIC_URL') ?? `${secure ? 'https' : 'http'}://localhost:${port}`),
    trustProxy: trustProxy(env.TRUST_PROXY ?? ''),
    sfuPort,
    sfuWorkers,
    announcedAddress: announced === null ? null : announcedAddress(announced),
    dataFolder: dataFolder(value('ATTUNE_DATA') ?? 'data'),
    databaseUrl,
    tls,
    https: options.https,
    systemPackages: options.systemPackages,
    development: options.development,
    demo: options.demo,
  }
}
