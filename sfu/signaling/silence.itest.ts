/**
 * What a mute is worth: real RTP goes on coming in from a browser that heeds nothing, and the media worker's own
 * counters and the other side's socket say what went out.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { opus } from '../testing/fake-media.ts'
import { openClass } from '../testing/open-class.ts'
import { listen, packetsOf, speakInto } from '../testing/plain-line.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let school: TestServer

beforeAll(async () => {
  school = await startTestServer()
})

afterAll(async () => {
  await school.close()
})

const BURST = 20
const OPUS = 111
const SSRC = 70_000

/** A student who speaks, and a teacher who hears it. */
async function speaking() {
  const { teacher, student, own } = await openClass(school)
  const microphone = await speakInto(school, student, SSRC, OPUS)
  const { producerId } = await student.client.request('produce', {
    transportId: microphone.transportId,
    kind: 'audio',
    source: 'microphone',
    rtpParameters: opus(SSRC),
  })
  const liveClass = school.server.registry.find(student.entry.class.id)
  const producer = liveClass?.member(student.entry.memberId)?.media?.producer(producerId)
  await teacher.client.request('setRtpCapabilities', {
    rtpCapabilities: teacher.entry.routerRtpCapabilities,
  })
  const loudspeaker = await listen(school, teacher)
  const { consumerId } = await teacher.client.request('consume', { producerId })
  await teacher.client.request('resumeConsumer', { consumerId })
  const [consumer] = loudspeaker.consumers
  if (producer === undefined || consumer === undefined) throw new Error('nothing is sent')
  /** What went out to the teacher of one burst that the worker has counted as come in. */
  const passedOn = async (): Promise<number> => {
    const [cameIn, wentOut] = [await packetsOf(producer), await packetsOf(consumer)]
    microphone.send(BURST)
    await expect.poll(() => packetsOf(producer)).toBe(cameIn + BURST)
    return (await packetsOf(consumer)) - wentOut
  }
  await expect.poll(passedOn).toBe(BURST)
  return { teacher, student, own, microphone, producer, producerId, loudspeaker, passedOn }
}

/** Waits until the socket has what the worker sent. */
async function settled({ heard, consumers }: Awaited<ReturnType<typeof listen>>): Promise<number> {
  const [consumer] = consumers
  if (consumer === undefined) throw new Error('nothing is consumed')
  const sent = await packetsOf(consumer)
  await expect.poll(heard).toBe(sent)
  return sent
}

test('of a muted student nothing goes out, though the browser sends on', async () => {
  const { teacher, student, producerId, loudspeaker, passedOn } = await speaking()
  const { memberId } = student.entry
  const before = await settled(loudspeaker)
  await teacher.client.request('stopSource', { memberId, source: 'microphone' })
  for (let burst = 0; burst < 5; burst += 1) expect(await passedOn()).toBe(0)
  expect(await settled(loudspeaker)).toBe(before)
  expect(loudspeaker.consumers[0]?.producerPaused).toBe(true)
  // The student's own word lets it through again.
  await student.client.request('resumeProducer', { producerId })
  expect(await passedOn()).toBe(BURST)
  expect(await settled(loudspeaker)).toBe(before + BURST)
})

test('where unmuting is forbidden no request of the student’s lets a packet through', async () => {
  const { teacher, student, producerId, passedOn } = await speaking()
  await teacher.client.request('setRules', { permissions: { unmute: false } })
  expect(await passedOn()).toBe(0)
  await student.client.refused('resumeProducer', { producerId })
  expect(await passedOn()).toBe(0)
  await teacher.client.request('setRules', { permissions: { unmute: true } })
  // Allowed is not unmuted.
  expect(await passedOn()).toBe(0)
})

test('muting all stops a student', async () => {
  const { teacher, passedOn } = await speaking()
  await teacher.client.request('muteAll', {})
  expect(await passedOn()).toBe(0)
})

test('a removed student’s packets reach nobody, from the same socket on', async () => {
  const { teacher, student, microphone, producer, producerId, loudspeaker } = await speaking()
  const before = await settled(loudspeaker)
  await teacher.client.request('removeMember', { memberId: student.entry.memberId })
  await teacher.client.told('producerClosed', (told) => told.producerId === producerId)
  await teacher.client.told('consumerClosed')
  expect([producer.closed, loudspeaker.consumers[0]?.closed]).toEqual([true, true])
  microphone.send(BURST)
  // Another's sound comes out of the same line, and nothing of the removed one's with it.
  const other = await school.join({ cls: teacher.entry.class.id })
  const second = await speakInto(school, other, SSRC + 1, OPUS)
  const spoken = await other.client.request('produce', {
    transportId: second.transportId,
    kind: 'audio',
    source: 'microphone',
    rtpParameters: opus(SSRC + 1),
  })
  const { consumerId } = await teacher.client.request('consume', {
    producerId: spoken.producerId,
  })
  await teacher.client.request('resumeConsumer', { consumerId })
  second.send(BURST)
  await expect.poll(() => loudspeaker.heard()).toBe(before + BURST)
})
