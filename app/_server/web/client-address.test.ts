import { describe, expect, it } from 'vitest'
import { clientAddress, parseTrustedProxies } from './client-address.ts'

const own = new Set(['127.0.0.1', '::1', '192.0.2.7'])
const nobody = parseTrustedProxies('')
const proxy = parseTrustedProxies('10.0.0.0/8, ::1')

function ask(remoteAddress: string, forwardedFor?: string, trusted = nobody) {
  const throughProxy = forwardedFor !== undefined
  return clientAddress({ remoteAddress, forwardedFor, throughProxy }, trusted, own)
}

describe('clientAddress', () => {
  it('takes the connection for the client where no proxy is trusted', () => {
    expect(ask('198.51.100.1', '203.0.113.5')).toEqual({ address: '198.51.100.1', local: false })
  })

  it('knows the machine itself, on loopback, on its own address, in IPv6 notation', () => {
    for (const address of ['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1', '192.0.2.7']) {
      expect(ask(address).local).toBe(true)
    }
  })

  it('does not take a request through a proxy on this machine for a local one', () => {
    expect(ask('127.0.0.1', '203.0.113.5').local).toBe(false)
    expect(ask('::1', '203.0.113.5', proxy)).toEqual({ address: '203.0.113.5', local: false })
  })

  it('skips trusted hops from the right and stops at the first that is not', () => {
    expect(ask('10.1.1.1', '203.0.113.9, 203.0.113.5, 10.2.2.2', proxy).address).toBe('203.0.113.5')
  })

  it('falls back to the proxy when nothing in the header is an address', () => {
    expect(ask('10.1.1.1', 'unknown', proxy).address).toBe('10.1.1.1')
  })

  it('refuses a list that holds no address', () => {
    expect(() => parseTrustedProxies('proxy.example')).toThrow(RangeError)
    expect(() => parseTrustedProxies('10.0.0.0/x')).toThrow(RangeError)
  })
})
