/**
 * The few routes that a page asks for itself while a class is on. They stand apart so that the page of a class need not
 * fetch how every other page talks to web.
 */
import { sessionAnswer } from './accounts.ts'
import { classAnswer, ticketAnswer, ticketBody } from './classes.ts'
import { nothing } from './primitives.ts'
import type { Route } from './routes.ts'

export const visitRoutes = {
  session: { method: 'GET', path: '/api/session', body: null, answer: sessionAnswer },
  class: { method: 'GET', path: '/api/classes/:id', body: null, answer: classAnswer },
  ticket: {
    method: 'POST',
    path: '/api/classes/:id/ticket',
    body: ticketBody,
    answer: ticketAnswer,
  },
  endClass: { method: 'POST', path: '/api/classes/:id/end', body: nothing, answer: nothing },
} as const satisfies Record<string, Route>
