'use strict';
// What every client has to go through: ../cases.json, which the Go clients in
// ../go go through as well.
const fs = require('node:fs');
const path = require('node:path');

// The folder of clienttest. It differs from .. where this one is a copy.
const folder = process.env.CLIENTTEST || path.join(__dirname, '..');
const pki = path.join(folder, '..', '..', '..', 'testdata', 'pki');
const suite = JSON.parse(fs.readFileSync(path.join(folder, 'cases.json'), 'utf8'));

// name tells a refusal from others.
const name = (refusal) => [refusal.operation, refusal.code, refusal.condition].filter(Boolean).join(' ');

// text is the value of a parameter: a text, or a file so many times.
function text(value) {
  if (typeof value === 'string') return value;
  return fs.readFileSync(path.join(pki, value.file), 'utf8').repeat(value.times || 1);
}

// params are those of a call that differs from the accepted one, in flat form.
function params(operation, differs = {}) {
  const request = { ...suite.requests[operation], ...differs };
  return Object.fromEntries(Object.entries(request).filter(([, value]) => value !== null).map(([key, value]) => [key, text(value)]));
}

module.exports = { suite, name, params, seed: path.join(folder, 'seed.json') };
