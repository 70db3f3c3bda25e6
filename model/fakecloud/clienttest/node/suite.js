'use strict';
// The suite in ../cases.json, which the Go clients in ../go run, too.
const fs = require('node:fs');
const path = require('node:path');

// The folder clienttest. It is not .. if this folder is a copy.
const folder = process.env.CLIENTTEST || path.join(__dirname, '..');
const pki = path.join(folder, '..', '..', '..', 'testdata', 'pki');
const suite = JSON.parse(fs.readFileSync(path.join(folder, 'cases.json'), 'utf8'));

// name returns a unique name of a refusal.
const name = (refusal) => [refusal.operation, refusal.code, refusal.condition].filter(Boolean).join(' ');

// text returns the value of a parameter: a text, or a repeated file.
function text(value) {
  if (typeof value === 'string') return value;
  return fs.readFileSync(path.join(pki, value.file), 'utf8').repeat(value.times || 1);
}

// params returns the flat parameters of the accepted call, with those in differs changed.
function params(operation, differs = {}) {
  const request = { ...suite.requests[operation], ...differs };
  return Object.fromEntries(Object.entries(request).filter(([, value]) => value !== null).map(([key, value]) => [key, text(value)]));
}

module.exports = { suite, name, params, seed: path.join(folder, 'seed.json') };
