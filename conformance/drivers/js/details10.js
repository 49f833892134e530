'use strict';
// What an application can see of FQL v10 through the unmodified JavaScript driver, part by part: values of every
// kind in both directions, documents and references as the driver's classes, sets and pages, errors as the classes
// of the driver, contended transactions, event feeds and streams, other formats and clients. Arguments: URL, root
// secret. Ends with status 0 if all went as it should.

const assert = require('node:assert/strict');
const fauna = require('fauna');
const { Client, DateStub, Document, DocumentReference, EmbeddedSet, Module, NamedDocument, NamedDocumentReference } = fauna;
const { NullDocument, Page, StreamToken, TimeStub, fql } = fauna;
const { failure, rootSecret, run, url, v10: client } = require('./drivers');

// ---------------------------------------------------------------- values

async function valuesComeBackAsTheyWent(admin) {
  const bytes = new Uint8Array([0, 1, 127, 128, 255]);
  const values = {
    text: 'Grüße 😀 "quoted" \\ #{not a hole}\n',
    empty: '',
    int: -7,
    largest: 2147483647,
    safe: Number.MAX_SAFE_INTEGER,
    double: 0.1,
    exponent: 1e300,
    yes: true,
    no: false,
    none: null,
    time: TimeStub.from('2024-02-29T23:59:59.999999999Z'),
    date: DateStub.from('2024-02-29'),
    nested: { list: [1, [2, [3]], {}], 'odd key': 1, '@name': 'not a tag' },
  };
  assert.deepEqual((await admin.query(fql`${values}`)).data, values);
  assert.deepEqual((await admin.query(fql`v`, { arguments: { v: values } })).data, values);
  const stored = (await admin.query(fql`Item.create({ id: 1, v: ${values} })`)).data;
  const { none, ...present } = values;
  assert.deepEqual(stored.v, present);
  assert.deepEqual((await admin.query(fql`Item("1")!.v == ${present}`)).data, true);

  const back = (await admin.query(fql`${bytes}`)).data;
  assert.deepEqual(new Uint8Array(back), bytes);
  assert.equal((await admin.query(fql`${bytes}.toBase64()`)).data, Buffer.from(bytes).toString('base64'));
  assert.equal((await admin.query(fql`${bytes} == Bytes("AAF/gP8=")`)).data, true);
}

async function numbersKeepTheirSize(admin) {
  const exact = client(admin.clientConfiguration.secret, { long_type: 'bigint' });
  const long = 9007199254740993n;
  assert.equal((await exact.query(fql`${long}`)).data, long);
  assert.equal((await exact.query(fql`${long} + 1`)).data, long + 1n);
  assert.equal((await exact.query(fql`${-(2n ** 63n)}`)).data, -(2n ** 63n));
  assert.equal((await exact.query(fql`3000000000`)).data, 3000000000n);
  assert.equal((await exact.query(fql`3`)).data, 3);
  assert.equal((await admin.query(fql`3000000000`)).data, 3000000000);
  assert.ok(Number.isNaN((await admin.query(fql`Math.NaN`)).data));
  assert.equal((await admin.query(fql`-(1 / 0.0)`)).data, -Infinity);
  assert.equal((await admin.query(fql`${2.0} isa Int`)).data, true);
  assert.equal((await admin.query(fql`${2.5} isa Double`)).data, true);
}

async function timesAndDatesAreStubs(admin) {
  const { data } = await admin.query(fql`{ t: Time("2023-05-06T07:08:09Z"), d: Date("2023-05-06"), now: Time.now() }`);
  assert.equal(data.t.isoString, '2023-05-06T07:08:09Z');
  assert.equal(data.t.toDate().getTime(), Date.UTC(2023, 4, 6, 7, 8, 9));
  assert.equal(data.d.dateString, '2023-05-06');
  assert.ok(Math.abs(data.now.toDate().getTime() - Date.now()) < 600_000);
  const moment = TimeStub.fromDate(new Date(86_400_000));
  assert.equal((await admin.query(fql`${moment}.add(1, "day").toString()`)).data, '1970-01-03T00:00:00Z');
}

// ---------------------------------------------------------------- documents

