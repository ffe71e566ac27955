import { expect, test } from 'vitest'
import { type Method, requests, type Role } from '../protocol/index.ts'
import { mayRequest } from './permissions.ts'

const methods = Object.keys(requests) as Method[]

function closedTo(role: Role): Method[] {
  return methods.filter((method) => !mayRequest(role, method)).toSorted()
}

test('what each role may not do is exactly this', () => {
  const teachersOnly = [
    'admit',
    'admitAll',
    'announceChunk',
    'askToUnmute',
    'attendance',
    'consumeRecords',
    'decline',
    'keepOut',
    'letBackIn',
    'lowerAllHands',
    'lowerHandOf',
    'muteAll',
    'removeMember',
    'sendReceipt',
    'setRules',
    'setSpotlight',
    'stopSource',
  ]
  expect(closedTo('teacher')).toEqual(['produceData'])
  expect(closedTo('student')).toEqual(teachersOnly)
  expect(closedTo('guest')).toEqual([...teachersOnly, 'produceData'].toSorted())
})
