/** Tailwind compiles app/globals.css. */
export default { plugins: { '@tailwindcss/postcss': {} } }