async function documentsHaveTheClassesOfTheDriver(admin) {
  const ann = (await admin.query(fql`Person.create({ id: 1, name: "Ann" })`)).data;
  assert.ok(ann instanceof Document);
  assert.equal(ann.id, '1');
  assert.ok(ann.ts instanceof TimeStub);
  assert.ok(ann.coll instanceof Module);
  const bob = (await admin.query(fql`Person.create({ id: 2, name: "Bob", boss: ${ann} })`)).data;
  assert.ok(bob.boss instanceof DocumentReference);
  assert.equal(bob.boss.id, '1');
  assert.equal(bob.boss.coll.name, 'Person');
  assert.equal((await admin.query(fql`${bob.boss}.name`)).data, 'Ann');
  assert.equal((await admin.query(fql`${new DocumentReference({ coll: 'Person', id: '2' })}.boss.name`)).data, 'Ann');
  const { name, boss } = (await admin.query(fql`${bob} { name, boss { name } }`)).data;
  assert.deepEqual({ name, boss }, { name: 'Bob', boss: { name: 'Ann' } });

  const definition = (await admin.query(fql`Person.definition`)).data;
  assert.ok(definition instanceof NamedDocument);
  assert.equal(definition.name, 'Person');
  assert.equal(definition.history_days, 0);
  assert.equal((await admin.query(fql`${definition}.name`)).data, 'Person');
  const named = new NamedDocumentReference({ coll: 'Collection', name: 'Person' });
  assert.ok((await admin.query(fql`${named}`)).data instanceof NamedDocument);

  const person = (await admin.query(fql`Person`)).data;
  assert.ok(person instanceof Module);
  assert.deepEqual((await admin.query(fql`${person}.all().map(.name).toArray()`)).data, ['Ann', 'Bob']);
  assert.equal((await admin.query(fql`${new Module('Math')}.abs(-1)`)).data, 1);

  const missing = (await admin.query(fql`Person.byId("99")`)).data;
  assert.ok(missing instanceof NullDocument);
  assert.equal(missing.cause, 'not found');
  assert.ok(missing.ref instanceof DocumentReference);
  const unnamed = (await admin.query(fql`Collection.byName("Nope")`)).data;
  assert.ok(unnamed instanceof NullDocument);
  assert.ok(unnamed.ref instanceof NamedDocumentReference);
  const gone = (await admin.query(fql`Person.create({ id: 3 }).delete()`)).data;
  assert.equal(gone.cause, 'deleted');
}

// ---------------------------------------------------------------- sets

async function setsArePages(admin) {
  await admin.query(fql`Set.sequence(0, 50).forEach(i => Item.create({ i: i }))`);
  const page = (await admin.query(fql`Item.where(.i != null)`)).data;
  assert.ok(page instanceof Page);
  assert.equal(page.data.length, 16);
  assert.equal(typeof page.after, 'string');
  const next = (await admin.query(fql`Set.paginate(${page.after})`)).data;
  assert.deepEqual(next.data.map((item) => item.i), [...Array(16).keys()].map((i) => i + 16));

  const resumed = [];
  for await (const items of admin.paginate(page)) {
    resumed.push(...items.map((item) => item.i));
  }
  assert.deepEqual(resumed, [...Array(50).keys()]);
  const reversed = [];
  for await (const i of admin.paginate(fql`Item.where(.i >= ${40}).reverse().map(.i).pageSize(3)`).flatten()) {
    reversed.push(i);
  }
  assert.deepEqual(reversed, [49, 48, 47, 46, 45, 44, 43, 42, 41, 40]);

  // A set inside a document comes as a cursor that the driver pages through.
  const holder = (await admin.query(fql`Holder.create({ id: 1 })`)).data;
  assert.ok(holder.items instanceof EmbeddedSet);
  const embedded = [];
  for await (const item of admin.paginate(holder.items).flatten()) {
    embedded.push(item.i);
  }
  assert.equal(embedded.length, 50);

  // Pages are those of one moment: what is written meanwhile is not in them.
  const iterator = admin.paginate(fql`Item.where(.i >= 40).map(.i).pageSize(5)`);
  assert.equal((await iterator.next()).value.length, 5);
  await admin.query(fql`Item.create({ i: 1000 })`);
  assert.deepEqual((await iterator.next()).value, [45, 46, 47, 48, 49]);
  assert.equal((await iterator.next()).done, true);
}

async function fragmentsCompose(admin) {
  const isOdd = (field) => fql`.${fql`i`} % 2 == 1`;
  const only = (from, to) => fql`.i >= ${from} && .i < ${to}`;
  const query = fql`Item.where(${only(10, 20)}).where(${isOdd('i')}).map(.i).toArray()`;
  assert.deepEqual((await admin.query(query)).data, [11, 13, 15, 17, 19]);
  const fields = { sum: fql`Math.sum(${[1, 2, 3]})`, list: [fql`1 + 1`, 'x', { deep: fql`"a".length` }] };
  assert.deepEqual((await admin.query(fql`${fields}`)).data, { sum: 6, list: [2, 'x', { deep: 1 }] });
  const nothing = (await admin.query(fql`${{}}`)).data;
  assert.deepEqual(nothing, {});
}

// ---------------------------------------------------------------- errors

