'use strict';
// The story of a small library told through the unmodified JavaScript driver of FQL v10: HTTP/2 with prior
// knowledge, composed queries, pages by the driver's own iterator, each error as the class the driver has for it,
// and a secret that is held to its role. Arguments: URL, root secret. Ends with status 0 if all went as it should.

const assert = require('node:assert/strict');
const {
  AbortError,
  AuthenticationError,
  ConstraintFailureError,
  DateStub,
  Document,
  DocumentReference,
  InvalidRequestError,
  Module,
  NullDocument,
  Page,
  QueryCheckError,
  QueryRuntimeError,
  QueryTimeoutError,
  TimeStub,
  fql,
} = require('fauna');
const { failure, rootSecret, run, v10: client } = require('./drivers');

/** Fails unless the query is refused with this class of error, status and code; gives back the error. */
async function refused(query, type, status, code) {
  const error = await failure(query);
  assert.ok(error instanceof type, `${type.name} expected, not ${error.stack}`);
  assert.equal(error.httpStatus, status);
  assert.equal(error.code, code);
  return error;
}

async function setUp(admin) {
  await admin.query(fql`
    Collection.create({
      name: "Book",
      indexes: { byAuthor: { terms: [{ field: ".author" }], values: [{ field: ".pages" }] } },
      constraints: [{ unique: ["isbn"] }],
    })`);
  await admin.query(fql`Collection.create({ name: "Ledger" })`);
  await admin.query(fql`
    Role.create({
      name: "reader",
      privileges: [
        {
          resource: "Book",
          actions: { read: "book => book.lent != true" },
        },
      ],
    })`);
}

async function createsReadsAndUpdates(admin) {
  const created = await admin.query(fql`
    Book.create({
      isbn: "1",
      author: "Ada",
      pages: 9007199254740991,
      weight: 0.5,
      printed: ${DateStub.from('2024-02-29')},
      arrived: ${TimeStub.from('2024-02-29T12:00:00.000001Z')},
      shelf: null,
    })`);
  const book = created.data;
  assert.ok(book instanceof Document);
  assert.ok(book.coll instanceof Module);
  assert.equal(book.coll.name, 'Book');
  assert.equal(book.pages, Number.MAX_SAFE_INTEGER);
  assert.equal(book.weight, 0.5);
  assert.equal(book.printed.dateString, '2024-02-29');
  assert.equal(book.arrived.isoString, '2024-02-29T12:00:00.000001Z');
  assert.ok(book.ts instanceof TimeStub);
  assert.equal(created.stats.write_ops, 1);
  assert.ok(created.txn_ts > 0);

  const read = await admin.query(fql`Book.byId(${book.id})`);
  assert.deepEqual(read.data.toObject(), book.toObject());
  const updated = await admin.query(fql`${book}.update({ weight: 0.75, author: null })`);
  assert.equal(updated.data.weight, 0.75);
  assert.equal('author' in updated.data, false);
  assert.equal(updated.data.pages, book.pages);

  const missing = (await admin.query(fql`Book.byId("404")`)).data;
  assert.ok(missing instanceof NullDocument);
  assert.equal(missing.ref.id, '404');
  await admin.query(fql`${book}.delete()`);
  assert.equal((await admin.query(fql`Book.byId(${book.id}).exists()`)).data, false);
}

async function composesQueries(admin) {
  const twice = (query) => fql`(${query}) * 2`;
  assert.equal((await admin.query(fql`1 + ${twice(twice(fql`${20} + 1`))}`)).data, 85);
  const values = { list: [1, 'two', { three: true }], none: null, text: 'quotes " and #{holes}' };
  assert.deepEqual((await admin.query(fql`${values}`)).data, values);
  assert.deepEqual((await admin.query(fql`${[fql`1 + 1`, { sum: fql`2 + 2` }]}`)).data, [2, { sum: 4 }]);
  assert.equal((await admin.query(fql`n + 1`, { arguments: { n: 41 } })).data, 42);
  const tagged = await admin.query(fql`1`, { query_tags: { team: 'library', story: 'books' } });
  assert.deepEqual(tagged.query_tags, { team: 'library', story: 'books' });
}

