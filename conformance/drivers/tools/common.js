'use strict';
// What the programs beside this one share: the server they are told of, clients of FQL v4 for it, refusals, and how a
// program ends. Arguments of each program: URL, root secret.

const assert = require('node:assert/strict');
const faunadb = require('faunadb');

const [url, rootSecret] = process.argv.slice(2);
const { protocol, hostname, port } = new URL(url);

/** A client of FQL v4, of another release of the driver if one is given. */
function client(secret, driver = faunadb) {
  return new driver.Client({
    secret,
    domain: hostname,
    port: Number(port),
    scheme: protocol.slice(0, -1),
    // Releases before 4 do not know the option, nor look for newer ones.
    ...(driver === faunadb && { checkNewVersion: false }),
  });
}

/** The secret of a key of a new database. */
async function newDatabase(name, role) {
  const root = client(rootSecret);
  const q = faunadb.query;
  await root.query(q.CreateDatabase({ name }));
  const key = await root.query(q.CreateKey({ role, database: q.Database(name) }));
  return key.secret;
}

/** A query must be refused with this status, code and, if one is given, description. */
async function refused(query, status, code, description) {
  const { requestResult } = await query.then(
    (answer) => assert.fail(`should have been refused, not answered ${JSON.stringify(answer)}`),
    (error) => error,
  );
  const [error] = requestResult.responseContent.errors;
  assert.deepEqual([requestResult.statusCode, error.code], [status, code]);
  if (description !== undefined) {
    assert.equal(error.description, description);
  }
}

/** Runs a program and ends the process: with status 0 if all went as it should. */
function run(main) {
  main().then(
    () => process.exit(0),
    (error) => {
      console.error(error.stack ?? error);
      console.error(JSON.stringify(error.requestResult?.responseContent));
      process.exit(1);
    },
  );
}

module.exports = { url, rootSecret, hostname, port, client, newDatabase, refused, run };
