'use strict';
// Who may do what, as Fauna's documents about its access system tell it, seen through both unmodified JavaScript
// drivers: keys, tokens and tokens of an identity provider, each with built-in and user-defined roles; membership
// with and without a predicate; legacy permissions; delegates. Arguments: URL, root secret, port of the identity
// provider that the server trusts. Ends with status 0 if all went as it should.

const assert = require('node:assert/strict');
const crypto = require('node:crypto');
const http = require('node:http');
const faunadb = require('faunadb');
const { fql, ServiceError } = require('fauna');
const { failure, more, rootSecret, run, v4, v10: connect } = require('./drivers');

const q = faunadb.query;
const [keyServerPort] = more;

/** A client that does not try again. */
const v10 = (secret) => connect(secret, { max_attempts: 1 });

async function data(client, query) {
  return (await client.query(query)).data;
}

/** Fails unless FQL v10 refuses for want of a permission. */
async function forbidden(promise) {
  const refused = await failure(promise);
  assert.ok(refused instanceof ServiceError, refused.stack);
  assert.equal(refused.code, 'permission_denied', refused.message);
}

/** Fails unless FQL v4 refuses for want of a permission. */
async function denied(promise) {
  const refused = await failure(promise);
  assert.equal(refused.requestResult.statusCode, 403, refused.message);
  assert.equal(refused.requestResult.responseContent.errors[0].code, 'permission denied');
}

/** Makes a database and gives back the secret of an admin key for it. */
async function newDatabase(purpose) {
  const root = v10(rootSecret);
  const name = `${purpose}_${crypto.randomBytes(6).toString('hex')}`;
  await root.query(fql`Database.create({ name: ${name} })`);
  return (await data(root, fql`Key.create({ role: "admin", database: ${name} })`)).secret;
}

// ---------------------------------------------------------------- keys with built-in roles

async function builtInRoles() {
  const admin = v10(await newDatabase('built_in'));
  await admin.query(fql`Collection.create({ name: "Note" })`);
  const note = await data(admin, fql`Note.create({ text: "n" })`);
  const keyOf = async (role) => v10((await data(admin, fql`Key.create({ role: ${role} })`)).secret);
  const server = await keyOf('server');
  const reader = await keyOf('server-readonly');

  await admin.query(fql`Database.create({ name: "child" })`);
  await admin.query(fql`Role.create({ name: "nobody" })`);
  for (const query of [
    fql`Database.create({ name: "other" })`,
    fql`Role.create({ name: "other" })`,
    fql`Key.create({ role: "admin" })`,
  ]) {
    await forbidden(server.query(query));
    await forbidden(reader.query(query));
  }

  await server.query(fql`Note.create({ text: "by server" })`);
  assert.equal(await data(reader, fql`Note.byId(${note.id})!.text`), 'n');
  await forbidden(reader.query(fql`Note.create({ text: "by reader" })`));
  await forbidden(reader.query(fql`Note.byId(${note.id})!.delete()`));

  // FQL v4 lets a server key run a function as admin, and calling it does what the key alone cannot; FQL v10 does not.
  const refusal = await failure(
    server.query(fql`Function.create({ name: "never", role: "admin", body: "() => 1" })`),
  );
  assert.equal(refusal.code, 'constraint_failure');
  await v4(server.clientConfiguration.secret).query(
    q.CreateFunction({
      name: 'makeRole',
      role: 'admin',
      body: q.Query(q.Lambda('name', q.Select('name', q.CreateRole({ name: q.Var('name'), privileges: [] })))),
    }),
  );
  assert.equal(await data(server, fql`makeRole("made")`), 'made');
  await forbidden(reader.query(fql`makeRole("again")`));
}

// ---------------------------------------------------------------- a role of one's own, for every kind of caller

async function userDefinedRole() {
  const secret = await newDatabase('own_roles');
  const admin = v10(secret);
  for (const name of ['Store', 'Product', 'Secret', 'Users', 'Managers', 'Guests']) {
    await admin.query(fql`Collection.create({ name: ${name} })`);
  }
  await admin.query(fql`
    Role.create({
      name: "staff",
      membership: [
        { resource: "Users", predicate: "user => user.isAdmin" },
        { resource: "Managers" },
      ],
      privileges: [
        { resource: "Store", actions: { create: true, read: true, write: true, delete: true } },
        { resource: "Product", actions: { create: true, read: true, write: true, delete: true } },
      ],
    })`);
  const tokenOf = async (document) =>
    (await data(admin, fql`Token.create({ document: ${document} })`)).secret;
  const chief = await data(admin, fql`Users.create({ isAdmin: true })`);
  const clerk = await data(admin, fql`Users.create({ isAdmin: false })`);
  const manager = await data(admin, fql`Managers.create({})`);
  const guest = await data(admin, fql`Guests.create({})`);

  const chiefToken = await tokenOf(chief);
  const clerkToken = await tokenOf(clerk);
  const managerToken = await tokenOf(manager);
  for (const allowed of [chiefToken, managerToken]) {
    await worksInStore(allowed);
    await forbidden(v10(allowed).query(fql`Secret.create({})`));
  }
  for (const refused of [clerkToken, await tokenOf(guest)]) {
    await forbidden(v10(refused).query(fql`Store.create({})`));
    await denied(v4(refused).query(q.Create(q.Collection('Product'))));
  }

  // Membership is a predicate over live data: it counts from the next request on.
  await admin.query(fql`Users.byId(${clerk.id})!.update({ isAdmin: true })`);
  await admin.query(fql`Users.byId(${chief.id})!.update({ isAdmin: false })`);
  await worksInStore(clerkToken);
  await forbidden(v10(chiefToken).query(fql`Store.create({})`));

  // A key has the role's privileges, whoever its members are, and nobody's identity.
  const key = (await data(admin, fql`Key.create({ role: "staff" })`)).secret;
  await worksInStore(key);
  assert.equal(await data(v10(key), fql`Query.identity()`), null);
  await forbidden(v10(key).query(fql`Users.create({})`));
}

