'use strict';
// Resources kept as files, migrated to a database, changed, and taken back by the unmodified migration tool. Ends with
// status 0 if the tool did what it should.

const assert = require('node:assert/strict');
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { query: q } = require('faunadb');
const { client, hostname, newDatabase, port, refused, run, url } = require('./common');

const tool = path.join(__dirname, 'node_modules', '.bin', 'fauna-schema-migrate');
const home = fs.mkdtempSync(path.join(os.tmpdir(), 'migrate-'));
process.on('exit', () => fs.rmSync(home, { recursive: true, force: true }));

function migrate(secret, ...args) {
  const env = {
    ...process.env,
    FAUNA_ADMIN_KEY: secret,
    FAUNADB_DOMAIN: hostname,
    FAUNADB_PORT: port,
    FAUNADB_SCHEME: new URL(url).protocol.slice(0, -1),
    FAUNA_LEGACY: '1',
    NODE_PATH: path.join(__dirname, 'node_modules'),
  };
  const made = spawnSync(process.execPath, [tool, ...args], { cwd: home, encoding: 'utf8', env });
  assert.equal(made.status, 0, made.stdout + made.stderr);
  return made.stdout + made.stderr;
}

/** Writes the resources, one a file; null takes one away. */
function resources(files) {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(home, 'fauna', 'resources', name + '.fql');
    fs.mkdirSync(path.dirname(file), { recursive: true });
    if (text === null) {
      fs.rmSync(file);
    } else {
      fs.writeFileSync(file, text);
    }
  }
}

const addPost = (more) => `CreateFunction({
  name: "addPost",
  role: Role("writer"),
  body: Query(Lambda(["title", "n"], Create(Collection("posts"), {
    data: { title: Var("title"), n: Add(Var("n"), ${more}) }
  })))
})`;

run(async () => {
  const secret = await newDatabase('migrated', 'admin');
  const admin = client(secret);
  const names = (set) => admin.query(q.Paginate(set)).then((page) => page.data.map((ref) => ref.id).sort());
  const number = () => admin.query(q.Call('addPost', 'Hello', 1)).then((post) => post.data.n);

  migrate(secret, 'init');
  resources({
    users: 'CreateCollection({ name: "users" })',
    posts: 'CreateCollection({ name: "posts" })',
    byTitle: `CreateIndex({
      name: "byTitle",
      source: {
        collection: Collection("posts"),
        fields: { lower: Query(Lambda("d", LowerCase(Select(["data", "title"], Var("d"))))) }
      },
      terms: [{ binding: "lower" }]
    })`,
    writer: `CreateRole({
      name: "writer",
      privileges: [{
        resource: Collection("posts"),
        actions: { create: Query(Lambda("v", GT(Select(["data", "n"], Var("v")), 1))) }
      }]
    })`,
    addPost: addPost(1),
    'dbs/kid/things': 'CreateCollection({ name: "things" })',
  });
  migrate(secret, 'generate');
  migrate(secret, 'apply', 'all');
  migrate(secret, 'apply', 'all', 'kid');
  assert.deepEqual(await names(q.Collections()), ['migrations', 'posts', 'users']);
  assert.deepEqual(await names(q.Collections(q.Database('kid'))), ['migrations', 'things']);
  assert.equal(await number(), 2);
  assert.equal(await admin.query(q.Count(q.Match(q.Index('byTitle'), 'hello'))), 1);

  resources({
    writer: null,
    author: 'CreateRole({ name: "author", privileges: [{ resource: Collection("posts"), actions: { create: true } }] })',
    addPost: addPost(-1).replace('writer', 'author'),
  });
  migrate(secret, 'generate');
  migrate(secret, 'apply');
  assert.deepEqual(await names(q.Roles()), ['author']);
  assert.equal(await number(), 0);

  migrate(secret, 'rollback');
  assert.deepEqual(await names(q.Roles()), ['writer']);
  assert.equal(await number(), 2);
  await refused(admin.query(q.Call('addPost', 'Hello', 0)), 400, 'call error');

  migrate(secret, 'rollback', 'all');
  assert.deepEqual(await names(q.Collections()), ['migrations']);
  assert.deepEqual(await names(q.Databases()), []);
});