async function errorsHaveTheClassesOfTheDriver(admin) {
  const cases = [
    [fql`1 +`, fauna.QueryCheckError, 'invalid_query'],
    [fql`"a" * 2`, fauna.QueryCheckError, 'invalid_query'],
    [fql`1 / 0`, fauna.QueryRuntimeError, 'divide_by_zero'],
    [fql`Person("99")!`, fauna.QueryRuntimeError, 'document_not_found'],
    [fql`[1][5]`, fauna.QueryRuntimeError, 'index_out_of_bounds'],
    [fql`Time("soon")`, fauna.QueryRuntimeError, 'invalid_time'],
    [fql`"a".matches("(")`, fauna.QueryRuntimeError, 'invalid_regex'],
    [fql`Set.paginate("nonsense")`, fauna.QueryRuntimeError, 'invalid_cursor'],
    [fql`Person.create({ id: 1 })`, fauna.QueryRuntimeError, 'document_id_exists'],
    [fql`Person.create({ coll: 1 })`, fauna.ConstraintFailureError, 'constraint_failure'],
    [fql`abort({ at: ${TimeStub.from('2020-01-01T00:00:00Z')} })`, fauna.AbortError, 'abort'],
  ];
  for (const [query, type, code] of cases) {
    const error = await failure(admin.query(query));
    assert.ok(error instanceof type, `${code}: ${error.stack}`);
    assert.ok(error instanceof fauna.ServiceError && error instanceof fauna.FaunaError);
    assert.equal(error.code, code);
    assert.equal(error.httpStatus, 400);
    assert.equal(typeof error.message, 'string');
    assert.match(error.queryInfo.summary, /^error: /);
    assert.equal(typeof error.queryInfo.stats.compute_ops, 'number');
    assert.ok(error.queryInfo.txn_ts > 0);
  }
  const abort = await failure(admin.query(fql`abort({ n: 1, d: Person("1") })`));
  assert.equal(abort.abort.n, 1);
  assert.ok(abort.abort.d instanceof Document);
  const constraint = await failure(admin.query(fql`Person.create({ coll: 1, ts: 2 })`));
  assert.deepEqual(constraint.constraint_failures.map((each) => each.paths), [[['coll']], [['ts']]]);

  const unauthorized = await failure(client('wrong').query(fql`1`));
  assert.ok(unauthorized instanceof fauna.AuthenticationError);
  assert.equal(unauthorized.code, 'unauthorized');
  const late = await failure(admin.query(fql`Person.all()`, { query_timeout_ms: 1 }));
  assert.ok(late instanceof fauna.QueryTimeoutError);
  const invalid = await failure(admin.query(fql`1`, { query_tags: { 'no good': 'x' } }));
  assert.ok(invalid instanceof fauna.InvalidRequestError);
  const closed = new Client({ endpoint: new URL(url), secret: rootSecret });
  closed.close();
  assert.ok((await failure(closed.query(fql`1`))) instanceof fauna.ClientClosedError);
  const unreachable = client('x', { endpoint: new URL('http://127.0.0.1:1') });
  assert.ok((await failure(unreachable.query(fql`1`))) instanceof fauna.NetworkError);
}

async function contentionIsToldOrResolved(admin) {
  await admin.query(fql`Person.create({ id: 50, n: 0 })`);
  const increments = [...Array(20).keys()].map(() =>
    admin.query(fql`let p = Person("50")!; p.update({ n: p.n + 1 }).n`, { max_contention_retries: 7 }).then(
      () => 1,
      (error) => {
        assert.ok(error instanceof fauna.ContendedTransactionError, error.stack);
        assert.equal(error.httpStatus, 409);
        return 0;
      },
    ),
  );
  const succeeded = (await Promise.all(increments)).reduce((a, b) => a + b);
  assert.equal((await admin.query(fql`Person("50")!.n`)).data, succeeded);
}

// ---------------------------------------------------------------- events

