import assert from 'node:assert/strict'
import {test} from 'node:test'
import {link, links, outsideOfFences, page, reasons} from './stage.mjs'

const pages = new Set(['README.md', 'CHANGELOG.md', 'docs/exchange.md', 'docs/providers/README.md', 'docs/providers/google.md', 'docs/decisions/README.md'])

test('documents become pages', () => {
  assert.equal(page('README.md'), 'index.md')
  assert.equal(page('CHANGELOG.md'), 'changelog.md')
  assert.equal(page('docs/exchange.md'), 'exchange.md')
  assert.equal(page('docs/providers/README.md'), 'providers/index.md')
})

test('links lead from page to page, with their anchors', () => {
  assert.equal(link('docs/exchange.md#errors', 'README.md', pages), './exchange.md#errors')
  assert.equal(link('../exchange.md', 'docs/providers/google.md', pages), '../exchange.md')
  assert.equal(link('README.md#the-same', 'docs/providers/google.md', pages), './index.md#the-same')
  assert.equal(link('decisions', 'docs/exchange.md', pages), './decisions/index.md')
  assert.equal(link('../CHANGELOG.md', 'docs/exchange.md', pages), './changelog.md')
  assert.equal(link('#errors', 'docs/exchange.md', pages), '#errors')
  assert.equal(link('https://example.org/a', 'docs/exchange.md', pages), 'https://example.org/a')
})

test('pictures and OpenAPI documents are files of the site', () => {
  assert.equal(link('docs/images/login-theme.png', 'README.md', pages), '/images/login-theme.png')
  assert.equal(link('openapi.yaml', 'docs/exchange.md', pages), '/openapi.yaml')
})

test('what has no page is plain text, or leads to the files where it is said where they are', () => {
  assert.equal(links('see [the licence](LICENSE).', 'README.md', pages, undefined), 'see the licence.')
  assert.equal(links('see [the licence](LICENSE).', 'README.md', pages, 'https://example.org/blob/main/'),
    'see [the licence](https://example.org/blob/main/LICENSE).')
  assert.throws(() => link('docs/nobody.md', 'README.md', pages), /nobody/)
})

test('labels with brackets and pictures are links, too', () => {
  assert.equal(links('[`a[0]` and [b]](exchange.md)', 'docs/providers/../x.md', pages, undefined), '[`a[0]` and [b]](./exchange.md)')
})

test('what is quoted is left alone', () => {
  const text = 'a [b](exchange.md)\n```\n[c](nobody.md)\n```\n[d](exchange.md)'
  assert.equal(links(text, 'docs/x.md', pages), 'a [b](./exchange.md)\n```\n[c](nobody.md)\n```\n[d](./exchange.md)')
  assert.equal(outsideOfFences('a\n```\na\n```\na', part => part.replaceAll('a', 'b')), 'b\n```\na\n```\nb')
})

test('reasons are read from the contract, with status, error, section and meaning', () => {
  const contract = '\n## Errors\n\n### The request is wrong\n\n| `error_reason` | status, `error` | meaning |\n|---|---|---|\n'
    + '| `parameter_missing` | 400 `invalid_request` | the description names it |\n\n## Working with it\n\n| `not_one` | 400 `x` | y |\n'
  assert.deepEqual(reasons(contract), [{
    reason: 'parameter_missing', status: '400', error: 'invalid_request', title: 'The request is wrong', meaning: 'the description names it'}])
})
