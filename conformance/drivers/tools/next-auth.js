'use strict';
// The life of a user of NextAuth.js, through its adapter for Fauna. Ends with status 0 if every step went as it should.

const assert = require('node:assert/strict');
const { FaunaAdapter } = require('@next-auth/fauna-adapter');
const { query: q } = require('faunadb');
const { client, newDatabase, refused, run } = require('./common');

const INDEXES = [
  ['account_by_provider_and_provider_account_id', 'accounts', true, ['provider', 'providerAccountId']],
  ['session_by_session_token', 'sessions', true, ['sessionToken']],
  ['user_by_email', 'users', true, ['email']],
  ['verification_token_by_identifier_and_token', 'verification_tokens', true, ['identifier', 'token']],
  ['sessions_by_user_id', 'sessions', false, ['userId']],
  ['accounts_by_user_id', 'accounts', false, ['userId']],
];

/** The collections and indexes that the documentation of the adapter tells to make. */
async function setUp(server) {
  for (const name of ['accounts', 'sessions', 'users', 'verification_tokens']) {
    await server.query(q.CreateCollection({ name }));
  }
  for (const [name, source, unique, fields] of INDEXES) {
    const terms = fields.map((field) => ({ field: ['data', field] }));
    await server.query(q.CreateIndex({ name, source: q.Collection(source), unique, terms }));
  }
}

run(async () => {
  const server = client(await newDatabase('next_auth', 'server'));
  await setUp(server);
  const adapter = FaunaAdapter(server);
  const now = new Date();

  const user = await adapter.createUser({ name: 'Ann', email: 'ann@x', emailVerified: now });
  assert.deepEqual(user, { name: 'Ann', email: 'ann@x', emailVerified: now, id: user.id });
  await refused(adapter.createUser({ email: 'ann@x' }), 400, 'instance not unique');
  assert.deepEqual(await adapter.getUser(user.id), user);
  assert.deepEqual(await adapter.getUserByEmail('ann@x'), user);
  assert.equal(await adapter.getUser('1'), null);
  assert.equal(await adapter.getUserByEmail('bob@x'), null);
  assert.equal((await adapter.updateUser({ id: user.id, name: 'Anna' })).name, 'Anna');

  const account = { provider: 'github', providerAccountId: '7' };
  await adapter.linkAccount({ ...account, userId: user.id, type: 'oauth' });
  assert.equal((await adapter.getUserByAccount(account)).name, 'Anna');
  assert.equal(await adapter.getUserByAccount({ ...account, providerAccountId: '8' }), null);
  await adapter.unlinkAccount(account);
  assert.equal(await adapter.getUserByAccount(account), null);

  await adapter.createSession({ sessionToken: 'token', userId: user.id, expires: now });
  const later = new Date(now.getTime() + 60_000);
  await adapter.updateSession({ sessionToken: 'token', expires: later });
  const found = await adapter.getSessionAndUser('token');
  assert.deepEqual([found.session.expires, found.user.name], [later, 'Anna']);
  await adapter.deleteSession('token');
  await adapter.deleteSession('token');
  assert.equal(await adapter.getSessionAndUser('token'), null);

  const verification = { identifier: 'ann@x', token: 'v', expires: later };
  assert.deepEqual(await adapter.createVerificationToken(verification), verification);
  assert.deepEqual(await adapter.useVerificationToken(verification), verification);
  assert.equal(await adapter.useVerificationToken(verification), null);

  await adapter.createSession({ sessionToken: 'other', userId: user.id, expires: later });
  await adapter.linkAccount({ ...account, userId: user.id });
  await adapter.deleteUser(user.id);
  assert.equal(await adapter.getUser(user.id), null);
  assert.equal(await adapter.getSessionAndUser('other'), null);
  assert.equal(await adapter.getUserByAccount(account), null);
});
