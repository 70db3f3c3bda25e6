'use strict';
// Starts the fake cloud with the command in FAKECLOUD, and uses its control path.
const { spawn } = require('node:child_process');
const { once } = require('node:events');
const readline = require('node:readline');

// start starts a cloud with a seed on a free port.
async function start(seed, ...flags) {
  const child = spawn(process.env.FAKECLOUD, ['-addr', '127.0.0.1:0', '-seed', seed, '-progress', 'polls=1', ...flags], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  for await (const line of readline.createInterface({ input: child.stdout })) {
    const listens = /listens on (http:\S+)/.exec(line);
    if (listens) {
      child.stdout.resume();
      return control(listens[1], child, exited);
    }
  }
  throw new Error('the fake cloud did not start');
}

function control(url, child, exited) {
  async function send(method, what, body) {
    const response = await fetch(`${url}/_/${what}`, {
      method, body: body && JSON.stringify(body), headers: method === 'POST' ? { 'Content-Type': 'application/json' } : {},
    });
    const answer = await response.json();
    if (!response.ok) throw new Error(`${method} ${what}: ${answer.error}`);
    return answer;
  }
  return {
    url,
    host: new URL(url).host,
    reset: () => send('POST', 'reset', {}),
    apply: (event) => send('POST', 'events', event),
    inject: (fault) => send('POST', 'faults', fault),
    faults: () => send('GET', 'faults'),
    calls: () => send('GET', 'calls'),
    stop: () => { child.kill(); return exited; },
  };
}

module.exports = { start };