async function worksInStore(secret) {
  const modern = v10(secret);
  const store = await data(modern, fql`Store.create({ name: "corner" })`);
  assert.equal(await data(modern, fql`Store.byId(${store.id})!.update({ name: "main" }).name`), 'main');
  const older = v4(secret);
  const ref = q.Ref(q.Collection('Store'), store.id);
  assert.equal(await older.query(q.Select(['data', 'name'], q.Get(ref))), 'main');
  await older.query(q.Delete(ref));
  assert.equal(await data(modern, fql`Store.byId(${store.id}).exists()`), false);
}

// ---------------------------------------------------------------- an identity provider

async function identityProvider() {
  const admin = v10(await newDatabase('provided'));
  const provider = await startKeyServer();
  try {
    await admin.query(fql`Collection.create({ name: "Order" })`);
    await admin.query(fql`
      Role.create({ name: "buyer", privileges: [{ resource: "Order", actions: { create: true, read: true } }] })`);
    await admin.query(fql`
      Role.create({ name: "cleaner", privileges: [{ resource: "Order", actions: { delete: true } }] })`);
    const { audience } = await data(
      admin,
      fql`
        AccessProvider.create({
          name: "idp",
          issuer: "https://idp.example",
          jwks_uri: ${provider.url},
          roles: ["buyer", { role: "cleaner", predicate: "jwt => jwt.scope == 'clean'" }],
        })`,
    );
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: 'https://idp.example', aud: audience, iat: now, exp: now + 60 };

    const buyer = v10(provider.sign(claims));
    const order = await data(buyer, fql`Order.create({ n: 1 })`);
    await forbidden(buyer.query(fql`Order.byId(${order.id})!.delete()`));
    const cleaner = v10(provider.sign({ ...claims, scope: 'clean' }));
    await cleaner.query(fql`Order.byId(${order.id})!.delete()`);
    await v4(provider.sign(claims)).query(q.Create(q.Collection('Order'), { data: { n: 2 } }));

    for (const bad of [
      { ...claims, exp: now - 3600 },
      { ...claims, iss: 'https://other.example' },
      { ...claims, aud: 'https://db.fauna.com/db/yyyyyyyyyyyyy' },
      { ...claims, nbf: now + 3600 },
    ]) {
      assert.equal((await failure(v10(provider.sign(bad)).query(fql`1`))).httpStatus, 401);
    }
    const forged = provider.sign(claims).replace(/\.[^.]*$/, `.${'A'.repeat(342)}`);
    assert.equal((await failure(v10(forged).query(fql`1`))).httpStatus, 401);

    // A key that the provider begins to use later is fetched, at most every half second.
    provider.rotate();
    await new Promise((resolve) => setTimeout(resolve, 600));
    assert.equal(await data(v10(provider.sign(claims)), fql`Order.all().count()`), 1);
  } finally {
    provider.close();
  }
}

/** An identity provider: publishes its keys, and signs. */
async function startKeyServer() {
  const keys = [];
  const rotate = () => {
    const pair = crypto.generateKeyPairSync('rsa', { modulusLength: 2048 });
    keys.push({ ...pair, kid: crypto.randomUUID() });
  };
  rotate();
  const server = http.createServer((_, response) => {
    const published = keys.map(({ publicKey, kid }) => ({
      ...publicKey.export({ format: 'jwk' }),
      kid,
      alg: 'RS256',
      use: 'sig',
    }));
    response.setHeader('Content-Type', 'application/json').end(JSON.stringify({ keys: published }));
  });
  await new Promise((resolve) => server.listen(Number(keyServerPort), '127.0.0.1', resolve));
  const encode = (part) => Buffer.from(JSON.stringify(part)).toString('base64url');
  return {
    url: `http://127.0.0.1:${keyServerPort}/keys`,
    rotate,
    sign(claims) {
      const { privateKey, kid } = keys.at(-1);
      const text = `${encode({ alg: 'RS256', typ: 'JWT', kid })}.${encode(claims)}`;
      return `${text}.${crypto.sign('sha256', Buffer.from(text), privateKey).toString('base64url')}`;
    },
    close: () => server.close(),
  };
}

