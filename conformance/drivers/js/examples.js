'use strict';
// What the documentation of the JavaScript driver shows of FQL v4, through the unmodified driver: each example is a
// function of a fresh database and asserts the values that come back. Arguments: URL, root secret; then, optionally,
// the names of the examples to run. Ends with status 0 if all went as they should.

const assert = require('node:assert/strict');
const faunadb = require('faunadb');
const { failure, more: chosen, rootSecret, run, v4: client } = require('./drivers');
const { errors, query: q, values } = faunadb;

/** The error of a query that must fail: of this class of the driver, with this code, description and position. */
async function refused(query, type, code, description, position) {
  const error = await failure(query);
  assert.ok(error instanceof type, `${error.name}: ${error.message}`);
  const [first] = error.errors();
  assert.equal(first.code, code);
  if (description !== undefined) assert.equal(first.description, description);
  if (position !== undefined) assert.deepEqual(first.position, position);
  return first;
}

const plain = (value) => JSON.parse(JSON.stringify(value));
const same = (actual, expected) => assert.deepEqual(plain(actual), plain(expected));
const nameOf = (ref) => q.Select(['data', 'name'], q.Get(ref));

/** Spells of the documentation's grimoire, with the indexes that the examples use. */
async function spells(db) {
  await db.query(q.CreateCollection({ name: 'spells' }));
  await db.query(
    q.Do(
      q.CreateIndex({
        name: 'spells_by_element',
        source: q.Collection('spells'),
        terms: [{ field: ['data', 'element'] }],
      }),
      q.CreateIndex({
        name: 'spells_by_cost',
        source: q.Collection('spells'),
        values: [{ field: ['data', 'cost'] }, { field: ['data', 'name'] }],
      }),
      q.CreateIndex({
        name: 'spells_by_name',
        source: q.Collection('spells'),
        terms: [{ field: ['data', 'name'] }],
        unique: true,
      }),
      q.CreateIndex({
        name: 'elements_of_spells',
        source: q.Collection('spells'),
        values: [{ field: ['data', 'element'] }],
      }),
    ),
  );
  const grimoire = [
    ['Fire Beak', ['air', 'fire'], 10],
    ["Water Dragon's Claw", ['water', 'fire'], 25],
    ["Hippo's Wallow", ['water', 'earth'], 35],
    ['Gust', ['air'], 5],
  ];
  const refs = await db.query(
    q.Map(
      grimoire,
      q.Lambda(
        ['name', 'element', 'cost'],
        q.Select(
          'ref',
          q.Create(q.Collection('spells'), {
            data: { name: q.Var('name'), element: q.Var('element'), cost: q.Var('cost') },
          }),
        ),
      ),
    ),
  );
  const [beak, claw, wallow, gust] = refs;
  return { beak, claw, wallow, gust };
}

