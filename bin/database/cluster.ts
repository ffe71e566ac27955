/**
 * The embedded PostgreSQL: initialises its data folder, starts and stops the server. It listens on
 * a socket in the data folder only, never on the network, and its log holds no statement, so that
 * no row's content can end up there.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { runCommand } from '../setup/run-command.ts'
import { SetupError } from '../setup/setup-error.ts'
import { copyPrograms, embeddedPostgresFolder } from './binaries.ts'
import { closedFolder, type DatabaseUser, databaseUser, openWay, ownerOf } from './database-user.ts'

export const DATABASE_NAME = 'attune'
const DATABASE_ROLE = 'attune'

const SETPRIV = '/usr/bin/setpriv'

/** Longest folder that leaves room for the socket's own name within the system's 107 bytes. */
const LONGEST_SOCKET_FOLDER = 85

export interface Cluster {
  /** Connection URL of the database, through the socket. */
  readonly url: string
  readonly folder: string
  readonly programs: string
  readonly socketFolder: string
  readonly user: DatabaseUser | null
}

export interface ClusterOptions {
  /** Absolute path of ATTUNE_DATA. */
  readonly dataFolder: string
  readonly password: string
}

/** Where the socket lies: in the data folder, or, where that path is too long, in a closed temporary folder. */
export function socketFolderFor(dataFolder: string, temporary: string = tmpdir()): string {
  const inside = join(dataFolder, 'postgresql/socket')
  if (Buffer.byteLength(inside) <= LONGEST_SOCKET_FOLDER) return inside
  const name = createHash('sha256').update(dataFolder).digest('hex').slice(0, 16)
  return join(temporary, `attune-${name}`)
}

/** Connection URL of the embedded database of a data folder. */
export function clusterUrl({ dataFolder, password }: ClusterOptions): string {
  const query = `host=${encodeURIComponent(socketFolderFor(dataFolder))}`
  return `postgresql://${DATABASE_ROLE}:${password}@localhost/${DATABASE_NAME}?${query}`
}

function filesIn(dataFolder: string): string {
  return join(dataFolder, 'postgresql/cluster')
}

/** Whether `dataFolder` has an embedded database that this user may see. */
export function hasCluster(dataFolder: string): boolean {
  return existsSync(join(filesIn(dataFolder), 'PG_VERSION'))
}

/** Makes a 0700 folder of the database user's. */
function makeOwn(folder: string, user: DatabaseUser | null): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (user !== null) chownSync(folder, user.uid, user.gid)
}

function describeCluster(options: ClusterOptions, user: DatabaseUser | null): Cluster {
  const packaged = embeddedPostgresFolder()
  const programs =
    closedFolder(join(packaged, 'bin'), user) === null
      ? packaged
      : copyPrograms(packaged, join(options.dataFolder, 'postgresql/programs'))
  return {
    url: clusterUrl(options),
    folder: filesIn(options.dataFolder),
    programs,
    socketFolder: socketFolderFor(options.dataFolder),
    user,
  }
}

async function openCluster(options: ClusterOptions, user: DatabaseUser | null): Promise<Cluster> {
  const cluster = describeCluster(options, user)
  // A temporary one is gone after a restart of the machine.
  if (!existsSync(cluster.socketFolder)) makeOwn(cluster.socketFolder, user)
  await checkVersion(cluster)
  return cluster
}

/** The cluster that is there, for the user to whom it belongs. It changes no owner and no mode. */
export async function existingCluster(options: ClusterOptions): Promise<Cluster> {
  return openCluster(options, await ownerOf(filesIn(options.dataFolder)))
}

/** The cluster of a data folder, initialised the first time. */
export async function prepareCluster(options: ClusterOptions): Promise<Cluster> {
  const { dataFolder, password } = options
  const there = hasCluster(dataFolder)
  const user = there ? await ownerOf(filesIn(dataFolder)) : await databaseUser()
  const home = join(dataFolder, 'postgresql')
  mkdirSync(home, { recursive: true, mode: 0o755 })
  openWay(dataFolder, user)
  openWay(home, user)
  if (there) return openCluster(options, user)
  const cluster = describeCluster(options, user)
  makeOwn(cluster.socketFolder, user)
  makeOwn(cluster.folder, user)
  await initialise(cluster, password)
  return cluster
}