async function pages(admin) {
  await admin.query(fql`
    Set.sequence(0, 100).forEach(n =>
      Book.create({ isbn: "page " + n.toString(), author: "Grace", pages: n, lent: n % 2 == 1 }))`);
  const first = (await admin.query(fql`Book.byAuthor("Grace").pageSize(30)`)).data;
  assert.ok(first instanceof Page);
  assert.equal(first.data.length, 30);

  const sizes = [];
  const numbers = [];
  for await (const page of admin.paginate(fql`Book.byAuthor("Grace").pageSize(30).map(.pages)`)) {
    sizes.push(page.length);
    numbers.push(...page);
  }
  assert.deepEqual(sizes, [30, 30, 30, 10]);
  assert.deepEqual(numbers, [...Array(100).keys()]);

  const flat = [];
  for await (const book of admin.paginate(fql`Book.where(.pages >= 50)`).flatten()) {
    assert.ok(book instanceof Document);
    flat.push(book.pages);
  }
  assert.deepEqual(flat, [...Array(50).keys()].map((n) => n + 50));
}

async function tellsErrors(admin) {
  const check = await refused(admin.query(fql`1 +`), QueryCheckError, 400, 'invalid_query');
  assert.match(check.queryInfo.summary, /at \*query\*:1:4/);
  await refused(admin.query(fql`1.foo()`, { typecheck: true }), QueryCheckError, 400, 'invalid_query');
  await refused(admin.query(fql`nowhere`, { typecheck: false }), QueryRuntimeError, 400, 'unbound_variable');
  await refused(admin.query(fql`Book("404")!.author`), QueryRuntimeError, 400, 'document_not_found');
  const abort = await refused(admin.query(fql`abort({ why: ${1} })`), AbortError, 400, 'abort');
  assert.deepEqual(abort.abort, { why: 1 });
  const constraint = await refused(
    admin.query(fql`Book.create({ isbn: "page 1" })`),
    ConstraintFailureError,
    400,
    'constraint_failure',
  );
  assert.deepEqual(constraint.constraint_failures[0].paths, [['isbn']]);
  await refused(
    admin.query(fql`1`, { query_tags: { bad: 'not allowed!' } }),
    InvalidRequestError,
    400,
    'invalid_request',
  );
  await refused(
    admin.query(fql`Book.create({ isbn: "too late" })`, { query_timeout_ms: 1 }),
    QueryTimeoutError,
    440,
    'time_out',
  );
  assert.equal((await admin.query(fql`Book.where(.isbn == "too late").isEmpty()`)).data, true);
  await refused(client('no-such-secret').query(fql`1`), AuthenticationError, 401, 'unauthorized');
}

/** Lent books do not exist for a reader; nothing may be written, and nothing else be read. */
async function holdsSecretsToTheirRoles(admin) {
  const key = (await admin.query(fql`Key.create({ role: "reader" })`)).data;
  const reader = client(key.secret);
  const seen = [];
  for await (const book of reader.paginate(fql`Book.byAuthor("Grace")`).flatten()) {
    seen.push(book.pages);
  }
  assert.deepEqual(seen, [...Array(50).keys()].map((n) => n * 2));

  const lent = (await admin.query(fql`Book.byAuthor("Grace").where(.lent).first()`)).data;
  const reference = new DocumentReference({ coll: 'Book', id: lent.id });
  const hidden = (await reader.query(fql`${reference}`)).data;
  assert.ok(hidden instanceof NullDocument);
  assert.doesNotMatch(JSON.stringify(hidden), /Grace/);
  await admin.query(fql`Ledger.create({ balance: 1 })`);
  for (const query of [fql`Ledger.all().toArray()`, fql`Key.all().toArray()`, fql`Role.all().toArray()`]) {
    assert.deepEqual((await reader.query(query)).data, []);
  }
  const denied = [
    fql`Book.create({ isbn: "mine" })`,
    fql`Book.byAuthor("Grace").first()!.update({ lent: true })`,
    fql`Book.byAuthor("Grace").first()!.delete()`,
    fql`Ledger.create({})`,
    fql`Key.create({ role: "admin" })`,
    fql`Ledger.all().eventSource()`,
  ];
  for (const query of denied) {
    await refused(reader.query(query), QueryRuntimeError, 400, 'permission_denied');
  }
  await admin.query(fql`Key.byId(${key.id})!.delete()`);
  await refused(reader.query(fql`1`), AuthenticationError, 401, 'unauthorized');
}

async function main() {
  const root = client(rootSecret);
  const name = 'js_story_v10_' + Date.now();
  await root.query(fql`Database.create({ name: ${name} })`);
  const key = await root.query(fql`Key.create({ role: "admin", database: ${name} })`);
  const admin = client(key.data.secret);
  await setUp(admin);
  await createsReadsAndUpdates(admin);
  await composesQueries(admin);
  await pages(admin);
  await tellsErrors(admin);
  await holdsSecretsToTheirRoles(admin);
  await root.query(fql`Database.byName(${name})!.delete()`);
}

run(main);
