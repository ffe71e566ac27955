/**
 * Finds out whether the ports that a start needs are free, before anything slow is done. Plain
 * JavaScript: this runs on Node 20 before anything is installed.
 */
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { SettingsError } from './settings.mjs'

/** The error code of a bind, or null when it worked; what was bound is closed again. */
async function tryBind(bound, listen, closed) {
  const failed = once(bound, 'error').then(([error]) => error.code ?? 'failed')
  const worked = once(bound, 'listening').then(() => null)
  listen()
  const code = await Promise.race([failed, worked])
  if (code === null) {
    bound.close()
    await once(bound, closed)
  }
  return code
}

function tryTcp(port) {
  const server = createServer()
  return tryBind(server, () => server.listen({ port, exclusive: true }), 'close')
}

function tryUdp(port) {
  const socket = createSocket('udp4')
  return tryBind(socket, () => socket.bind({ port, exclusive: true }), 'close')
}

function complain(code, port, protocol, variable) {
  if (code === null) return
  const other = port + 1000 > 65_535 ? port - 1000 : port + 1000
  if (code === 'EACCES') {
    throw new SettingsError(
      `This user may not open ${protocol} port ${port} (${variable}); take one from 1024 on, such as ${variable}=${port + 1024}.`,
    )
  }
  throw new SettingsError(
    `${protocol} port ${port} is in use by another program; stop it, or choose another: ${variable}=${other}.`,
  )
}

/** Throws a SettingsError that names the first port that cannot be had. */
export async function checkPorts(settings) {
  const { port, sfuPort, sfuWorkers } = settings
  complain(await tryTcp(port), port, 'TCP', 'PORT')
  for (let media = sfuPort; media < sfuPort + sfuWorkers; media++) {
    complain(await tryUdp(media), media, 'UDP', 'SFU_PORT')
    complain(await tryTcp(media), media, 'TCP', 'SFU_PORT')
  }
}
