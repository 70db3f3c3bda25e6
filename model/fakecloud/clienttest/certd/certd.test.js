'use strict';
// Starts the fake cloud with its default options and runs the deployments of flows.mjs in
// a process that has the proxy and trusts the authority.
const test = require('node:test');
const assert = require('node:assert');
const { spawnSync } = require('node:child_process');
const { mkdtempSync } = require('node:fs');
const { tmpdir } = require('node:os');
const path = require('node:path');
const { start } = require(path.join(process.env.CLIENTTEST, 'node', 'cloud.js'));

test('certd deploys and renews', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'certd-'));
  const cloud = await start('demo', '-progress', 'polls=1,after=1s', '-ca', path.join(folder, 'fake.pem'));
  try {
    const run = spawnSync(process.execPath, [path.join(__dirname, 'flows.mjs')], {
      encoding: 'utf8',
      env: { ...process.env, HTTPS_PROXY: cloud.url, NODE_EXTRA_CA_CERTS: path.join(folder, 'fake.crt') },
    });
    assert.strictEqual(run.status, 0, run.stdout + run.stderr);
    const calls = await cloud.calls();
    const unknown = calls.filter((call) => call.status === 501 || call.code === 'InvalidAction.NotFound');
    assert.deepStrictEqual(unknown, []);
  } finally {
    await cloud.stop();
  }
});