const examples = {
  async aDocumentIsCreatedReadUpdatedReplacedAndDeleted(db) {
    await db.query(q.CreateCollection({ name: 'posts' }));
    const post = await db.query(
      q.Create(q.Collection('posts'), { data: { title: 'What I had for breakfast ..' } }),
    );
    assert.ok(post.ref instanceof values.Ref);
    assert.equal(post.ref.collection.id, 'posts');
    assert.match(post.ref.id, /^\d+$/);
    assert.equal(typeof post.ts, 'number');
    same(await db.query(q.Get(post.ref)), post);
    assert.equal(await db.query(q.Exists(post.ref)), true);

    const tagged = await db.query(
      q.Update(post.ref, { data: { title: 'My cat and other marvels', tags: ['pet', 'cute'] } }),
    );
    assert.ok(tagged.ts > post.ts);
    same(tagged.data, { title: 'My cat and other marvels', tags: ['pet', 'cute'] });
    const untagged = await db.query(q.Update(post.ref, { data: { tags: null, likes: { up: 1 } } }));
    same(untagged.data, { title: 'My cat and other marvels', likes: { up: 1 } });
    same((await db.query(q.Update(post.ref, { data: { likes: { down: 2 } } }))).data.likes, { up: 1, down: 2 });

    const replaced = await db.query(q.Replace(post.ref, { data: { title: 'Bare' } }));
    same(replaced.data, { title: 'Bare' });
    same(await db.query(q.Delete(post.ref)), replaced);
    assert.equal(await db.query(q.Exists(post.ref)), false);
    await refused(db.query(q.Get(post.ref)), errors.NotFound, 'instance not found', 'Document not found.', []);

    const own = await db.query(q.Create(q.Ref(q.Collection('posts'), '42'), { data: { n: 1 } }));
    assert.equal(own.ref.id, '42');
    await refused(
      db.query(q.Create(q.Ref(q.Collection('posts'), 42), { data: {} })),
      errors.BadRequest,
      'instance already exists',
      'Document already exists.',
      ['create'],
    );
  },

  async valuesKeepTheirTypes(db) {
    await db.query(q.CreateCollection({ name: 'things' }));
    const data = {
      time: new values.FaunaTime('2026-02-03T04:05:06.123456789Z'),
      date: new values.FaunaDate('2026-02-03'),
      bytes: new values.Bytes(new Uint8Array([1, 2, 250])),
      query: q.Query((x) => q.Add(x, 1)),
      nested: { array: [1, 1.5, 'x', true, { '@name': 'an escaped key' }] },
    };
    const thing = await db.query(q.Create(q.Collection('things'), { data }));
    const read = await db.query(q.Get(thing.ref));
    assert.ok(read.data.time instanceof values.FaunaTime);
    assert.equal(read.data.time.value, '2026-02-03T04:05:06.123456789Z');
    assert.ok(read.data.date instanceof values.FaunaDate);
    assert.equal(read.data.date.value, '2026-02-03');
    assert.ok(read.data.bytes instanceof values.Bytes);
    same(read.data.bytes, data.bytes);
    assert.ok(read.data.query instanceof values.Query);
    assert.deepEqual(read.data.nested, data.nested);
    const set = await db.query(q.Documents(q.Collection('things')));
    assert.ok(set instanceof values.SetRef);
    same((await db.query(q.Paginate(set))).data, [thing.ref]);
  },

  async arraysAreMappedFilteredAndReduced(db) {
    assert.deepEqual(await db.query(q.Map([1, 2, 3], (n) => q.Multiply(n, n))), [1, 4, 9]);
    assert.deepEqual(
      await db.query(q.Map([['Hen', 'Wen'], ['Ally', 'Cat']], q.Lambda(['a', 'b'], q.Concat([q.Var('a'), q.Var('b')], ' ')))),
      ['Hen Wen', 'Ally Cat'],
    );
    assert.deepEqual(await db.query(q.Filter([1, 2, 3, 4], (n) => q.Equals(q.Modulo(n, 2), 0))), [2, 4]);
    assert.equal(await db.query(q.Reduce((acc, n) => q.Add(acc, n), 10, [1, 2, 3])), 16);
    assert.deepEqual(await db.query(q.Take(2, [1, 2, 3])), [1, 2]);
    assert.deepEqual(await db.query(q.Drop(2, [1, 2, 3])), [3]);
    assert.deepEqual(await db.query(q.Append([4, 5], [1])), [1, 4, 5]);
    assert.deepEqual(await db.query(q.Prepend([4, 5], [1])), [4, 5, 1]);
    assert.deepEqual(await db.query(q.Distinct([1, 2, 1, 3, 2])), [1, 2, 3]);
    assert.deepEqual(await db.query(q.Union(['A'], ['B', 'C'])), ['A', 'B', 'C']);
    assert.deepEqual(await db.query(q.Intersection(['A', 'B'], ['B', 'C'])), ['B']);
    assert.deepEqual(await db.query(q.Difference(['A', 'B', 'D'], ['B'])), ['A', 'D']);
    assert.equal(await db.query(q.IsEmpty([])), true);
    assert.deepEqual(await db.query([q.Max([3, 9, 4]), q.Min([3, 9, 4]), q.Sum([3, 9]), q.Mean([1, 2]), q.Count([7, 7])]), [
      9, 3, 12, 1.5, 2,
    ]);
    await refused(
      db.query(q.Map(['a'], (s) => q.Add(s, 1))),
      errors.BadRequest,
      'invalid argument',
      'Number expected, String provided.',
      ['map', 'expr', 'add', 0],
    );
    await refused(
      db.query(q.Map([[1, 2, 3]], q.Lambda(['a', 'b'], q.Var('a')))),
      errors.BadRequest,
      'invalid argument',
      'Lambda expects an array with 2 elements. Array contains 3.',
      ['map', 'lambda'],
    );
  },

  async basicForms(db) {
    assert.equal(await db.query(q.Let({ a: 1, b: q.Add(q.Var('a'), 1) }, q.Multiply(q.Var('a'), q.Var('b'), 5))), 10);
    assert.equal(await db.query(q.If(q.GT(2, 1), 'yes', q.Abort('never'))), 'yes');
    assert.equal(await db.query(q.Do(1, 2, 3)), 3);
    assert.equal(await db.query(q.And(true, q.Or(false, true), q.Not(false))), true);
    assert.deepEqual(await db.query({ a: { b: [q.LT(1, 2, 3), q.Equals('a', 'a', 'b')] } }), { a: { b: [true, false] } });
    assert.equal(await db.query(q.Select(['a', 'b', 1], { a: { b: ['x', 'y'] } })), 'y');
    assert.equal(await db.query(q.Select('z', { a: 1 }, 'default')), 'default');
    assert.deepEqual(await db.query(q.SelectAll('foo', [{ foo: 'bar' }, { foo: 'baz' }, { a: 'b' }])), ['bar', 'baz']);
    assert.deepEqual(await db.query(q.Merge({ x: 10, y: 20, z: 1 }, { x: 'x', z: null })), { x: 'x', y: 20 });
    assert.deepEqual(
      await db.query([q.ContainsPath(['a', 'b'], { a: { b: 1 } }), q.ContainsField('c', { a: 1 }), q.ContainsValue(1, [0, 1])]),
      [true, false, true],
    );
    await refused(db.query(q.Abort('stopped')), errors.BadRequest, 'transaction aborted', 'stopped', []);
    await refused(
      db.query(q.Select(['a', 0], { a: [] })),
      errors.NotFound,
      'value not found',
      'Value not found at path [a,0].',
      ['from'],
    );
    await refused(
      db.query(q.Divide(4, 0)),
      errors.BadRequest,
      'invalid argument',
      'Illegal division by zero.',
      [],
    );
    await refused(
      db.query(q.Var('nope')),
      errors.BadRequest,
      'invalid expression',
      "Variable 'nope' is not defined.",
      [],
    );
  },

  async stringsNumbersAndConversions(db) {
    assert.deepEqual(
      await db.query([
        q.Concat(['Hen', 'Wen'], ' '),
        q.Casefold('Hen Wen'),
        q.NGram('what', 2, 3),
        q.FindStr('ABCDE', 'CD'),
        q.FindStrRegex('ABCAB', 'A.'),
        q.Length('dög'),
        q.SubString('ABCDEFGH', -3, 2),
        q.ReplaceStr('One Fish', 'One', 'Two'),
        q.ReplaceStrRegex('a1b22', '[0-9]+', '#'),
        q.TitleCase('one fish two'),
        q.Trim('  x  '),
        q.Repeat('ab', 3),
        q.Format('%2$s-%1$d %3$.2f', 7, 'x', 1.5),
        q.StartsWith('Fauna', 'Fa'),
        q.ContainsStrRegex('Fauna', 'F[a-c]u'),
        q.RegexEscape('a.b'),
      ]),
      [
        'Hen Wen',
        'hen wen',
        ['wh', 'wha', 'ha', 'hat', 'at'],
        2,
        [
          { start: 0, end: 1, data: 'AB' },
          { start: 3, end: 4, data: 'AB' },
        ],
        3,
        'FG',
        'Two Fish',
        'a#b#',
        'One Fish Two',
        'x',
        'ababab',
        'x-7 1.50',
        true,
        true,
        '\\Qa.b\\E',
      ],
    );
    assert.deepEqual(
      await db.query([
        q.ToString(42),
        q.ToNumber('42.5'),
        q.ToInteger(3.9),
        q.ToDouble(3),
        q.ToObject([['a', 1]]),
        q.ToArray({ a: 1 }),
        q.Round(1.666666, 3),
        q.Trunc(3.14159, 2),
        q.Pow(2, 10),
        q.Sqrt(9),
        q.Abs(-3),
        q.BitAnd(7, 3),
        q.Modulo(-7, 3),
        q.Ceil(1.2),
      ]),
      ['42', 42.5, 3, 3, { a: 1 }, [['a', 1]], 1.667, 3.14, 1024, 3, 3, 3, -1, 2],
    );
    same(await db.query(q.ToDate(q.Time('2026-05-06T07:08:09Z'))), new values.FaunaDate('2026-05-06'));
    assert.deepEqual(
      await db.query([
        q.ToMicros(q.Epoch(5, 'seconds')),
        q.Year(q.Time('2026-05-06T07:08:09Z')),
        q.DayOfWeek(q.Time('2026-05-06T07:08:09Z')),
        q.TimeDiff(q.Time('2026-01-01T00:00:00Z'), q.Time('2026-01-02T12:00:00Z'), 'hours'),
        q.IsNumber(1.5),
        q.IsString(1),
        q.IsRef(q.Collection('nothing')),
      ]),
      [5000000, 2026, 3, 36, true, false, true],
    );
    await refused(db.query(q.ToNumber('abc')), errors.BadRequest, 'invalid argument', 'Cannot cast String to Number.');
    await refused(db.query(q.ToInteger({})), errors.BadRequest, 'invalid argument', 'Cannot cast Object to Integer.', [
      'to_integer',
    ]);
  },

  async pagesFollowEachOtherBothWays(db) {
    await db.query(q.CreateCollection({ name: 'numbers' }));
    await db.query(
      q.CreateIndex({ name: 'numbers_by_n', source: q.Collection('numbers'), values: [{ field: ['data', 'n'] }] }),
    );
    await db.query(
      q.Foreach(
        Array.from({ length: 100 }, (_, i) => i),
        (n) => q.Create(q.Collection('numbers'), { data: { n } }),
      ),
    );
    const all = q.Match(q.Index('numbers_by_n'));
    const first = await db.query(q.Paginate(all, { size: 30 }));
    assert.deepEqual(first.data, [...Array(30).keys()]);
    assert.equal(first.before, undefined);
    assert.equal(first.after[0], 30);
    assert.ok(first.after[1] instanceof values.Ref);
    const second = await db.query(q.Paginate(all, { size: 30, after: first.after }));
    assert.deepEqual(second.data, [...Array(30).keys()].map((n) => n + 30));
    assert.deepEqual(plain(second.before), plain(first.after));
    const back = await db.query(q.Paginate(all, { size: 30, before: second.before }));
    assert.deepEqual(back.data, first.data);
    assert.equal(back.before, undefined);
    assert.deepEqual((await db.query(q.Paginate(all, { size: 3, after: [97] }))).data, [97, 98, 99]);
    assert.deepEqual((await db.query(q.Paginate(all, { size: 3, before: null }))).data, [97, 98, 99]);
    assert.equal((await db.query(q.Paginate(all))).data.length, 64);
    assert.deepEqual((await db.query(q.Paginate(q.Range(all, 10, 12)))).data, [10, 11, 12]);
    assert.deepEqual((await db.query(q.Paginate(q.Reverse(all), { size: 2 }))).data, [99, 98]);
    const sourced = await db.query(q.Paginate(all, { size: 1, sources: true }));
    assert.equal(sourced.data[0].value, 0);
    assert.ok(sourced.data[0].sources[0] instanceof values.SetRef);
    const mapped = await db.query(q.Map(q.Paginate(all, { size: 2, after: [5] }), (n) => q.Add(n, 100)));
    assert.deepEqual(mapped.data, [105, 106]);
    assert.equal(mapped.after[0], 7);
    assert.deepEqual(await db.query([q.Count(all), q.Sum(all), q.Max(all), q.Mean(all)]), [100, 4950, 99, 49.5]);

    const seen = [];
    const helper = db.paginate(all, { size: 33 });
    await helper.map((n) => q.Multiply(n, 2)).each((page) => seen.push(...page));
    assert.deepEqual(seen, [...Array(100).keys()].map((n) => n * 2));
    const reversed = [];
    await db.paginate(all, { size: 40, before: [100] }).eachReverse((page) => reversed.unshift(...page));
    assert.deepEqual(reversed, [...Array(100).keys()]);
  },

  async setsAreCombined(db) {
    const { beak, claw, wallow, gust } = await spells(db);
    const element = (name) => q.Match(q.Index('spells_by_element'), name);
    const refs = async (set) => (await db.query(q.Paginate(set))).data.map((ref) => ref.id);
    const ids = (...documents) => documents.map((ref) => ref.id);
    assert.deepEqual(await refs(element('fire')), ids(beak, claw));
    assert.deepEqual(await refs(q.Union(element('fire'), element('water'))), ids(beak, claw, wallow));
    assert.deepEqual(await refs(q.Intersection(element('fire'), element('water'))), ids(claw));
    assert.deepEqual(await refs(q.Difference(element('air'), element('fire'))), ids(gust));
    const elements = (await db.query(q.Paginate(q.Distinct(q.Match(q.Index('elements_of_spells')))))).data;
    assert.deepEqual(elements, ['air', 'earth', 'fire', 'water']);
    assert.deepEqual((await db.query(q.Paginate(q.Match(q.Index('spells_by_cost')), { size: 2 }))).data, [
      [5, 'Gust'],
      [10, 'Fire Beak'],
    ]);
    const names = await db.query(
      q.Map(
        q.Paginate(
          q.Filter(element('water'), q.Lambda('ref', q.GT(q.Select(['data', 'cost'], q.Get(q.Var('ref'))), 30))),
        ),
        q.Lambda('ref', nameOf(q.Var('ref'))),
      ),
    );
    assert.deepEqual(names.data, ["Hippo's Wallow"]);
    assert.deepEqual(
      await db.query([q.IsEmpty(element('void')), q.IsNonEmpty(element('air')), q.Exists(element('void'))]),
      [true, true, false],
    );
    assert.equal((await db.query(q.Get(element('earth')))).ref.id, wallow.id);
    await refused(db.query(q.Get(element('void'))), errors.NotFound, 'instance not found', 'Set not found.', []);
    await refused(
      db.query(q.Paginate(q.Match(q.Index('no_such_index')))),
      errors.BadRequest,
      'invalid ref',
      "Ref refers to undefined index 'no_such_index'",
      ['paginate', 'match'],
    );
  },

  async joinsFollowReferences(db) {
    await db.query(q.CreateCollection({ name: 'people' }));
    await db.query(q.CreateCollection({ name: 'letters' }));
    await db.query(q.CreateCollection({ name: 'follows' }));
    await db.query(
      q.Do(
        q.CreateIndex({
          name: 'followees_by_follower',
          source: q.Collection('follows'),
          terms: [{ field: ['data', 'follower'] }],
          values: [{ field: ['data', 'followee'] }],
        }),
        q.CreateIndex({
          name: 'letters_by_author',
          source: q.Collection('letters'),
          terms: [{ field: ['data', 'author'] }],
        }),
      ),
    );
    const [ann, ben, cid] = await db.query(
      q.Map(['ann', 'ben', 'cid'], (name) => q.Select('ref', q.Create(q.Collection('people'), { data: { name } }))),
    );
    await db.query(
      q.Foreach(
        [
          [ann, ben],
          [ann, cid],
          [ben, cid],
        ],
        (follower, followee) => q.Create(q.Collection('follows'), { data: { follower, followee } }),
      ),
    );
    await db.query(
      q.Foreach(
        [
          [ben, 'b1'],
          [cid, 'c1'],
          [ann, 'a1'],
          [ben, 'b2'],
        ],
        (author, text) => q.Create(q.Collection('letters'), { data: { author, text } }),
      ),
    );
    const texts = async (set) =>
      (await db.query(q.Map(q.Paginate(set), (ref) => q.Select(['data', 'text'], q.Get(ref))))).data;
    const timeline = (person) => q.Match(q.Index('followees_by_follower'), person);
    assert.deepEqual(await texts(q.Join(timeline(ann), q.Index('letters_by_author'))), ['b1', 'c1', 'b2']);
    assert.deepEqual(
      await texts(q.Join(timeline(ben), (author) => q.Match(q.Index('letters_by_author'), author))),
      ['c1'],
    );
    assert.deepEqual(await texts(q.Join(timeline(cid), q.Index('letters_by_author'))), []);
  },

  async historyIsReadAndRewritten(db) {
    await db.query(q.CreateCollection({ name: 'notes', history_days: 30 }));
    const { ref, ts: created } = await db.query(q.Create(q.Collection('notes'), { data: { n: 1 } }));
    const { ts: updated } = await db.query(q.Update(ref, { data: { n: 2 } }));
    await db.query(q.Delete(ref));
    const events = await db.query(q.Paginate(q.Events(ref)));
    assert.deepEqual(
      events.data.map((e) => [e.action, e.data]),
      [
        ['create', { n: 1 }],
        ['update', { n: 2 }],
        ['delete', null],
      ],
    );
    assert.equal(events.data[0].ts, created);
    assert.equal(events.data[0].document.id, ref.id);
    assert.equal((await db.query(q.Get(ref, created))).data.n, 1);
    assert.equal((await db.query(q.At(updated, q.Get(ref)))).data.n, 2);
    assert.equal(await db.query(q.At(created - 1, q.Exists(ref))), false);
    assert.equal((await db.query(q.Paginate(q.Documents(q.Collection('notes')), { ts: updated }))).data.length, 1);
    const page = await db.query(q.Paginate(q.Events(ref), { size: 1, after: { ts: updated, action: 'update', document: ref } }));
    assert.deepEqual(
      page.data.map((e) => e.action),
      ['update'],
    );
    assert.equal(page.after.action, 'delete');
    const of = (set) => db.query(q.Paginate(set, { events: true }));
    assert.deepEqual(
      (await of(q.Documents(q.Collection('notes')))).data.map((e) => e.action),
      ['add', 'remove'],
    );
    const inserted = await db.query(q.Insert(ref, created + 1, 'create', { data: { n: 1, extra: true } }));
    assert.deepEqual([inserted.ts, inserted.action, inserted.data], [created + 1, 'create', { n: 1, extra: true }]);
    assert.equal((await db.query(q.Paginate(q.Events(ref)))).data.length, 4);
    assert.equal(await db.query(q.Remove(ref, created + 1, 'create')), null);
    assert.deepEqual(
      (await db.query(q.Paginate(q.Events(ref)))).data.map((e) => e.action),
      ['create', 'update', 'delete'],
    );
    await refused(
      db.query(q.At(created, q.Create(q.Collection('notes'), {}))),
      errors.BadRequest,
      'invalid write time',
      'Cannot write outside of snapshot time.',
      ['expr', 'create'],
    );
  },

  async functionsRunWithTheirRole(db) {
    await db.query(q.CreateCollection({ name: 'secrets' }));
    await db.query(q.Create(q.Ref(q.Collection('secrets'), 1), { data: { text: 'open sesame' } }));
    await db.query(
      q.CreateFunction({ name: 'double', body: q.Query((x) => q.Add(x, x)) }),
    );
    await db.query(
      q.CreateFunction({
        name: 'reveal',
        role: 'server',
        body: q.Query(q.Lambda([], q.Select(['data', 'text'], q.Get(q.Ref(q.Collection('secrets'), 1))))),
      }),
    );
    await db.query(
      q.CreateFunction({
        name: 'peek',
        body: q.Query(q.Lambda([], q.Get(q.Ref(q.Collection('secrets'), 1)))),
      }),
    );
    await db.query(
      q.CreateRole({
        name: 'caller',
        privileges: ['double', 'reveal', 'peek'].map((name) => ({
          resource: q.Function(name),
          actions: { call: true },
        })),
      }),
    );
    const key = await db.query(q.CreateKey({ role: q.Role('caller') }));
    const caller = client(key.secret);
    assert.equal(await caller.query(q.Call(q.Function('double'), 21)), 42);
    assert.equal(await caller.query(q.Call('double', 1.5)), 3);
    assert.equal(await caller.query(q.Call(q.Function('reveal'))), 'open sesame');
    const failed = await refused(
      caller.query(q.Call(q.Function('peek'))),
      errors.BadRequest,
      'call error',
      'Calling the function resulted in an error.',
      [],
    );
    assert.equal(failed.cause[0].code, 'permission denied');
    assert.deepEqual(failed.cause[0].position, ['expr']);
    await refused(
      caller.query(q.Get(q.Ref(q.Collection('secrets'), 1))),
      errors.PermissionDenied,
      'permission denied',
      'Insufficient privileges to perform the action.',
      [],
    );
    await db.query(q.Update(q.Function('double'), { body: q.Query((x) => q.Multiply(x, 20)) }));
    assert.equal(await caller.query(q.Call(q.Function('double'), 2)), 40);
    await refused(
      db.query(q.Call(q.Function('nothing'))),
      errors.BadRequest,
      'invalid ref',
      "Ref refers to undefined function 'nothing'",
      ['call'],
    );
  },

  async uniqueIndexesRefuseDuplicates(db) {
    const { gust } = await spells(db);
    const twice = q.Create(q.Collection('spells'), { data: { name: 'Gust' } });
    await refused(db.query(twice), errors.BadRequest, 'instance not unique', 'document is not unique.', ['create']);
    await refused(
      db.query(q.Update(gust, { data: { name: 'Fire Beak' } })),
      errors.BadRequest,
      'instance not unique',
      'document is not unique.',
      [],
    );
    await db.query(q.Do(q.Delete(gust), twice));
    assert.equal((await db.query(q.Paginate(q.Match(q.Index('spells_by_name'), 'Gust')))).data.length, 1);
    const invalid = await refused(
      db.query(q.Create(q.Collection('spells'), { data: 7 })),
      errors.BadRequest,
      'validation failed',
      'document data is not valid.',
      ['create'],
    );
    assert.deepEqual(invalid.failures, [
      { field: ['data'], code: 'invalid type', description: 'Invalid type Long, expected type Map.' },
    ]);
  },

  async usersLogInAndOut(db) {
    await db.query(q.CreateCollection({ name: 'users' }));
    const user = await db.query(
      q.Create(q.Collection('users'), { credentials: { password: 'abracadabra' }, data: { email: 'a@example.com' } }),
    );
    assert.equal(user.credentials, undefined);
    const token = await db.query(q.Login(user.ref, { password: 'abracadabra', data: { device: 'phone' } }));
    same(token.instance, user.ref);
    assert.deepEqual(token.data, { device: 'phone' });
    const session = client(token.secret);
    same(await session.query(q.CurrentIdentity()), user.ref);
    assert.equal(await session.query(q.HasCurrentIdentity()), true);
    same(await session.query(q.CurrentToken()), token.ref);
    assert.equal(await db.query(q.Identify(user.ref, 'abracadabra')), true);
    assert.equal(await db.query(q.Identify(user.ref, 'wrong')), false);
    await refused(
      db.query(q.Login(user.ref, { password: 'wrong' })),
      errors.BadRequest,
      'authentication failed',
      'The document was not found or provided password was incorrect.',
      [],
    );
    await refused(db.query(q.CurrentIdentity()), errors.BadRequest, 'missing identity');
    assert.equal(await session.query(q.Logout(true)), true);
    await refused(session.query(q.Now()), errors.Unauthorized, 'unauthorized');
  },

  async documentsAndSetsAreStreamed(db) {
    await db.query(q.CreateCollection({ name: 'scores' }));
    const score = await db.query(q.Create(q.Collection('scores'), { data: { points: 1 } }));
    const fields = ['action', 'document', 'diff', 'prev'];
    const watched = await watch(db.stream.document(score.ref, { fields }), ['start', 'snapshot', 'version'], 4, 'snapshot', async () => {
      await db.query(q.Update(score.ref, { data: { points: 2 } }));
      await db.query(q.Delete(score.ref));
    });
    const [start, snapshot, update, removal] = watched;
    assert.equal(start.type, 'start');
    assert.equal(typeof start.event, 'number');
    same(snapshot, score);
    assert.deepEqual(
      [update.type, update.event.action, update.event.document.data, update.event.diff.data, update.event.prev.data],
      ['version', 'update', { points: 2 }, { points: 2 }, { points: 1 }],
    );
    assert.deepEqual([removal.event.action, removal.event.prev.data], ['delete', { points: 2 }]);
    const [, added] = await watch(db.stream(q.Documents(q.Collection('scores'))), ['start', 'set'], 2, 'start', () =>
      db.query(q.Create(q.Ref(q.Collection('scores'), 7), { data: {} })),
    );
    assert.deepEqual([added.type, added.event.action, added.event.document.ref.id], ['set', 'add', '7']);
  },

  async databasesAreNestedAndMoved(db) {
    await db.query(q.CreateDatabase({ name: 'parent' }));
    const key = await db.query(q.CreateKey({ role: 'admin', database: q.Database('parent') }));
    const parent = client(key.secret);
    await parent.query(q.CreateDatabase({ name: 'child' }));
    await parent.query(q.CreateCollection({ name: 'inside' }));
    const inside = await db.query(q.Collection('inside', q.Database('parent')));
    assert.equal(inside.database.id, 'parent');
    same((await db.query(q.Paginate(q.Databases()))).data, [await db.query(q.Database('parent'))]);
    const schema = await parent.query([q.Exists(q.Database('child')), q.Exists(q.Collection('inside')), q.Exists(q.Index('no'))]);
    assert.deepEqual(schema, [true, true, false]);
    await db.query(q.CreateDatabase({ name: 'other' }));
    await db.query(q.MoveDatabase(q.Database('parent'), q.Database('other')));
    assert.deepEqual(
      await db.query([q.Exists(q.Database('parent')), q.Exists(q.Database('parent', q.Database('other')))]),
      [false, true],
    );
    assert.equal(await parent.query(q.Exists(q.Collection('inside'))), true);
  },

  async theDriverReportsTheTransaction(db) {
    await db.query(q.CreateCollection({ name: 'logs' }));
    const { value, metrics } = await db.queryWithMetrics(q.Create(q.Collection('logs'), { data: { n: 1 } }));
    assert.equal(value.data.n, 1);
    assert.equal(metrics['x-byte-write-ops'], 1);
    assert.equal(metrics['x-txn-retries'], 0);
    assert.ok(db.getLastTxnTime() >= value.ts);
    assert.equal(await db.ping('node'), 'Scope node is OK');
  },
};

