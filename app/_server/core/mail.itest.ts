import { once } from 'node:events'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { Log } from './log.ts'
import { createMailer } from './mail.ts'

/** A post office that speaks as much SMTP as a letter needs, and keeps what it was given. */
async function openPostOffice(refuses = false): Promise<{ port: number; letters: string[] }> {
  const letters: string[] = []
  server = createServer((socket) => {
    let data: string | null = null
    socket.setEncoding('utf8')
    socket.write('220 post.example\r\n')
    socket.on('data', (text: string) => {
      for (const line of text.split('\r\n')) {
        if (data !== null) {
          if (line === '.') {
            letters.push(data)
            data = null
            socket.write('250 taken\r\n')
          } else data += `${line}\n`
        } else if (line.startsWith('DATA')) {
          data = ''
          socket.write('354 go on\r\n')
        } else if (line.startsWith('RCPT') && refuses) socket.write('550 nobody here\r\n')
        else if (line === 'QUIT') socket.end('221 bye\r\n')
        else if (line !== '') socket.write('250 fine\r\n')
      }
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { port: (server.address() as AddressInfo).port, letters }
}

let server: Server | undefined
const logged: string[] = []
const log: Log = {
  warn: (event, fields) => {
    logged.push(`${event} ${JSON.stringify(fields)}`)
  },
  error: (event) => {
    logged.push(event)
  },
}
const letter = { to: 'ada@school.example', subject: 'Hello', text: 'A line.' }

describe('mail', () => {
  afterEach(() => {
    server?.close()
    logged.length = 0
  })

  it('goes out by the school’s SMTP server', async () => {
    const { port, letters } = await openPostOffice()
    const env = {
      SMTP_URL: `smtp://127.0.0.1:${String(port)}?ignoreTLS=true`,
      SMTP_FROM: 'Attune <attune@school.example>',
    }
    expect(await createMailer(env, log)?.send(letter)).toBe(true)
    expect(letters).toHaveLength(1)
    expect(letters[0]).toContain('To: ada@school.example')
    expect(letters[0]).toContain('A line.')
  })

  it('that is refused is said so, and the log has no address', async () => {
    const { port } = await openPostOffice(true)
    const env = { SMTP_URL: `smtp://127.0.0.1:${String(port)}?ignoreTLS=true`, SMTP_FROM: 'a@b.c' }
    expect(await createMailer(env, log)?.send(letter)).toBe(false)
    expect(logged.join()).toContain('mail-not-sent')
    expect(logged.join()).not.toContain('ada')
  })

  it('is absent, not faked, where no server is set', () => {
    expect(createMailer({ SMTP_URL: '' }, log)).toBeNull()
  })
})
