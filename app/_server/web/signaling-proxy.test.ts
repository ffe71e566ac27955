import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { proxySignaling } from './signaling-proxy.ts'

describe('proxySignaling', () => {
  let folder: string
  let target: string
  let sfu: Server
  let sockets: WebSocketServer
  let web: Server
  let origin: string
  let seen: IncomingHttpHeaders | null

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'attune-proxy-'))
    target = join(folder, 'sfu.sock')
    seen = null
    sfu = createServer()
    sockets = new WebSocketServer({ server: sfu })
    sockets.on('connection', (socket, request) => {
      seen = request.headers
      socket.on('message', (data, binary) => {
        socket.send(data, { binary })
      })
    })
    sfu.listen(target)
    web = createServer()
    web.on('upgrade', (request, socket, head) => {
      const publicUrl = 'https://class.example'
      const options = { node: 'local', target, publicUrl, silenceMs: 500 }
      if (!proxySignaling(request, socket, head, '203.0.113.5', options)) socket.destroy()
    })
    web.listen(0, '127.0.0.1')
    await Promise.all([once(sfu, 'listening'), once(web, 'listening')])
    const address: AddressInfo | string | null = web.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    origin = `http://127.0.0.1:${String(address.port)}`
  })

  afterEach(() => {
    for (const client of sockets.clients) client.terminate()
    web.close()
    sfu.close()
    rmSync(folder, { recursive: true, force: true })
  })

  function open(path: string, headers: Record<string, string>): WebSocket {
    return new WebSocket(`${origin.replace('http', 'ws')}${path}`, { headers })
  }

  async function refusal(path: string, headers: Record<string, string>): Promise<string> {
    const [error] = (await once(open(path, headers), 'error')) as [Error]
    return error.message
  }

  it('passes messages both ways, and the address of the client alone', async () => {
    const headers = { origin, cookie: 'session=secret', 'x-forwarded-for': '198.51.100.9' }
    const socket = open('/signaling/local', headers)
    const echo = once(socket, 'message')
    await once(socket, 'open')
    socket.send('hello')
    expect(String((await echo)[0])).toBe('hello')
    expect(seen).toMatchObject({ 'x-forwarded-for': '203.0.113.5' })
    expect(seen).not.toHaveProperty('cookie')
    const closed = once(socket, 'close')
    socket.close()
    await closed
  })

  it('lets in pages of PUBLIC_URL', async () => {
    const socket = open('/signaling/local', { origin: 'https://class.example' })
    await once(socket, 'open')
    socket.terminate()
  })

  it('refuses another site, a missing origin and another node', async () => {
    expect(await refusal('/signaling/local', { origin: 'https://evil.example' })).toMatch('403')
    expect(await refusal('/signaling/local', {})).toMatch('403')
    expect(await refusal('/signaling/elsewhere', { origin })).toMatch('404')
    expect(seen).toBeNull()
  })

  it('says that the sfu is away', async () => {
    sfu.close()
    await once(sfu, 'close')
    expect(await refusal('/signaling/local', { origin })).toMatch('503')
  })

  it('keeps no connection whose browser reads nothing, after the sfu has cut it off', async () => {
    const socket = open('/signaling/local', { origin })
    await once(socket, 'open')
    socket.pause()
    const [server] = sockets.clients
    if (server === undefined) throw new Error('not connected')
    // Far more than all buffers on the way hold, so that the end of it never reaches this browser.
    server.send(Buffer.alloc(32 * 1_048_576))
    let before = -1
    const stands = (): boolean => {
      const same = server.bufferedAmount === before
      before = server.bufferedAmount
      return same && before > 0
    }
    await expect.poll(stands).toBe(true)
    server.terminate()
    const held = (): Promise<number> =>
      new Promise((resolve) => {
        web.getConnections((_, count) => {
          resolve(count)
        })
      })
    expect(await held()).toBe(1)
    await expect.poll(held, { timeout: 10_000 }).toBe(0)
    socket.terminate()
  })

  it('ends the browser side when the sfu ends', async () => {
    const socket = open('/signaling/local', { origin })
    await once(socket, 'open')
    const closed = once(socket, 'close')
    for (const client of sockets.clients) client.terminate()
    await closed
  })
})
