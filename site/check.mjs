// Looks at what was built: every link and every anchor of ours leads somewhere, every page is reached from the sidebar, and nothing is asked of
// anybody else.
import {existsSync, readdirSync, readFileSync, statSync} from 'node:fs'
import path from 'node:path/posix'
import {fileURLToPath} from 'node:url'

const DIST = path.join(path.dirname(fileURLToPath(import.meta.url)), '.vitepress/dist')
const BASE = process.env.SITE_BASE || '/'

function files(folder) {
  return readdirSync(folder, {withFileTypes: true}).flatMap(entry =>
    entry.isDirectory() ? files(path.join(folder, entry.name)) : [path.join(folder, entry.name)])
}

const unescape = text => text.replace(/&amp;/g, '&').replace(/&quot;/g, '"').replace(/&#39;/g, "'")

/** The file of the site that a link of one of its pages leads to; null if it is outside. */
function place(target, file) {
  const whole = target.startsWith('/') ? target : path.join(BASE, path.dirname(file), target)
  if (!whole.startsWith(BASE)) return null
  const below = decodeURI(whole.slice(BASE.length))
  return below === '' || below.endsWith('/') ? below + 'index.html' : /\.\w+$/.test(below) ? below : below + '.html'
}

const hrefs = html => [...html.matchAll(/<a\b[^>]*?\shref="([^"#?]+)/g)].map(match => match[1]).filter(target => !/^[a-z]+:|^\/\//i.test(target))

/** What is wrong with the pages, by their file's name. */
export function mistakes(pages, exists) {
  const found = []
  const anchors = new Map()
  const links = new Map()
  for (const [file, html] of pages) {
    anchors.set(file, new Set([...html.matchAll(/\sid="([^"]*)"/g)].map(match => unescape(match[1]))))
    links.set(file, [...html.matchAll(/<(\w+)[^>]*?\s(href|src)="([^"]*)"/g)].map(([, tag, , target]) => [tag, unescape(target)]))
  }
  for (const [file, all] of links) {
    for (const [tag, target] of all) {
      if (/^[a-z]+:|^\/\//i.test(target)) {
        if (tag !== 'a' && !target.startsWith('data:')) found.push(`${file}: a ${tag} from elsewhere, ${target}`)
        continue
      }
      const [, address, anchor] = /^([^#?]*)[^#]*(?:#(.*))?$/.exec(target)
      const led = address ? place(address, file) : file
      if (led === null || !exists(led)) found.push(`${file}: ${target} leads nowhere`)
      else if (anchor && anchors.has(led) && !anchors.get(led).has(decodeURIComponent(anchor))) found.push(`${file}: no such place, ${target}`)
    }
  }
  return found
}

function check() {
  const all = files(DIST).map(file => path.relative(DIST, file))
  const pages = new Map(all.filter(file => file.endsWith('.html') && file !== '404.html').map(file => [file, readFileSync(path.join(DIST, file), 'utf8')]))
  const found = mistakes(pages, file => existsSync(path.join(DIST, file)))
  for (const file of all.filter(file => file.endsWith('.css'))) {
    for (const [, url] of readFileSync(path.join(DIST, file), 'utf8').matchAll(/url\(["']?((?:https?:)?\/\/[^)"']+)/g)) found.push(`${file}: asks for ${url}`)
  }
  const reached = file => new Set(hrefs(pages.get(file)).map(target => place(target, file)))
  const sidebar = reached('index.html')
  const reasons = reached('errors/index.html')
  for (const file of pages.keys()) {
    if (!(/^errors\/./.test(file) && file !== 'errors/index.html' ? reasons : sidebar).has(file)) found.push(`${file}: nothing leads there`)
  }
  const size = all.reduce((sum, file) => sum + statSync(path.join(DIST, file)).size, 0)
  console.log(`${pages.size} pages, ${all.length} files, ${(size / 1e6).toFixed(1)} MB`)
  if (found.length) {
    console.error(found.join('\n'))
    process.exitCode = 1
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) check()
