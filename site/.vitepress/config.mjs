import {existsSync, readdirSync, readFileSync} from 'node:fs'
import {defineConfig} from 'vitepress'

const pages = new URL('../pages/', import.meta.url)
const title = file => /^# (.*)$/m.exec(readFileSync(new URL(file, pages), 'utf8'))[1]
const all = folder => existsSync(new URL(folder, pages))
  ? readdirSync(new URL(folder, pages)).filter(file => file.endsWith('.md') && file !== 'index.md').sort()
      .map(file => ({text: title(folder + file), link: `/${folder}${file.replace('.md', '')}`}))
  : []
const item = (text, page) => ({text, link: `/${page}`})

/** Browsers are told that nothing comes from anywhere else. */
const POLICY = "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
  + "font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'"

export default defineConfig({
  title: 'Social Exchange for Keycloak',
  description: 'A social provider’s token becomes realm tokens, at the realm’s own token endpoint',
  lang: 'en',
  base: process.env.SITE_BASE || '/',
  srcDir: 'pages',
  head: [
    ['meta', {'http-equiv': 'Content-Security-Policy', content: POLICY}],
    ['link', {rel: 'icon', href: (process.env.SITE_BASE || '/') + 'icon.svg'}],
  ],
  markdown: {
    // anchors as the repository's readers have them
    anchor: {slugify: text => text.trim().toLowerCase().replace(/[^\p{L}\p{M}\p{N}_\- ]/gu, '').replaceAll(' ', '-')},
    config(md) {
      const fence = md.renderer.rules.fence
      md.renderer.rules.fence = (tokens, index, options, env, self) => tokens[index].info.trim() === 'mermaid'
        ? `<Mermaid code="${encodeURIComponent(tokens[index].content)}" />`
        : fence(tokens, index, options, env, self)
      // where a table has many columns, a phone scrolls it and not the page
      md.renderer.rules.table_open = () => '<table tabindex="0">'
    },
  },
  themeConfig: {
    siteTitle: 'Social Exchange',
    search: {provider: 'local'},
    outline: [2, 3],
    nav: [
      item('Contract', 'exchange'),
      item('Reasons', 'errors/'),
      item('Providers', 'providers/'),
      item('Configuration', 'configuration'),
    ],
    sidebar: [
      {text: 'Start', items: [item('What it is', ''), item('Front ends', 'front-ends'), item('Migration', 'migration'), item('Bringing your users', 'import'), item('Changelog', 'changelog')]},
      {text: 'Contract', items: [item('The exchange', 'exchange'), item('Reasons', 'errors/'), item('Continuing in a browser', 'continuation'),
        item('Linking', 'linking'), item('The other doors', 'resource'), item('Apps that are out', 'drop-in')]},
      {text: 'Administration', items: [item('Configuration', 'configuration'), item('Doctor', 'doctor'), item('Signals of providers', 'signals'), item('App transfer at Apple', 'transfer'), item('Operations', 'operations'), item('Upgrading', 'upgrading'),
        item('Performance', 'performance'), item('Compatibility', 'compatibility')]},
      {text: 'Trust', items: [item('Security', 'security'), item('Privacy', 'privacy')]},
      {text: 'Providers', collapsed: true, items: [item('All, and what can be proven', 'providers/'), ...all('providers/')]},
      {text: 'Development', items: [item('Development', 'development'), item('Simulators', 'simulators')]},
      {text: 'Decisions', collapsed: true, items: [item('All', 'decisions/'), ...all('decisions/')]},
    ],
  },
})