/**
 * The first so many events of a subscription; the work begins with the first event of a type. For a document that is
 * its snapshot: the driver reads it after the stream has started and drops the events that it already contains.
 */
function watch(stream, types, count, beginning, work) {
  return new Promise((resolve, reject) => {
    const events = [];
    for (const type of types) {
      stream.on(type, (data, event) => {
        events.push(type === 'snapshot' ? data : event);
        if (type === beginning) Promise.resolve(work()).catch(reject);
        if (events.length === count) {
          stream.close();
          resolve(events);
        }
      });
    }
    stream.on('error', (error) => {
      stream.close();
      reject(error);
    });
    stream.start();
  });
}

async function main() {
  const root = client(rootSecret);
  let failed = 0;
  for (const [name, example] of Object.entries(examples)) {
    if (chosen.length > 0 && !chosen.includes(name)) continue;
    const database = `${name}_${Date.now()}`;
    await root.query(q.CreateDatabase({ name: database }));
    const key = await root.query(q.CreateKey({ role: 'admin', database: q.Database(database) }));
    try {
      await example(client(key.secret));
    } catch (error) {
      failed++;
      console.error(name, error.stack, JSON.stringify(error.requestResult?.responseContent));
    }
    await root.query(q.Delete(q.Database(database)));
  }
  assert.equal(failed, 0, `${failed} examples failed`);
}

run(main);
