import assert from 'node:assert/strict'
import {test} from 'node:test'
import {mistakes} from './check.mjs'

const found = (html, more = {}) => {
  const pages = new Map(Object.entries({'index.html': html, ...more}))
  return mistakes(pages, file => pages.has(file) || file === 'a.png')
}

test('what is there is right', () => {
  assert.deepEqual(found('<a href="/b.html#there">b</a> <img src="/a.png"> <a href="#x">x</a><i id="x"></i> <a href="https://example.org">e</a>',
    {'b.html': '<h2 id="there"></h2><a href="./">up</a>'}), [])
})

test('a page, a place or a picture that is not there is a mistake', () => {
  assert.equal(found('<a href="/c.html">c</a>').length, 1)
  assert.equal(found('<a href="/b.html#nowhere">b</a>', {'b.html': '<h2 id="there"></h2>'}).length, 1)
  assert.equal(found('<a href="#nowhere">b</a>').length, 1)
  assert.equal(found('<img alt="" src="/c.png">').length, 1)
})

test('what would be fetched from elsewhere is a mistake', () => {
  assert.equal(found('<script src="https://example.org/a.js"></script>').length, 1)
  assert.equal(found('<link rel="stylesheet" href="//example.org/a.css">').length, 1)
  assert.equal(found('<img src="https://example.org/a.png">').length, 1)
})
