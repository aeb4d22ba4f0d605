// Makes the site's pages of the project's documents, which stay as they are for readers of the repository: names, links and tables are
// changed here, and each error_reason gets a page of its own. Nothing is fetched.
import {cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import path from 'node:path/posix'
import {fileURLToPath} from 'node:url'

const SITE = path.dirname(fileURLToPath(import.meta.url))
const PROJECT = path.dirname(SITE)
const PAGES = path.join(SITE, 'pages')
/** Where the project's files can be read, such as https://github.com/owner/name/blob/main; without it, links to them are plain text. */
const FILES = process.env.SITE_FILES

const read = file => readFileSync(path.join(PROJECT, file), 'utf8')

function markdown(folder) {
  return readdirSync(path.join(PROJECT, folder), {withFileTypes: true}).flatMap(entry => {
    const file = path.join(folder, entry.name)
    return entry.isDirectory() ? markdown(file) : file.endsWith('.md') ? [file] : []
  })
}

/** The page that a document becomes. */
export function page(file) {
  return file === 'README.md' ? 'index.md'
    : file === 'CHANGELOG.md' ? 'changelog.md'
    : file.replace(/^docs\//, '').replace(/(^|\/)README\.md$/, '$1index.md')
}

/** What stands between fences is quoted, and nobody's link. */
export function outsideOfFences(text, change) {
  return text.split(/^(```[\s\S]*?^```[ \t]*$)/m).map((part, index) => index % 2 ? part : change(part)).join('')
}

/** One link of a document, as its page has it; what has no page leads to the project's files. */
export function link(target, file, pages, files = FILES) {
  if (/^([a-z]+:|#)/.test(target)) return target
  const [, place, anchor] = /^([^#]*)(#.*)?$/.exec(target)
  const found = path.join(path.dirname(file), place).replace(/\/$/, '')
  const readme = path.join(found, 'README.md')
  const led = pages.has(found) ? found : pages.has(readme) ? readme : null
  if (led) return relative(page(file), page(led)) + (anchor ?? '')
  if (/^docs\/(images\/|openapi)/.test(found)) return '/' + found.replace(/^docs\//, '')
  if (!existsSync(path.join(PROJECT, found))) throw new Error(`${file} leads to ${found}, which is not there`)
  return files ? `${files.replace(/\/$/, '')}/${found}` : null
}

function relative(from, to) {
  const way = path.relative(path.dirname(from), to)
  return way.startsWith('.') ? way : './' + way
}

export function links(text, file, pages, files = FILES) {
  return outsideOfFences(text, part => part.replace(/(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^)\s]+)\)/g, (whole, image, label, target) => {
    const inner = links(label, file, pages, files)
    const led = link(target, file, pages, files)
    return led === null ? inner : `${image}[${inner}](${led})`
  }))
}

/** The rows of a Markdown table's body, as lists of cells. */
const cells = row => row.replace(/^\| | \|$/g, '').split(' | ')

/** Every reason in the sections below "Errors" of the contract. */
export function reasons(contract) {
  const errors = contract.slice(contract.indexOf('\n## Errors'), contract.indexOf('\n## Working with it'))
  return errors.split(/^### /m).slice(1).flatMap(section => {
    const title = section.slice(0, section.indexOf('\n'))
    return [...section.matchAll(/^\| `([a-z_]+)` \| (\d{3}) `([a-z_]+)` \| (.*) \|$/gm)]
      .map(([, reason, status, error, meaning]) => ({reason, status, error, meaning, title}))
  })
}

/** Who answers with it: the schemas of openapi.yaml are named by it. */
function answerers(openapi, reason) {
  const names = {Exchange: 'the token endpoint', Link: 'linking an account', Door: 'nonces and buttons'}
  return Object.entries(names)
    .filter(([prefix]) => new RegExp(`^    ${prefix}[A-Za-z]+\\d{3}:\\n(?:      .*\\n)*? {12}- ${reason}\\n`, 'm').test(openapi))
    .map(([, name]) => name)
}

function errorPage({reason, status, error, meaning, title}, advice, answered, pages) {
  const help = advice.get(`advice.${reason}`)
  const file = `docs/errors/${reason}/page.md` // from where the contract's links are seen
  const here = links(meaning.replaceAll('](', '](../../'), file, pages).replaceAll('](../../#', '](../../exchange.md#')
  return `---
title: ${reason}
---

# \`${reason}\`

**Status ${status}, \`${error}\`** · ${title} · answered by ${answered.join(', ')}

${here[0].toUpperCase()}${here.slice(1)}.
${help ? `
## What an administrator does

${help.replaceAll('<', '&lt;').replaceAll('{', '&#123;')}
` : ''}
## Further

- [All reasons](../../exchange.md#errors), and how to [work with them](../../exchange.md#working-with-it-from-a-front-end)
- The [doctor](../../doctor.md) tells an administrator why one came${error === 'interaction_required' ? `
- [Continuing in a browser](../../continuation.md#how-each-reason-is-resolved): what the person sees, and what follows` : ''}
- \`"error_uri"\` of an answer leads here, where an operator has [set it](../../exchange.md#an-address-for-each-reason)
`
}

const WIDE = '---\naside: false\n---\n\n'

/** Tables that are sorted and filtered; what is around them is Markdown as before. */
const table = (text, marker) => WIDE + text.replace(
  new RegExp(`(<!-- begin: ${marker}[^\\n]*-->\\n)([\\s\\S]*?)(<!-- end -->)`),
  (whole, begin, rows, end) => `${begin}\n<DataTable>\n\n${rows}\n</DataTable>\n\n${end}`)

function put(file, text) {
  mkdirSync(path.join(PAGES, path.dirname(file)), {recursive: true})
  writeFileSync(path.join(PAGES, file), text)
}

function stage() {
  rmSync(PAGES, {recursive: true, force: true})
  const documents = ['README.md', 'CHANGELOG.md', ...markdown('docs')]
  const pages = new Set(documents)
  const contract = read('docs/exchange.md')
  const known = reasons(contract)
  for (const file of documents) {
    let text = links(read(file), file, pages)
    if (file === 'docs/providers/README.md') text = table(text, 'from the descriptors')
    if (file === 'docs/privacy.md') text = table(text, 'data flow')
    if (file === 'docs/exchange.md') {
      text = text.replace(/^\| `([a-z_]+)` \| (\d{3}) /gm, (row, reason, status) => `| [\`${reason}\`](./errors/${reason}/index.md) | ${status} `)
    }
    put(page(file), text)
  }
  const advice = new Map(read('src/main/resources/doctor/messages_en.properties').split('\n')
    .map(line => line.split(/=(.*)/s)).filter(([, value]) => value).map(([key, value]) => [key, value]))
  const openapi = read('docs/openapi.yaml')
  for (const error of known) {
    put(`errors/${error.reason}/index.md`, errorPage(error, advice, answerers(openapi, error.reason), pages))
  }
  put('errors/index.md', `${WIDE}# Reasons\n\nEvery \`error_reason\` of the [contract](../exchange.md#errors), each with a page of its own.\n\n<DataTable>\n\n`
    + '| reason | status | error | what is wrong |\n|---|---|---|---|\n'
    + known.map(({reason, status, error, title}) => `| [\`${reason}\`](./${reason}/index.md) | ${status} | \`${error}\` | ${title} |\n`).join('')
    + '\n</DataTable>\n')
  const assets = path.join(PAGES, 'public')
  mkdirSync(assets, {recursive: true})
  cpSync(path.join(SITE, 'public'), assets, {recursive: true})
  cpSync(path.join(PROJECT, 'docs/images'), path.join(assets, 'images'), {recursive: true})
  for (const file of ['openapi.yaml', 'openapi-admin.yaml']) cpSync(path.join(PROJECT, 'docs', file), path.join(assets, file))
  const mermaid = path.dirname(createRequire(import.meta.url).resolve('mermaid/package.json'))
  cpSync(path.join(mermaid, 'dist/mermaid.min.js'), path.join(assets, 'mermaid.min.js'))
  console.log(`${documents.length} documents, ${known.length} reasons`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) stage()