async function checkVersion(cluster: Cluster): Promise<void> {
  const stored = readFileSync(join(cluster.folder, 'PG_VERSION'), 'utf8').trim()
  const program = await runCommand(join(cluster.programs, 'bin/postgres'), ['--version'])
  const major = /(\d+)/.exec(program.stdout)?.[1]
  if (major === stored) return
  throw new SetupError(
    'database',
    `The database in ${cluster.folder} was made by PostgreSQL ${stored}, this is ${major ?? 'unknown'}; dump it with the older release (npm run db:dump) and load it into a new data folder (npm run db:restore).`,
  )
}

async function initialise(cluster: Cluster, password: string): Promise<void> {
  const passwordFile = join(cluster.socketFolder, 'password')
  rmSync(passwordFile, { force: true })
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600, flag: 'wx' })
  try {
    if (cluster.user !== null) chownSync(passwordFile, cluster.user.uid, cluster.user.gid)
    const made = await runCommand(
      join(cluster.programs, 'bin/initdb'),
      [
        `--pgdata=${cluster.folder}`,
        '--auth=scram-sha-256',
        `--username=${DATABASE_ROLE}`,
        `--pwfile=${passwordFile}`,
        '--encoding=UTF8',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--locale=C',
      ],
      { cwd: '/', ...asUser(cluster) },
    )
    if (made.status !== 0) {
      rmSync(cluster.folder, { recursive: true, force: true })
      throw new SetupError('database', `The database could not be initialised: ${made.tail}`)
    }
  } finally {
    rmSync(passwordFile, { force: true })
  }
}

function asUser(cluster: Cluster): { uid?: number; gid?: number } {
  return cluster.user === null ? {} : { uid: cluster.user.uid, gid: cluster.user.gid }
}

/** Ends a server that a killed supervisor left behind; does nothing when there is none. */
export async function stopLeftover(cluster: Cluster): Promise<void> {
  if (!existsSync(join(cluster.folder, 'postmaster.pid'))) return
  const program = join(cluster.programs, 'bin/pg_ctl')
  await runCommand(program, ['stop', '-m', 'fast', '-w', '-D', cluster.folder], {
    cwd: '/',
    ...asUser(cluster),
  })
}

/**
 * The command that also asks the kernel to end the server, in its orderly way, when this process
 * dies without a word. Where the tool for it is missing, the next start ends the leftover.
 */
function endingWithUs(command: readonly string[], cluster: Cluster): readonly string[] {
  if (!existsSync(SETPRIV)) return command
  const { user } = cluster
  const identity =
    user === null
      ? []
      : [`--reuid=${String(user.uid)}`, `--regid=${String(user.gid)}`, '--clear-groups']
  return [SETPRIV, ...identity, '--pdeathsig=INT', '--', ...command]
}

/** Starts the server process, in a group of its own. `onReady` is called once it takes connections. */
export function startPostgres(
  cluster: Cluster,
  onReady: () => void,
  onLine: (line: string) => void,
): ChildProcess {
  const settings = [
    'listen_addresses=',
    `unix_socket_directories=${cluster.socketFolder}`,
    'unix_socket_permissions=0700',
    'log_min_messages=log',
    'log_min_error_statement=panic',
    'log_statement=none',
    'log_checkpoints=off',
    'timezone=UTC',
    'max_connections=60',
  ]
  const server = [
    join(cluster.programs, 'bin/postgres'),
    '-D',
    cluster.folder,
    ...settings.flatMap((setting) => ['-c', setting]),
  ]
  const [program = '', ...words] = endingWithUs(server, cluster)
  const child = spawn(program, words, {
    cwd: '/',
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
    ...(program === SETPRIV ? {} : asUser(cluster)),
  })
  createInterface({ input: child.stderr }).on('line', (line) => {
    if (line.includes('database system is ready to accept connections')) onReady()
    onLine(line)
  })
  return child
}
