/** How a line that a process wrote is shown by the supervisor. It changes nothing within it. */

/**
 * For people the process' name stands before it. Where no terminal is, a line that is JSON (and names
 * its process itself) stands alone, so that whatever collects the log can parse it.
 *
 * @param line such as `web | {"level":40,…}`
 */
export function shownLine(line: string, terminal: boolean): string {
  return (terminal ? undefined : /^\w+ \| (\{.*\})$/.exec(line)?.[1]) ?? line
}
