'use strict';
// The command line tool as it was for years: databases, keys, queries in both languages, and the import of files. Ends
// with status 0 if the tool said what it should and the database is as it said.

const assert = require('node:assert/strict');
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { rootSecret, run, url } = require('./common');

const tool = path.join(__dirname, 'node_modules', '.bin', 'fauna');
const home = fs.mkdtempSync(path.join(os.tmpdir(), 'shell-'));
process.on('exit', () => fs.rmSync(home, { recursive: true, force: true }));

function fauna(...args) {
  const made = spawnSync(process.execPath, [tool, ...args], {
    cwd: home,
    encoding: 'utf8',
    env: { ...process.env, HOME: home, NODE_NO_WARNINGS: '1' },
  });
  assert.equal(made.status, 0, `fauna ${args.join(' ')}\n${made.stdout}${made.stderr}`);
  return made.stdout + made.stderr;
}

/** What a query in a database gives, as JSON. */
const evaluated = (version, query) =>
  JSON.parse(fauna('eval', 'shop', query, '--version', version, '--format', 'json').split('\n').at(-2));

run(async () => {
  fauna('endpoint', 'add', 'here', '--non-interactive', '--url', url, '--secret', rootSecret, '--set-default');
  assert.match(fauna('create-database', 'shop'), /created database shop/);
  assert.match(fauna('list-databases'), /^shop$/m);
  assert.match(fauna('create-key', 'shop', 'server'), /secret: fnA/);
  assert.match(fauna('list-keys'), /shop +server/);

  assert.equal(evaluated('10', 'Collection.create({ name: "Product" }).name'), 'Product');
  assert.deepEqual(evaluated('4', 'Map(Paginate(Collections()), Lambda("c", Select("id", Var("c"))))'), {
    data: ['Product'],
  });
  assert.match(fauna('eval', 'shop', 'Product.nope()', '--typecheck'), /does not have field `nope`/);

  const lines = ['name,price,since,sold'];
  for (let i = 0; i < 100; i++) {
    lines.push(`"No. ${i}",${i},2020-01-01T00:00:00Z,${i % 2 === 0}`);
  }
  fs.writeFileSync(path.join(home, 'folk.csv'), lines.join('\n') + '\n');
  const types = ['price::number', 'since::dateString', 'sold::bool'].flatMap((type) => ['--type', type]);
  assert.match(fauna('import', '--db', 'shop', '--path', 'folk.csv', ...types), /100 rows/);
  assert.deepEqual(evaluated('10', 'folk.where(.sold).map(.price).reduce((a, b) => a + b)'), 2450);
  assert.equal(evaluated('10', 'folk.firstWhere(.name == "No. 7")!.since.year'), 2020);

  assert.match(fauna('delete-database', 'shop'), /deleted/);
});
