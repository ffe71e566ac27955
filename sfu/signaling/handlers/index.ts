/** The handler of every method; a method without one does not compile. */
import type { EntryHandler, EntryMethod, MemberHandler, MemberMethod } from '../handler.ts'
import { announceChunk } from './announce-chunk.ts'
import { closeConsumer } from './close-consumer.ts'
import { closeProducer } from './close-producer.ts'
import { closeTransport } from './close-transport.ts'
import { connectTransport } from './connect-transport.ts'
import { consume } from './consume.ts'
import { consumeRecords } from './consume-records.ts'
import { createTransport } from './create-transport.ts'
import { join } from './join.ts'
import { keepOut } from './keep-out.ts'
import { leave } from './leave.ts'
import { moderationHandlers } from './moderation.ts'
import { pauseConsumer } from './pause-consumer.ts'
import { pauseProducer } from './pause-producer.ts'
import { produce } from './produce.ts'
import { produceData } from './produce-data.ts'
import { readClock } from './read-clock.ts'
import { renew } from './renew.ts'
import { restartIce } from './restart-ice.ts'
import { restoreChat } from './restore-chat.ts'
import { resume } from './resume.ts'
import { resumeConsumer } from './resume-consumer.ts'
import { resumeProducer } from './resume-producer.ts'
import { sendReceipt } from './send-receipt.ts'
import { setPreferredLayers } from './set-preferred-layers.ts'
import { setRtpCapabilities } from './set-rtp-capabilities.ts'
import { talkHandlers } from './talk.ts'

export const entryHandlers: { [M in EntryMethod]: EntryHandler<M> } = { join, resume }

export const memberHandlers: { [M in MemberMethod]: MemberHandler<M> } = {
  announceChunk,
  closeConsumer,
  closeProducer,
  closeTransport,
  connectTransport,
  consume,
  consumeRecords,
  createTransport,
  keepOut,
  leave,
  pauseConsumer,
  pauseProducer,
  produce,
  produceData,
  readClock,
  renew,
  restartIce,
  restoreChat,
  resumeConsumer,
  resumeProducer,
  sendReceipt,
  setPreferredLayers,
  setRtpCapabilities,
  ...moderationHandlers,
  ...talkHandlers,
}