async function feedsAndStreamsTellChanges(admin) {
  const source = (await admin.query(fql`Person.where(.n != null).eventSource()`)).data;
  assert.ok(source instanceof StreamToken);
  await admin.query(fql`Person.create({ id: 60, n: 1 })`);
  await admin.query(fql`Person("60")!.update({ n: 2 })`);
  await admin.query(fql`Person("60")!.delete()`);

  const events = [];
  let cursor;
  for await (const page of admin.feed(source)) {
    events.push(...page.events);
    cursor = page.cursor;
  }
  assert.deepEqual(events.map((event) => event.type), ['add', 'update', 'remove']);
  assert.ok(events[0].data instanceof Document);
  assert.deepEqual(events.map((event) => event.data.n), [1, 2, 2]);
  await admin.query(fql`Person.create({ id: 61, n: 3 })`);
  const later = [];
  for await (const event of admin.feed(source, { cursor }).flatten()) {
    later.push(event.data.id);
  }
  assert.deepEqual(later, ['61']);

  const stream = admin.stream(fql`Person.all().eventSource() { id, n }`);
  const seen = [];
  const reading = (async () => {
    for await (const event of stream) {
      seen.push([event.type, event.data.id, event.data.n]);
      if (seen.length === 2) {
        return;
      }
    }
  })();
  // Nothing says when a stream has begun: write until it tells.
  for (let n = 0; seen.length < 2; n++) {
    await admin.query(fql`Person("61")!.update({ n: ${n} })`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await reading;
  stream.close();
  assert.equal(seen[0][0], 'update');
  assert.equal(seen[0][1], '61');
  assert.equal(seen[1][2], seen[0][2] + 1);

  const failing = admin.stream(fql`Person.all().eventSource().map(p => abort({ of: p.id }))`);
  const told = (async () => {
    for await (const _ of failing) {
      assert.fail('there is nothing to tell but the failure');
    }
  })();
  let error;
  told.catch((reason) => (error = reason));
  for (let n = 100; error === undefined; n++) {
    await admin.query(fql`Person("61")!.update({ n: ${n} })`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.ok(error instanceof fauna.AbortError, error.stack);
  assert.deepEqual(error.abort, { of: '61' });
}

// ---------------------------------------------------------------- the request as a whole

async function requestsMayBeShaped(admin) {
  const simple = await admin.query(fql`{ a: 1, t: Time("2020-01-01T00:00:00Z"), d: Person("1") }`, { format: 'simple' });
  assert.equal(simple.data.a, 1);
  assert.equal(simple.data.t, '2020-01-01T00:00:00Z');
  assert.equal(simple.data.d.name, 'Ann');
  const decorated = await admin.query(fql`{ a: 1, t: Date("2020-01-01") }`, { format: 'decorated' });
  assert.equal(decorated.data, '{\n  a: 1,\n  t: Date("2020-01-01")\n}');
  assert.equal((await admin.query(fql`1 + 1`, { typecheck: true })).static_type, 'Number');
  assert.equal((await admin.query(fql`1 + 1`, { typecheck: false })).static_type, undefined);
  const logged = await admin.query(fql`log("seen", { a: 1 }); 5`);
  assert.match(logged.summary, /^info at \*query\*:1: seen \{ a: 1 \}$/);
  const hinted = await admin.query(fql`Person.where(.name == "Ann").count()`, { performance_hints: true });
  assert.match(hinted.summary, /^performance_hint: collection_scan - [^]*performance_hint: full_set_read - /);
  assert.equal((await admin.query(fql`1`, { linearized: true })).data, 1);

  const before = admin.lastTxnTs;
  const written = await admin.query(fql`Person.create({})`);
  assert.equal(admin.lastTxnTs, written.txn_ts);
  assert.ok(before < written.txn_ts);
  assert.equal(written.stats.write_ops, 1);
  assert.equal(written.stats.contention_retries, 0);
  assert.deepEqual(written.stats.rate_limits_hit, []);
  assert.equal(typeof written.schema_version, 'number');
}

async function otherClientsOfTheDriverWork(admin) {
  const http1 = new fauna.FetchClient({ url, fetch_keepalive: false });
  const overHttp1 = client(admin.clientConfiguration.secret, {}, http1);
  assert.equal((await overHttp1.query(fql`Person("1")!.name`)).data, 'Ann');
}

// ---------------------------------------------------------------- all of it

async function main() {
  const root = client(rootSecret);
  const name = 'js_details_v10_' + Date.now();
  await root.query(fql`Database.create({ name: ${name} })`);
  const key = await root.query(fql`Key.create({ role: "admin", database: ${name} })`);
  const admin = client(key.data.secret);
  await admin.query(fql`Collection.create({ name: "Item", indexes: { byI: { values: [{ field: ".i" }] } } })`);
  await admin.query(fql`Collection.create({ name: "Person" })`);
  await admin.query(fql`Collection.create({
    name: "Holder",
    computed_fields: { items: { body: "_ => Item.where(.i != null)", signature: "Set<Item>" } } })`);
  const parts = [
    valuesComeBackAsTheyWent,
    numbersKeepTheirSize,
    timesAndDatesAreStubs,
    documentsHaveTheClassesOfTheDriver,
    setsArePages,
    fragmentsCompose,
    errorsHaveTheClassesOfTheDriver,
    contentionIsToldOrResolved,
    feedsAndStreamsTellChanges,
    requestsMayBeShaped,
    otherClientsOfTheDriverWork,
  ];
  for (const part of parts) {
    await part(admin).catch((error) => {
      error.message = part.name + ': ' + error.message;
      throw error;
    });
  }
  await root.query(fql`Database.byName(${name})!.delete()`);
}

run(main);
