import { expect, test } from 'vitest'
import { SerialQueue } from './serial-queue.ts'

test('tasks run one after another, in order, and a failure stops no other', async () => {
  const queue = new SerialQueue()
  const log: string[] = []
  let finish = (): void => undefined
  const gate = new Promise<void>((resolve) => {
    finish = resolve
  })
  const first = queue.run(async () => {
    log.push('first begins')
    await gate
    log.push('first ends')
  })
  const second = queue.run(() => {
    log.push('second')
    throw new Error('second failed')
  })
  const third = queue.run(() => log.push('third'))
  expect(queue.length).toBe(3)
  finish()
  await first
  await expect(second).rejects.toThrow('second failed')
  await third
  expect(log).toEqual(['first begins', 'first ends', 'second', 'third'])
  expect(queue.length).toBe(0)
})
