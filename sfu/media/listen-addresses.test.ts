import type { NetworkInterfaceInfo } from 'node:os'
import { expect, test } from 'vitest'
import { listenInfos, usableInterfaces } from './listen-addresses.ts'

function address(text: string): NetworkInterfaceInfo {
  const common = { address: text, netmask: '', mac: '', internal: false, cidr: null }
  return text.includes(':')
    ? { ...common, family: 'IPv6', scopeid: 0 }
    : { ...common, family: 'IPv4' }
}

const interfaces = {
  lo: [address('127.0.0.1'), address('::1')],
  eth0: [address('192.0.2.7'), address('fe80::1'), address('2001:db8::7')],
}
const nothing = { announcedAddresses: [], listenAddress: null, interfaces }

test('by default loopback and every address of the machine, over UDP and TCP', () => {
  const infos = listenInfos(nothing, 4443)
  const udp = infos.filter(({ protocol }) => protocol === 'udp').map(({ ip }) => ip)
  const tcp = infos.filter(({ protocol }) => protocol === 'tcp').map(({ ip }) => ip)
  expect(udp).toEqual(['127.0.0.1', '::1', '192.0.2.7', '2001:db8::7'])
  expect(tcp).toEqual(udp)
  expect(infos.every(({ port }) => port === 4443)).toBe(true)
})

test('loopback is there even where no interface names it', () => {
  expect(listenInfos({ ...nothing, interfaces: {} }, 1).map(({ ip }) => ip)).toEqual([
    '127.0.0.1',
    '127.0.0.1',
  ])
})

test.each([
  ['198.51.100.9', null, '0.0.0.0'],
  ['media.school.example', null, '0.0.0.0'],
  ['2001:db8::9', null, '::'],
  ['198.51.100.9', '192.0.2.7', '192.0.2.7'],
])('announcing %s and listening on %s opens %s', (announcedAddress, listenAddress, ip) => {
  const infos = listenInfos(
    { announcedAddresses: [announcedAddress], listenAddress, interfaces },
    4443,
  )
  expect(infos).toEqual([
    { protocol: 'udp', port: 4443, ip, announcedAddress },
    { protocol: 'tcp', port: 4443, ip, announcedAddress },
  ])
})

test('an address that no socket can be opened on is left out', async () => {
  const loopback = address('127.0.0.1')
  // 192.0.2.0/24 is set aside for documents: no machine has it.
  const lo = [loopback, address('192.0.2.7')]
  expect(await usableInterfaces({ lo, gone: undefined })).toEqual({ lo: [loopback], gone: [] })
})

test('an address of each family opens both, each for its own family alone', () => {
  const announcedAddresses = ['media.school.example', '2001:db8::9']
  const places = (listenAddress: string | null) =>
    listenInfos({ announcedAddresses, listenAddress, interfaces }, 4443)
      .filter(({ protocol }) => protocol === 'udp')
      .map(({ ip, announcedAddress, flags }) => [ip, announcedAddress, flags?.ipv6Only ?? false])
  expect(places(null)).toEqual([
    ['0.0.0.0', 'media.school.example', false],
    ['::', '2001:db8::9', true],
  ])
  expect(places('2001:db8::7')).toEqual([
    ['0.0.0.0', 'media.school.example', false],
    ['2001:db8::7', '2001:db8::9', false],
  ])
})

test.each([
  ['0.0.0.0', ['127.0.0.1', '192.0.2.7']],
  ['::', ['127.0.0.1', '::1', '192.0.2.7', '2001:db8::7']],
])('listening on %s without an announced address, browsers are told real ones', (all, told) => {
  const infos = listenInfos({ ...nothing, listenAddress: all }, 4443)
  expect(infos.filter(({ protocol }) => protocol === 'tcp').map(({ ip }) => ip)).toEqual(told)
})
