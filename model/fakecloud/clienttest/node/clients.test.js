'use strict';
// Tests of each documented refusal in the client's own type of error, and of what each
// client does after failures. RESULTS names the file for the observations.
const { after, before, beforeEach, describe, test } = require('node:test');
const assert = require('node:assert/strict');
const fs = require('node:fs');
const { start } = require('./cloud');
const { clients, associate } = require('./clients');
const { suite, name, params, seed } = require('./suite');

const token = 'CAIS+/=token~*'; // of a temporary key

let original;
let later; // with the later version of the table
let cloud; // original or later
let failed = false;
const results = [];

before(async () => {
  original = await start(seed, '-key', 'testid:testsecret', '-key', `testid:testsecret:${token}`);
  later = await start(seed, '-later');
});
beforeEach(() => use(original));
after(async () => {
  await original.stop();
  await later.stop();
  if (process.env.RESULTS && !failed) fs.writeFileSync(process.env.RESULTS, JSON.stringify(results));
});

// use directs the calls to a cloud and resets it.
function use(which) {
  cloud = which;
  return cloud.reset();
}

const demo = (more = {}) => ({ url: cloud.url, host: cloud.host, id: 'testid', secret: 'testsecret', ...more });
const last = (list) => list[list.length - 1];

// check runs a test. After a failure no results are written. Errors may contain the
// private key of a call, so they are not printed.
function check(title, run) {
  test(title, async () => {
    try {
      await run();
    } catch (error) {
      failed = true;
      throw error;
    }
  });
}

// caught makes a call that must fail, and returns the error.
async function caught(call) {
  let answer;
  try {
    answer = await call();
  } catch (error) {
    return error;
  }
  return assert.fail(`a success: ${answer.requestId}`);
}

for (const client of clients) {
  const outcomes = {};
  const see = (what, outcome) => {
    outcomes[what] = [...new Set([...(outcomes[what] || []), outcome])];
  };
  describe(client.name, () => {
    after(() => {
      const joined = Object.fromEntries(Object.entries(outcomes).map(([what, seen]) => [what, seen.join(', ')]));
      results.push({ client: client.name, operations: client.operations, outcomes: joined });
    });

    for (const refusal of suite.refusals) {
      const operation = refusal.operation || client.operations[0];
      if (!client.operations.includes(operation)) continue;
      check(name(refusal), async () => {
        see(name(refusal), await refused(client, operation, refusal));
      });
    }
    for (const operation of client.operations) {
      check(`${operation}: success`, async () => {
        await succeeds(client, operation);
        see('success', '✓');
      });
      check(`${operation}: temporary key`, async () => {
        const error = await caught(() => client.call(demo({ token: `${token}x` }), operation, params(operation)));
        assert.equal(client.failure(error).code, 'InvalidSecurityToken.MismatchWithAccessKey');
        await cloud.reset();
        await client.call(demo({ token }), operation, params(operation));
        assert.deepEqual((await cloud.calls()).map((call) => call.status), [200]);
        see('temporary key', '✓');
      });
      if (client.unreadable) {
        check(`${operation}: XML`, async () => {
          assert.equal((await caught(() => client.call(demo({ xml: true }), operation, params(operation)))).name, 'SyntaxError');
          assert.deepEqual((await cloud.calls()).map((call) => call.status), [200]);
          see('xml success', 'unreadable');
          assert.equal((await caught(() => client.call(demo({ xml: true }), operation, params(operation)))).name, 'SyntaxError');
          assert.ok(last(await cloud.calls()).code);
          see('xml refusal', 'unreadable');
        });
      }
      check(`${operation}: a proxy's page`, async () => {
        await cloud.inject({ action: operation, times: 1, status: 502, body: '<html><h1>Bad Gateway</h1></html>' });
        const error = await caught(() => client.call(demo(), operation, params(operation)));
        assert.equal(error.code, undefined);
        assert.deepEqual(await cloud.faults(), []);
        see('page', 'no code');
      });
      for (const [what, fault, repeats, differs] of [
        ['500', { times: 2, status: 500 }, client.repeats.status500],
        ['throttled', { times: 2, code: 'Throttling.User' }, client.repeats.throttled],
        ['closed before', { times: 2, drop: 'before' }, client.repeats.closed],
        ['closed after', { times: 1, drop: 'after' }, client.repeats.closed],
        ['closed after, token', { times: 1, drop: 'after' }, client.repeats.closed, { ClientToken: 't' }],
      ]) {
        if (differs && operation !== associate) continue; // the operation has no client token
        check(`${operation}: ${what}`, async () => {
          see(what, await meets(client, operation, fault, repeats, differs));
        });
      }
    }
    for (const operation of client.operations) {
      if (operation === associate) continue; // the operation has no private key
      check(`${operation}: private key`, async () => {
        const shown = [];
        for (const [when, fault] of [['refused', { code: 'OperationDenied' }], ['closed', { drop: 'before' }]]) {
          await cloud.reset();
          await cloud.inject(fault);
          const error = await caught(() => client.call(demo(), operation, params(operation)));
          // The text may be plain or query-encoded.
          if (/PRIVATE(\+|%20| )KEY/.test(error.message)) shown.push(when);
        }
        see('key shown', shown.length ? `when ${shown.join(', ')}` : 'never');
      });
    }
  });
}

// refused causes a refusal and checks the error.
async function refused(client, operation, refusal) {
  if (refusal.later) await use(later);
  const to = demo(refusal.key);
  if (refusal.scripted) {
    await cloud.inject({ action: operation, times: 1, code: refusal.code });
  }
  for (const step of refusal.before || []) {
    if (step.event) {
      const [output] = await cloud.apply(step.event);
      assert.ok(!output.ignored, 'the event applies');
    } else {
      await client.call(demo(), operation, params(operation, step.call));
    }
  }
  const error = await caught(() => client.call(to, operation, params(operation, refusal.params)));
  const got = client.failure(error);
  assert.ok(got, `${error.name} is not its own type of error`);
  const call = last(await cloud.calls());
  const { message, ...rest } = got;
  assert.deepEqual(rest, { code: refusal.code, requestId: call.requestId, status: refusal.status });
  assert.ok(message.includes(refusal.message), 'the message is the service\'s');
  assert.deepEqual(await cloud.faults(), []);
  return refusal.scripted ? 'scripted' : 'reached';
}

async function succeeds(client, operation) {
  const answer = await client.call(demo(), operation, params(operation));
  const [call] = await cloud.calls();
  assert.equal(call.status, 200);
  assert.equal(answer.requestId, call.requestId);
  assert.equal(Boolean(answer.jobId), operation === associate);
}

// meets returns what a client does after a fault.
async function meets(client, operation, fault, repeats, differs) {
  await cloud.inject({ action: operation, ...fault });
  let error;
  try {
    await client.call(demo({ retries: 3 }), operation, params(operation, differs));
  } catch (e) {
    error = e;
  }
  const calls = await cloud.calls();
  assert.equal(calls.length, repeats ? fault.times + 1 : 1);
  assert.equal(Boolean(error), !repeats);
  const failure = error && client.failure(error);
  assert.equal(failure && failure.code, last(calls).drop ? undefined : last(calls).code);
  return repeats ? 'repeats' : 'gives up';
}
