/** The path of a route with its parts filled in and escaped. */
export function routePath(path: string, parameters: Readonly<Record<string, string>>): string {
  return path.replaceAll(/:([A-Za-z]+)/g, (_, name: string) => {
    const value = parameters[name]
    if (value === undefined) throw new TypeError(`path parameter ${name} is missing`)
    return encodeURIComponent(value)
  })
}
