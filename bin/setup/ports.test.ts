import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { checkPorts } from './ports.mjs'
import { readSettings } from './settings.mjs'

describe('checkPorts', () => {
  const ends: (() => void)[] = []

  afterEach(() => {
    for (const end of ends.splice(0)) end()
  })

  async function tcpPort(): Promise<number> {
    const server = createServer().listen(0)
    ends.push(() => server.close())
    await once(server, 'listening')
    const address: AddressInfo | string | null = server.address()
    return typeof address === 'object' && address !== null ? address.port : 0
  }

  async function udpPort(): Promise<number> {
    const socket = createSocket('udp4').bind(0)
    ends.push(() => socket.close())
    await once(socket, 'listening')
    return socket.address().port
  }

  /** A port that nobody has: one that the system gave out a moment ago. */
  async function freePort(): Promise<number> {
    const server = createServer().listen(0)
    await once(server, 'listening')
    const address = server.address()
    server.close()
    await once(server, 'close')
    return typeof address === 'object' && address !== null ? address.port : 0
  }

  it('passes ports that are free, and leaves them free', async () => {
    const env = { PORT: String(await freePort()), SFU_PORT: String(await freePort()) }
    await checkPorts(readSettings([], env))
    await checkPorts(readSettings([], env))
  })

  it('names a busy web port and the variable to change', async () => {
    const port = await tcpPort()
    const settings = readSettings([], { PORT: String(port), SFU_PORT: String(await freePort()) })
    await expect(checkPorts(settings)).rejects.toThrow(
      `TCP port ${String(port)} is in use by another program; stop it, or choose another: PORT=`,
    )
  })

  it('looks at media ports over UDP too', async () => {
    const port = await udpPort()
    const settings = readSettings([], { PORT: String(await freePort()), SFU_PORT: String(port) })
    await expect(checkPorts(settings)).rejects.toThrow(`UDP port ${String(port)} is in use`)
  })
})
