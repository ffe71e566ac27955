/**
 * Installs the npm packages when node_modules is not what the lock file says, and finds Node 24
 * among them. Plain JavaScript: this runs on Node 20 before anything is installed.
 */
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const NODE_MAJOR = 24
const KEPT_LINES = 30

export class InstallError extends Error {
  name = 'InstallError'
}

/**
 * Whether node_modules holds what the lock file says, by npm's own note of what it installed there;
 * npm writes that last, so half an installation has none. Optional packages may be absent: they are
 * for other machines.
 */
export function isInstalled(root) {
  const note = join(root, 'node_modules/.package-lock.json')
  if (!existsSync(note)) return false
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
  const installed = JSON.parse(readFileSync(note, 'utf8')).packages
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === '' || optional === true || installed[path]?.version === version,
  )
}

/** Runs `npm ci`, showing that time passes. */
function npmCi(root) {
  return new Promise((resolve, reject) => {
    const began = Date.now()
    const child = spawn(
      'npm',
      ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
      {
        cwd: root,
        stdio: ['ignore', 'pipe', 'pipe'],
        // The packages for development are part of `npm test`, whatever the environment says.
        env: {
          ...process.env,
          NODE_ENV: '',
          npm_config_omit: '',
          npm_config_include: 'dev,optional',
        },
      },
    )
    const tail = []
    const keep = (chunk) => {
      tail.push(...String(chunk).split('\n').filter(Boolean))
      tail.splice(0, Math.max(0, tail.length - KEPT_LINES))
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    const show = () => {
      const seconds = Math.round((Date.now() - began) / 1000)
      process.stderr.write(`  Installing npm packages (${seconds} s)\n`)
    }
    const timer = setInterval(show, 5000)
    process.stderr.write('  Installing npm packages\n')
    child.once('error', (error) => {
      clearInterval(timer)
      reject(new InstallError(`npm cannot be run (${error.message}); install Node.js with npm.`))
    })
    child.once('close', (status) => {
      clearInterval(timer)
      if (status === 0) {
        show()
        resolve()
        return
      }
      const why = tail.join('\n')
      reject(new InstallError(`npm ci failed; mend this and start again:\n${why}`))
    })
  })
}

/** The path of a Node that is new enough: the installed one, or the one that runs this. */
function findNode(root) {
  const installed = join(root, 'node_modules/.bin/node')
  if (existsSync(installed)) return installed
  if (Number(process.versions.node.split('.')[0]) >= NODE_MAJOR) return process.execPath
  throw new InstallError(
    `Node.js ${NODE_MAJOR} does not come as a package for ${process.platform}-${process.arch}; install Node.js ${NODE_MAJOR} and start again (this is ${process.versions.node}).`,
  )
}

/** Makes sure that node_modules matches the lock file; answers the path of Node 24. */
export async function install(root) {
  if (!isInstalled(root)) await npmCi(root)
  return findNode(root)
}
