'use strict';
// An application of 2018 (client keys, legacy permissions, classes and instances) told through releases of the driver
// that speak older versions of the API. Ends with status 0 if every step went as it should.

const assert = require('node:assert/strict');
const { client, newDatabase, refused, run } = require('./common');

async function setUp(admin, q) {
  await admin.query(q.CreateClass({ name: 'users', permissions: { create: 'public' } }));
  await admin.query(q.CreateClass({ name: 'posts', permissions: { create: q.Class('users') } }));
  const byEmail = {
    name: 'users_by_email',
    source: q.Class('users'),
    terms: [{ field: ['data', 'email'] }],
    unique: true,
    permissions: { read: 'public' },
  };
  await admin.query(q.CreateIndex(byEmail));
  const titles = {
    name: 'titles',
    source: q.Class('posts'),
    values: [{ field: ['data', 'title'] }, { field: ['ref'] }],
    permissions: { read: q.Class('users') },
  };
  await admin.query(q.CreateIndex(titles));
  return admin.query(q.CreateKey({ role: 'client' }));
}

async function use(release, oldWords) {
  const driver = require(`faunadb-${release}`);
  const q = driver.query;
  const admin = client(await newDatabase(`driver_${release}`, 'admin'), driver);
  const guest = client((await setUp(admin, q)).secret, driver);

  const signUp = () =>
    guest.query(q.Create(q.Class('users'), { credentials: { password: 'pw' }, data: { email: 'a@x' } }));
  const alice = await signUp();
  await refused(signUp(), 400, 'instance not unique', 'document is not unique.');

  const login = (password) => guest.query(q.Login(q.Match(q.Index('users_by_email'), 'a@x'), { password }));
  const what = oldWords ? 'instance' : 'document';
  const wrong = `The ${what} was not found or provided password was incorrect.`;
  await refused(login('wrong'), 400, 'authentication failed', wrong);
  const hers = client((await login('pw')).secret, driver);

  const own = { read: q.Identity(), write: q.Identity() };
  const post = await hers.query(
    q.Create(q.Class('posts'), { data: { title: 'One', by: q.Identity(), on: q.Date('2018-01-01') }, permissions: own }),
  );
  await admin.query(q.Create(q.Class('posts'), { data: { title: "Nobody's" } }));
  await refused(guest.query(q.Create(q.Class('posts'), { data: {} })), 403, 'permission denied');

  const listed = await hers.query(
    q.Map(q.Paginate(q.Match(q.Index('titles'))), q.Lambda(['title', 'ref'], [q.Var('title'), q.Get(q.Var('ref'))])),
  );
  assert.deepEqual(JSON.parse(JSON.stringify(listed.data)), [['One', JSON.parse(JSON.stringify(post))]]);
  assert.deepEqual(post.data.by, alice.ref);
  assert.equal(await hers.query(q.Contains(['data', 'by'], q.Get(post.ref))), true);
  assert.equal(await hers.query(q.Select(['data', 'none'], q.Get(post.ref), 'default')), 'default');
  assert.deepEqual(await admin.query(q.Get(q.Ref(`classes/posts/${post.ref.id}`))), post);

  await hers.query(q.Update(post.ref, { data: { title: 'Two' } }));
  const events = await admin.query(q.Paginate(post.ref, { events: true }));
  assert.deepEqual(
    events.data.map((event) => [event.action, event.data.title, event[what].id]),
    [
      ['create', 'One', post.ref.id],
      ['update', 'Two', post.ref.id],
    ],
  );

  await hers.query(q.Delete(post.ref));
  const gone = oldWords ? 'Instance not found.' : 'Document not found.';
  await refused(admin.query(q.Get(post.ref)), 404, 'instance not found', gone);
  assert.equal(await hers.query(q.Logout(true)), true);
  await refused(hers.query(q.Identity()), 401, 'unauthorized');
}

run(async () => {
  await use('2.1', true);
  await use('2.7', false);
  await use('3', false);
});
