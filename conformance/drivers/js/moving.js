'use strict';
// An application moves in from another database: its documents keep their ids and times, its users their passwords, and
// its clients their keys. Arguments: URL, root secret. Ends with status 0 if every step went as it should.

const assert = require('node:assert/strict');
const faunadb = require('faunadb');
const { failure, rootSecret, run, v4: client } = require('./drivers');
const q = faunadb.query;

const USER = q.Ref(q.Collection('users'), '265000000000000001');
const LONG_AGO = 1621374020750000;

async function newDatabase(name) {
  const root = client(rootSecret);
  await root.query(q.CreateDatabase({ name }));
  const { secret } = await root.query(q.CreateKey({ role: 'admin', database: q.Database(name) }));
  return client(secret);
}

/** What there is to take along. */
async function old() {
  const admin = await newDatabase('old');
  await admin.query(q.CreateCollection({ name: 'users' }));
  await admin.query(q.Insert(USER, LONG_AGO, 'create', { data: { email: 'ann@x' } }));
  await admin.query(q.Create(q.Credentials(), { instance: USER, password: 'secret of Ann' }));
  const made = await admin.query(q.CreateKey({ role: 'server' }));
  const [credential] = await admin.query(
    q.Select('data', q.Map(q.Paginate(q.Credentials()), q.Lambda('ref', q.Get(q.Var('ref'))))),
  );
  return { user: await admin.query(q.Get(USER)), credential, key: await admin.query(q.Get(made.ref)), secret: made.secret };
}

run(async () => {
  const { user, credential, key, secret } = await old();
  await client(rootSecret).query(q.Delete(q.Database('old')));
  assert.equal((await failure(client(secret).query(1))).requestResult.statusCode, 401);

  const admin = await newDatabase('new');
  await admin.query(q.CreateCollection({ name: 'users' }));
  await admin.query(q.CreateIndex({ name: 'by_email', source: q.Collection('users'), terms: [{ field: ['data', 'email'] }] }));
  await admin.query(q.Insert(user.ref, user.ts, 'create', { data: user.data }));
  await admin.query(q.Create(key.ref, { role: key.role, hashed_secret: key.hashed_secret }));

  // The key that clients have had all the time is one of the new database now, and passwords move with it.
  const server = client(secret);
  await server.query(q.Create(q.Credentials(), { instance: user.ref, hashed_password: credential.hashed_password }));
  assert.equal(user.ts, LONG_AGO);
  assert.deepEqual(await server.query(q.Get(q.Match(q.Index('by_email'), 'ann@x'))), user);
  const ann = await server.query(q.Login(q.Match(q.Index('by_email'), 'ann@x'), { password: 'secret of Ann' }));
  assert.deepEqual(await client(ann.secret).query(q.CurrentIdentity()), user.ref);
});