// ---------------------------------------------------------------- legacy permissions

async function legacyPermissions() {
  const secret = await newDatabase('legacy');
  const admin = v4(secret);
  await admin.query(q.CreateCollection({ name: 'users' }));
  const alice = await admin.query(q.Select('ref', q.Create(q.Collection('users'), { data: { name: 'Alice' } })));
  const bob = await admin.query(q.Select('ref', q.Create(q.Collection('users'), { data: { name: 'Bob' } })));
  const tokenOf = async (ref) => v4((await admin.query(q.Create(q.Tokens(), { instance: ref }))).secret);
  const [asAlice, asBob] = [await tokenOf(alice), await tokenOf(bob)];
  const asClient = v4((await admin.query(q.CreateKey({ role: 'client' }))).secret);

  const collection = (name, permissions) => admin.query(q.CreateCollection({ name, permissions }));
  await collection('open', { read: 'public', create: 'public', write: 'public' });
  await collection('members', { read: q.Collection('users'), create: q.Collection('users') });
  await collection('hers', { read: alice, write: alice });
  await collection('closed', {});
  const makeIn = (name, fields) =>
    admin.query(q.Select('ref', q.Create(q.Collection(name), { data: {}, ...fields })));

  const open = await makeIn('open');
  for (const anyone of [asClient, asAlice, asBob]) {
    await anyone.query(q.Update(open, { data: { seen: true } }));
    await anyone.query(q.Create(q.Collection('open')));
  }
  const members = await makeIn('members');
  for (const member of [asAlice, asBob]) {
    await member.query(q.Get(members));
    await denied(member.query(q.Update(members, { data: { seen: true } })));
  }
  await denied(asClient.query(q.Get(members)));
  const hers = await makeIn('hers');
  await asAlice.query(q.Update(hers, { data: { seen: true } }));
  await denied(asBob.query(q.Get(hers)));
  await denied(asAlice.query(q.Get(await makeIn('closed'))));

  // A document adds to what its collection says.
  const shared = await makeIn('closed', { permissions: { read: bob } });
  await asBob.query(q.Get(shared));
  await denied(asAlice.query(q.Get(shared)));

  await admin.query(
    q.CreateFunction({
      name: 'one',
      body: q.Query(q.Lambda('_', 1)),
      permissions: { call: q.Collection('users') },
    }),
  );
  assert.equal(await asBob.query(q.Call(q.Function('one'), null)), 1);
  await denied(asClient.query(q.Call(q.Function('one'), null)));

  // As soon as a role speaks of a resource, only roles do.
  await admin.query(
    q.CreateRole({ name: 'other', privileges: [{ resource: q.Collection('open'), actions: { create: true } }] }),
  );
  await denied(asAlice.query(q.Get(open)));
  await asAlice.query(q.Get(members));
}

// ---------------------------------------------------------------- delegates

async function delegates() {
  const secret = await newDatabase('delegates');
  const admin = v4(secret);
  await admin.query(q.CreateCollection({ name: 'users' }));
  const user = (id) => q.Ref(q.Collection('users'), id);
  const spell = q.Ref(q.Collection('spells'), 1);
  for (const id of [1, 2, 3]) {
    await admin.query(q.Create(user(id), { data: { name: `user ${id}` } }));
  }
  await admin.query(q.CreateCollection({ name: 'spells', permissions: { read: user(1) } }));
  await admin.query(q.Create(spell, { data: { name: 'Fire Beak' } }));
  const tokenOf = async (id) => v4((await admin.query(q.Create(q.Tokens(), { instance: user(id) }))).secret);
  const [first, second, third] = [await tokenOf(1), await tokenOf(2), await tokenOf(3)];

  await first.query(q.Get(spell));
  await denied(second.query(q.Get(spell)));
  const updated = await admin.query(q.Update(user(1), { delegates: [user(2)] }));
  assert.deepEqual(updated.delegates, [new faunadb.values.Ref('2', new faunadb.values.Ref('users', faunadb.values.Native.COLLECTIONS))]);
  await second.query(q.Get(spell));
  assert.equal((await second.query(q.CurrentIdentity())).id, '2');

  // Not transitive: what was lent cannot be lent on.
  await admin.query(q.Update(user(2), { delegates: [user(3)] }));
  await denied(third.query(q.Get(spell)));

  await admin.query(q.Update(user(1), { delegates: [] }));
  await denied(second.query(q.Get(spell)));
}

async function main() {
  await builtInRoles();
  await userDefinedRole();
  await identityProvider();
  await legacyPermissions();
  await delegates();
}

run(main);
