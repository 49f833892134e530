'use strict';
// What the programs beside this one share: the server they are told of, clients of both drivers for it, refusals, and
// how a program ends. Arguments of each program: URL, root secret, and what else it takes.

const assert = require('node:assert/strict');
const fauna = require('fauna');
const faunadb = require('faunadb');

const [url, rootSecret, ...more] = process.argv.slice(2);
const { protocol, hostname, port } = new URL(url);
const clients = [];

/** A client of FQL v4. */
function v4(secret) {
  return new faunadb.Client({
    secret,
    domain: hostname,
    port: Number(port),
    scheme: protocol.slice(0, -1),
    checkNewVersion: false,
  });
}

/** A client of FQL v10, closed when the program ends. */
function v10(secret, options = {}, httpClient = undefined) {
  const made = new fauna.Client({ endpoint: new URL(url), secret, ...options }, httpClient);
  clients.push(made);
  return made;
}

/** The error of a query that must fail. */
function failure(query) {
  return query.then(
    (answer) => assert.fail(`should have been refused, not answered ${JSON.stringify(answer)}`),
    (error) => error,
  );
}

/** Runs a program and ends the process: with status 0 if all went as it should. */
function run(main) {
  main().then(
    () => {
      clients.forEach((each) => each.close());
      process.exit(0);
    },
    (error) => {
      console.error(error.message, error.stack, error.code, error.queryInfo?.summary);
      console.error(JSON.stringify(error.requestResult?.responseContent));
      process.exit(1);
    },
  );
}

module.exports = { url, rootSecret, more, v4, v10, failure, run };
