'use strict';
// The story of a team's application (a guest logs a user in, the user works with own todos), told through the
// unmodified JavaScript driver. Arguments: URL, root secret. Ends with status 0 if every step went as it should.

const assert = require('node:assert/strict');
const faunadb = require('faunadb');
const { failure, rootSecret, run, v4: client } = require('./drivers');
const q = faunadb.query;

async function refused(query, status, code) {
  const error = await failure(query);
  assert.equal(error.requestResult.statusCode, status, error.message);
  assert.equal(error.requestResult.responseContent.errors[0].code, code);
}

async function setUp(admin) {
  await admin.query(q.CreateCollection({ name: 'users' }));
  await admin.query(q.CreateCollection({ name: 'todos' }));
  await admin.query(
    q.CreateIndex({
      name: 'user_by_email',
      source: q.Collection('users'),
      terms: [{ field: ['data', 'email'] }],
      unique: true,
    }),
  );
  await admin.query(
    q.CreateIndex({
      name: 'todos_by_owner',
      source: q.Collection('todos'),
      terms: [{ field: ['data', 'owner'] }],
    }),
  );
  await admin.query(
    q.CreateFunction({
      name: 'login_user',
      role: 'server',
      body: q.Query(
        q.Lambda(
          ['data'],
          q.Login(q.Match(q.Index('user_by_email'), q.Select('email', q.Var('data'))), {
            password: q.Select('password', q.Var('data')),
          }),
        ),
      ),
    }),
  );
  const ownTodo = (name) =>
    q.Query(q.Lambda([name], q.Equals(q.Select(['data', 'owner'], q.Var(name)), q.CurrentIdentity())));
  await admin.query(
    q.CreateRole({
      name: 'guest',
      privileges: [{ resource: q.Function('login_user'), actions: { call: true } }],
    }),
  );
  await admin.query(
    q.CreateRole({
      name: 'member',
      membership: [{ resource: q.Collection('users') }],
      privileges: [
        {
          resource: q.Collection('todos'),
          actions: {
            create: ownTodo('values'),
            read: q.Query(
              q.Lambda(
                ['ref'],
                q.Equals(q.Select(['data', 'owner'], q.Get(q.Var('ref'))), q.CurrentIdentity()),
              ),
            ),
          },
        },
        { resource: q.Index('todos_by_owner'), actions: { read: true } },
      ],
    }),
  );
  for (const name of ['alice', 'bob']) {
    await admin.query(
      q.Create(q.Collection('users'), {
        credentials: { password: `${name}'s password` },
        data: { email: `${name}@example.com` },
      }),
    );
  }
  await refused(
    admin.query(q.Create(q.Collection('users'), { data: { email: 'alice@example.com' } })),
    400,
    'instance not unique',
  );
  return admin.query(q.CreateKey({ role: q.Role('guest') }));
}

async function login(guest, name) {
  const token = await guest.query(
    q.Call(q.Function('login_user'), {
      email: `${name}@example.com`,
      password: `${name}'s password`,
    }),
  );
  return client(token.secret);
}

async function main() {
  const root = client(rootSecret);
  const name = 'js_story_' + Date.now();
  await root.query(q.CreateDatabase({ name }));
  const adminKey = await root.query(q.CreateKey({ role: 'admin', database: q.Database(name) }));
  const guestKey = await setUp(client(adminKey.secret));
  const guest = client(guestKey.secret);

  await refused(guest.query(q.Create(q.Collection('todos'), { data: {} })), 403, 'permission denied');
  await refused(
    guest.query(
      q.Call(q.Function('login_user'), { email: 'alice@example.com', password: 'wrong' }),
    ),
    400,
    'call error',
  );

  const alice = await login(guest, 'alice');
  const bob = await login(guest, 'bob');
  const me = await alice.query(q.CurrentIdentity());
  const todo = await alice.query(
    q.Create(q.Collection('todos'), { data: { owner: q.CurrentIdentity(), title: 'Move house' } }),
  );
  assert.deepEqual(todo.data.owner, me);
  assert.equal((await alice.query(q.Get(todo.ref))).data.title, 'Move house');
  const mine = await alice.query(
    q.Map(
      q.Paginate(q.Match(q.Index('todos_by_owner'), q.CurrentIdentity())),
      q.Lambda('ref', q.Select(['data', 'title'], q.Get(q.Var('ref')))),
    ),
  );
  assert.deepEqual(mine.data, ['Move house']);

  await refused(bob.query(q.Get(todo.ref)), 403, 'permission denied');
  await refused(
    bob.query(q.Create(q.Collection('todos'), { data: { owner: me, title: 'not mine' } })),
    403,
    'permission denied',
  );
  await refused(alice.query(q.Delete(todo.ref)), 403, 'permission denied');
  await refused(alice.query(q.Get(me)), 403, 'permission denied');
  await refused(client('no-such-secret').query(1), 401, 'unauthorized');

  await alice.query(q.Logout(false));
  await refused(alice.query(1), 401, 'unauthorized');
  await root.query(q.Delete(q.Database(name)));
}

run(main);
