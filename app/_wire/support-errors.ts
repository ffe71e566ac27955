/** Error codes of notices, cases, directory and assistant; part of the table of `errors.ts`. */
export const supportErrors = {
  'support-off': { status: 409, message: 'Student support is off in this course.' },
  'class-running': { status: 409, message: 'This class has not ended yet.' },
  'notices-not-due': { status: 409, message: 'This course has not had enough classes yet.' },
  'notices-exist': { status: 409, message: 'This class has its notices already.' },
  'notices-incomplete': {
    status: 409,
    message: 'A set of notices has one for each enrolled student, and no other.',
  },
  'case-not-found': {
    status: 404,
    message: 'There is no such case, or it is not shared with you.',
  },
  'case-exists': { status: 409, message: 'This case exists already.' },
  'case-withdrawn': { status: 409, message: 'This case was withdrawn. Nothing of it is kept.' },
  'case-full': { status: 409, message: 'This case holds as many messages as it can.' },
  'helper-not-offered': {
    status: 409,
    message: 'This person cannot be chosen as a helper any more. Please load the page again.',
  },
  'note-keys-wrong': { status: 409, message: 'A note is for the helpers of its case alone.' },
  'suggestion-gone': { status: 409, message: 'This suggestion was changed in the meantime.' },
  'directory-changed': {
    status: 409,
    message: 'The directory was changed in the meantime. Please load the page again.',
  },
  'assistant-absent': { status: 409, message: 'This school has no support assistant.' },
} as const
