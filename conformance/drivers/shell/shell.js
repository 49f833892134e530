'use strict';
// The life of a schema told through the unmodified command line tool: databases, queries, a schema that is pushed,
// staged, looked at, committed, pulled, abandoned and refused. Arguments: URL, root secret. Ends with status 0 if the
// tool said what it should and the database is as it said.

const assert = require('node:assert/strict');
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const [url, rootSecret] = process.argv.slice(2);
const tool = path.join(__dirname, 'node_modules', '.bin', 'fauna');
const home = fs.mkdtempSync(path.join(os.tmpdir(), 'shell-'));
process.on('exit', () => fs.rmSync(home, { recursive: true, force: true }));

/** Runs the tool; what it printed if it ended with the expected status. */
function fauna(secret, args, { status = 0, input } = {}) {
  const run = spawnSync(process.execPath, [tool, ...args, '--url', url, '--secret', secret, '--no-color'], {
    cwd: home,
    encoding: 'utf8',
    env: { ...process.env, HOME: home },
    input,
  });
  assert.equal(run.status, status, `fauna ${args.join(' ')}\n${run.stdout}${run.stderr}`);
  return run.stdout + run.stderr;
}

/** What a query gives, as JSON. */
function query(secret, fql) {
  return JSON.parse(fauna(secret, ['query', fql, '--json', '--include', 'none']));
}

function project(name, files) {
  const directory = path.join(home, name);
  fs.mkdirSync(directory, { recursive: true });
  for (const [file, text] of Object.entries(files)) {
    fs.writeFileSync(path.join(directory, file), text);
  }
  return directory;
}

// --- databases ----------------------------------------------------------------------------------

assert.match(fauna(rootSecret, ['database', 'create', '--name', 'library']), /successfully created/);
assert.match(fauna(rootSecret, ['database', 'list']), /^library$/m);
const secret = query(rootSecret, 'Key.create({ role: "admin", database: "library" }).secret');

// --- a schema is staged, looked at and committed ------------------------------------------------

const main = `// What can be borrowed.
collection Book {
  title: String
  index byTitle {
    terms [.title]
  }
}

function shout(x) { x.toUpperCase() }
`;
const directory = project('work', { 'main.fsl': main });

fauna(secret, ['schema', 'push', '--dir', directory, '--no-input']);
assert.match(fauna(secret, ['query', 'shout("x")'], { status: 1 }), /Unbound variable `shout`/);

let status = fauna(secret, ['schema', 'status', '--dir', directory]);
assert.match(status, /Staged changes: ready/);
assert.match(status, /Adding collection `Book` to main\.fsl:1:1/);
assert.match(status, /Local changes: none/);
assert.match(
  fauna(secret, ['schema', 'diff', '--staged', '--dir', directory]),
  /\* Adding collection `Book` to main\.fsl:1:1:\n {2}\* Indexes:\n {2}\+ add index `byTitle`/,
);

assert.match(fauna(secret, ['schema', 'commit', '--no-input']), /Schema has been committed/);
status = fauna(secret, ['schema', 'status', '--dir', directory]);
assert.match(status, /Staged changes: none/);
assert.deepEqual(query(secret, 'Book.create({ id: 1, title: shout("dune") }) { title }'), { title: 'DUNE' });
assert.equal(query(secret, 'Book.byTitle("DUNE").count()'), 1);

// --- a second file, active at once --------------------------------------------------------------

fs.writeFileSync(path.join(directory, 'roles.fsl'), 'role reader {\n  privileges Book {\n    read\n  }\n}\n');
assert.match(
  fauna(secret, ['schema', 'diff', '--dir', directory]),
  /\* Adding role `reader` to roles\.fsl:1:1:\n {2}\+ add privileges on `Book`/,
);
assert.match(fauna(secret, ['schema', 'diff', '--text', '--dir', directory]), /^\+ role reader \{$/m);
fauna(secret, ['schema', 'push', '--dir', directory, '--active', '--no-input']);
const reader = query(secret, 'Key.create({ role: "reader" }).secret');
assert.equal(query(reader, 'Book.byId(1)!.title'), 'DUNE');
assert.match(fauna(reader, ['query', 'Book.byId(1)!.delete()'], { status: 1 }), /Insufficient privileges/);

// --- the files come back as they were pushed, and as queries change them --------------------------

query(secret, 'Book.definition.update({ history_days: 3 }).name');
const pulled = project('pulled', {});
fauna(secret, ['schema', 'pull', '--dir', pulled], { input: 'y\n' });
assert.equal(
  fs.readFileSync(path.join(pulled, 'main.fsl'), 'utf8'),
  main.replace('  }\n}\n', '  }\n  history_days 3\n}\n'),
);
assert.match(fs.readFileSync(path.join(pulled, 'roles.fsl'), 'utf8'), /^role reader/);

// --- what is refused, and what is abandoned -------------------------------------------------------

fs.writeFileSync(path.join(directory, 'main.fsl'), main.replace('title: String', 'title: Int'));
const refusal = fauna(secret, ['schema', 'push', '--dir', directory, '--no-input'], { status: 1 });
assert.match(refusal, /Field `\.title` of type `Int` does not match the live type `String`\nat main\.fsl:3:10/);

fs.writeFileSync(path.join(directory, 'main.fsl'), main.replace('shout', 'whisper'));
fauna(secret, ['schema', 'push', '--dir', directory, '--no-input']);
assert.match(fauna(secret, ['schema', 'abandon', '--no-input']), /Schema has been abandoned/);
assert.equal(query(secret, 'shout("a")'), 'A');
assert.match(fauna(secret, ['schema', 'status', '--dir', directory]), /Staged changes: none/);

// --- the end ------------------------------------------------------------------------------------

assert.match(fauna(rootSecret, ['database', 'delete', '--name', 'library']), /successfully deleted/);
assert.doesNotMatch(fauna(rootSecret, ['database', 'list']), /library/);
assert.match(fauna(secret, ['query', '1'], { status: 1 }), /./);
